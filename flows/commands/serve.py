"""Run by a schedule until stopped: starts Prefect's server on loopback, with its UI, and ends it again.

Needs nothing else running. SOURCE is read in a process of its own each time; two schedules on one warehouse
wait for each other. With PREFECT_API_URL in the environment that server keeps the schedule instead.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from flows.commands.run import add_wishes, home_of, wishes_of
from flows.commands.warehouse_option import add_warehouse_option, require_utf8, settings_of
from flows.failures import DONE, UsageFailure, given_path
from flows.output import say
from flows.settings import RUNNERS, Settings

if TYPE_CHECKING:
    from prefect.schedules import Schedule

    from flows.embedded import EmbeddedApi

HELP = "run by a schedule, with Prefect's server and UI"
SHORTEST = 10  # seconds; the runner asks for due runs every five


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument("source", type=given_path, metavar="SOURCE", help="a folder of reports")
    parser.add_argument("--cron", metavar="LINE", help="when to run (default: '0 3 * * *', each night at 3)")
    parser.add_argument("--every", metavar="SECONDS", help="run so often instead of by cron")
    parser.add_argument("--timezone", metavar="ZONE", help="zone of --cron (default: that of the machine)")
    parser.add_argument("--port", metavar="N", help="port of the UI (default: 4200; 0: any that is free)")
    add_warehouse_option(parser)
    parser.add_argument("--runner", choices=RUNNERS, help="default: auto (processes where they pay)")
    parser.add_argument("--workers", metavar="N", help="worker processes; default: one per core")
    add_wishes(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or the keyboard; exit code 0 then."""
    names = ("cron", "timezone", "port", "runner", "workers")
    settings = settings_of(arguments, **{name: getattr(arguments, name) for name in names})
    if not arguments.source.is_dir():
        raise UsageFailure(f"{arguments.source}: no such folder")
    require_utf8(arguments.source, settings.warehouse)
    every, wishes = _every(arguments.every), wishes_of(arguments)
    from flows.embedded import embedded_api

    with embedded_api(home_of(settings), settings.port) as api:
        # Prefect looks for its server when it is imported, and starts one of its own where none is named
        from flows.serving import schedule_of

        schedule = schedule_of(settings.cron, every, settings.timezone)
        api.wait_until_up()
        _serve(api, schedule, _parameters(arguments.source, settings, wishes))
        _leave(api)


def _serve(api: EmbeddedApi, schedule: Schedule, parameters: dict[str, Any]) -> None:
    from flows.history import close_dead_runs, skip_missed_runs
    from flows.serving import Serving

    serving = Serving(name_of(parameters), schedule, parameters)
    if api.process:
        close_dead_runs(api.url)
        missed = skip_missed_runs(api.url, serving.deployment_id)
        if missed:
            say(f"{missed} runs were due while nothing served them; the next run does their work")
    when = f"cron {schedule.cron!r}" if schedule.cron else f"every {schedule.interval}"
    say(f"{parameters['source']} -> {parameters['warehouse']}: {when}, {schedule.timezone} time")
    say(f"see {api.url.removesuffix('/api')}/deployments/deployment/{serving.deployment_id}; Ctrl-C stops")
    serving.until_stopped()


def name_of(parameters: dict[str, Any]) -> str:
    """Of the deployment: folders of the same name in different places are told apart."""
    place = f"{parameters['source']}\n{parameters['warehouse']}".encode("utf-8", "surrogatepass")
    return f"{Path(parameters['source']).name}-{hashlib.sha256(place).hexdigest()[:6]}"


def _parameters(source: Path, settings: Settings, wishes: dict[str, Any]) -> dict[str, Any]:
    """Absolute paths: a run may be started from anywhere."""
    return {
        "source": str(source.absolute()),
        "warehouse": settings.catalog or str(settings.warehouse.absolute()),
        "runner": settings.runner,
        "workers": settings.workers,
        "lock_wait": settings.lock_wait,
        **wishes,
    }


def _every(words: str | None) -> int | None:
    if words is None:
        return None
    if not (words.isascii() and words.isdigit() and len(words) < 9 and int(words) >= SHORTEST):
        raise UsageFailure(f"--every {words}: not a whole number of seconds, at least {SHORTEST}")
    return int(words)


def _leave(api: EmbeddedApi) -> NoReturn:
    """At once: Prefect's threads would wait a minute for a server that is about to end."""
    api.leave()
    api.stop()
    say("stopped")
    os._exit(DONE)

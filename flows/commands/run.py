"""Read the reports below SOURCE and bring the warehouse up to date: find what changed, read, check, load,
publish.

Running again reads only what is new or changed; a run that was killed leaves the last good state and is
simply repeated.
"""

from __future__ import annotations

import argparse
import fcntl
import itertools
import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from flows.commands.warehouse_option import WarehouseFailure, add_warehouse_option, require_utf8, settings_of
from flows.dask_reader import with_cluster
from flows.failures import DONE, RUN_FAILED, STRICT_AND_QUARANTINED, Failure, UsageFailure, given_path
from flows.output import NotPrinted, give_up, say
from flows.selection import selection_of
from flows.settings import PREFIX, RUNNERS, Settings

if TYPE_CHECKING:
    from flows.embedded import EmbeddedApi
    from flows.summary import Summary

HELP = "the flow: read, check, load and publish the reports of a folder"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument(
        "source", type=given_path, metavar="SOURCE", help="a folder of reports, or one report"
    )
    add_warehouse_option(parser)
    parser.add_argument(
        "--corrections", type=given_path, metavar="FILE", help="default: corrections.toml beside the reports"
    )
    parser.add_argument("--runner", choices=RUNNERS, help="default: auto (processes where they pay)")
    parser.add_argument("--workers", metavar="N", help="worker processes; default: one per core")
    parser.add_argument(
        "--strict", action="store_true", default=None, help="exit code 1 if a file was quarantined"
    )
    parser.add_argument(
        "--pages", action="store_true", default=None, help="write the review pages at the end"
    )
    add_wishes(parser)


def add_wishes(parser: argparse.ArgumentParser) -> None:
    """What makes a run other than "all that is new or changed"."""
    wishes = parser.add_argument_group("which files")
    wishes.add_argument("--full", action="store_true", help="read also files that are unchanged")
    wishes.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="GLOB",
        help="look only at paths like this, below SOURCE ('2019/*', '*.pdf'); may be repeated",
    )
    wishes.add_argument(
        "--since", metavar="WHEN", help="only files changed since: 2026-11-01, 2026-11-01T08:00, 36h, 7d"
    )
    wishes.add_argument(
        "--years", metavar="A-B", help="only known files whose report is of these years (2015-2019)"
    )
    wishes.add_argument(
        "--keep-stale",
        action="store_true",
        help="leave files read with older rules as they are (bring them up to date with --years)",
    )
    wishes.add_argument(
        "--prune",
        default="0",
        metavar="N",
        help="forget files that are gone, and what only they said, if no more than N are",
    )


def wishes_of(arguments: argparse.Namespace) -> dict[str, Any]:
    """As parameters of the flow, checked."""
    given = {
        "full": arguments.full,
        "only": arguments.only,
        "since": arguments.since,
        "years": arguments.years,
        "keep_stale": arguments.keep_stale,
        "prune": arguments.prune,
    }
    return given | {"prune": selection_of(**given).prune}


def execute(arguments: argparse.Namespace) -> int:
    """Run the flow once with a Prefect API of its own, print what happened."""
    settings = settings_of(
        arguments,
        runner=arguments.runner,
        workers=arguments.workers,
        strict=arguments.strict,
        pages=arguments.pages,
        corrections=arguments.corrections,
    )
    wishes = wishes_of(arguments)
    if not arguments.source.exists():
        raise UsageFailure(f"{arguments.source}: no such file or folder")
    if not os.access(arguments.source, os.R_OK):
        raise UsageFailure(f"{arguments.source}: may not be read; grant read permission")
    if not _holds_a_file(arguments.source):
        raise UsageFailure(
            f"{arguments.source}: the folder holds no file; is it mounted, is it the right one?"
        )
    require_utf8(arguments.source, settings.warehouse)
    _wait_for_warehouse(settings)
    settings = with_cluster(settings)
    if arguments.config:  # the flow reads its settings itself, as where Prefect starts it
        os.environ[PREFIX + "CONFIG"] = str(arguments.config.absolute())
    summary = _run_flow(arguments.source, settings, wishes)
    from flows.summary import print_summary

    try:
        print_summary(summary)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        give_up(sys.stdout)
    except NotPrinted as failure:
        say(f"{failure}; the warehouse is up to date")
    return STRICT_AND_QUARANTINED if settings.strict and summary.waits else DONE


def _holds_a_file(source: Path) -> bool:
    """An empty folder is a mistake, not a night without news: what was loaded before must not seem gone."""
    return source.is_file() or any(files for _, _, files in os.walk(source))


def _wait_for_warehouse(settings: Settings) -> None:
    """Whether the flow will be able to open it, before Prefect takes seconds to start; makes a new one."""
    from flows.opening import open_as_writer
    from warehouse import WarehouseError

    try:
        with open_as_writer(settings):
            pass
    except WarehouseError as error:
        raise WarehouseFailure(error) from error


def _run_flow(source: Path, settings: Settings, wishes: Mapping[str, Any]) -> Summary:
    from flows.embedded import embedded_api
    from flows.stopping import stoppable, was_asked_to_stop

    with embedded_api(home_of(settings)) as api, stoppable():
        try:
            return _ingested(api, source, settings, wishes)
        except BaseException as error:
            if was_asked_to_stop() or isinstance(error, KeyboardInterrupt):
                _leave(api)
            raise


def _ingested(api: EmbeddedApi, source: Path, settings: Settings, wishes: Mapping[str, Any]) -> Summary:
    from prefect import tags
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.history import close_dead_runs, mark_of_process

    api.wait_until_up()
    if api.process:
        close_dead_runs(api.url)
    heartbeat_off = temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})  # it costs 1 s a flow run
    with heartbeat_off, tags("townfacts", mark_of_process()):
        state = _flow_state(source, settings, wishes)
    result = state.result(raise_on_failure=False)
    failed = isinstance(result, BaseException)
    api.finish(str(state.state_details.flow_run_id), 0 if failed else result.task_runs)
    if failed:
        raise _told(result)
    summary: Summary = result
    return summary


def _flow_state(source: Path, settings: Settings, wishes: Mapping[str, Any]) -> Any:
    from prefect.task_runners import ThreadPoolTaskRunner

    from flows.batches import worker_count
    from flows.ingest import ingest

    runner: Any = ThreadPoolTaskRunner(max_workers=worker_count(settings))
    return ingest.with_options(task_runner=runner)(
        source=str(source),
        warehouse=settings.place,
        runner=settings.runner,
        workers=settings.workers,
        lock_wait=settings.lock_wait,
        **wishes,
        corrections=str(settings.corrections) if settings.corrections else None,
        pages=settings.pages,
        return_state=True,
    )


def home_of(settings: Settings) -> Path:
    """Where Prefect keeps its files: below the warehouse, made if need be. Runs that share a DuckLake never
    share these.
    """
    home = settings.warehouse.absolute() / ".prefect"
    try:
        if settings.catalog:
            return _own_home(home)
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{home}: cannot be made: {error.strerror}; choose another --warehouse") from error
    return home


def _own_home(folder: Path) -> Path:
    """The first of this machine that no other run holds; let go when this process ends, however it does."""
    for number in itertools.count(1):
        home = folder / f"{platform.node() or 'machine'}-{number}"
        home.mkdir(parents=True, exist_ok=True)
        held = os.open(home / "held", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
        else:
            return home
    raise AssertionError("there is always one more")


def _told(error: BaseException) -> BaseException:
    """What the warehouse says in its own words, with the exit code it asks for."""
    from warehouse import WarehouseError

    return WarehouseFailure(error) if isinstance(error, WarehouseError) else error


def _leave(api: EmbeddedApi) -> NoReturn:
    """Without waiting for libraries that want to finish what cannot be finished."""
    say("stopped; the next run does what this one left")
    api.leave()
    os._exit(RUN_FAILED)

"""The schedule: Prefect's runner polls a server for runs that are due, and starts each in a process of its
own.

The runner lives in a thread, so that signals stay with the main thread and Prefect puts no handler under
them; what it started ends with this process (flows/stopping.py), and so does the server
(flows/api_server.py).
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.runner import Runner
from prefect.schedules import Schedule
from prefect.types.entrypoint import EntrypointType
from pydantic import ValidationError

from flows.failures import RUN_FAILED, Failure, UsageFailure
from flows.ingest import ingest
from flows.output import say

POLL_SECONDS = 5
STOP_SECONDS = 20.0
SIGNALS = (signal.SIGTERM, signal.SIGINT)


def schedule_of(cron: str, every: int | None, timezone: str) -> Schedule:
    """Checked before anything is deployed; raises UsageFailure naming the slip."""
    zone = timezone or zone_of_machine()
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageFailure(f"timezone {zone}: no such zone; write it as Asia/Shanghai") from None
    try:
        if every:
            IntervalSchedule(interval=timedelta(seconds=every), timezone=zone)
            return Schedule(interval=timedelta(seconds=every), timezone=zone)
        CronSchedule(cron=cron, timezone=zone)
    except ValidationError:
        raise UsageFailure(
            f"cron {cron!r}: not a time in five fields (minute hour day month weekday) as in '0 3 * * *'"
        ) from None
    return Schedule(cron=cron, timezone=zone)


def zone_of_machine() -> str:
    """Its name as in the zone database; UTC where the machine does not tell."""
    named = os.environ.get("TZ", "").lstrip(":")
    return named or os.path.realpath("/etc/localtime").partition("zoneinfo/")[2] or "UTC"


class Serving:
    """One deployment and the thread that runs it."""

    def __init__(self, name: str, schedule: Schedule, parameters: Mapping[str, Any]) -> None:
        # schedules are not paused at the end: the next start is to go on with them
        self._runner = Runner(name=name, pause_on_shutdown=False, query_seconds=POLL_SECONDS, limit=1)
        self._deployment = _deployed(self._runner, name, schedule, parameters)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="schedule", daemon=True)

    @property
    def deployment_id(self) -> str:
        """As Prefect knows it."""
        return str(self._deployment)

    def until_stopped(self) -> None:
        """Serve until a signal comes; raises Failure where the runner ends by itself."""
        with _stop_asked() as stop:
            self._thread.start()
            while not stop.wait(0.5):
                if not self._thread.is_alive():
                    raise Failure(f"the schedule ended by itself: {self._error}; start it again")
        self._stop()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._error = error

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._runner.start(webserver=False)

    def _stop(self) -> None:
        """Runs that are under way are told to stop; what they leave the next one does."""
        if self._loop and self._runner.started:
            asyncio.run_coroutine_threadsafe(self._runner.astop(), self._loop)
        self._thread.join(STOP_SECONDS)


def _deployed(runner: Runner, name: str, schedule: Schedule, parameters: Mapping[str, Any]) -> UUID:
    made = runner.add_flow(
        ingest,
        name=name,
        schedule=schedule,
        parameters=dict(parameters),
        tags=["townfacts"],
        description="Brings the warehouse up to date with a folder of reports.",
        enforce_parameter_schema=False,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    if not isinstance(made, UUID):
        raise Failure("the deployment could not be made in this thread")
    return made


@contextmanager
def _stop_asked() -> Iterator[threading.Event]:
    stop = threading.Event()

    def note(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():  # asked twice: at once
            os._exit(RUN_FAILED)
        say(f"{signal.Signals(number).name}: stopping")
        stop.set()

    before = {number: signal.signal(number, note) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

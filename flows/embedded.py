"""Prefect without a server of one's own: quiet, offline, complete in its history, and gone when the run
is gone.

Measured against prefect 3.8.8 (its defaults print tracebacks from the server, lose most task runs of a
short flow, ask the network for a telemetry host, and leave a server behind after SIGKILL):

- the environment below must stand before prefect is imported; the recorder's flush interval must be a
  whole second;
- all warnings of libraries go to `<home>/prefect.log`, none to the terminal (prefect_logging.yml);
- the heartbeat thread (1 s per flow run) can only be turned off in code, not by the environment;
- task runs reach the database some time after the flow has ended: the end waits until they are counted there.

A PREFECT_API_URL that the user set is used as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.failures import RUN_FAILED, Failure
from flows.history import ask, wait_until_recorded
from flows.output import say

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_CONFIG_PATH": str(Path(__file__).with_name("prefect_logging.yml")),
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
}
# Without UI and without the services that fire schedules, which a single run has no use for.
FOR_ONE_RUN = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
START_SECONDS = 120.0  # three cold starts at once took 20 s on two cores
STOP_SECONDS = 10.0
LEAVE_SECONDS = 2.0


class EmbeddedApi:
    """The API of one run, at `url`; `process` is None where the user's own server is used."""

    def __init__(self, url: str, process: subprocess.Popen[str] | None, log: Path) -> None:
        self.url = url
        self.process = process
        self.log = log
        self.over = threading.Event()

    def wait_until_up(self) -> None:
        """Return when the API answers; raise Failure with the place of its log when it does not."""
        deadline = time.monotonic() + START_SECONDS
        while self.process and self.process.poll() is None and time.monotonic() < deadline:
            try:
                ask(self.url + "/health")
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
            else:
                return
        if self.process:
            raise Failure(f"Prefect's API did not start; see {self.log}")

    def leave(self) -> None:
        """After an interrupt: send what is queued if that goes quickly, and let the server end itself."""
        from prefect.events.worker import EventsWorker
        from prefect.logging.handlers import APILogWorker

        for worker in (EventsWorker, APILogWorker):
            worker.drain_all(timeout=LEAVE_SECONDS)

    def stop(self) -> None:
        """End the server, in order as far as it lets itself be."""
        self.over.set()
        if self.process:
            _stop(self.process)

    def finish(self, flow_run_id: str, task_runs: int) -> None:
        """After the last flow: send what is queued, and wait until its history is complete."""
        from prefect.events.worker import EventsWorker

        EventsWorker.drain_all()
        if self.process and self.process.poll() is None:
            wait_until_recorded(self.url, flow_run_id, task_runs)


@contextmanager
def embedded_api(home: Path, ui_port: int | None = None) -> Iterator[EmbeddedApi]:
    """Start the API (it comes up while the caller imports prefect) and stop it at the end. `home` is
    PREFECT_HOME.

    With `ui_port` (0: any that is free) it is a whole server, which fires schedules and shows Prefect's UI.
    """
    quiet(home)
    url = os.environ.get("PREFECT_API_URL")
    if url:
        yield EmbeddedApi(url, None, home / "prefect.log")
        return
    log = home / "server.log"
    with log.open("wb") as errors:
        process = _start(errors.fileno(), ui_port)
    api: EmbeddedApi | None = None
    try:
        port = int(process.stdout.readline() or 0) if process.stdout else 0
        if not port:
            raise Failure(f"Prefect's API did not start{_is_taken(ui_port)}; see {log}")
        api = EmbeddedApi(f"http://127.0.0.1:{port}/api", process, log)
        threading.Thread(target=_end_without, args=(process, log, api.over), daemon=True).start()
        _use(api.url)
        yield api
    finally:
        if api:
            api.over.set()
        os.environ.pop("PREFECT_API_URL", None)
        _stop(process)


def quiet(home: Path) -> None:
    """The environment that must stand before prefect is imported."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(QUIET)
    os.environ.setdefault("PREFECT_HOME", str(home))


def _is_taken(ui_port: int | None) -> str:
    return f" (is port {ui_port} taken? choose another with --port)" if ui_port else ""


def _start(errors: int, ui_port: int | None) -> subprocess.Popen[str]:
    kind = FOR_ONE_RUN if ui_port is None else {"PREFECT__SERVER_FINAL": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "flows.api_server", str(ui_port or 0)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        env={**os.environ, **kind},
        start_new_session=True,  # Ctrl-C at the terminal is for the run, which then ends the server in order
    )


def _end_without(process: subprocess.Popen[str], log: Path, over: threading.Event) -> None:
    """Prefect asks a server that is gone again and again for minutes; a run may end at any moment instead."""
    process.wait()
    if not over.is_set():
        say(f"Prefect's API ended during the run (see {log}); run again, it goes on where this one was")
        os._exit(RUN_FAILED)


def _use(url: str) -> None:
    os.environ["PREFECT_API_URL"] = url
    loopback = [os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or "", "127.0.0.1", "localhost"]
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(filter(None, loopback))


def _stop(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

"""Servers for these tests, on loopback, ended by the test however it ends."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from glob import glob
from pathlib import Path

from tests.flows.townfacts_process import clean_environment


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is gone at the end; its words are in `log`."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=clean_environment() | environment,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"no server on port {port}: {log.read_text('utf-8', 'replace')[-2000:]}")


def postgres_binary(name: str) -> str | None:
    """Of Debian's package, which does not put it on the path."""
    found = sorted(glob(f"/usr/lib/postgresql/*/bin/{name}"))
    return found[-1] if found else shutil.which(name)


@contextmanager
def postgres(folder: Path) -> Iterator[int]:
    """An empty PostgreSQL cluster below `folder`; yields its port. Its superuser is `townfacts`."""
    folder.mkdir(mode=0o777)
    as_other: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data, port = folder / "data", free_port()
    initdb = [*as_other, str(postgres_binary("initdb")), "-D", str(data), "-U", "townfacts"]
    subprocess.run([*initdb, "-A", "trust", "--no-sync"], check=True, capture_output=True, cwd=folder)
    server = [*as_other, str(postgres_binary("postgres")), "-D", str(data), "-p", str(port), "-k", ""]
    server += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    log = folder.parent / "postgres.log"
    with running(server, log) as process:
        wait_for(port, process, log)
        yield port


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler, and its workers, each a process of its own that nobody starts again."""
    port, dask = free_port(), [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    with ExitStack() as stack:
        log = folder / "scheduler.log"
        options = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        scheduler = stack.enter_context(running([*dask, *options], log))
        wait_for(port, scheduler, log)
        address = f"tcp://127.0.0.1:{port}"
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1"]
        worker += ["--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
        yield (
            address,
            [
                stack.enter_context(running(worker, folder / f"worker{number}.log"))
                for number in range(workers)
            ],
        )


@contextmanager
def prefect_server(folder: Path) -> Iterator[str]:
    """Address of a Prefect API that is nobody's child but the test's."""
    port, log = free_port(), folder / "prefect.log"
    command = [sys.executable, "-m", "flows.api_server", str(port)]
    quiet = {"PREFECT_HOME": str(folder / "prefect"), "DO_NOT_TRACK": "1"}
    with running(command, log, **quiet) as process:
        wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}/api"

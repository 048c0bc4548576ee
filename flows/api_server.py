"""Prefect's API as a child process that cannot outlive its run: `python -m flows.api_server PORT`.

Prefect starts such a server itself when none is named, but that one stays behind when the run is killed.
This one reads its standard input, which nobody writes to: the end of the file means that the run is over
or dead, however it died, and the server ends itself. Takes the loopback port named (0: any that is free),
prints it as its first line, logs to its standard error. Servers of one PREFECT_HOME come up one after the
other: two that bring its database into shape at once break each other, and runs that begin together would
fail.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.first_history import keep_for_others, lay_down

GRACE_SECONDS = 2.0


def main() -> None:
    """Serve until standard input ends."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left may be taken again
    listener.bind(("127.0.0.1", int(sys.argv[1])))
    port = listener.getsockname()[1]
    print(port, flush=True)
    # else the UI asks the port it would have by default
    os.environ["PREFECT_SERVER_UI_API_URL"] = f"http://127.0.0.1:{port}/api"
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import uvicorn

    config = uvicorn.Config(
        "prefect.server.api.server:create_app",
        factory=True,
        log_level="critical",
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=2,
    )

    class OneByOne(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            with _turn() as home:
                is_new = home is not None and lay_down(home)
                await super().startup(sockets)
                if home is not None and is_new:
                    keep_for_others(home)

    OneByOne(config).run(sockets=[listener])


@contextmanager
def _turn() -> Iterator[Path | None]:
    """Holds a lock of PREFECT_HOME and gives its path; the system lets go of it when its process ends."""
    named = os.environ.get("PREFECT_HOME")
    if not named:
        yield None
        return
    home = Path(named)
    with (home / "start.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):  # unbuffered: a buffer's lock held at the end would abort python
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    main()

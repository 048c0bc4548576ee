"""Who loads next into a DuckLake: a lock in PostgreSQL, which a crash sets free by itself.

It spares work and nothing rests on it. Without it, of two loads that overlap, one is done for nothing; what
keeps them apart is the row of `lake_turn` (lake.py). So where the lock is not to be had in time, or its
connection is lost, a load goes on without it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.schema import quoted

# Any number that nothing else in the database locks; here the letters of the name.
KEY = int.from_bytes(b"towns", "big")
# PostgreSQL is asked to wait this long, so that a run can be stopped meanwhile.
_WAIT_MILLISECONDS = 1000
# The lock of a machine without power is let go within a minute, instead of PostgreSQL's two hours.
_MISSED = ("tcp_keepalives_idle = 30", "tcp_keepalives_interval = 10", "tcp_keepalives_count = 3")
_SETTINGS = (f"lock_timeout = {_WAIT_MILLISECONDS}", *_MISSED)
_LOCK = "; ".join([*(f"SET LOCAL {one}" for one in _SETTINGS), f"SELECT pg_advisory_xact_lock({KEY})"])


class Queue:
    """The line in front of one lake; `address` is that of its PostgreSQL database.

    Its connection is another than that of the load, whose transaction must see the lake as it is once the
    lock is held. `extension` is the path of postgres_scanner.
    """

    def __init__(self, address: str, extension: str, patience: float) -> None:
        self._address, self._extension, self._patience = address, extension, patience
        self._connection: DuckDBPyConnection | None = None

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Waits for the lock and holds it to the end; yields whether it was had."""
        is_held = self._take()
        try:
            yield is_held
        finally:
            self._leave()

    def close(self) -> None:
        """Gives the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _take(self) -> bool:
        started = time.monotonic()
        while time.monotonic() - started < self._patience:
            try:
                connection = self._connected()
                connection.execute("BEGIN TRANSACTION")
                connection.execute(f"CALL postgres_execute('queue', {quoted(_LOCK)})")
                return True
            except duckdb.Error as error:
                self._leave()
                if "lock timeout" not in str(error):
                    self.close()  # to be made anew for the next load
                    return False
        return False

    def _leave(self) -> None:
        with suppress(duckdb.Error):  # the lock went with the connection
            if self._connection is not None:
                self._connection.execute("ROLLBACK")

    def _connected(self) -> DuckDBPyConnection:
        if self._connection is None:
            self._connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
            self._connection.execute(f"LOAD {quoted(self._extension)}")
            self._connection.execute(f"ATTACH {quoted(self._address)} AS queue (TYPE postgres)")
        return self._connection

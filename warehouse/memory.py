"""How much memory DuckDB may take: by the size of what is loaded, never by that of the warehouse.

Left alone it keeps four fifths of the machine's memory full of blocks it has read: a run over 100,000 reports
held six times as much as one over 1,000 without being any faster.
"""

from __future__ import annotations

import ctypes
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.errors import WarehouseError

Done = TypeVar("Done")

# A load begins some 700 columns, each with a block of its own until it is written out: 350 MB, most of it
# empty. A third of that is enough where the others wait in a file, which costs a load a tenth more.
BASE_MB: Final = 128
# What a load holds beside that for each byte of its rows, which the caller holds too.
TIMES_THE_ROWS: Final = 1
# To compare and to publish is to read and sort all there is, a slice at a time. With one thread and a quarter
# more than the base 85,000 reports are compared in 44 s and published in 40, as soon as with twice the base.
# To publish takes more than the base, and until the copy is committed 170 MB beside it.
WHOLE_WAREHOUSE: Final = BASE_MB // 4 * 2**20
# Where the bound is too narrow, so many times as much is tried before there is none.
WIDER: Final = 4
# Bytes that must be free on the disk, for what memory does not take and the rows.
ROOM: Final = 2 * 2**30


def within_memory(connection: DuckDBPyConnection, work: Callable[[], Done], row_bytes: int = 0) -> Done:
    """What `work` returns, done with DuckDB's memory bounded by `row_bytes`, the size of the rows to be
    written; what does not fit goes to a temporary file beside the database.

    Where even that is not enough the work, which must leave nothing behind when it fails, is done once more
    with a wider bound, and at last without any.
    """
    narrow = BASE_MB + TIMES_THE_ROWS * row_bytes // 2**20
    for limit in (narrow, WIDER * narrow) if _has_room(connection) else ():
        try:
            connection.execute(f"SET memory_limit = '{limit}MiB'")
            return work()
        except (duckdb.Error, WarehouseError) as error:
            if not any(_is_shortage(e) for e in (error, error.__cause__)):
                raise
        finally:
            with suppress(duckdb.Error):  # after a full disk nothing can be said to the connection
                _lift(connection)
    return work()


def give_back() -> None:
    """Lets the system have what was freed and the C library keeps (glibc keeps 90 MB after a copy of 85,000
    reports is committed); takes some 10 ms.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc alone
        if trim is not None:
            trim(0)


def _has_room(connection: DuckDBPyConnection) -> bool:
    """Whether the disk can take what memory is not allowed to; a nearly full one is left to the rows."""
    place = connection.execute("SELECT current_setting('temp_directory')").fetchone()
    return place is not None and shutil.disk_usage(Path(place[0]).absolute().parent).free > ROOM


def _is_shortage(error: BaseException | None) -> bool:
    """A COMMIT says in words only that it was short of memory."""
    return isinstance(error, duckdb.OutOfMemoryException) or "failed to offload" in str(error)


def _lift(connection: DuckDBPyConnection) -> None:
    """Back to what DuckDB allows itself. RESET alone names that limit again and goes on holding to the
    narrow one (seen with DuckDB 1.5).
    """
    connection.execute("RESET memory_limit")
    usual = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    assert usual is not None
    connection.execute(f"SET memory_limit = '{usual[0]}'")

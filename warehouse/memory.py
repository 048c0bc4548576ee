"""How much memory DuckDB may take: by the size of what is loaded, never by that of the warehouse.

Left alone it keeps four fifths of the machine's memory full of blocks it has read: a run over 100,000 reports
held six times as much as one over 1,000 without being any faster.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.errors import WarehouseError

Done = TypeVar("Done")

# Enough for the first rows of some 1,500 columns, which take a block each until they are written out.
BASE_MB: Final = 400
# Rows on their way in are held by the caller, by DuckDB as rows of this transaction, and by its sorts.
TIMES_THE_ROWS: Final = 4


def within_memory(connection: DuckDBPyConnection, work: Callable[[], Done], row_bytes: int = 0) -> Done:
    """What `work` returns, done with DuckDB's memory bounded by `row_bytes`, the size of the rows to be
    written; what does not fit goes to a temporary file beside the database.

    Where even that is not enough the work, which must leave nothing behind when it fails, is done once more
    without the bound.
    """
    limit = BASE_MB + TIMES_THE_ROWS * row_bytes // 2**20
    try:
        connection.execute(f"SET memory_limit = '{limit}MiB'")
        return work()
    except (duckdb.OutOfMemoryException, WarehouseError) as error:
        if not any(isinstance(e, duckdb.OutOfMemoryException) for e in (error, error.__cause__)):
            raise
    finally:
        with suppress(duckdb.Error):  # after a full disk nothing can be said to the connection
            _lift(connection)
    return work()


def _lift(connection: DuckDBPyConnection) -> None:
    """Back to what DuckDB allows itself. RESET alone names that limit again and goes on holding to the
    narrow one (seen with DuckDB 1.5).
    """
    connection.execute("RESET memory_limit")
    usual = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    assert usual is not None
    connection.execute(f"SET memory_limit = '{usual[0]}'")

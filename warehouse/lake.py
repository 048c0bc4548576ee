"""A warehouse as a DuckLake: Parquet files in a folder that all machines see, their catalog in PostgreSQL.

The same tables, SQL files and loads as in the one file. What differs is who may write: here several runs at
once. Each load first advances the one row of `lake_turn`, so that of two loads that overlap the later one
to commit meets a conflict, is rolled back as a whole and done again on what the other left. That they seldom
overlap is the work of lake_queue.py. A reader is attached to one snapshot and sees that state to its end.

DuckDB's extensions come as wheels (extra `ducklake`); nothing is downloaded at run time.
"""

from __future__ import annotations

import ctypes
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connect import CONFIG, NOT_WRITABLE
from warehouse.errors import (
    LakeUnreachable,
    WarehouseError,
    WarehouseLocked,
    WarehouseMissing,
    WarehouseNotWritable,
)
from warehouse.lake_queue import Queue
from warehouse.migrate import create_all, prepare_in_place, require_known_version
from warehouse.schema import all_tables, quoted

Made = TypeVar("Made")

NAME = "lake"
DATA = "files"  # below the folder of the lake
EXTENSIONS = ("ducklake", "postgres_scanner")
TURN = f"UPDATE {NAME}.main.lake_turn SET turn = turn + 1"
# How long a load is tried again. A load of 2,000 reports takes seconds, so some dozen others may go first.
PATIENCE_SECONDS = 1800.0
# Short beside a load: who pauses long begins behind a writer that does not, and loses to it again.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 0.5
_ADDRESS = re.compile(r"ducklake:(?=postgres(?:ql)?://)")
_CONFLICTS = (
    *("Transaction conflict", "duplicate key", "could not serialize", "deadlock detected"),
    'relation "ducklake_metadata" already exists',  # of two that begin a lake at once
)
_LOST = (
    "server closed the connection",
    "terminating connection",
    "no connection to the server",
    "could not receive data from server",
    "SSL connection has been closed",
    'Failed to execute query "ROLLBACK"',
    "Unable to connect to Postgres",
)
_IS_MADE = "SELECT 1 FROM duckdb_tables() WHERE database_name = ? AND table_name = 'lake_turn'"

_WITHOUT_STATISTICS = (
    f"SELECT table_name FROM __ducklake_metadata_{NAME}.ducklake_table"
    f" WHERE end_snapshot IS NULL AND table_id NOT IN"
    f" (SELECT table_id FROM __ducklake_metadata_{NAME}.ducklake_table_stats)"
)


def connect_lake(catalog: str, folder: Path, read_only: bool = False) -> DuckDBPyConnection:
    """A connection whose schema in use is the lake; one that only reads keeps to the snapshot of now.

    `catalog` is `ducklake:postgres://USER@HOST:PORT/DATABASE`. Raises WarehouseError.
    """
    connection = duckdb.connect(":memory:", config=CONFIG)
    try:
        for name in EXTENSIONS:
            connection.execute(f"LOAD {quoted(str(_extension(name)))}")
        if read_only:
            _attach(connection, catalog, folder, "READ_ONLY")
            _freeze(connection, catalog, folder)
        else:
            _make(connection, catalog, folder)
    except duckdb.Error as error:
        connection.close()
        raise _translated(catalog, folder, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def opened_lake(catalog: str, folder: Path, read_only: bool = False) -> Iterator[DuckDBPyConnection]:
    """`connect_lake`, closed at the end."""
    connection = connect_lake(catalog, folder, read_only)
    is_lost_now = False
    try:
        yield connection
    except BaseException as error:
        is_lost_now = is_lost(error)
        raise
    finally:
        if is_lost_now:
            abandon(connection)
        else:
            connection.close()


def queue(catalog: str) -> Queue:
    """The line of those who write to this lake; connects when it is first used."""
    return Queue(_ADDRESS.sub("", catalog), str(_extension("postgres_scanner")), PATIENCE_SECONDS)


def in_turn(attempt: Callable[[], Made]) -> tuple[Made, int]:
    """Tries again as long as another writer was first; returns also how often that was.

    The pause is drawn by chance, since two that failed together would meet again.
    """
    started, conflicts = time.monotonic(), 0
    while True:
        try:
            return attempt(), conflicts
        except duckdb.Error as error:
            if not is_conflict(error) or time.monotonic() - started > PATIENCE_SECONDS:
                raise
        conflicts += 1
        time.sleep(random.uniform(0, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**conflicts)))


def is_conflict(error: duckdb.Error) -> bool:
    """Whether another writer was first, so that the same again may succeed."""
    return any(sign in str(error) for sign in _CONFLICTS)


def is_lost(error: BaseException | None) -> bool:
    """Whether the server, or the way to it, went away; said by the first of several errors, or not at all:
    DuckLake may take the empty answer for its own mistake.
    """
    while error is not None:
        is_fault = isinstance(error, duckdb.InternalException | duckdb.FatalException)
        if is_fault or any(sign in str(error) for sign in _LOST):
            return True
        error = error.__context__
    return False


def abandon(connection: DuckDBPyConnection) -> None:
    """Sees to it that the connection is never freed, which is not to be closed either: where the server is
    gone that may end the whole process, since a destructor of DuckLake 1.5.5 asks it to roll back and lets
    the error out.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


def unusable_lake(folder: Path, error: duckdb.Error) -> WarehouseError:
    """What went wrong while the lake was in use; the transaction is rolled back in every case."""
    words = " ".join(str(error).partition("Stack Trace")[0].split())[:300]
    if is_conflict(error):
        return WarehouseLocked(folder, None, PATIENCE_SECONDS)
    if is_lost(error):
        told = f"; DuckLake says: {words}" if isinstance(error, duckdb.FatalException) else ""
        return WarehouseError(
            f"{folder}: the connection to PostgreSQL was lost, nothing half-done is kept, run again{told}"
        )
    if any(sign in words for sign in NOT_WRITABLE):
        return WarehouseNotWritable(f"{folder}: {words}; nothing was changed")
    return WarehouseError(f"{folder}: the DuckLake failed ({words}); it is as it was before, run again")


def _extension(name: str) -> Path:
    """The file in the wheel; raises LakeUnreachable with what to install."""
    found = find_spec(f"duckdb_extension_{name}")
    if found is None or found.origin is None:
        raise LakeUnreachable(
            "a warehouse in a DuckLake needs the extra ducklake: pip install 'townfacts[ducklake]'"
        )
    path = Path(found.origin).parent / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if not path.is_file():
        there = ", ".join(sorted(p.name.removeprefix("v") for p in path.parent.parent.glob("v*")))
        raise LakeUnreachable(
            f"the extra ducklake is made for DuckDB {there}, here is {duckdb.__version__}:"
            " pip install -c constraints.txt 'townfacts[ducklake]'"
        )
    return path


def _attach(connection: DuckDBPyConnection, catalog: str, folder: Path, *options: str) -> None:
    data = quoted(f"{folder.absolute() / DATA}/")
    said = ", ".join((f"DATA_PATH {data}", *options))
    address = quoted(_ADDRESS.sub("ducklake:postgres:", catalog))
    connection.execute(f"ATTACH {address} AS {NAME} ({said})")
    connection.execute(f"USE {NAME}")


def _make(connection: DuckDBPyConnection, catalog: str, folder: Path) -> None:
    """Attached for writing, with all tables; of several runs that make them at once one does."""
    try:
        (folder / DATA).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseNotWritable(f"{folder}: cannot hold a warehouse: {error.strerror}") from error
    in_turn(lambda: _attach(connection, catalog, folder))
    in_turn(lambda: _fill(connection))
    require_known_version(connection, folder)
    in_turn(lambda: prepare_in_place(connection, folder, TURN))
    in_turn(lambda: _begin_statistics(connection))


def _fill(connection: DuckDBPyConnection) -> None:
    if connection.execute(_IS_MADE, [NAME]).fetchall():
        return
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute("CREATE TABLE lake_turn (turn BIGINT NOT NULL)")
        connection.execute("INSERT INTO lake_turn VALUES (0)")
        create_all(connection, with_comments=False)
        connection.execute("COMMIT")
    except BaseException as error:
        _roll_back(connection)
        if isinstance(error, duckdb.Error) and connection.execute(_IS_MADE, [NAME]).fetchall():
            return  # by another run
        raise


def _begin_statistics(connection: DuckDBPyConnection) -> None:
    """Gives each table that never held a row its first statistics, by a row that goes within the transaction.

    DuckLake 1.5.5 keeps no note that a table has none: it asks PostgreSQL twice for each column of such a
    table in each statement, which was more than half of all it asked in a load (its pull request 1313).
    """
    names = {name for (name,) in connection.execute(_WITHOUT_STATISTICS).fetchall()}
    bare = [made for made in all_tables() if made.name in names]
    if not bare:
        return
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(TURN)
        for made in bare:
            row = ", ".join(_any_value(column.type) for column in made.columns)
            connection.execute(f"INSERT INTO {made.name} VALUES ({row})")
            connection.execute(f"DELETE FROM {made.name}")
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _any_value(kind: str) -> str:
    """As SQL, for a column of that type.

    >>> _any_value("VARCHAR"), _any_value("INTEGER NOT NULL"), _any_value("VARCHAR[] NOT NULL")
    ('NULL', "CAST('0' AS INTEGER)", "CAST('[]' AS VARCHAR[])")
    """
    if not kind.endswith(" NOT NULL"):
        return "NULL"
    bare = kind.removesuffix(" NOT NULL")
    text = "[]" if bare.endswith("[]") else "1970-01-01" if bare in ("DATE", "TIMESTAMP") else "0"
    return f"CAST({quoted(text)} AS {bare})"


def _roll_back(connection: DuckDBPyConnection) -> None:
    try:
        connection.execute("ROLLBACK")
    except duckdb.TransactionException:  # a failed COMMIT has rolled back by itself
        return


def _freeze(connection: DuckDBPyConnection, catalog: str, folder: Path) -> None:
    """Attached anew to the snapshot of now, so that no statement sees more than the one before it."""
    if not connection.execute(_IS_MADE, [NAME]).fetchall():
        raise WarehouseMissing(f"{catalog}: no warehouse here; `townfacts run` makes one")
    row = connection.execute(f"FROM {NAME}.current_snapshot()").fetchone()
    assert row is not None
    require_known_version(connection, folder)
    connection.execute("USE memory")
    connection.execute(f"DETACH {NAME}")
    _attach(connection, catalog, folder, "READ_ONLY", f"SNAPSHOT_VERSION {int(row[0])}")


def _translated(catalog: str, folder: Path, error: duckdb.Error) -> WarehouseError:
    text = " ".join(str(error).split())
    if "Unable to connect to Postgres" in text:
        why = re.split(r'failed: |at "[^"]*": ', text)[-1].split(" Is the server")[0]
        return LakeUnreachable(
            f"{catalog}: PostgreSQL does not let us in ({why}); start the server or correct the address,"
            " the password comes from PGPASSWORD or ~/.pgpass (docs/scale.md)"
        )
    if "does not match existing data path" in text:
        return LakeUnreachable(
            f"{catalog}: its data lie elsewhere than in {folder.absolute() / DATA};"
            " set lake_folder to the folder it was made with"
        )
    if "does not exist" in text or "READ_ONLY" in text or "read-only" in text.lower():
        return WarehouseMissing(f"{catalog}: no warehouse here; `townfacts run` makes one ({text[:160]})")
    return unusable_lake(folder, error)

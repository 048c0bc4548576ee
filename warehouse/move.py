"""All tables from the one file into a DuckLake, or back, each proved equal before the move is committed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connect import connect, unusable
from warehouse.errors import WarehouseError, WarehouseLocked
from warehouse.lake import NAME, TURN, opened_lake, unusable_lake
from warehouse.migrate import require_known_version
from warehouse.schema import SCHEMA_VERSION, Table, all_tables, quoted
from warehouse.warehouse import DATABASE, open_warehouse

FILE = "file"


class MoveRefused(WarehouseError):  # noqa: N818
    """The goal holds loads already, or the source is of another schema."""

    exit_code = 2


def move_to_lake(folder: Path, catalog: str, lake_folder: Path) -> dict[str, int]:
    """Copies `folder/warehouse.duckdb` into an empty lake; table -> rows. The file stays as it is."""
    path = folder / DATABASE
    with closing(connect(path, 0, read_only=True)) as file:
        _require_present_schema(file, path)
    with opened_lake(catalog, lake_folder) as connection, _told(lake_folder):
        connection.execute(f"ATTACH {quoted(str(path))} AS {FILE} (READ_ONLY)")
        return _copied(connection, FILE, NAME, catalog, first=TURN)


def move_to_file(catalog: str, lake_folder: Path, folder: Path) -> dict[str, int]:
    """Copies one snapshot of the lake into a new `folder/warehouse.duckdb`; table -> rows."""
    path = folder / DATABASE
    with opened_lake(catalog, lake_folder, read_only=True) as connection:
        _require_present_schema(connection, lake_folder)
        with open_warehouse(folder):  # makes it where there is none
            pass
        with _told(path):
            connection.execute(f"ATTACH {quoted(str(path))} AS {FILE}")
            rows = _copied(connection, NAME, FILE, str(path))
            connection.execute(f"CHECKPOINT {FILE}")
            return rows


def _require_present_schema(connection: DuckDBPyConnection, place: Path) -> None:
    found = require_known_version(connection, place)
    if found != SCHEMA_VERSION:
        raise MoveRefused(f"{place}: schema {found}, here it is {SCHEMA_VERSION}; townfacts run upgrades it")


@contextmanager
def _told(place: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        if "Could not set lock" in str(error) or "Conflicting lock" in str(error):
            raise WarehouseLocked(place, None, 0) from error
        raise (
            unusable_lake(place, error) if place.suffix != ".duckdb" else unusable(place, str(error))
        ) from error


def _copied(
    connection: DuckDBPyConnection, source: str, goal: str, words: str, first: str = ""
) -> dict[str, int]:
    """In one transaction, which is only committed when each table is the same on both sides."""
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(first)
        if connection.execute(f"SELECT 1 FROM {goal}.main.load LIMIT 1").fetchall():
            raise MoveRefused(f"{words}: holds loads already; move into a new, empty one")
        rows = {made.name: _copy(connection, made, source, goal) for made in all_tables()}
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(duckdb.TransactionException):  # a failed COMMIT has rolled back by itself
            connection.execute("ROLLBACK")
        raise
    return rows


def _copy(connection: DuckDBPyConnection, made: Table, source: str, goal: str) -> int:
    name, columns = made.name, ", ".join(column.name for column in made.columns)
    connection.execute(f"DELETE FROM {goal}.main.{name}")
    connection.execute(
        f"INSERT INTO {goal}.main.{name} ({columns}) SELECT {columns} FROM {source}.main.{name}"
    )
    # Independent of the order, one pass: equal where no row is lost, doubled or other than it was.
    mark = f"SELECT count(*), sum(hash({columns})::HUGEINT), bit_xor(hash({columns})) FROM {{}}.main.{name}"
    theirs = connection.execute(mark.format(source)).fetchone()
    if theirs is None or connection.execute(mark.format(goal)).fetchone() != theirs:
        raise WarehouseError(f"table {name} is not the same after the move; nothing was moved, report this")
    return int(theirs[0])

"""The file and its schema: made new, brought up from an older version after a backup copy, refused when
newer.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from importlib.resources import files
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.accuracy import fill_accuracy
from warehouse.connect import connect
from warehouse.errors import WarehouseTooNew, WarehouseUnreadable
from warehouse.resolve import fill_wide
from warehouse.schema import SCHEMA_VERSION, create, ddl, fill_indicators, statements, wide_tables
from warehouse.views import create_views, fingerprint


def prepare(connection: DuckDBPyConnection, path: Path) -> DuckDBPyConnection:
    """A connection to a warehouse of this schema; the one given may have been closed for the backup copy."""
    found = require_known_version(connection, path)
    if found < SCHEMA_VERSION:
        connection = _upgrade(connection, path, found)
    if _meta(connection, "definitions") != fingerprint():
        _refresh(connection)
    return connection


def require_known_version(connection: DuckDBPyConnection, path: Path) -> int:
    """The schema version; raises for a newer one and for a stranger's database."""
    try:
        connection.execute("SELECT 1 FROM load, report LIMIT 0")
        version = _meta(connection, "schema_version")
    except (duckdb.CatalogException, duckdb.BinderException):
        version = None
    if version is None or not version.isdecimal():
        raise WarehouseUnreadable(
            f"{path}: a DuckDB file, but no warehouse of townfacts; choose another folder"
        )
    if int(version) > SCHEMA_VERSION:
        raise WarehouseTooNew(
            f"{path}: schema version {version}, this townfacts knows {SCHEMA_VERSION}; upgrade townfacts"
        )
    return int(version)


def _meta(connection: DuckDBPyConnection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else None


def _refresh(connection: DuckDBPyConnection) -> None:
    """The catalogue or a view changed: indicators, wide tables and views are made again from what is
    stored.
    """
    connection.execute("BEGIN TRANSACTION")
    _define(connection)
    create_views(connection)
    connection.execute("COMMIT")


def _define(connection: DuckDBPyConnection) -> None:
    fill_indicators(connection)
    fill_accuracy(connection)
    for made in wide_tables():
        connection.execute(f"DROP TABLE {made.name}")
        connection.execute(";\n".join(ddl(made)))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_row AS"
        " SELECT DISTINCT town_id, year, domain FROM resolution JOIN indicator USING (indicator)"
    )
    fill_wide(connection)
    _note_definitions(connection)


def _note_definitions(connection: DuckDBPyConnection) -> None:
    connection.execute("DELETE FROM meta WHERE name = 'definitions'")
    connection.execute("INSERT INTO meta VALUES ('definitions', ?)", [fingerprint()])


def create_all(connection: DuckDBPyConnection, with_comments: bool = True) -> None:
    """Tables and views in the schema in use, within the transaction of the caller. A DuckLake takes no
    comment on a macro; its published copy has them.
    """
    create(connection)
    fill_accuracy(connection)
    create_views(connection, with_comments=with_comments)
    _note_definitions(connection)


def prepare_in_place(connection: DuckDBPyConnection, place: Path, first: str) -> None:
    """As `prepare`, for a DuckLake, whose snapshots are its backup; its transaction begins with `first`."""
    found = require_known_version(connection, place)
    if found == SCHEMA_VERSION and _meta(connection, "definitions") == fingerprint():
        return
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(first)
        for version in range(found, SCHEMA_VERSION):
            for statement in statements(migration(version)):
                connection.execute(statement)
        create(connection)
        _define(connection)
        create_views(connection, with_comments=False)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(duckdb.TransactionException):  # a failed COMMIT has rolled back by itself
            connection.execute("ROLLBACK")
        raise


def _upgrade(connection: DuckDBPyConnection, path: Path, found: int) -> DuckDBPyConnection:
    """A new connection to the upgraded file; what fails leaves the file as it was, and the copy beside it."""
    connection.execute("CHECKPOINT")
    connection.close()
    _back_up(path, path.with_name(f"{path.stem}.schema{found}.duckdb"))
    connection = connect(path, wait_seconds=60, read_only=False)
    try:
        connection.execute("BEGIN TRANSACTION")
        for version in range(found, SCHEMA_VERSION):
            for statement in statements(migration(version)):
                connection.execute(statement)
        create(connection)
        connection.execute("COMMIT")
    except duckdb.Error as error:
        connection.close()  # rolls back
        raise WarehouseUnreadable(
            f"{path}: could not be brought from schema {found} to {SCHEMA_VERSION} ({error});"
            " it is as it was before"
        ) from error
    return connection


def migration(version: int) -> str:
    """SQL that brings a warehouse of `version` to the next: `migrations/<version>_to_<version + 1>.sql`."""
    return (files(__package__) / "migrations" / f"{version}_to_{version + 1}.sql").read_text(encoding="utf-8")


def _back_up(path: Path, copy: Path) -> None:
    """Whole or not at all, and never over an earlier copy, which may be the better one after a failed
    upgrade.
    """
    if copy.exists():
        return
    beside = copy.with_suffix(".tmp")
    shutil.copyfile(path, beside)
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(beside, copy)

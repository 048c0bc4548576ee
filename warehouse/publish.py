"""The copy that readers open: `published/townfacts.duckdb` and `published/parquet/`, never seen half written.

Built beside and put in place by one rename, so that a reader keeps the copy it opened and the next one
sees the new. Holds the same tables without the paths of this machine, in storage version v1.0.0 and
without keys or indexes, which every client of DuckDB since 1.0 opens.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connect import STORAGE_VERSION, unusable
from warehouse.errors import WarehouseError, WarehouseNotWritable
from warehouse.parquet import publish_parquet
from warehouse.schema import SCHEMA_VERSION, all_tables, ddl, quoted
from warehouse.views import create_views, fingerprint

DATABASE = "townfacts.duckdb"
PRIVATE = ("source_file",)


def publish(connection: DuckDBPyConnection, folder: Path) -> Path | None:
    """Brings `folder` up to the warehouse behind `connection`, whose lock keeps a second publisher out.

    Returns the published file, or None where it showed this state already.
    """
    state, target = _state(connection), folder / DATABASE
    with _told_plainly(target):
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)  # of a run that was killed
        is_stale = _published_state(target) != state
        if is_stale:
            beside = folder / f".{DATABASE}.{os.getpid()}"
            try:
                _build(connection, beside, state)
                _put_in_place(beside, target)
            finally:
                _clear(folder)  # gives a full disk its room back
        written = publish_parquet(connection, folder / "parquet", state)
    return target if is_stale or written else None


def _clear(folder: Path) -> None:
    for left_over in sorted(folder.glob(f".{DATABASE}.*")):
        left_over.unlink()


def _state(connection: DuckDBPyConnection) -> str:
    """The same as long as nothing that is published changed but `load` and the last-seen columns.

    The times tell a warehouse that was begun anew in the same folder from the one before.
    """
    row = connection.execute(
        "SELECT coalesce(max(load_id), 0), max(finished_at), (SELECT min(finished_at) FROM load)"
        " FROM load WHERE has_changed"
    ).fetchone()
    load_id, changed, begun = row or (0, None, None)
    return (
        f"schema {SCHEMA_VERSION}, definitions {fingerprint()},"
        f" last change in load {load_id} at {changed} UTC, first load at {begun} UTC"
    )


def _published_state(target: Path) -> str | None:
    """What the published file says it shows; None where there is none that can be read."""
    if not target.is_file():
        return None
    try:
        with duckdb.connect(str(target), read_only=True) as reader:
            row = reader.execute("SELECT value FROM meta WHERE name = 'published_state'").fetchone()
    except duckdb.Error:
        return None  # damaged or foreign: it is replaced
    return str(row[0]) if row else None


@contextmanager
def _told_plainly(target: Path) -> Iterator[None]:
    try:
        yield
    except WarehouseError:
        raise
    except OSError as error:
        raise WarehouseNotWritable(
            f"{target}: cannot be published: {error.strerror}; the copy before stands"
        ) from error
    except duckdb.Error as error:
        raise unusable(target, str(error)) from error


def _build(connection: DuckDBPyConnection, path: Path, state: str) -> None:
    connection.execute(f"ATTACH {quoted(str(path))} AS published (STORAGE_VERSION {quoted(STORAGE_VERSION)})")
    home = connection.execute("SELECT current_database()").fetchone()
    assert home is not None
    try:
        connection.execute("USE published")
        connection.execute("BEGIN TRANSACTION")  # hundreds of comments, each of which would wait for the disk
        _fill(connection, str(home[0]), state)
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT published")
    except BaseException:
        with contextlib.suppress(duckdb.Error):  # where the transaction had ended already
            connection.execute("ROLLBACK")
        raise
    finally:
        if connection.execute("SELECT current_database()").fetchone() == ("published",):
            connection.execute(f'USE "{home[0]}"')
        connection.execute("DETACH published")


def _fill(connection: DuckDBPyConnection, home: str, state: str) -> None:
    for made in all_tables():
        if made.name in PRIVATE:
            continue
        connection.execute(";\n".join(ddl(made)))
        names = {column.name for column in made.columns}
        # together what is asked for together; other tables stand in the order of loading
        order = "year, town_id" if {"year", "town_id"} <= names else "ALL" if made.name == "load" else "rowid"
        connection.execute(f'INSERT INTO {made.name} BY NAME FROM "{home}".main.{made.name} ORDER BY {order}')
    connection.execute("INSERT INTO meta VALUES ('published_state', ?)", [state])
    create_views(connection)


def _put_in_place(beside: Path, target: Path) -> None:
    """On disk before it has its name: after a power cut there is the old copy or the new one."""
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(beside, target)
    directory = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)

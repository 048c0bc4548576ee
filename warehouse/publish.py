"""The copy that readers open: `published/townfacts.duckdb` and `published/parquet/`, never seen half written.

Built beside, from the copy before where little changed, and put in place by one rename, so that a reader
keeps the copy it opened and the next one sees the new. Holds the same tables without the paths of this
machine, in storage version v1.0.0 and without keys or indexes, which every client of DuckDB since 1.0
opens.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connect import NOT_WRITABLE, unusable
from warehouse.effort import is_packed_tightly, pack, write_at_once
from warehouse.errors import WarehouseError, WarehouseNotWritable
from warehouse.memory import give_back
from warehouse.parquet import MANIFEST, is_renewable, publish_parquet
from warehouse.renewal import Shown, differing, is_worn, order_of, renew, renewable_from
from warehouse.schema import SCHEMA_VERSION, all_tables, ddl, quoted, table
from warehouse.views import create_views, fingerprint

DATABASE = "townfacts.duckdb"
STORAGE_VERSION = "v1.0.0"
PRIVATE = ("source_file", "clause_print")
# Raised where an older published copy must not be built upon.
LAYOUT = 2
# Rows of `meta` that only the published copy has: what it shows, and the load since when it is built upon.
SHOWN, MADE = "published_state", "published_whole_in_load"


def publish(
    connection: DuckDBPyConnection,
    folder: Path,
    force: bool = False,
    second: DuckDBPyConnection | None = None,
) -> Path | None:
    """Brings `folder` up to the warehouse behind `connection`, whose lock keeps a second publisher out.

    Returns the published file, or None where it showed this state already. `force` writes all of it anew,
    from nothing that lies there: a file can be damaged and say the right state. `second` is another
    connection that sees the same state: with it the Parquet files are renewed while the file is.
    """
    state, target = _state(connection), folder / DATABASE
    with _told_plainly(target):
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)  # of a run that was killed
        is_stale = force or _published(target, SHOWN) != str(state)
        if force:
            (folder / "parquet" / MANIFEST).unlink(missing_ok=True)
        parquet = folder / "parquet"
        if is_stale and not force and second and is_renewable(second, parquet, state):
            with ThreadPoolExecutor(1) as beside:
                task = beside.submit(publish_parquet, second, parquet, state)
                _replace(connection, target, state, force)
            written = task.result()
        else:
            if is_stale:
                _replace(connection, target, state, force)
            written = publish_parquet(connection, parquet, state)
    return target if is_stale or written else None


def _replace(connection: DuckDBPyConnection, target: Path, state: Shown, force: bool) -> None:
    beside = target.with_name(f".{DATABASE}.{os.getpid()}")
    try:
        if force or not _renewed(connection, target, beside, state):
            _clear(target.parent)
            _build(connection, beside, state)
        _put_in_place(beside, target)
    finally:
        _clear(target.parent)  # gives a full disk its room back
    give_back()


def _clear(folder: Path) -> None:
    for left_over in sorted(folder.glob(f".{DATABASE}.*")):
        left_over.unlink()


def _state(connection: DuckDBPyConnection) -> Shown:
    """The same as long as nothing that is published changed but `load` and the last-seen columns.

    The times tell a warehouse that was begun anew in the same folder from the one before.
    """
    row = connection.execute(
        "SELECT coalesce(max(load_id), 0), max_by(finished_at, load_id)::VARCHAR,"
        " (SELECT min(finished_at)::VARCHAR FROM load)"
        " FROM load WHERE has_changed"
    ).fetchone()
    load_id, changed, begun = row or (0, None, None)
    layout = f"schema {SCHEMA_VERSION}.{LAYOUT}, definitions {fingerprint()}"
    return Shown(layout, load_id, str(changed), str(begun))


def _published(target: Path, name: str) -> str | None:
    """A row of the published `meta`; None where there is no file, or none that can be read."""
    if not target.is_file():
        return None
    try:
        with duckdb.connect(str(target), read_only=True) as reader:
            row = reader.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
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


def _renewed(connection: DuckDBPyConnection, target: Path, beside: Path, state: Shown) -> bool:
    """Whether `beside` now is the published copy with what came since; False where it must be made anew."""
    since, made = renewable_from(connection, _published(target, SHOWN), state), _published(target, MADE)
    if since is None or made is None or is_worn(connection, int(made)):
        return False
    shutil.copyfile(target, beside)
    try:
        with _attached(connection, beside) as home:
            renew(connection, home, _public(), since)
            _note(connection, state, int(made))
            is_whole = differing(connection, home, [name for name in _public() if name != "meta"]) == []
    except duckdb.Error as error:
        if any(sign in str(error) for sign in NOT_WRITABLE):
            raise
        return False  # a block of the copy before is damaged: a whole one heals it
    return is_whole


def _build(connection: DuckDBPyConnection, path: Path, state: Shown) -> None:
    with _attached(connection, path) as home:
        for name in _public():
            connection.execute(";\n".join(ddl(table(name))))
            rows, order = f'FROM "{home}".main.{name}', order_of(table(name))
            # rows come in that order by themselves; a sort would hold every text in memory
            sort = "" if order == "rowid" else f" ORDER BY {order}"
            connection.execute(f"INSERT INTO {name} BY NAME {rows}{sort}")
        _note(connection, state, state.load_id)
        create_views(connection)


def _public() -> list[str]:
    return [made.name for made in all_tables() if made.name not in PRIVATE]


def _note(connection: DuckDBPyConnection, state: Shown, made: int) -> None:
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [(SHOWN, str(state)), (MADE, str(made))])


@contextmanager
def _attached(connection: DuckDBPyConnection, path: Path) -> Iterator[str]:
    """The file as the schema in use, within one transaction (hundreds of comments, each of which would wait
    for the disk), written out and let go at the end. Yields the name of the warehouse.
    """
    version = "" if path.exists() else f" (STORAGE_VERSION {quoted(STORAGE_VERSION)})"
    connection.execute(f"ATTACH {quoted(str(path))} AS published{version}")
    home = connection.execute("SELECT current_database()").fetchone()
    assert home is not None
    packed = is_packed_tightly(connection)
    try:
        pack(connection, tightly=True)  # many read this one, and it is written once
        connection.execute("USE published")
        connection.execute("BEGIN TRANSACTION")
        yield str(home[0])
        # a file that cannot be written out is invalid from then on, and so is a connection that uses it
        connection.execute(f'USE "{home[0]}"')
        # no log for a file that nobody knows yet: what is committed goes straight into it
        write_at_once(connection)
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT published")
    except BaseException:
        with contextlib.suppress(duckdb.Error):  # where the transaction had ended already
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute(f'USE "{home[0]}"')
        connection.execute("DETACH published")
        connection.execute("RESET wal_autocheckpoint")
        pack(connection, tightly=packed)


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

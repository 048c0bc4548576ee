"""A checked copy of the warehouse, and putting one back: whole or not at all."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connect import connect, unusable
from warehouse.errors import WarehouseError, WarehouseMissing, WarehouseNotWritable, WarehouseUnreadable
from warehouse.migrate import require_known_version

DATABASE = "warehouse.duckdb"


@dataclass(frozen=True, slots=True)
class Copied:
    """Where the copy lies and what it holds. `replaced`: where restore put what was there before."""

    path: Path
    last_load: int
    finished_at: datetime | None
    reports: int
    facts: int
    replaced: Path | None = None


def backup(directory: Path, target: Path, wait_seconds: float) -> Copied:
    """Copies `directory/warehouse.duckdb` to the file or folder `target`, then reads the copy through.

    Held against other writers while it is copied. Raises WarehouseError; an existing file is never
    overwritten.
    """
    source = directory / DATABASE
    if not source.is_file():
        raise WarehouseMissing(f"{source}: no warehouse here; `townfacts run` makes one")
    connection = connect(source, wait_seconds, read_only=False)
    try:
        require_known_version(connection, source)
        connection.execute("CHECKPOINT")
        held = _content(connection)
        place = _place(target, held)
        _copied(source, place, held)
    except duckdb.Error as error:
        raise unusable(source, str(error)) from error
    finally:
        connection.close()
    return _told(place, held)


def restore(file: Path, directory: Path, wait_seconds: float) -> Copied:
    """Puts a backup in the place of `directory/warehouse.duckdb`, which is kept beside under another name.

    The copy is made and read through before anything is moved. Raises WarehouseError: locked, a newer
    version, not sound, no room.
    """
    if not file.is_file():
        raise WarehouseMissing(f"{file}: no such backup")
    target = directory / DATABASE
    held = _checked(file, wait_seconds)
    holder = _held(target, wait_seconds)
    beside = directory / f".{DATABASE}.restore"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _copied(file, beside, held, replace=True)
        kept = _set_aside(target) if target.exists() else None
        os.replace(beside, target)
    except OSError as error:
        raise WarehouseNotWritable(f"{target}: {error.strerror}; nothing was changed") from error
    finally:
        beside.unlink(missing_ok=True)
        if holder is not None:
            holder.close()
    return _told(target, held, kept)


Content = tuple[tuple[str, int, int], ...]
Held = tuple[Content, tuple[int, datetime | None, int, int]]


def _content(connection: DuckDBPyConnection) -> Held:
    """Rows and a mark of every table, for which each block is read and its checksum tested; main figures."""
    names = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY table_name"
    ).fetchall()
    marks = []
    for (name,) in names:
        row = connection.execute(
            f"SELECT count(*), coalesce(bit_xor(hash(t)), 0) FROM {name} AS t"
        ).fetchone()
        assert row is not None
        marks.append((str(name), int(row[0]), int(row[1])))
    row = connection.execute(
        "SELECT (SELECT coalesce(max(load_id), 0) FROM load), (SELECT max(finished_at) FROM load),"
        " (SELECT count(*) FROM report), (SELECT count(*) FROM fact_indicator)"
    ).fetchone()
    assert row is not None
    return tuple(marks), (row[0], row[1], row[2], row[3])


def _place(target: Path, held: Held) -> Path:
    """`target`, or in a folder a name of the day of the last load and its number."""
    if target.is_dir() or target.suffix != ".duckdb":
        load_id, finished, _, _ = held[1]
        day = f"{finished:%Y%m%d-%H%M%S}" if finished else "empty"
        target = target / f"townfacts-{day}-load{load_id}.duckdb"
    if target.exists():
        raise WarehouseNotWritable(f"{target}: stands there already; a backup never overwrites a file")
    return target


def _copied(source: Path, target: Path, held: Held, replace: bool = False) -> None:
    """On disk and read through before it has its name."""
    beside = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        if _checked(beside, 0) != held:
            raise WarehouseUnreadable(f"{target}: the copy does not hold what {source} holds; check the disk")
        if not replace and target.exists():
            raise WarehouseNotWritable(f"{target}: stands there already; a backup never overwrites a file")
        os.replace(beside, target)
    except OSError as error:
        raise WarehouseNotWritable(f"{target}: {error.strerror}; nothing was changed") from error
    finally:
        beside.unlink(missing_ok=True)


def _checked(path: Path, wait_seconds: float) -> Held:
    """What a file holds; raises for a damaged file, a stranger's and one of a newer townfacts."""
    connection = connect(path, wait_seconds, read_only=True)
    try:
        require_known_version(connection, path)
        return _content(connection)
    except duckdb.Error as error:
        raise unusable(path, str(error)) from error
    finally:
        connection.close()


def _held(target: Path, wait_seconds: float) -> DuckDBPyConnection | None:
    """The lock of the warehouse to be replaced; None where there is none, or nothing sound to lock."""
    if not target.exists():
        return None
    try:
        connection = connect(target, wait_seconds, read_only=False)
        connection.execute("CHECKPOINT")
    except (WarehouseUnreadable, duckdb.Error):
        return None  # a damaged file is what a restore is for
    except WarehouseError:
        raise
    return connection


def _set_aside(target: Path) -> Path:
    """A second name for what is there, and its write-ahead log out of the way of the file to come."""
    number = 1
    while (kept := target.with_name(f"{target.stem}.replaced{number}.duckdb")).exists():
        number += 1
    os.link(target, kept)
    log = target.with_name(target.name + ".wal")
    if log.exists():
        os.replace(log, kept.with_name(kept.name + ".wal"))
    return kept


def _told(path: Path, held: Held, replaced: Path | None = None) -> Copied:
    return Copied(path, *held[1], replaced)

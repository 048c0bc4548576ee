"""Writing a data package: built beside its place from the published copy, then put there as a whole."""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.connect import connect, unusable
from warehouse.data_package.descriptor import State, Written, descriptor
from warehouse.data_package.masked_columns import write_private_text
from warehouse.data_package.readable import dictionary_html, dictionary_markdown, readme
from warehouse.data_package.resources import Resource, resources
from warehouse.errors import WarehouseError, WarehouseMissing, WarehouseNotWritable, WarehouseTooNew
from warehouse.schema import SCHEMA_VERSION, quoted
from warehouse.semantic import semantic_yaml

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class PackageWritten:
    """`masked`: texts in which a private person was masked."""

    folder: Path
    files: int
    rows: int
    masked: int


def write_package(published: Path, dest: Path, with_names: bool = False) -> PackageWritten:
    """Writes or replaces the package at `dest`; raises WarehouseError where that cannot be.

    The same published copy gives the same bytes. A folder that is no package of ours is never replaced.
    """
    _require_free(dest)
    with _told_plainly(dest):
        dest.parent.mkdir(parents=True, exist_ok=True)
        _clear(dest)
        beside = _beside(dest, "new")
        try:
            with connect(published, 0, read_only=True) as connection:
                _require_present_schema(connection, published)
                made = _build(connection, beside, with_names)
            _put_in_place(beside, dest)
        finally:
            _clear(dest)
    return PackageWritten(dest, *made)


def _require_free(dest: Path) -> None:
    if not os.path.lexists(dest):
        return
    if not dest.is_dir() or dest.is_symlink():
        raise WarehouseNotWritable(f"{dest}: not a folder; name another place for the package")
    if any(dest.iterdir()) and not _is_ours(dest / DESCRIPTOR):
        raise WarehouseNotWritable(f"{dest}: holds something that is no package; name an empty or new folder")


def _is_ours(file: Path) -> bool:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("name") == "townfacts"


def _beside(dest: Path, role: str) -> Path:
    return dest.with_name(f".{dest.name}.{role}.{os.getpid()}")


def _clear(dest: Path) -> None:
    """Left-overs of a run that was killed; a package that was moved aside and has no successor comes back."""
    for old in sorted(dest.parent.glob(f".{dest.name}.old.*")):
        if dest.exists():
            shutil.rmtree(old)
        else:
            os.rename(old, dest)
    for new in sorted(dest.parent.glob(f".{dest.name}.new.*")):
        shutil.rmtree(new)


def _put_in_place(beside: Path, dest: Path) -> None:
    if dest.exists():
        os.rename(dest, _beside(dest, "old"))
    os.rename(beside, dest)


@contextmanager
def _told_plainly(dest: Path) -> Iterator[None]:
    try:
        yield
    except WarehouseError:
        raise
    except OSError as error:
        raise WarehouseNotWritable(
            f"{dest}: cannot be written: {error.strerror}; nothing was changed"
        ) from error
    except duckdb.Error as error:
        raise unusable(dest, str(error)) from error


def _require_present_schema(connection: DuckDBPyConnection, published: Path) -> None:
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
    except duckdb.Error as error:
        raise WarehouseMissing(
            f"{published}: no published copy of townfacts; townfacts publish makes one"
        ) from error
    found = int(row[0]) if row else 0
    if found > SCHEMA_VERSION:
        raise WarehouseTooNew(
            f"{published}: written by a later townfacts (schema {found}); upgrade townfacts"
        )
    if found < SCHEMA_VERSION:
        raise WarehouseMissing(
            f"{published}: of an earlier townfacts (schema {found}); townfacts publish renews it"
        )


def _build(connection: DuckDBPyConnection, folder: Path, with_names: bool) -> tuple[int, int, int]:
    connection.execute("SET threads = 1")  # so that the bytes do not depend on which thread was first
    tables = resources(connection)
    masked = write_private_text(connection, tables, with_names)
    state = _state(connection, not with_names)
    for name in ("csv", "parquet"):
        (folder / name).mkdir(parents=True)
    files = [file for table in tables for file in _files(connection, folder, table)]
    texts = {
        DESCRIPTOR: descriptor(state, files),
        "README.md": readme(connection, state, files),
        "dictionary.md": dictionary_markdown(tables),
        "dictionary.html": dictionary_html(tables),
        "semantic.yml": semantic_yaml(),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    _sync(folder)
    return len(files) + len(texts), sum(file.rows for file in files[::2]), masked


def _state(connection: DuckDBPyConnection, is_masked: bool) -> State:
    load = connection.execute(
        "SELECT load_id, strftime(finished_at, '%Y-%m-%dT%H:%M:%SZ'), versions FROM load"
        " WHERE has_changed ORDER BY load_id DESC LIMIT 1"
    ).fetchone()
    if load is None:
        raise WarehouseMissing("the published copy holds no report yet; townfacts run SOURCE loads some")
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM report WHERE is_current), (SELECT count(*) FROM town),"
        " (SELECT count(*) FROM fact_indicator SEMI JOIN (FROM report WHERE is_current) USING (report_id)),"
        " min(year), max(year) FROM report WHERE is_current"
    ).fetchone()
    assert counts is not None
    reports, towns, facts, first, last = counts
    return State(
        version=f"{SCHEMA_VERSION}.{load[0]}.0",
        created=load[1],
        reports=reports,
        towns=towns,
        facts=facts,
        first_year=first,
        last_year=last,
        versions=json.loads(load[2]),
        is_masked=is_masked,
    )


def _files(connection: DuckDBPyConnection, folder: Path, resource: Resource) -> Iterable[Written]:
    """The CSV file and the Parquet file of a table."""
    csv, parquet = f"csv/{resource.name}.csv", f"parquet/{resource.name}.parquet"
    bare = folder / "bare.csv"
    rows = _copy(connection, resource.query(is_csv=True), bare, "FORMAT csv, HEADER, DELIMITER ','")
    with (folder / csv).open("wb") as target, bare.open("rb") as source:
        target.write(codecs.BOM_UTF8)  # without it spreadsheet programs take Chinese for something else
        shutil.copyfileobj(source, target, 1 << 20)
    bare.unlink()
    yield _written(resource, folder, csv, rows)
    _copy(connection, resource.query(is_csv=False), folder / parquet, "FORMAT parquet, COMPRESSION zstd")
    yield _written(resource, folder, parquet, rows)


def _copy(connection: DuckDBPyConnection, query: str, path: Path, how: str) -> int:
    row = connection.execute(f"COPY ({query}) TO {quoted(str(path))} ({how})").fetchone()
    return int(row[0]) if row else 0


def _written(resource: Resource, folder: Path, path: str, rows: int) -> Written:
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(resource, path, rows, (folder / path).stat().st_size, digest)


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())

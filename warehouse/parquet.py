"""`published/parquet/<domain>/<year>.parquet`: the long table by domain and year, only changed files
written anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.parquet_manifest import (
    MANIFEST,
    Manifest,
    Mark,
    beside_of,
    domain_of,
    finish,
    read_manifest,
    year_of,
    years_of,
)
from warehouse.parquet_renewal import is_much, note_changes, renew_files
from warehouse.renewal import Shown, renewable_from
from warehouse.schema import quoted

__all__ = ["MANIFEST", "is_renewable", "publish_parquet"]


def is_renewable(connection: DuckDBPyConnection, folder: Path, state: Shown) -> bool:
    """Whether what came since the files were written can be told from the rows."""
    return renewable_from(connection, read_manifest(folder).state, state) is not None


def publish_parquet(connection: DuckDBPyConnection, folder: Path, state: Shown) -> int:
    """Writes what changed since the manifest there was written; returns how many files were written or
    removed.
    """
    old, new = read_manifest(folder), Manifest(str(state))
    missing = old.missing(folder)
    if old.state == new.state and not missing:
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    since, written = renewable_from(connection, old.state, state), 0
    whole: set[str] | None = None
    if since is not None:
        changed = note_changes(connection, since)
        for name in old.marks.keys() - changed - missing:
            new.keep(name, old)
        whole = changed | missing
        if not is_much(connection):
            written, done = renew_files(connection, folder, changed - missing, old, new)
            whole -= done
    written += _build(connection, folder, whole, old, new)
    for name in ("long_now", "changed_key", "fresh_row"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    return written + finish(folder, new)


def _build(
    connection: DuckDBPyConnection, folder: Path, names: set[str] | None, old: Manifest, new: Manifest
) -> int:
    """The files `names`, of all partitions where that is None, as wholes; returns how many were written."""
    written = 0
    for year, of_year in _years(connection, names).items():
        marks = _gather(connection, year, of_year)
        for name, mark in marks.items():
            if old.marks.get(name) == mark and (folder / name).is_file():
                new.keep(name, old)
                continue
            new.marks[name], new.digests[name] = mark, _write(connection, folder / name)
            written += 1
    return written


def _years(connection: DuckDBPyConnection, names: set[str] | None) -> dict[int, list[str]]:
    """The files `names` by year; of all years, without names, where that is None."""
    if names is not None:
        return years_of(names)
    found = connection.execute("SELECT DISTINCT year FROM resolution ORDER BY ALL").fetchall()
    return {year: [] for (year,) in found}


def _gather(connection: DuckDBPyConnection, year: int, names: Iterable[str]) -> dict[str, Mark]:
    """Temporary table `long_now`: the rows of a year, so that its files need not join everything again; a
    year at a time is all that has to fit into memory. Returns the mark of each file of them.
    """
    domains = [domain_of(name) for name in names]
    narrowed = f" AND domain IN ({', '.join(map(quoted, domains))})" if domains else ""
    # said outright, a year narrows every scan
    rows = f"FROM indicator_long WHERE year = {year}{narrowed}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE long_now AS {rows}")
    found = connection.execute(
        "SELECT domain, year, count(*), bit_xor(hash(rows)) FROM long_now AS rows GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {f"{domain}/{year}.parquet": Mark(count, hashes) for domain, year, count, hashes in found}


def _write(connection: DuckDBPyConnection, path: Path) -> str:
    """`path` is <domain>/<year>.parquet; returns the SHA-256 of the file."""
    path.parent.mkdir(exist_ok=True)
    query = (
        f"SELECT * FROM long_now WHERE domain = {quoted(path.parent.name)} AND year = {year_of(path.name)}"
        " ORDER BY town_id, indicator"
    )
    beside = beside_of(path)
    connection.execute(f"COPY ({query}) TO {quoted(str(beside))} (FORMAT parquet, COMPRESSION zstd)")
    found = hashlib.sha256(beside.read_bytes()).hexdigest()
    os.replace(beside, path)
    return found

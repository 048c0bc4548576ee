"""`published/parquet/<domain>/<year>.parquet`: the long table by domain and year, only changed files
written anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.schema import quoted

MANIFEST = "manifest.json"


def publish_parquet(connection: DuckDBPyConnection, folder: Path, state: str) -> int:
    """Writes what changed since the manifest there was written; returns how many files were written or
    removed.
    """
    shown, old = _manifest(folder)
    if shown == state and all((folder / name).is_file() for name in old):
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    wanted = _partitions(connection)
    stale = [name for name in wanted if old.get(name) != wanted[name] or not (folder / name).is_file()]
    if stale:
        # once, in order: each file then reads its own stretch instead of joining everything again
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE long_now AS"
            " FROM indicator_long ORDER BY domain, year, town_id, indicator"
        )
    for name in stale:
        _write(connection, folder / name)
    connection.execute("DROP TABLE IF EXISTS temp.long_now")
    present = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.parquet")}
    for name in sorted(present - wanted.keys()):
        (folder / name).unlink()
    manifest = json.dumps({"state": state, "files": wanted}, indent=1, sort_keys=True)
    _replace(folder / MANIFEST, lambda beside: beside.write_text(manifest + "\n", encoding="utf-8"))
    return len(stale) + len(present - wanted.keys())


def _manifest(folder: Path) -> tuple[str | None, dict[str, str]]:
    """State shown and mark of each file; nothing for a missing or damaged manifest, so that all is
    written anew.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return str(found["state"]), {str(name): str(mark) for name, mark in found["files"].items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None, {}


def _partitions(connection: DuckDBPyConnection) -> dict[str, str]:
    """File name -> mark of its content."""
    rows = connection.execute(
        "SELECT domain, year, count(*), bit_xor(hash(rows)) FROM indicator_long AS rows"
        " GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {f"{domain}/{year}.parquet": f"{count} rows, {mark:x}" for domain, year, count, mark in rows}


def _write(connection: DuckDBPyConnection, path: Path) -> None:
    """`path` is <domain>/<year>.parquet."""
    path.parent.mkdir(exist_ok=True)
    query = (
        f"SELECT * FROM long_now WHERE domain = {quoted(path.parent.name)} AND year = {int(path.stem)}"
        " ORDER BY town_id, indicator"
    )
    _replace(
        path,
        lambda beside: connection.execute(
            f"COPY ({query}) TO {quoted(str(beside))} (FORMAT parquet, COMPRESSION zstd)"
        ),
    )


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    beside = path.with_name(f".{path.name}")
    write(beside)
    os.replace(beside, path)

"""`published/parquet/<domain>/<year>.parquet`: the long table by domain and year, only changed files written anew."""

from __future__ import annotations

import json
import os
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.schema import quoted

MANIFEST = "manifest.json"


def publish_parquet(connection: DuckDBPyConnection, folder: Path, state: str) -> int:
    """Writes what changed since the manifest there was written; returns how many files were written or removed."""
    known = _manifest(folder)
    if known.get("state") == state and all((folder / name).is_file() for name in known["files"]):
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    wanted, old, changes = _partitions(connection), dict(known.get("files", {})), 0
    for (domain, year), mark in wanted.items():
        name = f"{domain}/{year}.parquet"
        if old.get(name) != mark or not (folder / name).is_file():
            _write(connection, folder / name, domain, year)
            changes += 1
    names = {f"{domain}/{year}.parquet": mark for (domain, year), mark in wanted.items()}
    for path in sorted(folder.glob("*/*.parquet")):
        if path.relative_to(folder).as_posix() not in names:
            path.unlink()
            changes += 1
    _replace_text(folder / MANIFEST, json.dumps({"state": state, "files": names}, indent=1, sort_keys=True) + "\n")
    return changes


def _manifest(folder: Path) -> dict[str, object]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}  # none, or a damaged one: every file is written anew
    return found if isinstance(found, dict) and isinstance(found.get("files"), dict) else {}

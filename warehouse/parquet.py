"""`published/parquet/<domain>/<year>.parquet`: the long table by domain and year, only changed files
written anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.renewal import Shown, renewable_from
from warehouse.schema import quoted

MANIFEST = "manifest.json"


def publish_parquet(connection: DuckDBPyConnection, folder: Path, state: Shown) -> int:
    """Writes what changed since the manifest there was written; returns how many files were written or
    removed.
    """
    before, old = _manifest(folder)
    if before == str(state) and all((folder / name).is_file() for name in old):
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    since = renewable_from(connection, before, state)
    looked_at = _gather(connection, since)
    carried = {name: mark for name, mark in old.items() if since is not None and name not in looked_at}
    wanted = carried | _marks(connection)
    stale = [name for name in wanted if old.get(name) != wanted[name] or not (folder / name).is_file()]
    if any(name in carried for name in stale):  # a file is gone whose rows did not change
        _gather(connection, None)
    for name in stale:
        _write(connection, folder / name)
    connection.execute("DROP TABLE IF EXISTS temp.long_now")
    present = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.parquet")}
    for name in sorted(present - wanted.keys()):
        (folder / name).unlink()
    manifest = json.dumps({"state": str(state), "files": wanted}, indent=1, sort_keys=True)
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


def _gather(connection: DuckDBPyConnection, since: int | None) -> set[str]:
    """Temporary table `long_now`: once, in order, so that each file reads its own stretch instead of joining
    everything again. Holds the partitions returned, those which may differ from load `since`; all where that
    is None.
    """
    asked, narrowed = "SELECT DISTINCT year FROM resolution", ""
    if since is not None:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE renewed AS {_RENEWED.format(since=since)}")
        asked, narrowed = "SELECT DISTINCT year FROM renewed", "SEMI JOIN renewed USING (domain, year)"
    connection.execute("CREATE OR REPLACE TEMP TABLE long_now AS FROM indicator_long LIMIT 0")
    for (year,) in connection.execute(f"{asked} ORDER BY year").fetchall():
        # said outright, a year narrows every scan, and one at a time is all that has to fit into memory
        rows = f"FROM (FROM indicator_long WHERE year = {year}) {narrowed}"
        connection.execute(f"INSERT INTO long_now {rows} ORDER BY domain, town_id, indicator")
    if since is None:
        return set()
    found = connection.execute("SELECT domain, year FROM renewed").fetchall()
    return {f"{domain}/{year}.parquet" for domain, year in found}


# What a row of indicator_long is made of: resolution, its statement, its report. Towns are only ever added.
_RENEWED = """
WITH place AS (
    SELECT indicator, year FROM resolution WHERE load_id > {since}
    UNION SELECT indicator, year FROM resolution_history WHERE valid_to_load > {since}
    UNION SELECT indicator, year FROM fact_indicator WHERE load_id > {since}
    UNION SELECT indicator, year FROM resolution
          WHERE report_id IN (SELECT report_id FROM report WHERE load_id > {since})
)
SELECT DISTINCT domain, year FROM place JOIN indicator USING (indicator)
"""


def _marks(connection: DuckDBPyConnection) -> dict[str, str]:
    """File name -> mark of its content."""
    rows = connection.execute(
        "SELECT domain, year, count(*), bit_xor(hash(rows)) FROM long_now AS rows GROUP BY ALL ORDER BY ALL"
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

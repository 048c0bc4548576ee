"""`published/parquet/<domain>/<year>.parquet`: the long table by domain and year, only changed files
written anew.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.renewal import Shown, renewable_from
from warehouse.schema import quoted

MANIFEST = "manifest.json"
_NAME = re.compile(r"\w+/\d+\.parquet")


def publish_parquet(connection: DuckDBPyConnection, folder: Path, state: Shown) -> int:
    """Writes what changed since the manifest there was written; returns how many files were written or
    removed.
    """
    before, old = _manifest(folder)
    if before == str(state) and all((folder / name).is_file() for name in old):
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    since = renewable_from(connection, before, state)
    looked_at = None if since is None else _renewed(connection, since) | _missing(folder, old)
    wanted = {name: mark for name, mark in old.items() if looked_at is not None and name not in looked_at}
    stale: list[str] = []
    for year in _years(connection, looked_at):
        marks = _gather(connection, year, looked_at)
        new = [name for name in marks if old.get(name) != marks[name] or not (folder / name).is_file()]
        for name in new:
            _write(connection, folder / name)
        wanted |= marks
        stale += new
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
        marks = {str(name): str(mark) for name, mark in found["files"].items()}
        return (str(found["state"]), marks) if all(map(_NAME.fullmatch, marks)) else (None, {})
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None, {}


def _missing(folder: Path, names: Iterable[str]) -> set[str]:
    return {name for name in names if not (folder / name).is_file()}


def _years(connection: DuckDBPyConnection, names: set[str] | None) -> list[int]:
    """Of the partitions `names`; of all where that is None."""
    if names is not None:
        return sorted({int(Path(name).stem) for name in names})
    return [
        year for (year,) in connection.execute("SELECT DISTINCT year FROM resolution ORDER BY ALL").fetchall()
    ]


def _gather(connection: DuckDBPyConnection, year: int, names: set[str] | None) -> dict[str, str]:
    """Temporary table `long_now`: the rows of a year, so that its files need not join everything again; a
    year at a time is all that has to fit into memory. Returns the mark of each file of them.
    """
    domains = [Path(name).parent.name for name in sorted(names or ()) if Path(name).stem == str(year)]
    narrowed = f" AND domain IN ({', '.join(map(quoted, domains))})" if domains else ""
    # said outright, a year narrows every scan
    rows = f"FROM indicator_long WHERE year = {year}{narrowed}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE long_now AS {rows}")
    return _marks(connection)


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


def _renewed(connection: DuckDBPyConnection, since: int) -> set[str]:
    """The partitions that may differ from load `since`."""
    found = connection.execute(_RENEWED.format(since=since)).fetchall()
    return {f"{domain}/{year}.parquet" for domain, year in found}


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

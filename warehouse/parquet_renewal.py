"""Parquet files brought up to date by the rows that changed, instead of joining all of their rows again.

To join a year again costs four times as much as to read its files, to take out and put in what changed and
to write them.
"""

from __future__ import annotations

import hashlib
import io
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.arrow import frame_of
from warehouse.parquet_manifest import Manifest, Mark, domain_of, put_in_place, years_of
from warehouse.schema import read, statements

# Share of rows that changed from which on files are made as wholes: what changed is held in memory.
MANY: Final = 0.2
LEVEL: Final = 1  # of zstd: at 3, which DuckDB takes, files are no smaller
AT_ONCE: Final = 2  # files, each held in memory with all its rows
KEY: Final = ["town_id", "indicator"]
# What a row of indicator_long is made of: resolution, its statement, its report. Towns are only ever added.
_CHANGED = """
CREATE OR REPLACE TEMP TABLE changed_key AS
WITH place AS (
    SELECT town_id, year, indicator FROM resolution WHERE load_id > {since}
    UNION SELECT town_id, year, indicator FROM resolution_history WHERE valid_to_load > {since}
    UNION SELECT town_id, year, indicator FROM fact_indicator WHERE load_id > {since}
    UNION SELECT town_id, year, indicator FROM resolution
          WHERE report_id IN (SELECT report_id FROM report WHERE load_id > {since})
)
SELECT town_id, year, indicator, domain FROM place JOIN indicator USING (indicator)
"""
_VIEW = "CREATE OR REPLACE VIEW indicator_long AS\n"
# The view itself, with its two large tables narrowed before they are joined: forty times as fast as to narrow
# what it returns.
_NARROWED = """
CREATE OR REPLACE TEMP TABLE fresh_row AS
WITH resolution AS (FROM main.resolution SEMI JOIN changed_key USING (town_id, year, indicator)),
fact_indicator AS (FROM main.fact_indicator SEMI JOIN changed_key USING (town_id, year, indicator))
"""


def note_changes(connection: DuckDBPyConnection, since: int) -> set[str]:
    """Makes `changed_key`, the keys of indicator_long whose row may differ from load `since`, and returns
    the files they stand in.
    """
    connection.execute(_CHANGED.format(since=since))
    found = connection.execute("SELECT DISTINCT domain, year FROM changed_key").fetchall()
    return {f"{domain}/{year}.parquet" for domain, year in found}


def is_much(connection: DuckDBPyConnection) -> bool:
    """Whether more than MANY of all rows may have changed."""
    counts = "SELECT (SELECT count(*) FROM changed_key), (SELECT count(*) FROM resolution)"
    [(changed, rows)] = connection.execute(counts).fetchall()
    return bool(changed > MANY * rows)


class Exchange(NamedTuple):
    """Rows taken out of a file and rows put in, both in order of KEY, and the SHA-256 of the file that was
    written; None where it was not, as nothing differs or no row is left.
    """

    gone: pl.DataFrame
    fresh: pl.DataFrame
    sha256: str | None


def renew_files(
    connection: DuckDBPyConnection, folder: Path, names: set[str], old: Manifest, new: Manifest
) -> tuple[int, set[str]]:
    """Files with the rows of `changed_key` replaced by what indicator_long has for them now.

    Tells `new` what they hold. Returns how many were written, and the names of those that are done: all but
    those that were touched since they were written.
    """
    [view] = [made for made in statements(read("views.sql")) if _VIEW in made]
    connection.execute(_NARROWED + view.split(_VIEW)[1])
    written, done = 0, set[str]()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for year, of_year in years_of(names).items():
            exchanges = _renew_year(connection, folder, year, of_year, old, pool)
            _tell(connection, exchanges, old, new)
            written += sum(one.sha256 is not None for one in exchanges.values())
            done |= exchanges.keys()
    return written, done


def _renew_year(
    connection: DuckDBPyConnection, folder: Path, year: int, names: list[str], old: Manifest, pool: Executor
) -> dict[str, Exchange]:
    """What was exchanged in each file of `names`, of one year; nothing for a file that was touched."""
    keys = frame_of(connection, f"SELECT town_id, indicator FROM changed_key WHERE year = {year}")
    fresh = frame_of(connection, f"FROM fresh_row WHERE year = {year}").sort(KEY)

    def renew(name: str) -> Exchange | None:
        before = _rows_before(folder / name, old.digests[name]) if name in old.marks else fresh.clear()
        of_file = fresh.filter(pl.col("domain") == domain_of(name))
        return None if before is None else _renew(folder / name, before, keys, of_file)

    found = zip(names, pool.map(renew, names), strict=True)
    return {name: one for name, one in found if one is not None}


def _renew(path: Path, before: pl.DataFrame, keys: pl.DataFrame, fresh: pl.DataFrame) -> Exchange:
    gone = before.join(keys, on=KEY, how="semi", maintain_order="left")
    kept = before.join(keys, on=KEY, how="anti", maintain_order="left")
    if gone.equals(fresh) or kept.height + fresh.height == 0:
        return Exchange(gone, fresh, None)
    file = io.BytesIO()  # in memory first: to write bytes fails in a way that says what is wrong
    pl.concat([kept, fresh]).sort(KEY).write_parquet(file, compression="zstd", compression_level=LEVEL)
    return Exchange(gone, fresh, put_in_place(path, file.getvalue()))


def _rows_before(path: Path, sha256: str) -> pl.DataFrame | None:
    """The rows of a file that still is what was written; None for one that was touched."""
    content = path.read_bytes()
    return pl.read_parquet(io.BytesIO(content)) if hashlib.sha256(content).hexdigest() == sha256 else None


def _tell(
    connection: DuckDBPyConnection, exchanges: dict[str, Exchange], old: Manifest, new: Manifest
) -> None:
    """Tells `new` of the files that were kept or written; what they hold follows from what they held."""
    for name, one in exchanges.items():
        if one.gone.equals(one.fresh):
            new.keep(name, old)
    written = {name: one for name, one in exchanges.items() if one.sha256 is not None}
    if not written:
        return
    moved = pl.concat([rows for one in written.values() for rows in (one.gone, one.fresh)])  # noqa: F841
    hashed = connection.execute(
        "SELECT domain, year, bit_xor(hash(moved)) FROM moved GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    hashes = {f"{domain}/{year}.parquet": of_moved for domain, year, of_moved in hashed}
    for name, one in written.items():
        before = old.marks.get(name, Mark(0, 0))
        rows = before.rows - one.gone.height + one.fresh.height
        new.marks[name], new.digests[name] = Mark(rows, before.hashes ^ hashes[name]), str(one.sha256)

"""A million facts loaded, published, and published again after one report in a hundred changed.

    .venv/bin/python -m benchmarks.load_million [REPORTS]

Rows are made up column by column (20,000 reports of 50 facts), so that only the warehouse is measured.
The yardstick is the same frames put into bare tables of a new file, which is the least any load must
do.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from transforms.tabulate.catalogue import catalogue
from validation.frames import FACT_COLUMNS, Frames, concat
from validation.gates import QUARANTINE_COLUMNS, Gated
from warehouse import RunInfo, SourceFile, open_warehouse

FACTS_A_REPORT = 50
PUBLIC = pl.DataFrame(schema=QUARANTINE_COLUMNS)


def made_up(reports: int, first: int = 0, shift: int = 0) -> Gated:
    """`shift` changes every figure, so that the same reports come as new versions of themselves."""
    number = pl.DataFrame({"n": pl.int_range(first, first + reports, eager=True)})
    sha = pl.concat_str([pl.lit(f"{shift:08x}"), pl.col("n").cast(pl.String).str.zfill(56)])
    empty = concat([])
    report = number.select(
        *[
            expression.cast(empty.report.schema[name]).alias(name)
            for name, expression in {
                **dict.fromkeys(empty.report.columns, pl.lit(None)),
                "report_id": "r" + sha.str.slice(0, 8) + pl.col("n").cast(pl.String).str.zfill(8),
                "sha256": sha.str.slice(0, 8) + pl.col("n").cast(pl.String).str.zfill(8) + "0" * 48,
                "town_id": "t" + (pl.col("n") // 10).cast(pl.String).str.zfill(12),
                "town": pl.concat_str([pl.lit("测试"), pl.col("n") // 10, pl.lit("镇")]),
                "year": 2015 + pl.col("n") % 10,
                "level": pl.lit("township"),
                "source": pl.concat_str([pl.lit("in/"), pl.col("n"), pl.lit(".txt")]),
                "relative_path": pl.concat_str([pl.col("n"), pl.lit(".txt")]),
                "media_type": pl.lit("text/plain"),
                "content_key": sha,
                "year_evidence": pl.lit("[]"),
                "town_evidence": pl.lit("[]"),
                "town_candidates": pl.lit("[]"),
                "rulebook_version": pl.lit("1"),
                "text": pl.lit("全年开展普法宣传活动40余次，发放宣传资料2000余份。" * 60),
            }.items()
        ]
    )
    fact = _facts(report.select("report_id").with_row_index("n", offset=first), shift)
    ledger = fact.select("report_id", "span_start", "span_end", pl.col("span_text").alias("text"))
    ledger = ledger.with_columns(
        role=pl.lit("fact"), value=pl.lit(None, dtype=pl.Decimal(24, 6)), unit=pl.lit("次"), rule=pl.lit("r")
    )
    links = fact.select("report_id", "span_start", "fact_id")
    return Gated(Frames(report, fact, ledger, links, empty.mention, empty.problem), PUBLIC, PUBLIC)


def _facts(reports: pl.DataFrame, shift: int) -> pl.DataFrame:
    codes = list(catalogue())
    place = pl.DataFrame({"k": pl.int_range(0, FACTS_A_REPORT, eager=True)})
    rows = reports.join(place, how="cross")
    code = ((pl.col("n") * 7 + pl.col("k") * 2) % len(codes)).cast(pl.UInt32)
    figure = ((pl.col("n") * 31 + pl.col("k") * 17 + shift) % 5000).cast(pl.Decimal(24, 6))
    made = {
        **dict.fromkeys(FACT_COLUMNS, pl.lit(None)),
        "fact_id": "f" + pl.col("report_id").str.slice(1) + pl.col("k").cast(pl.String).str.zfill(4),
        "report_id": pl.col("report_id"),
        "indicator": pl.col("code"),
        "value": figure,
        "low": figure,
        "high": figure,
        "bound": pl.lit("exact"),
        "unit": pl.lit("次"),
        "period": pl.lit("year"),
        "status": pl.lit("reported"),
        "span_start": pl.col("k") * 20,
        "span_end": pl.col("k") * 20 + 4,
        "span_text": figure.cast(pl.String),
        "clause": pl.concat_str(
            [pl.lit("全年开展普法宣传活动、发放宣传资料"), figure.cast(pl.String), pl.lit("次")]
        ),
        "rule": pl.lit("rule.name"),
        "is_stated_total": pl.lit(False),
        "is_rounded": pl.lit(False),
        "is_overflow": pl.lit(False),
        **dict.fromkeys([c for c in FACT_COLUMNS if c.startswith("confidence")], pl.lit(1.0)),
        "rulebook_version": pl.lit("1"),
    }
    lookup = pl.DataFrame(
        {"c": list(range(len(codes))), "code": codes}, schema={"c": pl.UInt32, "code": pl.String}
    )
    joined = rows.with_columns(c=code).join(lookup, on="c", maintain_order="left")
    return joined.select(
        *[expression.cast(FACT_COLUMNS[name]).alias(name) for name, expression in made.items()]
    )


def run_info(gated: Gated) -> RunInfo:
    rows = gated.accepted.report.select("relative_path", "sha256").rows()
    files = [SourceFile(f"/in/{path}", path, "read", 1, 1, sha, "1") for path, sha in rows]
    return RunInfo("benchmark", datetime(2026, 1, 5), files)


def bare(gated: Gated, path: Path) -> None:
    connection = duckdb.connect(str(path), config={"storage_compatibility_version": "v1.0.0"})
    for name in ("report", "fact", "ledger", "ledger_fact"):
        arriving = getattr(gated.accepted, name).to_arrow()  # noqa: F841 - read by DuckDB
        connection.execute(f"CREATE TABLE {name} AS FROM arriving")
    connection.close()


def timed(words: str, work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{words:<48}{seconds:8.2f} s   peak so far {peak:6.0f} MB", flush=True)
    return seconds


def main(reports: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gated, changed = made_up(reports), made_up(reports // 100, shift=1)
        info, changed_info = run_info(gated), run_info(changed)
        print(f"{gated.accepted.fact.height} facts of {reports} reports")
        least = timed("bare insert of the same frames", lambda: bare(gated, folder / "bare.duckdb"))
        with open_warehouse(folder) as warehouse:
            load = timed("load", lambda: warehouse.load(gated, info))
            full = timed("publish", warehouse.publish)
            timed("load again, nothing new", lambda: warehouse.load(gated, info))
            timed("load 1 % new versions", lambda: warehouse.load(changed, changed_info))
            again = timed("publish after 1 %", warehouse.publish)
        size = (folder / "warehouse.duckdb").stat().st_size / 2**20
        published = (folder / "published" / "townfacts.duckdb").stat().st_size / 2**20
        print(f"warehouse {size:.0f} MB, published {published:.0f} MB")
        print(f"load at {100 * least / load:.0f} % of the bare rate")
        print(f"publishing after 1 % costs {100 * again / full:.0f} % of a full publish")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)

"""A million facts loaded, published, and published again after one report in a hundred changed.

Rows are made up column by column (20,000 reports of 50 facts), so that only the warehouse is measured.
The yardstick is the same frames put into bare tables of a new file, which is the least any load must
do.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.timing import Goal, at_least, at_most
from transforms.tabulate.catalogue import catalogue
from validation.detective import CHECK_COLUMNS
from validation.frames import FACT_COLUMNS, Frames, concat
from validation.gates import QUARANTINE_COLUMNS, Gated
from warehouse import RunInfo, SourceFile, open_warehouse

FACTS_A_REPORT = 50
FILES = ("warehouse.duckdb", "published/townfacts.duckdb")
PUBLIC = pl.DataFrame(schema=QUARANTINE_COLUMNS)
CHECKS = pl.DataFrame(schema=CHECK_COLUMNS)


def made_up(reports: int, first: int = 0, shift: int = 0, step: int = 1) -> Gated:
    """`shift` changes every figure, so that the same reports come as new versions of themselves. `step` of 10
    keeps to one year.
    """
    number = pl.DataFrame({"n": pl.int_range(first, first + reports * step, step, eager=True)})
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
    fact = _facts(report.select("report_id", n=number["n"]), shift)
    ledger = fact.select("report_id", "span_start", "span_end", pl.col("span_text").alias("text"))
    ledger = ledger.with_columns(
        role=pl.lit("fact"), value=pl.lit(None, dtype=pl.Decimal(24, 6)), unit=pl.lit("次"), rule=pl.lit("r")
    )
    links = fact.select("report_id", "span_start", "fact_id")
    frames = Frames(report, fact, ledger, links, empty.mention, empty.correction_use, empty.problem)
    return Gated(frames, PUBLIC, PUBLIC, CHECKS)


def _facts(reports: pl.DataFrame, shift: int) -> pl.DataFrame:
    codes = list(catalogue())
    reports = reports.select(pl.col("n").cast(pl.UInt32), "report_id")
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


def given(gated: Gated) -> tuple[Gated, RunInfo]:
    return gated, run_info(gated)


def bare(gated: Gated, path: Path) -> None:
    connection = duckdb.connect(str(path), config={"storage_compatibility_version": "v1.0.0"})
    for name in ("report", "fact", "ledger", "ledger_fact"):
        arriving = getattr(gated.accepted, name).to_arrow()  # noqa: F841 - read by DuckDB
        connection.execute(f"CREATE TABLE {name} AS FROM arriving")
    connection.close()


def wall(work: Callable[[], object]) -> float:
    """Seconds of one call by the clock: DuckDB works in several threads, and a user waits for it."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def goals(reports: int = 20_000) -> Iterator[Goal]:
    """What is asked of loading and publishing, each done once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gated, info = given(made_up(reports))
        of_a_year = given(made_up(reports // 100, first=9, shift=1, step=10))
        of_all_years = given(made_up(reports // 100, shift=2))
        least = wall(lambda: bare(gated, folder / "bare.duckdb"))
        with open_warehouse(folder) as warehouse:
            load = wall(lambda: warehouse.load(gated, info))
            compared = wall(warehouse.compare)
            full = wall(warehouse.publish)
            again_loaded = wall(lambda: warehouse.load(gated, info))
            warehouse.load(*of_a_year)
            warehouse.compare()
            again = wall(warehouse.publish)
            warehouse.load(*of_all_years)
            warehouse.compare()
            spread = wall(warehouse.publish)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sizes = [(folder / file).stat().st_size / 2**20 for file in FILES]
    yield at_least("load / bare insert of the same frames", 50, 100 * least / load, "%")
    words = "publishing after 1 % changed / a full publish"
    yield at_most(f"{words}, reports of one year", 15, 100 * again / full, "%")
    yield at_most(f"{words}, a report of every year and domain", 15, 100 * spread / full, "%")
    facts = f"{gated.accepted.fact.height:,} facts"
    yield Goal(
        f"{facts}: load, compare texts, publish, load again",
        "",
        f"{load:.1f}, {compared:.1f}, {full:.1f}, {again_loaded:.1f} s",
        None,
    )
    shown = f"{peak:.0f} MB, {sizes[0]:.0f} and {sizes[1]:.0f} MB"
    yield Goal(f"{facts}: peak memory, warehouse and published copy", "", shown, None)

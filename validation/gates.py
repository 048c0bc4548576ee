"""The gate between extraction and warehouse: rows that keep every promise pass, the others wait with their
reasons.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import pandera.polars as pa
import polars as pl

from validation.detective import CHECK_COLUMNS, investigate
from validation.frames import FACT_COLUMNS, LEDGER_COLUMNS, REPORT_COLUMNS, Frames
from validation.schemas import (
    NO_EXCUSE,
    Promise,
    Rules,
    fact_promise,
    ledger_promise,
    measures,
    report_promise,
)

QUARANTINE_COLUMNS = {
    "stage": pl.String,
    "code": pl.String,
    "message": pl.String,
    "report_id": pl.String,
    "source": pl.String,
    "relative_path": pl.String,
    "sha256": pl.String,
    "town_id": pl.String,
    "year": pl.Int32,
    "subject": pl.String,
    "payload": pl.String,
}
# Said by the identity stage in more detail; repeated only where nobody said why the report waits.
_IDENTITY_CODES = ("town_unknown", "year_unknown", "not_township", "text_empty")

_FAILED = dict.fromkeys(("report_id", "subject", "code", "payload", "message"), pl.String)


class ColumnsDiffer(TypeError):  # noqa: N818 - a slip of the program, not of the data
    """A frame lacks a column, has one too many or one of another type; no row of it can be judged."""


@dataclass(frozen=True, slots=True)
class Gated:
    """`accepted` holds only rows that may be loaded; `quarantined` one row per refused row and reason.

    Columns of `quarantined` (and of `warnings`): QUARANTINE_COLUMNS; `subject` is the fact_id or the
    place of a ledger row, empty where the whole report is refused; `payload` is JSON. `checks`: verdicts on
    the arithmetic of what was accepted, CHECK_COLUMNS.
    """

    accepted: Frames
    quarantined: pl.DataFrame
    warnings: pl.DataFrame
    checks: pl.DataFrame


def gate(frames: Frames) -> Gated:
    """Splits every frame; a refused report takes its facts and ledger with it, a refused fact only itself."""
    if frames.is_empty():  # a run that met nothing new
        nothing = pl.DataFrame(schema=QUARANTINE_COLUMNS)
        return Gated(frames, nothing, nothing, pl.DataFrame(schema=CHECK_COLUMNS))
    problems = frames.problem.with_columns(subject=pl.lit(""))
    refused = problems.filter(pl.col("severity") == "quarantine").select(*QUARANTINE_COLUMNS)
    report, by_rule = _split_reports(frames.report, refused["report_id"].unique())
    within = _texts(frames.report)
    fact, bad_facts = _split_facts(frames.fact, within, report)
    ledger, bad_ledger = _split_ledger(frames.ledger, within, report)
    links = frames.ledger_fact.join(fact.select("fact_id"), on="fact_id", how="semi").join(
        ledger.select("report_id", "span_start"), on=["report_id", "span_start"], how="semi"
    )
    warnings = problems.filter(pl.col("severity") == "warning").select(*QUARANTINE_COLUMNS)
    links = links.unique(maintain_order=True)
    kept = Frames(
        report=report,
        fact=fact,
        ledger=ledger,
        ledger_fact=links,
        mention=frames.mention.join(report.select("report_id"), on="report_id", how="semi"),
        correction_use=frames.correction_use,
        problem=frames.problem,
    )
    rows = pl.concat([_of_report(bad, frames.report) for bad in (bad_facts, bad_ledger)])
    checked = investigate(kept)
    kept = replace(kept, fact=_as_decided(checked.fact, frames.correction_use))
    return Gated(kept, pl.concat([refused, by_rule, rows]), warnings, checked.check)


def _as_decided(fact: pl.DataFrame, uses: pl.DataFrame) -> pl.DataFrame:
    """What a person set or confirmed stays sure, whatever the arithmetic says; the verdict is kept."""
    decided = uses.filter((pl.col("outcome") == "applied") & (pl.col("fact_id") != ""))["fact_id"]
    if decided.is_empty():
        return fact
    sure = pl.when(pl.col("fact_id").is_in(decided.implode())).then(pl.lit(1.0))
    names = ("confidence", "confidence_check")
    return fact.with_columns(sure.otherwise(pl.col(name)).alias(name) for name in names)


def _split_reports(report: pl.DataFrame, told: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`told`: reports whose stage has said why they wait."""
    waits = pl.col("report_id").is_in(told.implode())
    excused = dict.fromkeys(_IDENTITY_CODES, waits)
    passed, failed = _split(report_promise(), report, "report", list(REPORT_COLUMNS), pl.lit(""), excused)
    repeated = waits & pl.col("code").is_in(_IDENTITY_CODES)
    return passed.filter(~waits), _of_report(failed.filter(~repeated), report)


def _split_facts(
    fact: pl.DataFrame, within: pl.DataFrame, kept: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    joined = _with_slice(fact, within).rename({"year": "report_year"})
    joined = joined.join(measures(), on="indicator", how="left", maintain_order="left")
    passed, failed = _split(fact_promise(), joined, "fact", list(FACT_COLUMNS), pl.col("fact_id"))
    return passed.select(*FACT_COLUMNS).join(kept.select("report_id"), on="report_id", how="semi"), failed


def _split_ledger(
    ledger: pl.DataFrame, within: pl.DataFrame, kept: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    joined = _with_slice(ledger, within).drop("year")
    joined = joined.sort("report_id", "span_start", maintain_order=True).with_columns(
        end_before=pl.col("span_end").cum_max().shift(1).over("report_id")
    )
    place = pl.concat_str([pl.lit("ledger:"), pl.col("span_start").fill_null(-1)])
    passed, failed = _split(ledger_promise(), joined, "ledger", list(LEDGER_COLUMNS), place)
    return passed.select(*LEDGER_COLUMNS).join(kept.select("report_id"), on="report_id", how="semi"), failed


def _texts(report: pl.DataFrame) -> pl.DataFrame:
    """report_id, _raw (its text), raw_length and year; one row a report."""
    texts = report.select("report_id", "year", _raw="text").unique("report_id", keep="first")
    return texts.with_columns(raw_length=pl.col("_raw").str.len_chars().cast(pl.Int64))


def _with_slice(rows: pl.DataFrame, within: pl.DataFrame) -> pl.DataFrame:
    """Adds what really stands at the span; negative places count from the end in polars, so they are cut
    off. `within`: as `_texts` gives it.
    """
    start = pl.col("span_start").clip(lower_bound=0)
    length = (pl.col("span_end") - start).clip(lower_bound=0)
    joined = rows.join(within, on="report_id", how="left", maintain_order="left")
    return joined.with_columns(raw_slice=pl.col("_raw").str.slice(start, length)).drop("_raw")


def _split(
    promise: Promise,
    frame: pl.DataFrame,
    table: str,
    columns: list[str],
    subject: pl.Expr,
    excused: Rules = NO_EXCUSE,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Accepted rows, and one row for each (refused row, reason): report_id, subject, code, message, payload.
    Where all that is broken is excused, every row passes.
    """
    if promise.is_kept(frame, excused):
        return frame, pl.DataFrame(schema=_FAILED)
    reasons = _reasons(promise.schema(), frame)
    numbered = frame.with_row_index("_row")
    passed = numbered.join(reasons, on="_row", how="anti", maintain_order="left").drop("_row")
    shown = [name for name in columns if name != "text" or table == "ledger"]
    failed = (
        numbered.join(reasons, on="_row", how="inner", maintain_order="left")
        .with_columns(subject=subject, payload=pl.struct(shown).struct.json_encode())
        .select("report_id", "subject", "code", "payload")
        .join(_messages(table), on="code", how="left", maintain_order="left")
    )
    return passed, failed


def _reasons(schema: pa.DataFrameSchema, frame: pl.DataFrame) -> pl.DataFrame:
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases: pl.DataFrame = error.failure_cases
    else:
        return pl.DataFrame(schema={"_row": pl.UInt32, "code": pl.String})
    if cases["index"].null_count():
        told = cases.filter(pl.col("index").is_null()).select("column", "check", "failure_case").rows()
        raise ColumnsDiffer("; ".join(" ".join(str(part) for part in row if part) for row in told))
    return cases.select(_row=pl.col("index").cast(pl.UInt32), code=pl.col("check")).sort("_row", "code")


@cache
def reason_codes() -> dict[str, dict[str, str]]:
    """Table -> reason code -> sentence, from reason_codes.toml."""
    found: dict[str, dict[str, str]] = tomllib.loads(
        (files(__package__) / "reason_codes.toml").read_text(encoding="utf-8")
    )
    return found


def _messages(table: str) -> pl.DataFrame:
    codes = reason_codes()[table]
    return pl.DataFrame({"code": list(codes), "message": list(codes.values())})


def _of_report(failed: pl.DataFrame, report: pl.DataFrame) -> pl.DataFrame:
    """Completes the rows of `_split` with where the report came from."""
    if failed.is_empty():  # nearly always
        return pl.DataFrame(schema=QUARANTINE_COLUMNS)
    known = report.select("report_id", "source", "relative_path", "sha256", "town_id", "year")
    known = known.unique("report_id", keep="first")
    return (
        failed.join(known, on="report_id", how="left", maintain_order="left")
        .with_columns(stage=pl.lit("validation"))
        .select(*QUARANTINE_COLUMNS)
    )

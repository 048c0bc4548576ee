"""Arithmetic between the figures of one report: what agrees, what cannot both be true, which reading fits.

Relations are declared in checks.toml and solved over intervals, with the rounding the text itself uses. A
verdict never changes a value: a contradiction lowers `confidence_check` of the figures it rests on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

import polars as pl

from validation.changes import CHANGE
from validation.frames import Frames
from validation.relations import relations
from validation.statements import PART, rows_by_report
from validation.verdicts import Finding, verdicts

CHECK_COLUMNS = {
    "check_id": pl.String,
    "report_id": pl.String,
    "check_name": pl.String,
    "verdict": pl.String,
    "reading": pl.String,
    "numbers": pl.String,
    "message": pl.String,
}
_JSON = json.JSONEncoder(ensure_ascii=False)
# One of the figures of a contradiction is wrong, and nothing says which.
CONTRADICTED = 0.5
_FACT_COLUMNS = (
    "fact_id", "report_id", "indicator", "low", "high", "unit", "scope", "period",
    "span_start", "span_end", "span_text",
)  # fmt: skip
_LEDGER_COLUMNS = ("report_id", "span_start", "span_end", "text", "role", "value", "unit")


@dataclass(frozen=True, slots=True)
class Checked:
    """`fact`: the facts as given but for `confidence_check` and `confidence`; `check`: CHECK_COLUMNS."""

    fact: pl.DataFrame
    check: pl.DataFrame


def investigate(frames: Frames) -> Checked:
    """All verdicts on a batch, in order of report and place; reports are never compared with each other."""
    rows: list[dict[str, Any]] = []
    doubted: set[str] = set()
    for report_id, findings in _findings(frames):
        for finding in findings:
            rows.append(_row(report_id, finding))
            if finding.verdict == "contradicted":
                doubted.update(statement.fact_id for statement in finding.used if statement.fact_id)
    check = pl.DataFrame(rows, schema=CHECK_COLUMNS).unique("check_id", keep="first", maintain_order=True)
    return Checked(_lowered(frames.fact, doubted), check)


def _findings(frames: Frames) -> Iterator[tuple[str, list[Finding]]]:
    """Only reports in which two related figures, or a total and its parts, meet."""
    with_parts = set(frames.ledger.filter(pl.col("role").is_in([PART, CHANGE]))["report_id"])
    has_parts = pl.col("report_id").is_in(sorted(with_parts))
    ledger = rows_by_report(frames.ledger.filter(has_parts).select(_LEDGER_COLUMNS))
    asked = pl.col("indicator").is_in(sorted(relations().indicators)) | has_parts
    reported = frames.fact.filter((pl.col("status") == "reported") & asked).select(_FACT_COLUMNS)
    facts = rows_by_report(_that_meet(reported, with_parts))
    with_facts = frames.report.filter(pl.col("report_id").is_in(sorted(facts)))
    for report_id, text in with_facts.select("report_id", "text").iter_rows():
        yield report_id, verdicts(text, facts[report_id], ledger.get(report_id, ()))


def _that_meet(fact: pl.DataFrame, with_parts: Set[str]) -> pl.DataFrame:
    """Facts with a figure of their report they can be compared with; all facts of reports with parts."""
    stated: dict[str, set[str]] = {}
    places = list(fact.select("report_id", "indicator").iter_rows())
    for report_id, indicator in places:
        stated.setdefault(report_id, set()).add(indicator)
    meeting = {report_id: relations().meeting(those) for report_id, those in stated.items()}
    return fact.filter([r in with_parts or indicator in meeting[r] for r, indicator in places])


def _row(report_id: str, finding: Finding) -> dict[str, Any]:
    numbers = [
        {
            "fact_id": s.fact_id or None,
            "indicator": s.indicator,
            "text": s.text,
            "span_start": s.start,
            "low": _number(s.interval.low),
            "high": _number(s.interval.high),
        }
        for s in finding.used
    ]
    told = _JSON.encode([[s.fact_id, s.text] for s in finding.used])
    key = "\x1f".join((report_id, finding.name, told)).encode("utf-8", "replace")
    return {
        "check_id": "c" + sha256(key).hexdigest()[:20],
        "report_id": report_id,
        "check_name": finding.name,
        "verdict": finding.verdict,
        "reading": finding.reading,
        "numbers": _JSON.encode(numbers),
        "message": finding.message,
    }


def _number(bound: Fraction | None) -> float | None:
    return None if bound is None else round(bound.numerator / bound.denominator, 6)


def _lowered(fact: pl.DataFrame, doubted: set[str]) -> pl.DataFrame:
    if not doubted:
        return fact
    in_doubt = pl.col("fact_id").is_in(sorted(doubted))
    check = pl.when(in_doubt).then(pl.min_horizontal("confidence_check", pl.lit(CONTRADICTED)))
    fact = fact.with_columns(confidence_check=check.otherwise(pl.col("confidence_check")))
    return fact.with_columns(confidence=pl.min_horizontal("confidence", "confidence_check"))

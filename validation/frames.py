"""Extractions as polars frames with fixed columns and types: the form in which rows are checked, shipped
and loaded.

Numbers are `Decimal(24, 6)`: eighteen digits before the point (a sum of yuan over the whole country
fits) and six behind it, and a type every client of DuckDB and Parquet knows. What does not fit is told,
never bent: a figure with more decimals (or a fraction such as 1/3) is rounded, `low` downwards and
`high` upwards so that the bounds stay true, with `is_rounded`; a figure of more than eighteen digits is
null with `is_overflow`, and validation sets it aside.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import repeat
from typing import Any

import polars as pl

from transforms.decode.report import Problem, Report
from transforms.extraction import Extraction, Use
from transforms.normalize import to_simplified
from transforms.quantify.quantity import Exact
from transforms.tabulate.facts import Fact
from transforms.tabulate.identity.clues import body_of
from transforms.tabulate.mentions import mentions

NUMBER = pl.Decimal(24, 6)
LIMIT = Decimal(10) ** 18
USE_KEY = ("correction_id", "report_id", "fact_id")
_SIX = Decimal("0.000001")
_WIDE = Context(prec=60)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_INT32 = range(-(2**31), 2**31)

REPORT_COLUMNS: Mapping[str, Any] = {
    "report_id": pl.String,
    "town_id": pl.String,
    "town": pl.String,
    "county": pl.String,
    "city": pl.String,
    "province": pl.String,
    "year": pl.Int32,
    "title": pl.String,
    "level": pl.String,
    "doc_number": pl.String,
    "issued_on": pl.Date,
    "signer": pl.String,
    "addressee": pl.String,
    "period_end": pl.Date,
    "source": pl.String,
    "relative_path": pl.String,
    "media_type": pl.String,
    "encoding": pl.String,
    "sha256": pl.String,
    "content_key": pl.String,
    "year_evidence": pl.String,
    "town_evidence": pl.String,
    "town_candidates": pl.String,
    "rulebook_version": pl.String,
    "text": pl.String,
}
FACT_COLUMNS: Mapping[str, Any] = {
    "fact_id": pl.String,
    "report_id": pl.String,
    "indicator": pl.String,
    "value": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "bound": pl.String,
    "hedge": pl.String,
    "inclusive": pl.Boolean,
    "unit": pl.String,
    "period": pl.String,
    "years": pl.Int32,
    "as_of": pl.Date,
    "status": pl.String,
    "scope": pl.String,
    "span_start": pl.Int32,
    "span_end": pl.Int32,
    "span_text": pl.String,
    "clause": pl.String,
    "section": pl.String,
    "rule": pl.String,
    "cues": pl.String,
    "is_stated_total": pl.Boolean,
    "is_rounded": pl.Boolean,
    "is_overflow": pl.Boolean,
    "confidence": pl.Float64,
    "confidence_reading": pl.Float64,
    "confidence_rule": pl.Float64,
    "confidence_check": pl.Float64,
    "rulebook_version": pl.String,
}
LEDGER_COLUMNS: Mapping[str, Any] = {
    "report_id": pl.String,
    "span_start": pl.Int32,
    "span_end": pl.Int32,
    "text": pl.String,
    "role": pl.String,
    "value": NUMBER,
    "unit": pl.String,
    "rule": pl.String,
}
LEDGER_FACT_COLUMNS: Mapping[str, Any] = {
    "report_id": pl.String,
    "span_start": pl.Int32,
    "fact_id": pl.String,
}
MENTION_COLUMNS: Mapping[str, Any] = {
    "report_id": pl.String,
    "indicator": pl.String,
    "words": pl.String,
}
USE_COLUMNS: Mapping[str, Any] = {
    "correction_id": pl.String,
    "report_id": pl.String,
    "fact_id": pl.String,
    "outcome": pl.String,
    "note": pl.String,
    "extracted_value": NUMBER,
    "extracted_low": NUMBER,
    "extracted_high": NUMBER,
    "extracted_bound": pl.String,
    "extracted_rule": pl.String,
}
PROBLEM_COLUMNS: Mapping[str, Any] = {
    "report_id": pl.String,
    "source": pl.String,
    "relative_path": pl.String,
    "sha256": pl.String,
    "town_id": pl.String,
    "year": pl.Int32,
    "stage": pl.String,
    "code": pl.String,
    "message": pl.String,
    "severity": pl.String,
    "payload": pl.String,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file no text could be taken from; `town_id` and `year` only where a manifest names them."""

    source: str
    relative_path: str
    sha256: str
    problem: Problem
    town_id: str | None = None
    year: int | None = None

    @property
    def report_id(self) -> str:
        """The id the file would have had as a report."""
        return "r" + self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Frames:
    """What a batch of files yielded. Rows stand in the order of the files, then of their place in the
    text.
    """

    report: pl.DataFrame
    fact: pl.DataFrame
    ledger: pl.DataFrame
    ledger_fact: pl.DataFrame
    mention: pl.DataFrame
    correction_use: pl.DataFrame
    problem: pl.DataFrame


def frames_of(
    extractions: Iterable[Extraction], rulebook_version: str, refusals: Iterable[Refusal] = ()
) -> Frames:
    """One set of frames for a batch; runs in the worker that extracted, so that frames travel, not
    objects.
    """
    rows: dict[str, list[dict[str, Any]]] = {f.name: [] for f in fields(Frames)}
    for extraction in extractions:
        _add(rows, extraction, rulebook_version)
    rows["problem"] += [_refusal_row(refusal) for refusal in refusals]
    made = Frames(
        report=_frame(rows["report"], REPORT_COLUMNS),
        fact=_frame(rows["fact"], FACT_COLUMNS),
        ledger=_frame(rows["ledger"], LEDGER_COLUMNS),
        ledger_fact=_frame(rows["ledger_fact"], LEDGER_FACT_COLUMNS),
        mention=_frame(rows["mention"], MENTION_COLUMNS),
        correction_use=_frame(rows["correction_use"], USE_COLUMNS),
        problem=_frame(rows["problem"], PROBLEM_COLUMNS),
    )
    return _fold_copies(made)


def concat(parts: Sequence[Frames]) -> Frames:
    """Batches one under the other; of no batch, empty frames with all columns. Copies of one file are
    folded.
    """
    if not parts:
        return frames_of((), "")
    joined = {f.name: pl.concat([getattr(part, f.name) for part in parts]) for f in fields(Frames)}
    return _fold_copies(Frames(**joined))


def _fold_copies(frames: Frames) -> Frames:
    """Of files with the same bytes the first by path speaks for all; their rows are the same but for the
    path.
    """
    report, problem = frames.report, frames.problem
    known, told = report["report_id"], ["report_id", "stage", "code", "message"]
    if known.n_unique() == report.height and problem.select(told).n_unique() == problem.height:
        return frames
    by_path = ["relative_path", "source"]
    return Frames(
        report=report.sort(by_path).unique("report_id", keep="first", maintain_order=True),
        fact=frames.fact.unique("fact_id", keep="first", maintain_order=True),
        ledger=frames.ledger.unique(["report_id", "span_start"], keep="first", maintain_order=True),
        ledger_fact=frames.ledger_fact.unique(keep="first", maintain_order=True),
        mention=frames.mention.unique(["report_id", "indicator"], keep="first", maintain_order=True),
        correction_use=frames.correction_use.unique(USE_KEY, keep="first", maintain_order=True),
        problem=problem.sort(by_path, maintain_order=True).unique(told, keep="first", maintain_order=True),
    )


def _frame(rows: list[dict[str, Any]], columns: Mapping[str, Any]) -> pl.DataFrame:
    """By column, since building by row makes polars guess the scale of each decimal. Every row holds the
    columns in their order.
    """
    cells = zip(*(row.values() for row in rows), strict=True) if rows else repeat(())
    return pl.DataFrame(
        {name: _column(name, values, dtype) for (name, dtype), values in zip(columns.items(), cells)}  # noqa: B905
    )


def _column(name: str, values: Sequence[Any], dtype: Any) -> pl.Series:
    """Half a surrogate pair cannot be written as UTF-8; U+FFFD takes its place, so that offsets stay. It is
    rare, so it is looked for only where it was met.
    """
    try:
        return pl.Series(name, values, dtype=dtype)
    except UnicodeEncodeError:
        whole = [value and _SURROGATE.sub("\ufffd", value) for value in values]
        return pl.Series(name, whole, dtype=dtype)


def _add(rows: dict[str, list[dict[str, Any]]], extraction: Extraction, version: str) -> None:
    report_id = extraction.report.report_id
    facts = _fact_rows(report_id, extraction.facts, version)
    problems: list[Problem] = []
    content = _content(extraction)
    rows["report"].append(_report_row(extraction, version, content, problems))
    rows["mention"] += [
        {"report_id": report_id, "indicator": code, "words": words}
        for code, words in mentions(content).items()
    ]
    rows["fact"] += facts
    for entry in extraction.ledger:
        value, _rounded, _overflow = _number(entry.value, ROUND_HALF_EVEN)
        rows["ledger"].append(
            {
                "report_id": report_id,
                "span_start": entry.start,
                "span_end": entry.end,
                "text": entry.text,
                "role": entry.role,
                "value": value,
                "unit": entry.unit,
                "rule": entry.rule,
            }
        )
        for position in entry.facts:
            rows["ledger_fact"].append(
                {"report_id": report_id, "span_start": entry.start, "fact_id": facts[position]["fact_id"]}
            )
    rows["correction_use"] += _use_rows(report_id, extraction, facts)
    rows["problem"] += _problem_rows(extraction, problems)


def _report_row(
    extraction: Extraction, version: str, content: str, problems: list[Problem]
) -> dict[str, Any]:
    report, identity = extraction.report, extraction.identity
    return {
        "report_id": report.report_id,
        "town_id": identity.town_id,
        "town": identity.town,
        "county": identity.county,
        "city": identity.city,
        "province": identity.province,
        "year": _int32(identity.year),
        "title": identity.title,
        "level": identity.level,
        "doc_number": identity.doc_number,
        "issued_on": _date(identity.issued_on, "issued_on", problems),
        "signer": identity.signer,
        "addressee": identity.addressee,
        "period_end": _date(identity.period_end, "period_end", problems),
        "source": report.source,
        "relative_path": report.relative_path,
        "media_type": report.media_type,
        "encoding": report.encoding,
        "sha256": report.sha256,
        "content_key": extraction.content_key or _key(content, report),
        "year_evidence": _json([_plain(e) for e in identity.year_evidence]),
        "town_evidence": _json([_plain(e) for e in identity.town_evidence]),
        "town_candidates": _json([_plain(c) for c in identity.town_candidates]),
        "rulebook_version": version,
        "text": report.text,
    }


def _fact_rows(report_id: str, facts: Sequence[Fact], version: str) -> list[dict[str, Any]]:
    seen: Counter[tuple[str, str]] = Counter()
    order = sorted(range(len(facts)), key=lambda n: (facts[n].start, facts[n].end, n))
    rows: list[dict[str, Any]] = [{} for _ in facts]
    for n in order:
        fact = facts[n]
        same = (fact.indicator, fact.span)
        rows[n] = _fact_row(report_id, fact, seen[same], version)
        seen[same] += 1
    return rows


def _fact_row(report_id: str, fact: Fact, ordinal: int, version: str) -> dict[str, Any]:
    value, value_rounded, value_overflow = _number(fact.value, ROUND_HALF_EVEN)
    exact = fact.bound == "exact"
    low, low_rounded, low_overflow = _number(fact.low, ROUND_HALF_EVEN if exact else ROUND_FLOOR)
    high, high_rounded, high_overflow = _number(fact.high, ROUND_HALF_EVEN if exact else ROUND_CEILING)
    return {
        "fact_id": fact_id(report_id, fact.indicator, fact.span, ordinal),
        "report_id": report_id,
        "indicator": fact.indicator,
        "value": value,
        "low": low,
        "high": high,
        "bound": fact.bound,
        "hedge": fact.hedge,
        "inclusive": fact.inclusive,
        "unit": fact.unit,
        "period": fact.period,
        "years": _int32(fact.years),
        "as_of": _date(fact.as_of, "as_of", []),
        "status": fact.status,
        "scope": fact.scope,
        "span_start": fact.start,
        "span_end": fact.end,
        "span_text": fact.span,
        "clause": fact.clause,
        "section": fact.section,
        "rule": fact.rule,
        "cues": " ".join(fact.cues),
        "is_stated_total": fact.stated_total,
        "is_rounded": value_rounded or low_rounded or high_rounded,
        "is_overflow": value_overflow or low_overflow or high_overflow,
        "confidence": fact.confidence,
        "confidence_reading": fact.confidence_reading,
        "confidence_rule": fact.confidence_rule,
        "confidence_check": fact.confidence_check,
        "rulebook_version": version,
    }


def _use_rows(
    report_id: str, extraction: Extraction, facts: Sequence[Mapping[str, Any]]
) -> Iterable[dict[str, Any]]:
    """A fact that was dropped has the id it would have beside those that stayed."""
    ids = {id(fact): row["fact_id"] for fact, row in zip(extraction.facts, facts, strict=True)}
    seen = Counter((fact.indicator, fact.span) for fact in extraction.facts)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for use in extraction.uses:
        place = ids.get(id(use.fact), "")  # none where a later correction changed it again
        if use.was and use.fact is None:
            same = (use.was.indicator, use.was.span)
            place = fact_id(report_id, *same, seen[same])
            seen[same] += 1
        rows.setdefault((use.correction_id, place), _use_row(report_id, use, place))
    return rows.values()


def _use_row(report_id: str, use: Use, place: str) -> dict[str, Any]:
    was = use.was
    figures = (was.value, was.low, was.high) if was else (None, None, None)
    value, low, high = (_number(figure, ROUND_HALF_EVEN)[0] for figure in figures)
    return {
        "correction_id": use.correction_id,
        "report_id": report_id,
        "fact_id": place,
        "outcome": use.outcome,
        "note": use.note,
        "extracted_value": value,
        "extracted_low": low,
        "extracted_high": high,
        "extracted_bound": was.bound if was else None,
        "extracted_rule": was.rule if was else None,
    }


def fact_id(report_id: str, indicator: str, span: str, ordinal: int) -> str:
    """From content alone: the n-th time this report states this indicator in these characters.

    Offsets are left out, so that a better reader which drops a line of page furniture keeps the ids.
    """
    text = "\x1f".join((report_id, indicator, span, str(ordinal)))
    return "f" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


_NOT_CONTENT = re.compile(r"[^0-9\u3400-\u9fff\U00020000-\U0003ffff]+")


def content_of(report: Report) -> str:
    """Characters and digits of the body in Simplified script: what copies of one text have in common.

    Width, punctuation, line breaks, inline pinyin and page furniture are left out.
    """
    body = unicodedata.normalize("NFKC", report.text[report.body[0] : report.body[1]])
    return _NOT_CONTENT.sub("", to_simplified(body))


def _content(extraction: Extraction) -> str:
    """As `content_of`, from the repaired text where there is one, which is Simplified and of one width."""
    if extraction.text is None:
        return content_of(extraction.report)
    start, end = body_of(extraction.report, extraction.text)
    return _NOT_CONTENT.sub("", extraction.text.text[start:end])


def _key(content: str, report: Report) -> str:
    return hashlib.sha256((content or report.sha256).encode("utf-8", "replace")).hexdigest()[:32]


def _problem_rows(extraction: Extraction, found_here: Sequence[Problem]) -> list[dict[str, Any]]:
    report, identity = extraction.report, extraction.identity
    payload = _json(
        {
            "title": identity.title,
            "town": identity.town,
            "county": identity.county,
            "province": identity.province,
            "year": identity.year,
            "level": identity.level,
            "town_candidates": [_plain(c) for c in identity.town_candidates],
            "facts": len(extraction.facts),
            "numerals": len(extraction.ledger),
        }
    )
    problems = dict.fromkeys((*extraction.problems, *report.problems, *identity.problems, *found_here))
    return [
        {
            "report_id": report.report_id,
            "source": report.source,
            "relative_path": report.relative_path,
            "sha256": report.sha256,
            "town_id": identity.town_id,
            "year": _int32(identity.year),
            "stage": _stage(problem, extraction),
            "code": problem.code,
            "message": problem.message,
            "severity": problem.severity,
            "payload": payload,
        }
        for problem in problems
    ]


def _stage(problem: Problem, extraction: Extraction) -> str:
    if problem in extraction.identity.problems:
        return "identity"
    return "decode" if problem in extraction.report.problems else "tabulate"


def _refusal_row(refusal: Refusal) -> dict[str, Any]:
    return {
        "report_id": refusal.report_id,
        "source": refusal.source,
        "relative_path": refusal.relative_path,
        "sha256": refusal.sha256,
        "town_id": refusal.town_id,
        "year": _int32(refusal.year),
        "stage": "decode",
        "code": refusal.problem.code,
        "message": refusal.problem.message,
        "severity": "quarantine",
        "payload": "{}",
    }


@lru_cache(maxsize=1 << 14)
def _number(value: Exact | None, rounding: str) -> tuple[Decimal | None, bool, bool]:
    """The figure as Decimal(24, 6), whether it was rounded, whether it is too large to hold."""
    if value is None:
        return None, False, False
    if isinstance(value, Decimal) and not value.is_finite():
        return None, False, True
    if not -LIMIT < value < LIMIT:
        return None, False, True
    if isinstance(value, Fraction):
        scaled = value * 10**6
        rounded = _WIDE.divide(_whole(scaled, rounding), Decimal(10**6)).quantize(_SIX, context=_WIDE)
        return rounded, Fraction(rounded) != value, abs(rounded) >= LIMIT
    rounded = value.quantize(_SIX, rounding=rounding, context=_WIDE)
    return rounded, rounded != value, abs(rounded) >= LIMIT


def _whole(value: Fraction, rounding: str) -> Decimal:
    floor = value.numerator // value.denominator
    if rounding == ROUND_FLOOR:
        return Decimal(floor)
    return Decimal(-(-value.numerator // value.denominator) if rounding == ROUND_CEILING else round(value))


def _int32(value: int | None) -> int | None:
    """None for a figure no column of years or offsets can hold (99999999999年); the text keeps it."""
    return value if value is not None and value in _INT32 else None


def _date(text: str | None, name: str, problems: list[Problem]) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(Problem("date_unreadable", f"{name}: {text!r} is no date of the calendar", "warning"))
        return None


def _plain(record: Any) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)

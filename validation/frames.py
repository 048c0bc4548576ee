"""Extractions as polars frames with fixed columns and types: the form in which rows are checked, shipped
and loaded. What a figure is in them is told in figures.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import polars as pl

from transforms.decode.report import Problem
from transforms.extraction import Extraction
from validation.extracted import Columns, add, extend
from validation.figures import NUMBER, int32, number_column

HANDFUL = 16  # reports whose rows are made at once, or as many as have so many characters
CHARACTERS_AT_HAND = 100_000
USE_KEY = ("correction_id", "report_id", "fact_id")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

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

_COLUMNS: Mapping[str, Mapping[str, Any]] = {  # by field of Frames
    "report": REPORT_COLUMNS,
    "fact": FACT_COLUMNS,
    "ledger": LEDGER_COLUMNS,
    "ledger_fact": LEDGER_FACT_COLUMNS,
    "mention": MENTION_COLUMNS,
    "correction_use": USE_COLUMNS,
    "problem": PROBLEM_COLUMNS,
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

    def is_empty(self) -> bool:
        """Whether no frame has a row."""
        return all(getattr(self, field.name).is_empty() for field in fields(self))

    def size(self) -> int:
        """Bytes of all frames, about."""
        return sum(int(getattr(self, field.name).estimated_size()) for field in fields(self))


def frames_of(
    extractions: Iterable[Extraction], rulebook_version: str, refusals: Iterable[Refusal] = ()
) -> Frames:
    """One set of frames for a batch; runs in the worker that extracted, so that frames travel, not
    objects.
    """
    told: dict[str, Columns] = {name: {column: [] for column in cs} for name, cs in _COLUMNS.items()}
    for some in _handfuls(extractions):
        add(told, some, rulebook_version)
    for refusal in refusals:  # asked for last: the reader fills them while it extracts
        extend(told["problem"], [_refusal_row(refusal)])
    made = Frames(**{name: _frame(told[name], columns) for name, columns in _COLUMNS.items()})
    return _fold_copies(made)


def _handfuls(extractions: Iterable[Extraction]) -> Iterator[list[Extraction]]:
    """A few reports at a time, so that each kind of row is made of many at once, what it needs still at hand:
    one by one their rows cost half as much again. Few enough that a report is let go soon.
    """
    some: list[Extraction] = []
    characters = 0
    for extraction in extractions:
        some.append(extraction)
        characters += len(extraction.report.text)
        if len(some) >= HANDFUL or characters >= CHARACTERS_AT_HAND:
            yield some
            some, characters = [], 0
    if some:
        yield some


def concat(parts: Sequence[Frames]) -> Frames:
    """Batches one under the other; of no batch, empty frames with all columns. Copies of one file are
    folded.
    """
    if not parts:
        return frames_of((), "")
    joined = {f.name: pl.concat([getattr(part, f.name) for part in parts]) for f in fields(Frames)}
    return _fold_copies(Frames(**joined))


def _fold_copies(frames: Frames) -> Frames:
    """Of files with the same bytes the first by path that is not refused speaks for all; their rows are the
    same but for the path, and what a manifest says of it.
    """
    report, problem = frames.report, frames.problem
    told = ["report_id", "stage", "code", "message"]
    known, problems = report["report_id"].to_list(), problem.select(told).rows()
    if len(set(known)) == len(known) and len(set(problems)) == len(problems):
        return frames
    by_path = ["relative_path", "source"]
    refusing = pl.col("severity") == "quarantine"
    refused = problem.filter(refusing).select("report_id", "source").unique()
    let_in = report.join(refused, on=["report_id", "source"], how="anti")["report_id"].unique().implode()
    overruled = refusing & pl.col("report_id").is_in(let_in)
    kept = report.join(refused.with_columns(waits=True), on=["report_id", "source"], how="left")
    kept = kept.sort("waits", *by_path, nulls_last=False).drop("waits")
    return Frames(
        report=kept.unique("report_id", keep="first", maintain_order=True).sort(by_path),
        fact=frames.fact.unique("fact_id", keep="first", maintain_order=True),
        ledger=frames.ledger.unique(["report_id", "span_start"], keep="first", maintain_order=True),
        ledger_fact=frames.ledger_fact.unique(keep="first", maintain_order=True),
        mention=frames.mention.unique(["report_id", "indicator"], keep="first", maintain_order=True),
        correction_use=frames.correction_use.unique(USE_KEY, keep="first", maintain_order=True),
        problem=problem.filter(~overruled)
        .sort(by_path, maintain_order=True)
        .unique(told, keep="first", maintain_order=True),
    )


def _frame(told: Mapping[str, Sequence[Any]], columns: Mapping[str, Any]) -> pl.DataFrame:
    if not told["report_id"]:
        return _empty(tuple(columns.items()))
    return pl.DataFrame([_column(name, told[name], dtype) for name, dtype in columns.items()])


@cache
def _empty(columns: tuple[tuple[str, Any], ...]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict(columns))


def _column(name: str, values: Sequence[Any], dtype: Any) -> pl.Series:
    """Half a surrogate pair cannot be written as UTF-8; U+FFFD takes its place, so that offsets stay. It is
    rare, so it is looked for only where it was met.
    """
    if dtype == NUMBER:
        return number_column(name, values)
    try:
        return pl.Series(name, values, dtype=dtype)
    except UnicodeEncodeError:
        whole = [value and _SURROGATE.sub("\ufffd", value) for value in values]
        return pl.Series(name, whole, dtype=dtype)


def _refusal_row(refusal: Refusal) -> dict[str, Any]:
    return {
        "report_id": refusal.report_id,
        "source": refusal.source,
        "relative_path": refusal.relative_path,
        "sha256": refusal.sha256,
        "town_id": refusal.town_id,
        "year": int32(refusal.year),
        "stage": "decode",
        "code": refusal.problem.code,
        "message": refusal.problem.message,
        "severity": "quarantine",
        "payload": "{}",
    }

"""Extractions as columns of values, in the order and under the names of frames.py.

Columns grow by slices and not by rows, and those of a handful of reports one after the other: a report holds
dozens of facts and numerals, and a dict each would cost more than reading them. What a figure is in
them is told in figures.py.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from operator import attrgetter
from typing import Any

from transforms.decode.report import Problem, Report
from transforms.extraction import Extraction
from transforms.normalize import to_simplified
from transforms.tabulate.identity.content import Content, bare, content_of
from transforms.tabulate.identity.fingerprint import key_of
from transforms.tabulate.ledger import LedgerEntry
from transforms.tabulate.mentions import mentions
from validation.fact_ids import fact_ids
from validation.figures import figures_of, int32, nearest
from validation.report_rows import as_date, problem_rows, report_row
from validation.use_rows import use_rows

Columns = dict[str, list[Any]]
Told = Mapping[str, Columns]  # by field of `Frames`

CONFIDENCES = ("confidence_reading", "confidence_rule", "confidence_check")
# Columns that are attributes of a fact or a ledger entry as they stand.
_OF_FACT = {
    name: attrgetter(attribute)
    for name, attribute in {
        **{n: n for n in ("indicator", "bound", "hedge", "inclusive", "unit", "period", "status", "scope")},
        "span_start": "start",
        "span_end": "end",
        "span_text": "span",
        **{n: n for n in ("clause", "section", "rule")},
        "is_stated_total": "stated_total",
        **{n: n for n in CONFIDENCES},
    }.items()
}
_OF_ENTRY = {
    name: attrgetter(attribute)
    for name, attribute in {
        "span_start": "start",
        "span_end": "end",
        **{n: n for n in ("text", "role", "unit", "rule")},
    }.items()
}


def add(told: Told, extractions: Sequence[Extraction], version: str) -> None:
    """All that some extractions say, under what was told before."""
    ids = [fact_ids(one.report.report_id, one.facts) for one in extractions]
    contents = [_content(one) for one in extractions]
    _add_reports(told, extractions, contents, version)
    _add_mentions(told["mention"], extractions, contents)
    _add_facts(told["fact"], extractions, ids, version)
    _add_ledger(told["ledger"], extractions)
    _add_links(told["ledger_fact"], extractions, ids)
    for one, of_facts in zip(extractions, ids, strict=True):
        if one.uses:
            extend(told["correction_use"], use_rows(one, of_facts))


def extend(columns: Columns, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows that are few, by name."""
    for row in rows:
        for name, value in row.items():
            columns[name].append(value)


def _add_reports(
    told: Told, extractions: Sequence[Extraction], contents: Sequence[Content], version: str
) -> None:
    for one, content in zip(extractions, contents, strict=True):
        problems: list[Problem] = []
        extend(told["report"], [report_row(one, version, _key(one, content), problems)])
        extend(told["problem"], problem_rows(one, problems))


def _add_mentions(columns: Columns, extractions: Sequence[Extraction], contents: Sequence[Content]) -> None:
    for one, content in zip(extractions, contents, strict=True):
        found = mentions(content.body)
        columns["report_id"] += repeat(one.report.report_id, len(found))
        columns["indicator"] += found
        columns["words"] += found.values()


def _add_facts(
    columns: Columns, extractions: Sequence[Extraction], ids: Sequence[Sequence[str]], version: str
) -> None:
    facts = [fact for one in extractions for fact in one.facts]
    for one in extractions:
        columns["report_id"] += repeat(one.report.report_id, len(one.facts))
    columns["fact_id"] += chain.from_iterable(ids)
    columns["rulebook_version"] += repeat(version, len(facts))
    for name, of in _OF_FACT.items():
        columns[name] += map(of, facts)
    before = len(columns["confidence"])
    columns["confidence"] += map(min, *(columns[name][before:] for name in CONFIDENCES))
    columns["years"] += [int32(fact.years) for fact in facts]
    columns["as_of"] += [as_date(fact.as_of) for fact in facts]
    columns["cues"] += [" ".join(fact.cues) for fact in facts]
    figures = zip(*map(figures_of, facts), strict=True)
    for name, values in zip(
        ("value", "low", "high", "is_rounded", "is_overflow"), figures, strict=bool(facts)
    ):
        columns[name] += values


def _add_ledger(columns: Columns, extractions: Sequence[Extraction]) -> None:
    entries: list[LedgerEntry] = []
    for one in extractions:
        columns["report_id"] += repeat(one.report.report_id, len(one.ledger))
        entries += one.ledger
    columns["value"] += [nearest(entry.value)[0] for entry in entries]
    for name, of in _OF_ENTRY.items():
        columns[name] += map(of, entries)


def _add_links(columns: Columns, extractions: Sequence[Extraction], ids: Sequence[Sequence[str]]) -> None:
    for one, of_facts in zip(extractions, ids, strict=True):
        links = [(entry.start, of_facts[place]) for entry in one.ledger for place in entry.facts]
        columns["report_id"] += repeat(one.report.report_id, len(links))
        columns["span_start"] += [start for start, _ in links]
        columns["fact_id"] += [fact for _, fact in links]


def _content(extraction: Extraction) -> Content:
    """From the repaired text where there is one, which is Simplified and of one width."""
    if extraction.text is not None:
        return content_of(extraction.text, extraction.report, extraction.identity)
    body = _as_decoded(extraction.report)
    return Content(body, body)


def _as_decoded(report: Report) -> str:
    return bare(to_simplified(unicodedata.normalize("NFKC", report.text[slice(*report.body)])))


def _key(extraction: Extraction, content: Content) -> str:
    """Equal for copies of one report: what only a warehouse asks for, from the content that is at hand."""
    if extraction.text is not None:
        return key_of(content, extraction.identity)
    told = content.body or extraction.report.sha256
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]

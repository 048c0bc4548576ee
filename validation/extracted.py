"""One extraction as columns of values, in the order and under the names of frames.py.

Columns grow by slices and not by rows: a report holds dozens of facts and numerals, and a dict each would
cost more than reading them.

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
from dataclasses import fields
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from transforms.decode.report import Problem, Report
from transforms.extraction import Extraction, Use
from transforms.normalize import to_simplified
from transforms.quantify.quantity import Exact
from transforms.tabulate.facts import Fact
from transforms.tabulate.identity.clues import body_of
from transforms.tabulate.ledger import LedgerEntry
from transforms.tabulate.mentions import mentions

LIMIT = Decimal(10) ** 18
_SIX = Decimal("0.000001")
_WIDE = Context(prec=60)
_INT32 = range(-(2**31), 2**31)
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)

Columns = dict[str, list[Any]]
Figure = tuple[Decimal | None, bool, bool]  # as Decimal(24, 6), whether rounded, whether too large to hold

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
        **{n: n for n in ("confidence_reading", "confidence_rule", "confidence_check")},
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


def add(told: Mapping[str, Columns], extraction: Extraction, version: str) -> None:
    """All that one extraction says, under what was told before; `told` is by field of `Frames`."""
    report_id = extraction.report.report_id
    ids = fact_ids(report_id, extraction.facts)
    problems: list[Problem] = []
    content = _content(extraction)
    extend(told["report"], [_report_row(extraction, version, content, problems)])
    _add_mentions(told["mention"], report_id, mentions(content))
    _add_facts(told["fact"], report_id, ids, extraction.facts, version)
    _add_ledger(told["ledger"], report_id, extraction.ledger)
    _add_links(told["ledger_fact"], report_id, ids, extraction.ledger)
    if extraction.uses:
        extend(told["correction_use"], _use_rows(report_id, extraction, ids))
    extend(told["problem"], _problem_rows(extraction, problems))


def extend(columns: Columns, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows that are few, by name."""
    for row in rows:
        for name, value in row.items():
            columns[name].append(value)


def _add_facts(
    columns: Columns, report_id: str, ids: Sequence[str], facts: Sequence[Fact], version: str
) -> None:
    count = len(facts)
    columns["fact_id"] += ids
    columns["report_id"] += [report_id] * count
    columns["rulebook_version"] += [version] * count
    for name, of in _OF_FACT.items():
        columns[name].extend(map(of, facts))
    columns["years"] += [int32(fact.years) for fact in facts]
    columns["as_of"] += [_date(fact.as_of, "as_of", []) for fact in facts]
    columns["cues"] += [" ".join(fact.cues) for fact in facts]
    columns["confidence"] += [fact.confidence for fact in facts]
    figures = [_figures(fact) for fact in facts]
    for place, name in enumerate(("value", "low", "high")):
        columns[name] += [each[place][0] for each in figures]
    columns["is_rounded"] += [value[1] or low[1] or high[1] for value, low, high in figures]
    columns["is_overflow"] += [value[2] or low[2] or high[2] for value, low, high in figures]


def _figures(fact: Fact) -> tuple[Figure, Figure, Figure]:
    value = _number(fact.value, ROUND_HALF_EVEN)
    if fact.bound == "exact":
        if fact.low is fact.value is fact.high:
            return value, value, value
        return value, _number(fact.low, ROUND_HALF_EVEN), _number(fact.high, ROUND_HALF_EVEN)
    return value, _number(fact.low, ROUND_FLOOR), _number(fact.high, ROUND_CEILING)


def _add_ledger(columns: Columns, report_id: str, ledger: Sequence[LedgerEntry]) -> None:
    columns["report_id"] += [report_id] * len(ledger)
    columns["value"] += [_number(entry.value, ROUND_HALF_EVEN)[0] for entry in ledger]
    for name, of in _OF_ENTRY.items():
        columns[name].extend(map(of, ledger))


def _add_links(columns: Columns, report_id: str, ids: Sequence[str], ledger: Sequence[LedgerEntry]) -> None:
    links = [(entry.start, ids[position]) for entry in ledger for position in entry.facts]
    columns["report_id"] += [report_id] * len(links)
    columns["span_start"] += [start for start, _ in links]
    columns["fact_id"] += [fact for _, fact in links]


def _add_mentions(columns: Columns, report_id: str, found: Mapping[str, str]) -> None:
    columns["report_id"] += [report_id] * len(found)
    columns["indicator"] += found
    columns["words"] += found.values()


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
        "year": int32(identity.year),
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


def fact_ids(report_id: str, facts: Sequence[Fact]) -> list[str]:
    """In the order given; the n-th of the same words is counted in order of place."""
    seen: Counter[tuple[str, str]] = Counter()
    ids = [""] * len(facts)
    for n in sorted(range(len(facts)), key=lambda n: (facts[n].start, facts[n].end, n)):
        same = (facts[n].indicator, facts[n].span)
        ids[n] = fact_id(report_id, *same, seen[same])
        seen[same] += 1
    return ids


def fact_id(report_id: str, indicator: str, span: str, ordinal: int) -> str:
    """From content alone: the n-th time this report states this indicator in these characters.

    Offsets are left out, so that a better reader which drops a line of page furniture keeps the ids.
    """
    text = "\x1f".join((report_id, indicator, span, str(ordinal)))
    return "f" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


def _use_rows(report_id: str, extraction: Extraction, fact_ids: Sequence[str]) -> Iterable[dict[str, Any]]:
    """A fact that was dropped has the id it would have beside those that stayed."""
    ids = {id(fact): of_fact for fact, of_fact in zip(extraction.facts, fact_ids, strict=True)}
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


_CONTENT = re.compile(r"[0-9\u3400-\u9fff\U00020000-\U0003ffff]+")


def _bare(text: str) -> str:
    return "".join(_CONTENT.findall(text))


def content_of(report: Report) -> str:
    """Characters and digits of the body in Simplified script: what copies of one text have in common.

    Width, punctuation, line breaks, inline pinyin and page furniture are left out.
    """
    body = unicodedata.normalize("NFKC", report.text[report.body[0] : report.body[1]])
    return _bare(to_simplified(body))


def _content(extraction: Extraction) -> str:
    """As `content_of`, from the repaired text where there is one, which is Simplified and of one width."""
    if extraction.text is None:
        return content_of(extraction.report)
    start, end = body_of(extraction.report, extraction.text)
    return _bare(extraction.text.text[start:end])


def _key(content: str, report: Report) -> str:
    return hashlib.sha256((content or report.sha256).encode("utf-8", "replace")).hexdigest()[:32]


def _problem_rows(extraction: Extraction, found_here: Sequence[Problem]) -> list[dict[str, Any]]:
    report, identity = extraction.report, extraction.identity
    problems = dict.fromkeys((*extraction.problems, *report.problems, *identity.problems, *found_here))
    if not problems:
        return []
    payload = _payload(extraction)
    return [
        {
            "report_id": report.report_id,
            "source": report.source,
            "relative_path": report.relative_path,
            "sha256": report.sha256,
            "town_id": identity.town_id,
            "year": int32(identity.year),
            "stage": _stage(problem, extraction),
            "code": problem.code,
            "message": problem.message,
            "severity": problem.severity,
            "payload": payload,
        }
        for problem in problems
    ]


def _payload(extraction: Extraction) -> str:
    identity = extraction.identity
    return _json(
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


def _stage(problem: Problem, extraction: Extraction) -> str:
    if problem in extraction.identity.problems:
        return "identity"
    return "decode" if problem in extraction.report.problems else "tabulate"


@lru_cache(maxsize=1 << 14)
def _number(value: Exact | None, rounding: str) -> Figure:
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


def int32(value: int | None) -> int | None:
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
    return {name: getattr(record, name) for name in _names(record.__class__)}


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def _json(value: Any) -> str:
    return _JSON.encode(value) if value else "[]"

"""The JSON form of one report: what `townfacts extract` prints, one object a line.

Numbers are JSON numbers with all their digits (a Decimal is written out, never passed through a float); a
fraction that no decimal holds is written to seventeen digits, as JSON has no fractions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from flows.reading import Unread
from transforms.decode import Problem
from transforms.extraction import Extraction
from transforms.tabulate.facts import Fact
from transforms.tabulate.ledger import LedgerEntry

# JSON leaves these as they are, and str.splitlines and JavaScript end a line at them
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
UNKNOWN_MEDIA_TYPE = "application/octet-stream"


def form(read: Extraction | Unread) -> dict[str, Any]:
    """The object of one file; a file that could not be read has its problem and nothing else."""
    return _form_of_unread(read) if isinstance(read, Unread) else _form_of_extraction(read)


def to_json(value: Any) -> str:
    """Like json.dumps, with exact numbers. Lone surrogates stay in; the stream writes them as JSON
    escapes. What some readers of lines take for the end of one is escaped.
    """
    match value:
        case None | bool() | str():
            return json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS)
        case Mapping():
            return "{" + ", ".join(f"{to_json(str(k))}: {to_json(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(to_json, value)) + "]"
        case Decimal() | Fraction():
            return exact_number(value)
        case _:
            return json.dumps(value, allow_nan=False)


def exact_number(value: Decimal | Fraction) -> str:
    """A JSON number with the digits of the value.

    >>> exact_number(Decimal("2.50")), exact_number(Decimal("1E+3")), exact_number(Fraction(1, 4))
    ('2.5', '1000', '0.25')
    """
    with localcontext() as context:
        context.prec = 17
        exact = (
            Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
        )
    if exact == exact.to_integral_value():
        return f"{exact:.0f}" if exact else "0"
    return f"{exact:f}".rstrip("0")


def _form_of_extraction(read: Extraction) -> dict[str, Any]:
    report, identity = read.report, read.identity
    return {
        "report": {
            "report_id": report.report_id,
            "source": report.source,
            "relative_path": report.relative_path,
            "media_type": report.media_type,
            "encoding": report.encoding,
            "sha256": report.sha256,
            "status": "accepted" if read.accepted else "quarantined",
            "level": identity.level,
            "town": identity.town,
            "town_id": identity.town_id,
            "county": identity.county,
            "city": identity.city,
            "province": identity.province,
            "year": identity.year,
            "title": identity.title,
            "doc_number": identity.doc_number,
            "issued_on": identity.issued_on,
            "signer": identity.signer,
            "addressee": identity.addressee,
            "period_end": identity.period_end,
            "town_candidates": [_record(c) for c in identity.town_candidates],
            "town_evidence": [_record(e) for e in identity.town_evidence],
            "year_evidence": [_record(e) for e in identity.year_evidence],
        },
        "facts": [_fact(f) for f in read.facts],
        "ledger": [_ledger_entry(e) for e in read.ledger],
        "problems": [_record(p) for p in read.problems],
    }


def _form_of_unread(read: Unread) -> dict[str, Any]:
    known = {
        "report_id": read.report_id,
        "source": read.source,
        "relative_path": read.relative_path,
        "media_type": UNKNOWN_MEDIA_TYPE,
        "encoding": None,
        "sha256": read.sha256,
        "status": "quarantined",
        "level": "other",
    }
    unknown = ("town", "town_id", "county", "city", "province", "year", "title", "doc_number", "issued_on")
    return {
        "report": known | dict.fromkeys(unknown),
        "facts": [],
        "ledger": [],
        "problems": [_record(read.problem)],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "indicator": fact.indicator,
        "value": fact.value,
        "low": fact.low,
        "high": fact.high,
        "bound": fact.bound,
        "hedge": fact.hedge,
        "inclusive": fact.inclusive,
        "unit": fact.unit,
        "period": fact.period,
        "years": fact.years,
        "as_of": fact.as_of,
        "status": fact.status,
        "scope": fact.scope,
        "span": fact.span,
        "start": fact.start,
        "end": fact.end,
        "clause": fact.clause,
        "section": fact.section,
        "rule": fact.rule,
        "confidence": fact.confidence,
    }


def _ledger_entry(entry: LedgerEntry) -> dict[str, Any]:
    return {**_record(entry), "facts": list(entry.facts)}


def _record(record: Problem | LedgerEntry | Any) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record)}

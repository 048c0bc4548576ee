"""A report, and what is odd about it, as rows: its identity with evidence as JSON, problems with a stage."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from transforms.decode.report import Problem
from transforms.extraction import Extraction
from transforms.tabulate.identity.identity import Candidate, Evidence
from validation.figures import int32

_JSON = json.JSONEncoder(ensure_ascii=False)  # keys are written in their order, the dicts below are sorted


def report_row(
    extraction: Extraction, version: str, content_key: str, problems: list[Problem]
) -> dict[str, Any]:
    """Under the names of REPORT_COLUMNS; a date that is none joins `problems`."""
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
        "content_key": content_key,
        "year_evidence": _evidence(identity.year_evidence),
        "town_evidence": _evidence(identity.town_evidence),
        "town_candidates": _JSON.encode([_candidate(unit) for unit in identity.town_candidates]),
        "rulebook_version": version,
        "text": report.text,
    }


def problem_rows(extraction: Extraction, found_here: Sequence[Problem]) -> list[dict[str, Any]]:
    """Under the names of PROBLEM_COLUMNS, each problem once."""
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
    return _JSON.encode(
        {
            "county": identity.county,
            "facts": len(extraction.facts),
            "level": identity.level,
            "numerals": len(extraction.ledger),
            "province": identity.province,
            "title": identity.title,
            "town": identity.town,
            "town_candidates": [_candidate(unit) for unit in identity.town_candidates],
            "year": identity.year,
        }
    )


def _stage(problem: Problem, extraction: Extraction) -> str:
    if problem in extraction.identity.problems:
        return "identity"
    return "decode" if problem in extraction.report.problems else "tabulate"


def _evidence(clues: Sequence[Evidence]) -> str:
    """As `_JSON` would write them: a report has a dozen, and the encoder would take three times as long."""
    return f"[{', '.join(map(_clue, clues))}]"


def _clue(clue: Evidence) -> str:
    field, source, value = _quoted(clue.field), _quoted(clue.source), _JSON.encode(clue.value)
    start, end = ("null", "null") if clue.start is None else (clue.start, clue.end)
    return (
        f'{{"end": {end}, "field": {field}, "source": {source}, "start": {start}, "value": {value},'
        f' "weight": {clue.weight!r}}}'
    )


@cache  # our own words, of which there are few
def _quoted(word: str) -> str:
    return _JSON.encode(word)


def _candidate(unit: Candidate) -> dict[str, Any]:
    return {
        "city": unit.city,
        "county": unit.county,
        "province": unit.province,
        "score": unit.score,
        "town": unit.town,
        "town_id": unit.town_id,
    }


def _date(text: str | None, name: str, problems: list[Problem]) -> date | None:
    if text is None:
        return None
    day = as_date(text)
    if day is None:
        problems.append(Problem("date_unreadable", f"{name}: {text!r} is no date of the calendar", "warning"))
    return day


def as_date(text: str | None) -> date | None:
    """YYYY-MM-DD; None where the calendar has no such day."""
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        return None

"""What people's corrections did in a report, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from transforms.extraction import Extraction, Use
from validation.fact_ids import fact_id
from validation.figures import nearest


def use_rows(extraction: Extraction, fact_ids: Sequence[str]) -> Iterable[dict[str, Any]]:
    """Under the names of USE_COLUMNS. A fact that was dropped has the id it would have beside those that
    stayed.
    """
    report_id = extraction.report.report_id
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
    value, low, high = (nearest(figure)[0] for figure in figures)
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

"""The id of a fact, from content alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from transforms.tabulate.facts import Fact


def fact_ids(report_id: str, facts: Sequence[Fact]) -> list[str]:
    """In the order given; the n-th of the same words is counted in order of place."""
    stated = [(fact.indicator, fact.span) for fact in facts]
    if len(set(stated)) == len(stated):
        # as fact_id, without a call for each: nearly every report states each fact once
        told = [f"{report_id}\x1f{indicator}\x1f{span}\x1f0" for indicator, span in stated]
        return ["f" + sha256(text.encode("utf-8", "replace")).hexdigest()[:20] for text in told]
    seen: Counter[tuple[str, str]] = Counter()
    ids = [""] * len(facts)
    for n in sorted(range(len(facts)), key=lambda n: (facts[n].start, facts[n].end, n)):
        ids[n] = fact_id(report_id, *stated[n], seen[stated[n]])
        seen[stated[n]] += 1
    return ids


def fact_id(report_id: str, indicator: str, span: str, ordinal: int) -> str:
    """The n-th time this report states this indicator in these characters.

    Offsets are left out, so that a better reader which drops a line of page furniture keeps the ids.
    """
    text = f"{report_id}\x1f{indicator}\x1f{span}\x1f{ordinal}"
    return "f" + sha256(text.encode("utf-8", "replace")).hexdigest()[:20]

"""The banks: number cases of public suites, and the span of each numeric fact of clauses and reports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from transforms.normalize import normalize
from transforms.quantify import Quantity, quantities
from validation.accuracy_numbers import agrees, score_numbers

BANKS = Path(__file__).parent.parent / "cases"
# a fact told in words (全覆盖, 没有一人重新犯罪) has no number phrase; 一窗 and the like count nothing
WORDED = re.compile(r"[没未無无全均都零各].{0,3}[^\d]{3}|全覆盖|全部|均|都有")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def is_numeric(fact: dict[str, Any]) -> bool:
    return not WORDED.search(fact["span"]) and bool(
        re.search(r"[\d一二三四五六七八九十百千万萬两兩]", fact["span"])
    )


def says(quantity: Quantity, fact: dict[str, Any]) -> bool:
    if (quantity.bound, quantity.unit) != (fact["bound"], fact["unit"]):
        return False
    if fact["bound"] == "range":
        return [quantity.low, quantity.high] == [fact["low"], fact["high"]]
    return quantity.value is not None and Fraction(quantity.value) == Fraction(str(fact["value"]))


def unsaid(text: str, facts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Facts no quantity has at exactly their span with their value, bound and unit."""
    aligned = normalize(text)
    spans: dict[str, list[Quantity]] = {}
    for quantity in quantities(aligned.text):
        start, end = aligned.to_raw(quantity.start, quantity.end)
        spans.setdefault(text[start:end], []).append(quantity)
    for fact in facts:
        if is_numeric(fact) and not any(says(quantity, fact) for quantity in spans.get(fact["span"], [])):
            yield fact


def test_number_cases_of_public_suites(shared: Path) -> None:
    cases = rows(shared / "cases" / "numbers.jsonl")
    score = score_numbers(cases)
    assert score.cases == len(cases) > 200
    assert score.accuracy >= 0.99, score.misses


def test_the_scorer_can_fail() -> None:
    case = {"id": "x", "input": "三个城市", "expected": [{"value": "4"}]}
    assert score_numbers([case]).right == 0
    assert not agrees([], quantities("三个城市"))
    assert not agrees([{"value": "3"}, {"value": "4"}], quantities("三个城市"))
    assert agrees([{"lo": "3", "hi": "5"}], quantities("3至5名"))
    assert not agrees([{"lo": "3", "hi": "6"}], quantities("3至5名"))


def test_spans_of_the_clause_bank(shared: Path) -> None:
    missed = [
        (case["id"], fact)
        for case in rows(shared / "cases" / "clauses.jsonl")
        for fact in unsaid(case["text"], case["facts"])
    ]
    assert missed == []


def test_spans_of_our_own_banks() -> None:
    missed = [
        (case["id"], fact)
        for name in ("second_bank", "paraphrases")
        for case in rows(BANKS / f"{name}.jsonl")
        for fact in unsaid(case["text"], case["facts"])
    ]
    assert missed == []


def test_spans_of_the_real_reports(shared: Path) -> None:
    facts: dict[str, list[dict[str, Any]]] = {}
    for fact in rows(shared / "gold" / "facts.jsonl"):
        facts.setdefault(fact["report"], []).append(fact)
    missed = [
        (name, fact["span"])
        for name, stated in sorted(facts.items())
        for fact in unsaid((shared / "reports" / name).read_text(encoding="utf-8"), stated)
    ]
    assert missed == []

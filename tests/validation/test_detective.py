"""Arithmetic between indicators: verdicts on sentences, on planted errors, and what they do to confidence."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks import planted
from transforms import extract
from transforms.decode import report_from_text
from validation.detective import CHECK_COLUMNS, CONTRADICTED, Checked, investigate
from validation.frames import frames_of
from validation.relations import parse, relations

CASES = tomllib.loads((Path(__file__).parent / "checks.toml").read_text(encoding="utf-8"))["case"]


def checked(*texts: str) -> Checked:
    return investigate(frames_of([extract(report_from_text(text)) for text in texts], "r1"))


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:60] for case in CASES])
def test_verdicts(case: dict[str, Any]) -> None:
    found = dict(checked(case["text"]).check.select("check_name", "verdict").iter_rows())
    assert found == case["verdicts"]


def test_a_contradiction_lowers_confidence_and_touches_nothing_else() -> None:
    text = "举办法治讲座9场。受理矛盾纠纷165件，调解成功156件，调解成功率98.9%。"
    frames = frames_of([extract(report_from_text(text))], "r1")
    after = investigate(frames).fact
    lowered = dict(after.select("indicator", "confidence_check").iter_rows())
    assert lowered.pop("law_lectures") == 1
    assert set(lowered.values()) == {CONTRADICTED}
    assert (after["confidence"] <= after["confidence_check"]).all()
    rest = pl.exclude("confidence", "confidence_check")
    assert after.select(rest).equals(frames.fact.select(rest))


def test_rows_tell_the_numbers_used() -> None:
    check = checked("受理矛盾纠纷165件，调解成功156件，调解成功率94%以上。").check
    row = check.filter(pl.col("check_name") == "mediation_success_rate").row(0, named=True)
    assert row["reading"] == "disputes_resolved / disputes_accepted"
    assert {n["text"]: (n["low"], n["high"]) for n in json.loads(row["numbers"])} == {
        "94%以上": (94, 100),
        "156件": (156, 156),
        "165件": (165, 165),
    }
    assert "94.55 %" in row["message"]


def test_no_row_and_no_change_without_reports() -> None:
    nothing = checked()
    assert nothing.check.is_empty()
    assert nothing.check.schema == CHECK_COLUMNS


def test_same_reports_in_another_order_give_the_same_rows() -> None:
    texts = [case["text"] for case in CASES]
    forth, back = checked(*texts).check, checked(*reversed(texts)).check
    assert forth.sort("check_id").equals(back.sort("check_id"))


def test_every_relation_has_a_case() -> None:
    named = {name for case in CASES for name in case["verdicts"]}
    known = {entry.name for entry in (*relations().ratios, *relations().at_most, *relations().sums)}
    assert known <= named


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"ratio": [{"name": "x", "rate": "law_lectures", "is": []}]}, "law_lectures is no rate"),
        ({"at_most": [{"name": "x", "part": "nothing", "whole": "villages"}]}, "x: no indicator 'nothing'"),
    ],
)
def test_a_relation_that_cannot_be_is_refused_by_name(data: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse({"ratio": [], "at_most": [], "sum": [], **data})


def test_planted_contradictions_are_found_and_clean_reports_left_alone() -> None:
    """A tenth of the benchmark, with a seed of its own."""
    share, alarms = planted.measured(clean=100, planted=40, seed=11)
    assert share >= 0.95
    assert alarms <= 0.01


@pytest.mark.slow
def test_all_planted_contradictions() -> None:
    share, alarms = planted.measured(seed=12)
    assert share >= 0.95
    assert alarms <= 0.01

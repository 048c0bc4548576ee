"""The table of benchmarks: what it says where a figure is met, missed, or has no yardstick."""

from __future__ import annotations

import importlib

import pytest

from benchmarks import __main__ as table
from benchmarks import numbers
from benchmarks.extraction import doubled
from benchmarks.timing import at_least, at_most, medians, missing
from transforms.tabulate.rulebook import rulebook


def test_every_benchmark_named_has_goals() -> None:
    for name in table.NAMES:
        assert callable(importlib.import_module(f"benchmarks.{name}").goals), name


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (at_most("a", 40, 39.9), True),
        (at_most("a", 40, 40.1), False),
        (at_least("a", 10, 10.1), True),
        (at_least("a", 10, 9.9), False),
        (missing("a", ">= 4 x", "cn2an"), None),
    ],
)
def test_met_or_not(goal: table.Goal, met: bool | None) -> None:
    assert goal.met is met
    shown = {True: "| yes |", False: "| no |", None: "| - |"}[met]
    assert shown in table.page([("numbers", goal)], "2026-01-05", "abc1234").splitlines()[-1]


def test_a_missing_engine_is_said_in_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "engines", dict)
    rows = {goal.name: goal for goal in numbers.goals(reports=4)}
    row = rows["speed of quantities / cn2an"]
    assert (row.asked, row.measured, row.met) == (">= 4 x", "not measured: cn2an is not installed", None)


def test_rounds_take_turns() -> None:
    calls: list[str] = []
    medians({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=3)
    assert calls == ["a", "b"] * 3


def test_doubled_rules_find_twice_the_frames() -> None:
    assert len(doubled().frames) == 2 * len(rulebook().frames)


def test_unknown_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        table.main(["nothing"])
    assert "no benchmark nothing" in capsys.readouterr().err

"""Generated reports of units all over the gazetteer: none may be taken for another."""

from __future__ import annotations

import pytest

from benchmarks.identity_clues import measure
from benchmarks.identity_sweep import Sweep, sweep


def assert_sound(found: Sweep, *, decided: float) -> None:
    assert found.wrong == []
    assert found.should_be_undecided == []
    assert found.share("decided") >= decided


@pytest.mark.parametrize("year", [2017, 2023])
def test_sample(year: int) -> None:
    assert_sound(sweep(year, with_county=True, every=97), decided=0.99)
    assert_sound(sweep(year, with_county=False, every=97), decided=0.60)


@pytest.mark.parametrize("number", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_namesakes_are_told_by_one_clue_and_never_mistaken(number: int) -> None:
    for clue, outcomes in measure(number, seed=20261122).items():
        assert set(outcomes) <= {"right", "undecided"}, clue
        least = {"none": 0.0, "slogan": 0.8}.get(clue, 0.95)  # a slogan needs a short name unlike the town's
        assert outcomes["right"] >= least * number, clue
        assert clue != "none" or outcomes["right"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("year", [2016, 2019, 2023, 2025])
def test_every_fifth_unit(year: int) -> None:
    assert_sound(sweep(year, with_county=True, every=5), decided=0.995)
    assert_sound(sweep(year, with_county=False, every=5), decided=0.60)

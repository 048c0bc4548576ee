"""Generated reports of units all over the gazetteer: none may be taken for another."""

from __future__ import annotations

import pytest

from benchmarks.identity_sweep import Sweep, sweep


def assert_sound(found: Sweep, *, decided: float) -> None:
    assert found.wrong == []
    assert found.should_be_undecided == []
    assert found.share("decided") >= decided


@pytest.mark.parametrize("year", [2017, 2023])
def test_sample(year: int) -> None:
    assert_sound(sweep(year, with_county=True, every=97), decided=0.99)
    assert_sound(sweep(year, with_county=False, every=97), decided=0.60)


@pytest.mark.slow
@pytest.mark.parametrize("year", [2016, 2019, 2023, 2025])
def test_every_fifth_unit(year: int) -> None:
    assert_sound(sweep(year, with_county=True, every=5), decided=0.995)
    assert_sound(sweep(year, with_county=False, every=5), decided=0.60)

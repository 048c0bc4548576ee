"""The goals of `benchmarks/numbers.py`, with half as much again as slack for a shared machine."""

from __future__ import annotations

import pytest

from benchmarks.numbers import AT_MOST_BARE, BARE, FASTER_THAN, rates

SLACK = 1.5


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    return rates(150)


@pytest.mark.parametrize(("name", "asked"), FASTER_THAN.items())
def test_faster_than_the_engines(measured: dict[str, float], name: str, asked: float) -> None:
    if name not in measured:
        pytest.skip(f"{name} is not installed: pip install -r benchmarks/requirements.txt")
    assert measured["quantities"] / measured[name] >= asked / SLACK


@pytest.mark.parametrize(("name", "asked"), AT_MOST_BARE.items())
def test_near_the_bare_scan(measured: dict[str, float], name: str, asked: float) -> None:
    assert measured[BARE[name]] / measured[name] <= asked * SLACK

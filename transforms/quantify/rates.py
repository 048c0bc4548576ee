"""Percent, fractions, multiples and halves: numbers whose measure is part of how they are written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from transforms.quantify import values
from transforms.quantify.hedges import before, bounds
from transforms.quantify.quantity import Exact
from transforms.quantify.scan import Match, Scan
from transforms.quantify.units import DURATIONS

_HALF: Final = Decimal("0.5")
_PARTS: Final = {"百": "%", "千": "‰", "万": "‱"}
# 参考率、合格率实现双百 says of both that they are 100 %; 双百行动 names something.
_RATE_IS: Final = re.compile(r"率[”\"」]?(?:[一-鿿]{0,4}?)(?:实现|达到?|达成|做到|保持|均?为|均)了?[“「\"]?$")
_RATE_WITHIN: Final = 12


def _append(
    scan: Scan, match: Match, low: Exact, high: Exact, unit: str | None, rule: str, after: str | None = None
) -> None:
    ahead = before(scan.text, match.start(), scan.end, unit, False)
    if ahead.negative:
        low, high = values.negated(high), values.negated(low)
    scan.add_bounds(
        ahead.start,
        match.end(),
        bounds(low, high, ahead.hedge, None, after.strip() if after else None),
        unit,
        rule=rule,
        duration=unit in DURATIONS,
        each=ahead.each,
    )


def percent(scan: Scan, match: Match) -> None:
    """百分之九十五, 百分之三十到四十一, 百分之百, 千分之三 (in ‰)."""
    parts, rate, rate2, after = match.group("parts", "rate", "rate2", "after_rate")
    low = values.read(rate)
    high = values.read(rate2) if rate2 else low
    if low is None or high is None or (parts != "百" and match.group().find("之") < 0):
        return
    _append(
        scan, match, low[0], high[1], _PARTS[parts], rule="percent", after=after.strip() if after else None
    )


def is_both(scan: Scan, start: int) -> bool:
    """Whether rates are said to be what begins at `start`."""
    return _RATE_IS.search(scan.text, max(scan.end, start - _RATE_WITHIN), start) is not None


def both(scan: Scan, match: Match) -> None:
    """双百 behind two rates, without quotation marks."""
    start = match.start() - 1
    if start >= scan.end and is_both(scan, start):
        scan.add_quantity(start, match.end(), Decimal(100), "%", "both")


def fraction(scan: Scan, match: Match) -> None:
    """三分之一, 三又二分之一, 1/3, 一半."""
    whole, below, above, above2, below2 = match.group("whole", "below", "above", "above2", "below2")
    after = match.group("after_part")
    if match.group("onehalf"):
        _append(scan, match, _HALF, _HALF, None, "half", after)
        return
    if match.group("half_price"):
        _append(scan, match, Decimal(50), Decimal(50), "%", "half", after)
        return
    top, bottom = values.read(above or above2), values.read(below or below2)
    extra = values.read(whole) if whole else (Decimal(0), Decimal(0))
    if top is None or bottom is None or extra is None or bottom[0] == 0 or max(top[1], bottom[1]) > 10**12:
        return
    value = values.ratio(top[0] + extra[0] * bottom[0], bottom[0])
    _append(scan, match, value, value, None, "fraction", after)


def multiply(scan: Scan, match: Match) -> None:
    """翻一番 is twofold, 翻两番 fourfold, 翻三倍 threefold."""
    times, turns = match.group("times", "turns")
    said = values.read(times)
    if said is None or said[0] > 64:
        return
    value = Decimal(2 ** int(said[0])) if turns == "番" else said[0]
    _append(scan, match, value, value, "倍", "multiple")


def half_unit(scan: Scan, match: Match) -> None:
    """半小时, 半个月: half of a unit of time or measure."""
    _append(scan, match, _HALF, _HALF, match.group().lstrip("半个"), "half")

"""A number phrase on its way to a quantity: figure, measure word, hedges, sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from transforms.quantify.hedges import TELLING, Before, Bounds, before, bounds
from transforms.quantify.scan import Scan
from transforms.quantify.units import DURATIONS, SHAPING, Measured, measured
from transforms.quantify.values import trim

_CURRENCY: Final = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元"}
_DOLLARS: Final = {"HK": "港元", "US": "美元"}
_TELLING: Final = TELLING | frozenset(_CURRENCY)
# what may stand between two bounds of the same thing: 大于20且小于30, 1000以上，1500以下
_AND: Final = re.compile(r"\s?[，,]?\s?(?:但|且|并且|而且|又|同时|的同时|并|而)?\s?")
_LOWER: Final = frozenset(
    [
        "大于",
        "高于",
        "超过",
        "多于",
        "大于等于",
        "大于或等于",
        "不小于",
        "不低于",
        "不少于",
        "以上",
        "最少",
        "至少",
        "不下于",
    ]
)
_UPPER: Final = frozenset(
    [
        "小于",
        "低于",
        "少于",
        "小于等于",
        "小于或等于",
        "不大于",
        "不高于",
        "不多于",
        "不超过",
        "以下",
        "以内",
        "最多",
        "至多",
    ]
)


@dataclass(slots=True)
class Phrase:
    """What one match says before hedges and sign are read; `low` < `high` for a range."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str | None
    more: str | None = None
    half: str | None = None
    after: str | None = None
    bare: bool = False  # the figure begins with a lone 百, 千, 万, 亿
    second_negative: bool = False


def append(scan: Scan, phrase: Phrase) -> None:
    """Read measure word, sign and hedges, and add the quantity; lengths of time are durations."""
    start, unit = phrase.start, phrase.unit
    if phrase.after is None and _is_plain(scan, phrase):
        scan.add_exact(start, phrase.end, phrase.low, unit)
        return
    measure = Measured(phrase.low, phrase.high, unit)
    if unit is not None and (
        phrase.half is not None or unit in SHAPING or (unit[0] == "个" and unit != "个")
    ):
        measure = measured(phrase.low, phrase.high, unit, phrase.half)
    elif unit is None and start > scan.end and scan.text[start - 1] in _CURRENCY:
        start, currency = _currency(scan, start)
        measure = Measured(phrase.low, phrase.high, currency)
    ahead = before(scan.text, start, scan.end, measure.unit, phrase.bare)
    low, high = _signed(measure, ahead, phrase.second_negative)
    after = phrase.after.strip() if phrase.after else None
    said = bounds(low, high, ahead.hedge, phrase.more or measure.more, after)
    begin = ahead.start
    if said.hedge in _UPPER or said.hedge in _LOWER:
        begin, said = _joined(scan, said, begin, measure.unit) or (begin, said)
    end = phrase.end
    if ahead.hedge is not None and ahead.hedge.word == "数以" and scan.text.startswith("计", end):
        end += 1
    duration = measure.unit in DURATIONS
    scan.add_bounds(begin, end, said, measure.unit, rule="count", duration=duration, each=ahead.each)


def _is_plain(scan: Scan, phrase: Phrase) -> bool:
    """Nothing before, inside or after the figure says more of it than its value and its measure word."""
    if phrase.low is not phrase.high or phrase.more is not None or phrase.half is not None:
        return False
    if phrase.unit is not None and (
        phrase.unit[0] == "个" or phrase.unit in SHAPING or phrase.unit in DURATIONS
    ):
        return False
    return phrase.start <= scan.end or scan.text[phrase.start - 1] not in _TELLING


def _currency(scan: Scan, start: int) -> tuple[int, str]:
    """¥500, HK$500: where the amount begins, and its unit."""
    sign = _CURRENCY[scan.text[start - 1]]
    letters = scan.text[max(scan.end, start - 3) : start - 1]
    if sign == "美元" and letters in _DOLLARS:
        return start - 3, _DOLLARS[letters]
    return start - 1, sign


def _signed(measure: Measured, ahead: Before, second_negative: bool) -> tuple[Decimal, Decimal]:
    low, high = measure.low, measure.high
    if low != high:
        low = low.copy_negate() if ahead.negative else low
        high = high.copy_negate() if second_negative else high
        return (low, high) if low < high else (high, low)
    if ahead.negative:
        return low.copy_negate(), low.copy_negate()
    if ahead.hedge is not None and ahead.hedge.word in ("成百上", "成千上"):
        low = trim(low.scaleb(-1))
    return low, low


def _joined(scan: Scan, said: Bounds, begin: int, unit: str | None) -> tuple[int, Bounds] | None:
    """大于20小于30 and 最多30最少20 are one range; takes the first bound back from what was found."""
    first = scan.found[-1].quantity if scan.found else None
    if first is None or first.hedge is None or first.unit not in (None, unit):
        return None
    if {first.bound, said.bound} != {"at_least", "at_most"}:
        return None
    if not (first.hedge in _LOWER if first.bound == "at_least" else first.hedge in _UPPER):
        return None
    low, high = (first.low, said.high) if first.bound == "at_least" else (said.low, first.high)
    if low is None or high is None or low >= high or not _AND.fullmatch(scan.text, first.end, begin):
        return None
    del scan.found[-1]
    return first.start, Bounds(None, low, high, "range", f"{first.hedge}…{said.hedge}", None)

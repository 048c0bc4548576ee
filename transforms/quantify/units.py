"""Measure words that scale or shape the figure before them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from transforms.quantify import values

_ONE, _TEN = Decimal(1), Decimal(10)
_HALF: Final = Decimal("0.5")

# unit as written -> factor and unit of the value
_SCALED: Final[dict[str, tuple[Decimal, str | None]]] = {
    "成": (_TEN, "%"),
    "圆": (_ONE, "元"),
    "块钱": (_ONE, "元"),
    "人民币": (_ONE, "元"),
    "元人民币": (_ONE, "元"),
    "角": (Decimal("0.1"), "元"),
    "毛": (Decimal("0.1"), "元"),
    "毛钱": (Decimal("0.1"), "元"),
    "分钱": (Decimal("0.01"), "元"),
    "个亿": (Decimal(10**8), None),
    "打": (Decimal(12), None),
    "美金": (_ONE, "美元"),
    "港币": (_ONE, "港元"),
    "秒钟": (_ONE, "秒"),
    "刻钟": (Decimal(15), "分钟"),
    "号人": (_ONE, "人"),
    "m²": (_ONE, "平方米"),
    "m2": (_ONE, "平方米"),
    "㎡": (_ONE, "平方米"),
}
# Lengths of time; 学时 and 课时 are amounts of study, 岁 is an age.
DURATIONS: Final = frozenset(
    [
        "年",
        "天",
        "日",
        "周",
        "月",
        "小时",
        "分钟",
        "秒",
        "钟头",
        "工作日",
        "自然日",
        "星期",
        "季度",
        "季",
        "周年",
    ]
)
_PARTS_OF_个: Final = ("小时", "月", "工作日", "自然日", "钟头", "星期", "季度", "百分点")
SHAPING: Final = frozenset([*_SCALED, "折", *(f"个{rest}" for rest in _PARTS_OF_个)])


_COINS: Final = re.compile(r"(?:零?([^角毛分]+)[角毛])?(?:零?([^分]+)分?)?")


def with_coins(amount: Decimal, unit: str, coins: str) -> Decimal | None:
    """元 of an amount with its small change: 12元 + 五角三分 is 12.53, 三块 + 五 is 3.5."""
    coins = coins.rstrip("整正钱")
    scale = Decimal("0.1") if unit in ("角", "毛") else _ONE
    if not coins:
        return values.trim(values.EXACT.multiply(amount, scale))
    jiao, fen = coins, None
    if (match := _COINS.fullmatch(coins)) and len(coins) > 1:
        jiao, fen = match.groups()
    said = values.read(jiao or "零"), values.read(fen or "零")
    if said[0] is None or said[1] is None:
        return None
    return values.trim(amount * scale + said[0][0] / 10 + said[1][0] / 100)


def _times(value: Decimal, factor: Decimal) -> Decimal:
    return values.trim(values.EXACT.multiply(value, factor))


class Measured(NamedTuple):
    """Figure and measure word as stored; `more` where the measure word held a hedge (三个多月)."""

    low: Decimal
    high: Decimal
    unit: str | None
    more: str | None = None


def measured(low: Decimal, high: Decimal, unit: str, half: str | None) -> Measured:
    """两个半小时 is 2.5 小时, 三成五 35 %, 八折 80 %, 五角 0.5 元; 个 before 小时, 月, 百分点 is dropped."""
    more = None
    if unit.startswith(("个多", "个余")):
        more, unit = unit[1], unit[2:]
    elif unit.startswith("个半"):
        low, high, unit = low + _HALF, high + _HALF, unit[2:]
    elif half == "半":
        low, high = low + _HALF, high + _HALF
    elif half is not None:
        tenth = (values.read(half) or (Decimal(0),))[0] / 10
        low, high = low + tenth, high + tenth
    if unit == "折":
        factor, stored = (_ONE if low >= 10 else _TEN), "%"
        return Measured(_times(low, factor), _times(high, factor), stored, more)
    factor, stored_unit = _SCALED.get(unit, (_ONE, unit))
    if factor != _ONE:
        low, high = _times(low, factor), _times(high, factor)
    if stored_unit and stored_unit[0] == "个" and stored_unit[1:] in _PARTS_OF_个:
        stored_unit = stored_unit[1:]
    return Measured(low, high, stored_unit, more)

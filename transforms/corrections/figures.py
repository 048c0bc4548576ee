"""The figure a correction gives: value, low, high and bound that agree, within what its indicator allows."""

from __future__ import annotations

from decimal import Decimal
from typing import cast, get_args

from transforms.corrections.blocks import Block
from transforms.corrections.correction import Figures
from transforms.quantify.quantity import Bound
from transforms.tabulate.catalogue import catalogue


def _number(block: Block, key: str) -> Decimal | None:
    value = block.content.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        block.refuse(f"{key} = {value!r} is not a number; write it without quotes", key)
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= 10**18:
        block.refuse(f"{key} = {value} is not a number of at most eighteen digits", key)
    if number != number.quantize(Decimal("0.000001")):
        block.refuse(f"{key} = {value} has more than six decimals", key)
    return number


def figures_of(block: Block) -> Figures:
    """value, low, high and bound made whole from those that were given."""
    value, low, high = (_number(block, key) for key in ("value", "low", "high"))
    if value is None and low is None and high is None:
        block.refuse("says no figure; give value, or low and high, or low or high alone")
    bound = block.text("bound") or _bound_of(value, low, high)
    if bound not in get_args(Bound):
        block.refuse(f"bound = {bound!r} is none of {', '.join(get_args(Bound))}", "bound")
    made = _whole(cast(Bound, bound), value, low, high)
    given = (value, low, high)
    if made is None or any(g is not None and g != m for g, m in zip(given, made, strict=False)):
        block.refuse(
            f"value, low and high are not those of bound = {bound!r}: exact and approx take value,"
            " at_least low, at_most high, range low below high",
            "bound" if "bound" in block.content else "value",
        )
    return made


def _bound_of(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> Bound:
    if low is not None and high is not None:
        return "exact" if low == high else "range"
    if low is not None or high is not None:
        return "at_least" if low is not None else "at_most"
    return "exact"


def _whole(bound: Bound, value: Decimal | None, low: Decimal | None, high: Decimal | None) -> Figures | None:
    one = next((part for part in (value, low, high) if part is not None), None)
    match bound:
        case "exact":
            return one, one, one, bound
        case "at_least":
            return one, one, None, bound
        case "at_most":
            return one, None, one, bound
        case "approx":
            return (value, None, None, bound) if value is not None else None
        case _:
            is_range = low is not None and high is not None and low < high
            return (None, low, high, bound) if is_range else None


def check_measure(block: Block, indicator: str, figures: Figures) -> None:
    """Refuse what the indicator cannot be: a rate above 100, half a case, fewer than none."""
    row = catalogue()[indicator]
    for number in figures[:3]:
        if number is None:
            continue
        if row.measure == "rate" and not 0 <= number <= 100:
            block.refuse(f"{indicator} is a rate: {number} does not lie between 0 and 100", "value")
        if number < 0:
            block.refuse(f"{indicator} is never below zero: {number}", "value")
        if row.measure in ("flow", "stock") and row.unit != "小时" and number != int(number):
            block.refuse(f"{indicator} is counted in whole {row.unit}: {number}", "value")

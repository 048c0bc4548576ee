"""Counted things: a figure with hedges and measure word, or two figures joined into a range."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from transforms.quantify import values
from transforms.quantify.bare import is_no_quantity
from transforms.quantify.chinese import ROUND, own_measure, skipped, stands
from transforms.quantify.hedges import before, bounds
from transforms.quantify.labels import after_character
from transforms.quantify.quantity import Kind
from transforms.quantify.scan import Match, Scan
from transforms.quantify.units import DURATIONS, SHAPING, Measured, measured, with_coins

_GROUPS: Final = ("figure", "more", "scale", "unit", "figure2", "unit2")
_ENDS: Final = ("figure", "more", "scale", "figure2", "more2", "scale2")
# What stands right before the figure may say that it counts nothing: 第3次, 浏览:76次, A4, ICP备123
_TELLING: Final = frozenset("第 :：备共abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_BREAKS: Final = frozenset(["", *"，。；、,;\n）)"])
_CURRENCY: Final = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元"}


def simple(scan: Scan, match: Match) -> None:
    """Digits, perhaps 余 or 多, a measure word and a break after it: four of five counts of a report."""
    digits, more, unit = match.group("digits", "odd", "word_after")
    ahead = before(scan.text, match.start(), scan.end, unit, False)
    value = Decimal(digits)
    if ahead.negative:
        value = -value
    said = bounds(value, value, ahead.hedge, more)
    scan.add_bounds(ahead.start, match.end(), said, unit, rule="count", each=ahead.each)


def count(scan: Scan, match: Match) -> None:
    """One `count` match: decide what it is and append it."""
    figure, more, scale, unit, figure2, unit2 = match.group(*_GROUPS)
    text = scan.text
    start, end = match.span()
    if unit is not None or unit2 is not None:
        unit, end = _measure_word(text, match, unit or unit2)
    last = text[start - 1] if start > scan.end else ""
    if last in _TELLING and last and after_character(scan, match, last, unit, end):
        return
    if not figure[0].isdecimal():
        figure, unit = own_measure(match, figure, unit)
        skip = skipped(text, start, figure, scan.end)
        figure, start = figure[skip:], start + skip
        if not stands(scan, match, figure, unit, start):
            return
    elif unit is None and more is None and figure2 is None and is_no_quantity(scan, match, figure, end):
        return
    if figure2 is not None:
        _range(scan, match, start, end, figure, unit)
        return
    said = values.read(figure + scale if scale else figure)
    coins = match.group("coins")
    if said is not None and coins is not None and unit is not None:
        amount = with_coins(said[0], unit, coins)
        said, unit = (None, None) if amount is None else ((amount, amount), "元")
    if said is not None:
        half, after = match.group("half", "after") if end == match.end() else (None, None)
        _append(scan, start, end, said, unit, more, after, half, figure[0] in ROUND)


def _append(
    scan: Scan,
    start: int,
    end: int,
    said: tuple[Decimal, Decimal],
    unit: str | None,
    more: str | None,
    after: str | None,
    half: str | None,
    bare: bool,
) -> None:
    low, high = said
    measure = Measured(low, high, unit)
    if unit is not None and (half is not None or unit in SHAPING or unit[0] == "个" and unit != "个"):
        measure = measured(low, high, unit, half)
    elif unit is None and start > scan.end and scan.text[start - 1] in _CURRENCY:
        measure = Measured(low, high, _CURRENCY[scan.text[start - 1]])
        start -= 1
    kind: Kind = "duration" if measure.unit in DURATIONS else "quantity"
    ahead = before(scan.text, start, scan.end, measure.unit, bare)
    low, high = measure.low, measure.high
    if ahead.negative:
        low, high = -high, -low
    elif ahead.hedge is not None and ahead.hedge.word in ("成百上", "成千上"):
        low = high = low / 10
    word = after.strip() if after else None
    scan.add_bounds(
        ahead.start,
        _counted_up(scan.text, end, ahead.hedge.word if ahead.hedge else ""),
        bounds(low, high, ahead.hedge, more or measure.more, word),
        measure.unit,
        rule="count",
        kind=kind,
        each=ahead.each,
    )


def _counted_up(text: str, end: int, hedge: str) -> int:
    """数以千计: the 计 belongs to the phrase."""
    return end + 1 if hedge == "数以" and text.startswith("计", end) else end


def _measure_word(text: str, match: Match, unit: str) -> tuple[str | None, int]:
    """The measure word without spaces and the end of the phrase.

    After a line break it is one only where the line before is long enough to have been broken by the page, or where
    nothing else follows it.
    """
    if unit.isalpha() and "\n" not in match.group():
        return unit, match.end()
    at = match.start("unit" if match.start("unit") >= 0 else "unit2")
    gap = text.find("\n", match.end("figure"), at)
    alone = text[match.end() : match.end() + 1] in _BREAKS
    if gap >= 0 and not alone and text.rfind("\n", max(0, gap - 15), gap) >= 0:
        return None, max(match.end(name) for name in _ENDS)
    return "".join(character for character in unit if character not in " \n\t\u3000\xa0()（）"), match.end()


def _range(scan: Scan, match: Match, start: int, end: int, figure: str, unit: str | None) -> None:
    """3至5名, 1万-5万, 120到150万; read apart where the two figures make no range (12-5, 由6到8)."""
    text = scan.text
    scale, figure2, scale2, after = match.group("scale", "figure2", "scale2", "after")
    left, right = figure + (scale or ""), figure2 + (scale2 or "")
    low, high = values.read(left), values.read(right)
    if low is not None and high is not None:
        first = _shared(left, right, low[0], high[1])
        if first < high[1] and not text.endswith("由", 0, start):
            _append(scan, start, end, (first, high[1]), unit, None, after, None, False)
            return
    cut = max(match.end(name) for name in ("figure", "more", "scale", "unit"))
    if low is not None:
        _append(scan, start, cut, low, match.group("unit"), match.group("more"), None, None, False)
    scan.read(scan, match.start("figure2"), match.end())


def _shared(left: str, right: str, low: Decimal, high: Decimal) -> Decimal:
    """3-5万 and 一百二十到一百五十万 share the last unit; 80到1万 and 5千到1万 do not."""
    size = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}.get(right[-1])
    if size is None or right[-1] in left or low >= high / size or left[-1] in ROUND:
        return low
    return low * size

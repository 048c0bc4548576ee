"""Counted things: a figure with its hedges and its measure word."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from transforms.quantify import values
from transforms.quantify.bare import is_no_quantity
from transforms.quantify.chinese import ROUND, own_measure, skipped, stands
from transforms.quantify.hedges import TELLING, TELLING_BEFORE_VERB, VERBS
from transforms.quantify.labels import after_character
from transforms.quantify.lexicon import BETWEEN, MEASURE_WORD
from transforms.quantify.phrases import Phrase, append
from transforms.quantify.quantity import numeral_of, quantity_of
from transforms.quantify.ranges import join
from transforms.quantify.scan import Match, Scan
from transforms.quantify.units import with_coins

_SIMPLE: Final = ("digits", "decimals", "free", "wan", "odd", "closed")
_WAN: Final = Decimal(10_000)
_GROUPS: Final = ("figure", "more", "scale", "unit", "figure2", "unit2")
_ENDS: Final = ("figure", "more", "scale", "figure2", "more2", "scale2")
# What stands right before the figure may say that it counts nothing: 第3次, 浏览:76次, A4, ICP备123
_TELLING: Final = frozenset("第 :：备共abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_UNIT_BEFORE: Final = re.compile(rf"[（(](?P<wan>万)?(?P<unit>{MEASURE_WORD})[）)]\s?[：:]?\s?$")
_BEHIND_UNIT: Final = frozenset("：:）) ")
_UNIT_REACH: Final = 10
_BREAKS: Final = frozenset(["", *"，。；、,;\n）)"])
_JOINED: Final = str.maketrans("", "", " \n\r\t\u3000\xa0()（）")


def simple(scan: Scan, match: Match) -> None:
    """Digits, perhaps 余 or 多, and a measure word: nine of ten counts of a report.

    What stands before it is looked at only where its last character can say anything of a number.
    """
    digits, decimals, free, wan, more, closed = match.group(*_SIMPLE)
    unit = free or closed
    start, end = match.span()
    value = Decimal(digits) if decimals is None else values.trim(Decimal(digits))
    if wan is not None:
        value = values.trim(values.EXACT.multiply(value, _WAN))
    if start > scan.end and _may_speak(scan.text, start):
        append(scan, Phrase(start, end, value, value, unit, more=more))
        return
    if more is None:
        quantity = quantity_of((value, value, value, "exact", unit, start, end, None, None, False))
    else:
        quantity = quantity_of((value, value, None, BETWEEN[more].bound, unit, start, end, more, None, False))
    scan.found.append(numeral_of((start, end, "quantity", quantity, "count")))
    scan.end = end


def _may_speak(text: str, start: int) -> bool:
    """Whether a hedge, 各 or a minus can end right before `start`, or before a verb that stands there."""
    last = text[start - 1]
    return last in TELLING and (last not in VERBS or start == 1 or text[start - 2] in TELLING_BEFORE_VERB)


def count(scan: Scan, match: Match) -> None:
    """One `count` match: decide what it is and append it."""
    figure, more, scale, unit, figure2, unit2 = match.group(*_GROUPS)
    text = scan.text
    start, end = match.span()
    if unit is not None or unit2 is not None:
        unit, end = _measure_word(text, match, unit or unit2)
    last = text[start - 1] if start > scan.end else ""
    if last and last in _TELLING and after_character(scan, match, last, unit, end):
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
        join(scan, match, start, end, figure, unit)
        return
    figure, start = _leading_point(text, start, figure, last)
    said = values.read(figure + scale if scale else figure)
    if said is not None:
        _one(scan, match, Phrase(start, end, said[0], said[1], unit, more=more, bare=figure[0] in ROUND))


def _one(scan: Scan, match: Match, phrase: Phrase) -> None:
    """Append a single figure, with its small change or what else follows the measure word."""
    if phrase.unit is None and scan.text[phrase.start - 1 : phrase.start] in _BEHIND_UNIT:
        _said_before(scan.text, phrase)
    coins = match.group("coins")
    if coins is not None and phrase.unit is not None:
        amount = with_coins(phrase.low, phrase.unit, coins)
        if amount is None:
            return
        phrase.low = phrase.high = amount
        phrase.unit = "元"
    if phrase.end == match.end():
        phrase.half, phrase.after = match.group("half", "after")
    append(scan, phrase)


def _said_before(text: str, phrase: Phrase) -> None:
    """行政处罚（件）：7, 罚没款（万元）1.2: the measure word stands in brackets before the figure."""
    said = _UNIT_BEFORE.search(text, max(0, phrase.start - _UNIT_REACH), phrase.start)
    if said is None:
        return
    phrase.unit = said["unit"]
    if said["wan"]:
        phrase.low = phrase.high = values.trim(values.EXACT.multiply(phrase.low, _WAN))


def _leading_point(text: str, start: int, figure: str, last: str) -> tuple[str, int]:
    """.77 at the beginning of a word is 0.77."""
    if last == "." and figure.isdecimal() and (start < 2 or text[start - 2].isspace()):
        return f"0.{figure}", start - 1
    return figure, start


def _measure_word(text: str, match: Match, unit: str) -> tuple[str | None, int]:
    """The measure word without spaces and the end of the phrase.

    After a line break it is one only where the line before is long enough to have been broken by the page, or
    where nothing else follows it.
    """
    if unit.isalpha() and "\n" not in match.group():
        return unit, match.end()
    at = match.start("unit" if match.start("unit") >= 0 else "unit2")
    gap = text.find("\n", match.end("figure"), at)
    alone = text[match.end() : match.end() + 1] in _BREAKS
    if gap >= 0 and not alone and text.rfind("\n", max(0, gap - 15), gap) >= 0:
        return None, max(match.end(name) for name in _ENDS)
    return unit.translate(_JOINED), match.end()

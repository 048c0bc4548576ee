"""From a figure and the hedges around it to value, low, high and bound (DESIGN law 3)."""

from __future__ import annotations

from typing import Final, NamedTuple

from transforms.quantify.lexicon import AFTER, BEFORE_BY_LAST, BETWEEN, Hedge
from transforms.quantify.quantity import Bound, Exact

_SPACES: Final = " \u3000\xa0\n"
# 近三年 is the last three years, 历时近三年 almost three
_LASTING: Final = ("历时", "用时", "耗时", "历经", "时隔", "长达", "持续", "为期")
_PERIODS: Final = frozenset(["年", "个月", "月", "周", "天", "日", "个星期", "个季度", "周年"])


class Bounds(NamedTuple):
    """What a figure says with its hedges."""

    value: Exact | None
    low: Exact | None
    high: Exact | None
    bound: Bound
    hedge: str | None
    inclusive: bool | None


class Before(NamedTuple):
    """What stands before a figure: where its phrase begins, its hedge, whether 各 opens it."""

    start: int
    hedge: Hedge | None
    each: bool


def before(text: str, start: int, floor: int, unit: str | None, bare: bool) -> Before:
    """Read hedge and 各 backwards from `start`, never past `floor`, the end of the numeral before.

    `bare`: the figure is a lone 百, 千, 万, 亿, which 上, 过, 破 may hedge.
    """
    at = start
    if at > floor and text[at - 1] in _SPACES:
        at -= 1
    if at <= floor:
        return Before(start, None, False)
    last = text[at - 1]
    for hedge in BEFORE_BY_LAST.get(last, ()):
        begin = at - len(hedge.word)
        if begin < floor or (hedge.bare and not bare) or not text.startswith(hedge.word, begin):
            continue
        if _is_noun(text, begin, hedge) or _is_period(text, begin, hedge, unit):
            return Before(start, None, False)
        if begin > floor and text[begin - 1] == "各":
            return Before(begin - 1, hedge, True)
        return Before(begin, hedge, False)
    if last == "各":
        return Before(at - 1, None, True)
    return Before(start, None, False)


def _is_noun(text: str, begin: int, hedge: Hedge) -> bool:
    if begin and hedge.noun_after and text[begin - 1] in hedge.noun_after:
        return True
    return bool(hedge.noun_after_verb) and text.endswith(hedge.noun_after_verb, 0, begin)


def _is_period(text: str, begin: int, hedge: Hedge, unit: str | None) -> bool:
    return hedge.word == "近" and unit in _PERIODS and not text.endswith(_LASTING, 0, begin)


def bounds(
    low: Exact, high: Exact, *, first: Hedge | None = None, middle: str | None = None, last: str | None = None
) -> Bounds:
    """Join the figure (a range where low < high) with hedges before, inside and after it.

    Hedges that point to different sides (近200余人) leave only `approx`.
    """
    hedges = [hedge for hedge in (first, BETWEEN.get(middle or ""), AFTER.get(last or "")) if hedge]
    words = "…".join(hedge.word for hedge in hedges) or None
    if low != high:
        return Bounds(None, low, high, "range", words, None)
    if not hedges:
        return Bounds(low, low, low, "exact", None, None)
    kinds = {hedge.bound for hedge in hedges}
    bound = kinds.pop() if len(kinds) == 1 else "approx"
    inclusive = next((hedge.inclusive for hedge in hedges if hedge.inclusive is not None), None)
    if bound == "at_least":
        return Bounds(low, low, None, bound, words, inclusive)
    if bound == "at_most":
        return Bounds(low, None, low, bound, words, inclusive)
    return Bounds(low, None, None, "approx", words, None)

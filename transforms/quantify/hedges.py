"""From a figure and the words around it to value, low, high and bound (DESIGN law 3)."""

from __future__ import annotations

from typing import Final, NamedTuple

from transforms.quantify.lexicon import AFTER, BEFORE, BEFORE_BY_LAST, BETWEEN, Hedge
from transforms.quantify.quantity import Bound, Exact

_SPACES: Final = " \u3000\xa0\n"
VERBS: Final = frozenset("达有为占")
# the characters right before a figure that can belong to a hedge, 各 or a minus
TELLING: Final = frozenset(BEFORE_BY_LAST) | VERBS | frozenset(f"{_SPACES}各负的下-−")
# 约 in 约达, 未 in 未达
TELLING_BEFORE_VERB: Final = TELLING | {hedge.word[-2:-1] for hedge in BEFORE if hedge.word[-1] in VERBS}
# 近三年 is the last three years, 历时近三年 almost three
_LASTING: Final = ("历时", "用时", "耗时", "历经", "时隔", "长达", "持续", "为期")
_PERIODS: Final = frozenset(["年", "月", "周", "天", "日", "星期", "季度", "周年"])


class Bounds(NamedTuple):
    """What a figure says with its hedges."""

    value: Exact | None
    low: Exact | None
    high: Exact | None
    bound: Bound
    hedge: str | None
    inclusive: bool | None


class Before(NamedTuple):
    """What stands before a figure: where its phrase begins, its hedge, 各 before it, a minus."""

    start: int
    hedge: Hedge | None
    each: bool
    negative: bool


def before(text: str, start: int, floor: int, unit: str | None, bare: bool) -> Before:
    """Read minus, hedge and 各 backwards from `start`, never past `floor`, the end of the numeral before.

    `bare`: the figure is a lone 百, 千, 万, 亿, which 上, 过, 破 may hedge.
    """
    minus = _minus(text, start, floor, unit)
    start -= minus
    at = start - 1 if start > floor and text[start - 1] in _SPACES else start
    if at <= floor:
        return Before(start, None, False, minus > 0)
    last = text[at - 1]
    for hedge in BEFORE_BY_LAST.get(last, ()):
        begin = at - len(hedge.word)
        if begin < floor or (hedge.bare and not bare) or not text.startswith(hedge.word, begin):
            continue
        if _is_noun(text, begin, hedge) or _is_period(text, begin, hedge, unit):
            return Before(start, None, False, minus > 0)
        each = begin > floor and text[begin - 1] == "各"
        return Before(begin - each, hedge, each, minus > 0)
    if last == "各":
        return Before(at - 1, None, True, minus > 0)
    if last in VERBS and at - 1 > floor:
        return _over_verb(text, start, at - 1, floor, minus > 0)
    return Before(start, None, False, minus > 0)


def _over_verb(text: str, start: int, at: int, floor: int, negative: bool) -> Before:
    """约达97%, 大约有50人: only some hedges reach over a verb."""
    for hedge in BEFORE_BY_LAST.get(text[at - 1], ()):
        begin = at - len(hedge.word)
        if (
            hedge.over_verb
            and begin >= floor
            and text.startswith(hedge.word, begin)
            and not _is_noun(text, begin, hedge)
        ):
            return Before(begin, hedge, False, negative)
    return Before(start, None, False, negative)


def _minus(text: str, start: int, floor: int, unit: str | None) -> int:
    """Width of a minus: 负, 负的, 零下, or a dash that cannot join two words or figures; 0 for none."""
    if start <= floor:
        return 0
    last = text[start - 1]
    if last == "负":
        return 1
    if (
        last in "的下"
        and text.startswith("负的" if last == "的" else "零下", start - 2)
        and start - 2 >= floor
    ):
        return 2
    if last not in "-−":
        return 0
    ahead = text[start - 2] if start > 1 else ""
    joins = ahead.isalnum() if unit is None or ahead.isascii() else False
    return 0 if joins or ahead in ("-", "—", "–", ")", "）") else 1


def _is_noun(text: str, begin: int, hedge: Hedge) -> bool:
    if begin and hedge.noun_after and text[begin - 1] in hedge.noun_after:
        return not (hedge.unless_after and text.endswith(hedge.unless_after, 0, begin))
    return bool(hedge.noun_after_verb) and text.endswith(hedge.noun_after_verb, 0, begin)


def _is_period(text: str, begin: int, hedge: Hedge, unit: str | None) -> bool:
    return hedge.word == "近" and unit in _PERIODS and not text.endswith(_LASTING, 0, begin)


def bounds(
    low: Exact, high: Exact, first: Hedge | None = None, middle: str | None = None, last: str | None = None
) -> Bounds:
    """Join the figure (a range where low < high) with hedges before, inside and after it.

    Hedges that point to different sides (近200余人) leave only `approx`.
    """
    if first is None and middle is None and last is None:
        if low == high:
            return Bounds(low, low, low, "exact", None, None)
        return Bounds(None, low, high, "range", None, None)
    hedges = [hedge for hedge in (first, BETWEEN.get(middle or ""), AFTER.get(last or "")) if hedge]
    words = "…".join(hedge.word for hedge in hedges)
    if low != high:
        return Bounds(None, low, high, "range", words, None)
    kinds = {hedge.bound for hedge in hedges}
    bound = kinds.pop() if len(kinds) == 1 else "approx"
    inclusive = next((hedge.inclusive for hedge in hedges if hedge.inclusive is not None), None)
    if bound == "at_least":
        return Bounds(low, low, None, bound, words, inclusive)
    if bound == "at_most":
        return Bounds(low, None, low, bound, words, inclusive)
    return Bounds(low, None, None, "approx", words, None)

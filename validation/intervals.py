"""What a stated figure can truly be: an interval, with the rounding the text itself uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

_DECIMALS = re.compile(r"[.．点](\d+|[〇零一二三四五六七八九]+)")
_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both possible; None is no bound on that side."""

    low: Fraction | None
    high: Fraction | None

    def meets(self, other: Interval) -> bool:
        """Whether both can be the same number.

        >>> Interval(Fraction(2), None).meets(Interval(Fraction(1), Fraction(2)))
        True
        """
        return _not_above(self.low, other.high) and _not_above(other.low, self.high)

    def surely_above(self, other: Interval) -> bool:
        """Whether the least of this is more than the most of the other."""
        return not _not_above(self.low, other.high)

    def surely_not_above(self, other: Interval) -> bool:
        """Whether the most of this is no more than the least of the other."""
        return self.high is not None and other.low is not None and self.high <= other.low

    @property
    def is_closed(self) -> bool:
        """Whether it is bounded on both sides, so that meeting it says something."""
        return self.low is not None and self.high is not None


def _not_above(low: Fraction | None, high: Fraction | None) -> bool:
    return low is None or high is None or low <= high


@lru_cache(maxsize=1 << 12)
def of_count(low: Any, high: Any) -> Interval:
    """From the columns low and high of a fact; 近, 约 have neither and could be anything."""
    return Interval(_fraction(low), _fraction(high))


@lru_cache(maxsize=1 << 12)
def of_rate(low: Any, high: Any, text: str) -> Interval:
    """A percentage as printed: 94.5% is what rounds or cuts off to 94.5, never above 100 nor below 0.

    >>> of_rate(Decimal("94.5"), Decimal("94.5"), "94.5%")
    Interval(low=Fraction(1889, 20), high=Fraction(473, 5))
    """
    least, most = _fraction(low), _fraction(high)
    if least is not None and least == most:
        step = Fraction(1, 10 ** decimals(text))
        return Interval(max(least - step / 2, Fraction(0)), min(least + step, _HUNDRED))
    return Interval(least if least is not None else Fraction(0), most if most is not None else _HUNDRED)


def decimals(text: str) -> int:
    """How many decimals the text prints: 94.5% has one, 百分之九十四 none.

    >>> decimals("94.55%"), decimals("百分之九十四点五"), decimals("全覆盖")
    (2, 1, 0)
    """
    found = _DECIMALS.search(text)
    return len(found[1]) if found else 0


def percentage(part: Interval, whole: Interval) -> Interval | None:
    """`part` of `whole` in per cent, at most 100; None where `whole` may be none at all or is unbounded."""
    if whole.low is None or whole.low <= 0:
        return None
    low = Fraction(0) if part.low is None or whole.high is None else part.low / whole.high * 100
    high = _HUNDRED if part.high is None else min(part.high / whole.low * 100, _HUNDRED)
    return Interval(min(low, _HUNDRED), high)


def total(parts: list[Interval]) -> Interval:
    """The sum of all; unbounded on a side as soon as one part is."""
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    return Interval(
        None if None in lows else sum((low for low in lows if low is not None), Fraction(0)),
        None if None in highs else sum((high for high in highs if high is not None), Fraction(0)),
    )


@lru_cache(maxsize=1 << 14)
def _fraction(figure: Decimal | float | None) -> Fraction | None:
    return None if figure is None else Fraction(figure)

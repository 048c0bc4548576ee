"""Months and days as reports name them: small numbers in either script, and the last day of a month."""

from __future__ import annotations

import calendar

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"两": 2, "十": 10}


def small(spelled: str) -> int:
    """A number below 100 in either script.

    >>> small("十二"), small("5"), small("两"), small("二十")
    (12, 5, 2, 20)
    """
    if spelled.isdecimal():
        return int(spelled)
    tens, mark, ones = spelled.rpartition("十")
    if not mark:
        return _DIGITS.get(spelled[-1], 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def month_end(year: int | None, month: int, day: str | None) -> str | None:
    """The day of a month named with or without one (15日), YYYY-MM-DD; its last where none is named."""
    if year is None or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    wanted = int(day[:-1]) if day and day[:-1].isdecimal() else last
    return f"{year:04d}-{month:02d}-{min(max(wanted, 1), last):02d}"

"""A spreadsheet's number as its reader sees it: 0.9841 in a cell formatted as 0.0% is 98.4%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0"}
_DATES = frozenset({14, 15, 16, 17, 22, 27, 28, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)|\[[^\]]*\]|_.|\*.")
_PLACES = re.compile(r"[0#?][0#?,]*(?:\.([0#?]+))?")
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """`places` after the decimal point, None for as many as there are; `after` is literal text (件)."""

    places: int | None = None
    is_percent: bool = False
    is_date: bool = False
    after: str = ""


def number_format(number: int, code: str | None) -> NumberFormat:
    """The format of a number in the styles part, with its code where it is not built in.

    >>> number_format(10, None)
    NumberFormat(places=2, is_percent=True, is_date=False, after='')
    >>> number_format(176, '0"件"').after
    '件'
    """
    if number in _DATES and code is None:
        return NumberFormat(is_date=True)
    positive = (code if code is not None else _BUILT_IN.get(number, "General")).split(";")[0]
    after = "".join(
        m[1] or m[2] or "" for m in _LITERAL.finditer(positive) if positive[: m.start()].strip(' ¥$"')
    )
    bare = _LITERAL.sub("", positive)
    places = _PLACES.search(bare)
    if places is None:
        return NumberFormat(is_date=bool(re.search(r"[yd]", bare, re.I)) and "general" not in bare.lower())
    decimals = places[1] or ""
    return NumberFormat(len(decimals) if "?" not in decimals else None, "%" in bare, after=after.strip())


def shown(stated: str, style: NumberFormat, from_1904: bool = False) -> str:
    """The number as shown, without thousands separators; empty for what is no number.

    >>> shown("0.98412698412698407", number_format(9, None)), shown("0.1", NumberFormat())
    ('98%', '0.1')
    >>> shown("45291", number_format(14, None))
    '2023-12-31'
    """
    try:
        value = Decimal(stated.strip())
    except InvalidOperation:
        return ""
    if not value.is_finite() or abs(value) >= _LARGEST:
        return ""
    if style.is_date:
        return _day(value, from_1904)
    with localcontext() as context:
        context.prec = 15  # what a spreadsheet calculates with; the digits after that are noise
        value = +value * (100 if style.is_percent else 1)
    if style.places is not None:
        value = value.quantize(Decimal(1).scaleb(-style.places), ROUND_HALF_UP)
    text = format(value.normalize(), "f") if style.places is None else format(value, "f")
    return text + ("%" if style.is_percent else "") + style.after


def _day(value: Decimal, from_1904: bool) -> str:
    """Days since the last day of 1899 (29 February 1900 counts, which never was) or since 1904."""
    days = int(value)
    if not 61 <= days < 80_000:
        return ""
    day = (date(1904, 1, 1) if from_1904 else date(1899, 12, 30)) + timedelta(days)
    return day.isoformat()

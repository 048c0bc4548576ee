"""A figure as the columns hold it.

Numbers are `Decimal(24, 6)`: eighteen digits before the point (a sum of yuan over the whole country
fits) and six behind it, and a type every client of DuckDB and Parquet knows. What does not fit is told,
never bent: a figure with more decimals (or a fraction such as 1/3) is rounded, `low` downwards and
`high` upwards so that the bounds stay true, with `is_rounded`; a figure of more than eighteen digits is
null with `is_overflow`, and validation sets it aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache

import polars as pl
import pyarrow as pa

from transforms.quantify.quantity import Exact
from transforms.tabulate.facts import Fact

NUMBER = pl.Decimal(24, 6)
LIMIT = Decimal(10) ** 18
_ARROW_NUMBER = pa.decimal128(24, 6)
_SIX = Decimal("0.000001")
_WIDE = Context(prec=60)
_INT32 = range(-(2**31), 2**31)

Figure = tuple[int | None, bool, bool]  # millionths, whether rounded, whether too large to hold
# value, low and high in millionths, whether one is rounded, whether one is too large to hold
Figures = tuple[int | None, int | None, int | None, bool, bool]
NONE: Figure = (None, False, False)
TOO_LARGE: Figure = (None, False, True)


def figures_of(fact: Fact) -> Figures:
    """Of a fact; its bounds are rounded away from each other."""
    value = _stored(fact.value, ROUND_HALF_EVEN)
    if fact.bound == "exact":
        if fact.low is fact.value is fact.high:
            millionths, is_rounded, is_overflow = value
            return millionths, millionths, millionths, is_rounded, is_overflow
        return _together(value, nearest(fact.low), nearest(fact.high))
    return _together(value, _stored(fact.low, ROUND_FLOOR), _stored(fact.high, ROUND_CEILING))


def _together(value: Figure, low: Figure, high: Figure) -> Figures:
    is_rounded = value[1] or low[1] or high[1]
    is_overflow = value[2] or low[2] or high[2]
    return value[0], low[0], high[0], is_rounded, is_overflow


def nearest(value: Exact | None) -> Figure:
    """A figure that is no bound."""
    return _stored(value, ROUND_HALF_EVEN)


@lru_cache(maxsize=1 << 14)
def _stored(value: Exact | None, rounding: str) -> Figure:
    if value is None:
        return NONE
    if isinstance(value, Decimal) and not value.is_finite():
        return TOO_LARGE
    if not -LIMIT < value < LIMIT:
        return TOO_LARGE
    millionths = _whole(value * 10**6, rounding) if isinstance(value, Fraction) else _cut(value, rounding)
    is_rounded = Fraction(millionths, 10**6) != value
    return (millionths, is_rounded, False) if abs(millionths) < LIMIT * 10**6 else TOO_LARGE


def _whole(value: Fraction, rounding: str) -> int:
    floor = value.numerator // value.denominator
    if rounding == ROUND_FLOOR:
        return floor
    return -(-value.numerator // value.denominator) if rounding == ROUND_CEILING else round(value)


def _cut(value: Decimal, rounding: str) -> int:
    return int(value.quantize(_SIX, rounding=rounding, context=_WIDE).scaleb(6, _WIDE))


def number_column(name: str, millionths: Sequence[int | None]) -> pl.Series:
    """Millionths as numbers, by way of Arrow: 64 bits hold all but the sums of a continent, and are ten
    times as fast as `Decimal`s.
    """
    try:
        whole = pa.array(millionths, type=pa.int64()).cast(pa.decimal128(24))
    except (OverflowError, pa.ArrowInvalid):
        whole = pa.array([None if m is None else Decimal(m) for m in millionths], type=pa.decimal128(24))
    same_bits = pa.Decimal128Array.from_buffers(_ARROW_NUMBER, len(whole), whole.buffers())
    return pl.Series(name, same_bits)


def int32(value: int | None) -> int | None:
    """None for a figure no column of years or offsets can hold (99999999999年); the text keeps it."""
    return value if value is not None and value in _INT32 else None

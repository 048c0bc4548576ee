"""What a number in Chinese text says: its value or its bounds, its measure word, its place."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Final, Literal, NamedTuple, cast

Exact = Decimal | Fraction
Bound = Literal["exact", "at_least", "at_most", "approx", "range"]

# What a numeral is; the ledger maps these kinds to its roles. Words that only hold a numeral character (一定)
# are none and never reported.
Kind = Literal[
    "quantity",  # has a Quantity
    "date",  # 2022年10月27日, 12.4, 2021—2025年, 一季度, 1—10月
    "clock",  # 24小时制 times of day: 9:30
    "duration",  # 近三年, 20个工作日, 5年来 (a length of time; carries a Quantity too)
    "ordinal",  # 第三届, 第3次
    "document_number",  # 〔2022〕126号, index numbers
    "citation",  # 第十九条, numbers inside 《》 that name a law or plan
    "list_marker",  # 一是, （一）, 1., ①
    "name",  # 八五普法, 十四五, 12345, 1+5, 一村一法律顾问, 三务公开
    "damaged",  # 202526号, 20212025年, 2***
    "furniture",  # page numbers, 浏览:76次
]


class Quantity(NamedTuple):
    """One number with its bounds, as written.

    exact: low = value = high. at_least: low = value, high None. at_most: high = value, low None. approx:
    both None. range: low and high, value None. `unit` is the measure word in Simplified script without hedge
    (人次, 场次, 元 for 万元, % for 百分之…), None where none is written. `hedge` is the hedge in Simplified
    script (余, 以上; 近…余 where there are two), `inclusive` whether the stated figure itself belongs to the
    bound (以上 yes, 超 no, None where the bound is exact or the language leaves it open).
    `start`/`end` span the number phrase with hedge, 各 and measure word in the text that was given.
    """

    value: Exact | None
    low: Exact | None
    high: Exact | None
    bound: Bound
    unit: str | None
    start: int
    end: int
    hedge: str | None = None
    inclusive: bool | None = None
    each: bool = False  # 各4次: holds for each of several nouns


class Numeral(NamedTuple):
    """One numeral of the text, once: a quantity, or something that only looks like one, and which."""

    start: int
    end: int
    kind: Kind
    quantity: Quantity | None = None
    rule: str = ""  # which part of the grammar or lexicon said so


# As Quantity(...) and Numeral(...) of all fields in a row, at a third of the cost: a report has dozens.
quantity_of: Final = cast(
    "Callable[[tuple[Exact | None, Exact | None, Exact | None, Bound, str | None, int, int,"
    " str | None, bool | None, bool]], Quantity]",
    partial(tuple.__new__, Quantity),
)
numeral_of: Final = cast(
    "Callable[[tuple[int, int, Kind, Quantity | None, str]], Numeral]", partial(tuple.__new__, Numeral)
)

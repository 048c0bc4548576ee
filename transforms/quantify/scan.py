"""The state of one reading: the folded text and the numerals found so far."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from transforms.quantify.hedges import Bounds
from transforms.quantify.quantity import Kind, Numeral, Quantity, numeral_of, quantity_of

Match = re.Match[str]


class Scan:
    """Numerals found so far in `text` (folded); `end` is where the last of them ends."""

    __slots__ = ("end", "found", "read", "text")

    read: Callable[[Scan, int, int], None]

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Numeral] = []
        self.end = 0

    def add(self, start: int, end: int, kind: Kind, *, rule: str, quantity: Quantity | None = None) -> None:
        self.found.append(numeral_of((start, end, kind, quantity, rule)))
        self.end = end

    def add_bounds(
        self,
        start: int,
        end: int,
        said: Bounds,
        unit: str | None,
        *,
        rule: str,
        duration: bool = False,
        each: bool = False,
    ) -> None:
        value, low, high, bound, hedge, inclusive = said
        quantity = quantity_of((value, low, high, bound, unit, start, end, hedge, inclusive, each))
        kind: Kind = "duration" if duration else "quantity"
        self.found.append(numeral_of((start, end, kind, quantity, rule)))
        self.end = end

    def add_exact(self, start: int, end: int, value: Decimal, unit: str | None) -> None:
        quantity = quantity_of((value, value, value, "exact", unit, start, end, None, None, False))
        self.found.append(numeral_of((start, end, "quantity", quantity, "count")))
        self.end = end

    def add_quantity(self, start: int, end: int, value: Decimal, unit: str | None, rule: str) -> None:
        self.add_bounds(start, end, Bounds(value, value, value, "exact", None, None), unit, rule=rule)

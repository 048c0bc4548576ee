"""A character on a page, as every reader of paged formats finds it."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character and its box."""

    left: float
    bottom: float
    right: float
    top: float
    character: str


def width_of(character: str) -> float:
    """How wide it is printed, in full characters.

    >>> width_of("件"), width_of("4")
    (1.0, 0.5)
    """
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5

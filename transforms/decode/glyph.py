"""A character on a page, as every reader of paged formats finds it."""

from __future__ import annotations

from typing import NamedTuple


class Glyph(NamedTuple):
    """One character and its box."""

    left: float
    bottom: float
    right: float
    top: float
    character: str

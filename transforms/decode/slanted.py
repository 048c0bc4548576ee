"""Text set aslant across a page: a watermark, whose characters would fall among those of lines it crosses."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeVar

STRAIGHT = 5.0  # degrees; what a page that was laid on a scanner by hand leans
_Piece = TypeVar("_Piece")


def is_slanted(angle: float) -> bool:
    """Whether a text that runs at this angle, in radians, is neither level nor upright.

    >>> is_slanted(math.radians(45)), is_slanted(math.radians(-91)), is_slanted(0.0)
    (True, False, False)
    """
    return abs((math.degrees(angle) + 45) % 90 - 45) > STRAIGHT


def without_slanted(
    pieces: Iterable[tuple[_Piece, float]], count: Sequence[int] | None = None
) -> list[_Piece]:
    """The pieces of a page, each given with its angle, but those aslant; all, where most of it is so.

    `count` says how many characters each holds, one where nothing is said.
    """
    every = list(pieces)
    aslant = [is_slanted(angle) for _, angle in every]
    if True not in aslant:
        return [piece for piece, _ in every]
    counts = count or [1] * len(every)
    crossing = sum(many for many, slanted in zip(counts, aslant, strict=True) if slanted)
    if 2 * crossing >= sum(counts):
        return [piece for piece, _ in every]
    return [piece for (piece, _), slanted in zip(every, aslant, strict=True) if not slanted]

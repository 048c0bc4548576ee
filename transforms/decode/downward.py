"""Pages set in columns from top to bottom, the first at the right: turned, so that each column is a line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transforms.decode.glyph import Glyph

FARTHEST = 2.5  # character heights from one character of a column to the next
ASIDE = 0.4  # of a character's height; narrow figures stand in the middle of a column
TIMES = 4  # as often down as across; a narrow table has some words set downwards too


def runs_downward(glyphs: Sequence[Glyph]) -> bool:
    """Whether the characters of a page follow each other downwards, in the order they are drawn in."""
    down = across = 0
    for a, b in pairwise(glyphs):
        tall = max(a.top - a.bottom, b.top - b.bottom)
        if abs(a.left + a.right - b.left - b.right) < 2 * ASIDE * tall:
            down += 0 < a.bottom - b.bottom < FARTHEST * tall
        else:
            across += abs(a.bottom - b.bottom) < ASIDE * tall and a.left < b.left
    return 2 * down > len(glyphs) and down > TIMES * across


def turned_level(glyphs: Sequence[Glyph], height: float) -> list[Glyph]:
    """The characters of a page `height` points high, as if its columns were lines.

    >>> turned_level([Glyph(500, 700, 514, 714, "镇")], 842)
    [Glyph(left=128, bottom=500, right=142, top=514, character='镇')]
    """
    return [Glyph(height - g.top, g.left, height - g.bottom, g.right, g.character) for g in glyphs]

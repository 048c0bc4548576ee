"""A second look at gaps of a line in which something is printed and nothing was read.

Between a numeral and its heading (二、存在的问题) the recogniser at times passes over the 、, without
a trace of it; the same gap cut out with a character on either side shows it. Few lines have such gaps.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from transforms.decode.character_steps import Sign
from transforms.decode.glyph import width_of

if TYPE_CHECKING:
    import numpy as np

    Strip = np.ndarray[Any, Any]
    Read = Callable[[list[Strip]], Sequence[list[Sign]]]

FEWEST = 6  # characters of a line that tells how wide one is
WIDE = 0.6  # of a full character; a wider gap holds one
MOST = 2  # characters of a gap; more is a blank between two cells
DARK = 110  # of 255
LEAST_INK = 12  # dark points
MOST_LOOKS = 60  # on a page


def looked_again(strips: Sequence[Strip], lines: Sequence[list[Sign]], read: Read) -> list[list[Sign]]:
    """The signs of each line, with those that a second look finds in its gaps."""
    gaps = [(n, *gap) for n, signs in enumerate(lines) for gap in _gaps(strips[n], signs)][:MOST_LOOKS]
    if not gaps:
        return list(lines)
    cut = read([strips[n][:, left:right] for n, _, left, right in gaps])
    whole = [list(signs) for signs in lines]
    for (n, place, _, _), again in reversed(list(zip(gaps, cut, strict=True))):
        before, after = lines[n][place], lines[n][place + 1]
        middle = (before.place + after.place) / 2
        whole[n][place + 1 : place + 1] = [s._replace(place=middle) for s in _between(before, after, again)]
    return whole


def _gaps(strip: Strip, signs: Sequence[Sign]) -> Iterator[tuple[int, int, int]]:
    """Wide gaps with print in them: the sign before, and the stretch of the strip from it to the next."""
    if len(signs) < FEWEST:
        return
    wide = [width_of(sign.character) for sign in signs]
    steps = [
        (after.place - before.place, (a + b) / 2)
        for before, after, a, b in zip(signs, signs[1:], wide, wide[1:], strict=False)
    ]
    full = median(step / expected for step, expected in steps)
    size = strip.shape[1]
    for n, (step, expected) in enumerate(steps):
        if " " in (signs[n].character, signs[n + 1].character):
            continue
        if WIDE * full < step - expected * full < (MOST + WIDE) * full:
            first, last = signs[n].place, signs[n + 1].place
            inside = strip[:, int((first + 0.5 * full) * size) : int((last - 0.5 * full) * size)]
            if (inside.min(axis=2, initial=255) < DARK).sum() >= LEAST_INK:
                yield n, max(0, int((first - full) * size)), int((last + full) * size)


def _between(before: Sign, after: Sign, again: Sequence[Sign]) -> Sequence[Sign]:
    """What the second look reads between the two characters, if it reads them as the first did."""
    inside = again[1:-1]
    if not 1 <= len(inside) <= MOST or any(sign.character == " " for sign in inside):
        return ()
    return inside if _is_same(before, again[0]) and _is_same(after, again[-1]) else ()


def _is_same(one: Sign, other: Sign) -> bool:
    forms = {unicodedata.normalize("NFKC", sign.character) for sign in (one, other)}
    return len(forms) == 1

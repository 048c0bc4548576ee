"""The straight lines drawn on a picture of a page: those of its tables (ruled_tables.py)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from transforms.decode.askew import turned

if TYPE_CHECKING:
    import numpy as np

DARK = 160  # of 255; a thin line of a coarse scan is grey
LONG = 0.06  # of the page's width: no stroke or dash of a character is as long
THICK = 0.006
STRAY = 3  # points by which a line may stray across its direction


def rules_on(image: np.ndarray[Any, Any], lean: float) -> list[list[int]]:
    """Lines as [left, top, right, bottom] in points of the page turned upright (askew.py)."""
    import cv2
    import numpy as np

    dark = (image.min(axis=2) < DARK).astype(np.uint8)
    if lean:
        sine, cosine = math.sin(lean), math.cos(lean)
        turn = np.array([[cosine, sine, 0], [-sine, cosine, 0]], dtype=np.float32)
        dark = cv2.warpAffine(dark, turn, dark.shape[::-1], flags=cv2.INTER_NEAREST)
    long = int(LONG * image.shape[1])
    return [*_lines(dark, (STRAY, 1), (1, long)), *_lines(dark, (1, STRAY), (long, 1))]


def without_rules(
    dark: np.ndarray[Any, Any], rules: Sequence[Sequence[int]], lean: float
) -> np.ndarray[Any, Any]:
    """The dark points of the page as it lies, those of its rules left out."""
    import cv2
    import numpy as np

    kept = dark.astype(np.uint8)
    for left, top, right, bottom in rules:
        is_flat = right - left > bottom - top
        middle = (top + bottom) / 2 if is_flat else (left + right) / 2
        ends = ((left, middle), (right, middle)) if is_flat else ((middle, top), (middle, bottom))
        first, last = (tuple(map(round, turned(x, y, -lean))) for x, y in ends)
        cv2.line(kept, first, last, 0, thickness=min(right - left, bottom - top) + 2 * STRAY)
    return kept.astype(bool)


def _lines(dark: np.ndarray[Any, Any], stray: tuple[int, int], long: tuple[int, int]) -> Iterator[list[int]]:
    """Stretches of dark points; the sizes are heights and widths in points."""
    import cv2
    import numpy as np

    wide = cv2.dilate(dark, np.ones(stray, np.uint8))
    kept = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones(long, np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    thickest = THICK * dark.shape[1] + STRAY
    for left, top, width, height, _ in stats[1:count].tolist():
        if min(width, height) <= thickest:
            yield [left, top, left + width, top + height]

"""Pages that lie askew: by what angle, and where their points stand once they are turned upright."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import Any

LONG = 10  # characters; the box of a short line tells no angle


def lean_of(lines: Sequence[Any]) -> float:
    """The angle, in radians, of the long lines of a page; a line is [corners, text, ...]."""
    edges = [(c[1][0] - c[0][0], c[1][1] - c[0][1]) for c, text, *_ in lines if len(text) > LONG]
    return median(math.atan2(y, x) for x, y in edges) if edges else 0.0


def turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """The point after the page is turned back about its upper left corner; y downwards.

    >>> [round(v, 6) for v in turned(0.0, 2.0, math.pi / 2)]
    [2.0, 0.0]
    """
    sine, cosine = math.sin(angle), math.cos(angle)
    return x * cosine + y * sine, y * cosine - x * sine

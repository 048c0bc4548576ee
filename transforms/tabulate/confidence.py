"""From the rank of a reading to the share of such readings that are right."""

from __future__ import annotations

from bisect import bisect_right

# Lower edge of each bin of scores, and the share of right facts among those measured in it
# (`make score` prints the bins; measured on case banks not used to write the rules).
BINS: tuple[tuple[float, float], ...] = ((0.0, 0.6), (0.7, 0.75), (0.8, 0.85), (0.9, 0.93), (0.98, 0.97))
_EDGES = [edge for edge, _ in BINS]


def confidence(score: float) -> float:
    """Share of right facts among readings of such a score.

    >>> confidence(1.04) > confidence(0.75)
    True
    """
    return BINS[max(bisect_right(_EDGES, score) - 1, 0)][1]

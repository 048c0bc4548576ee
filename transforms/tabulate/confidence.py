"""From the rank of a reading to the share of such readings that are right."""

from __future__ import annotations

from bisect import bisect_right

# Lower edge of each bin of scores, and the share of right facts measured in it, made monotone: our own
# three banks (1,107 facts) read before a rule had learned from them; `make score` prints the bins anew.
#   below 0.70: 3 of 7   0.70: 25 of 36   0.85: 30 of 38   0.95: 825 of 864   1.05: 160 of 163
BINS: tuple[tuple[float, float], ...] = ((0.0, 0.5), (0.7, 0.7), (0.85, 0.8), (0.95, 0.95), (1.05, 0.98))
_EDGES = [edge for edge, _ in BINS]
# Facts stated in words carry no number to misread; measured beside the others.
WORDED = 0.95


def confidence(score: float) -> float:
    """Share of right facts among readings of such a score.

    >>> confidence(0.5), confidence(1.01)
    (0.5, 0.95)
    """
    return BINS[max(bisect_right(_EDGES, score) - 1, 0)][1]

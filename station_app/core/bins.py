"""The fixed bins in which scores and times are counted by the hour. Pure.

Fixed, so that hours can be added up for ever: a score's bins are fine near 0 and near 1, where a good model has most
of its parts; a time's bins are 24 a decade, each 10 % wide.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

_FINE_FROM, _FINE_UNTIL, _FINE, _MIDDLE = 1e-4, 0.04, 20, 56
_LEAST_MS, _DECADES, _A_DECADE = 0.1, 6, 24


def _score_edges() -> tuple[float, ...]:
    ratio = (_FINE_UNTIL / _FINE_FROM) ** (1 / _FINE)
    low = [_FINE_FROM * ratio**step for step in range(_FINE)]
    step = (1 - 2 * _FINE_UNTIL) / _MIDDLE
    middle = [_FINE_UNTIL + step * number for number in range(_MIDDLE + 1)]
    return (*low, *middle, *(1 - edge for edge in reversed(low)))


SCORE_EDGES = _score_edges()
"""The inner edges: bin 0 lies below the first, the last bin from the last edge on."""
SCORE_BINS = len(SCORE_EDGES) + 1
TIME_EDGES_MS = tuple(_LEAST_MS * 10 ** (step / _A_DECADE) for step in range(_DECADES * _A_DECADE + 1))
"""From 0.1 ms to 100 s; what is quicker or slower is in the first and last bin."""
TIME_BINS = len(TIME_EDGES_MS) + 1

SCORE_MIDDLES = tuple((a + b) / 2 for a, b in zip((0.0, *SCORE_EDGES), (*SCORE_EDGES, 1.0), strict=True))
TIME_MIDDLES_MS = (
    TIME_EDGES_MS[0],
    *(math.sqrt(a * b) for a, b in pairwise(TIME_EDGES_MS)),
    TIME_EDGES_MS[-1],
)


def score_bin(score: float) -> int | None:
    """The bin of a score, None for what is no score."""
    return bisect_right(SCORE_EDGES, score) if 0 <= score <= 1 else None


def time_bin(ms: float) -> int | None:
    """The bin of a time, None where none was measured."""
    return bisect_right(TIME_EDGES_MS, ms) if 0 < ms < math.inf else None


def time_quantile(counts: Sequence[int], share: float) -> float | None:
    """The time in ms below which this share of those counted lies, evenly in the logarithm within its bin; None where
    none was counted. It is off by at most the width of a bin, 10 %."""
    wanted, so_far = share * sum(counts), 0
    if not sum(counts):
        return None
    for number, count in enumerate(counts):
        if count and so_far + count >= wanted:
            return _within(number, (wanted - so_far) / count)
        so_far += count
    return TIME_EDGES_MS[-1]


def _within(number: int, share: float) -> float:
    if number in (0, TIME_BINS - 1):
        return TIME_MIDDLES_MS[number]
    low, high = TIME_EDGES_MS[number - 1], TIME_EDGES_MS[number]
    return float(low * (high / low) ** share)

"""How much worse one of two models may be on the same parts: a bound on the difference of two paired shares. Pure.

Tango, Equivalence test and confidence interval for the difference in proportions for the paired-sample design,
Statistics in Medicine 17:891 (1998): the score test inverted. It keeps close to its level where few pairs differ, and
says something also where none does: then the bound is z^2 / (n + z^2), which falls with the number of pairs alone.
"""

import math
from statistics import NormalDist

from station_app.quality.estimate import CONFIDENCE, check_confidence

_STEPS = 60


def difference_bound(more: int, fewer: int, pairs: int, confidence: float = CONFIDENCE) -> float:
    """The one-sided upper bound of the share of the second minus the share of the first, within -1 and 1.

    Of `pairs` in all, `more` have the event with the second alone, `fewer` with the first alone. Without pairs it is 1.
    """
    check_confidence(confidence)
    if min(more, fewer) < 0 or pairs < more + fewer:
        raise ValueError(f"{more} and {fewer} of {pairs} are no pairs")
    if not pairs:
        return 1.0
    low, high = (more - fewer) / pairs, 1.0
    z = NormalDist().inv_cdf(confidence)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _score(more, fewer, pairs, middle) > -z:
            low = middle
        else:
            high = middle
    return high


def pairs_needed(margin: float, confidence: float = CONFIDENCE) -> int:
    """How many pairs, not one of them differing, bring the bound down to `margin`."""
    check_confidence(confidence)
    if not 0 < margin < 1:
        raise ValueError("a margin lies within 0 and 1")
    z = NormalDist().inv_cdf(confidence)
    return max(1, math.ceil(z * z * (1 - margin) / margin - 1e-9))


def _score(more: int, fewer: int, pairs: int, delta: float) -> float:
    """Tango's statistic for a true difference of `delta`; it falls as `delta` rises."""
    a = 2 * pairs
    b = (2 * pairs - more + fewer) * delta - more - fewer
    c = -fewer * delta * (1 - delta)
    # The most likely share of pairs with the event in the first alone, given the difference.
    first_only = (math.sqrt(max(0.0, b * b - 4 * a * c)) - b) / (2 * a)
    variance = pairs * (2 * first_only + delta * (1 - delta))
    distance = more - fewer - pairs * delta
    if variance <= 0:
        return -math.inf if distance < 0 else 0.0
    return distance / math.sqrt(variance)

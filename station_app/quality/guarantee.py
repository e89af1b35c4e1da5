"""The highest review threshold that keeps a promise about missed defects, and what a given one proves. Pure.

The promise is made on a set of independent bad parts, by class where classes matter: with the one-sided exact bound of
the missed share at most the limit. Tested from the safe side up (Learn then Test: Angelopoulos et al. 2021), so the
confidence is kept although the threshold is chosen on the same parts. Taking the observed share instead breaks a 2 %
promise in 57-74 % of simulated cases. The promise ends with the conditions: after drift, a change of light or of model
it is void.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_app.quality.estimate import CONFIDENCE, CannotSay, Lack, Method
from station_app.quality.intervals import Share, clopper_pearson, reviews_needed, upper_bound


@dataclass(frozen=True, slots=True)
class Guarantee:
    """With `confidence`, at most `limit` of bad parts score below `threshold`; `count` of `total` did in the set."""

    threshold: float
    limit: float
    bound: float
    count: int
    total: int
    confidence: float
    method: Method


def missed_share(bad_scores: NDArray[np.float64], review: float, confidence: float = CONFIDENCE) -> Share:
    """The share of bad parts that would pass at this review threshold, with the exact interval."""
    _check(bad_scores)
    return clopper_pearson(int((bad_scores < review).sum()), len(bad_scores), confidence)


def guaranteed_threshold(
    bad_scores: NDArray[np.float64], limit: float, confidence: float = CONFIDENCE
) -> Guarantee | CannotSay:
    """The highest threshold that keeps the promise, or how many bad parts are missing for any (149 for 2 % at 95 %)."""
    _check(bad_scores)
    total, needed = len(bad_scores), reviews_needed(limit, confidence)
    if total < needed:
        return CannotSay(Lack.BAD_PARTS, needed - total)
    allowed = _allowed_misses(total, limit, confidence)
    threshold = float(np.partition(bad_scores, allowed)[allowed])
    count = int((bad_scores < threshold).sum())
    bound = upper_bound(count, total, confidence)
    return Guarantee(threshold, limit, bound, count, total, confidence, Method.CLOPPER_PEARSON)


def _allowed_misses(total: int, limit: float, confidence: float) -> int:
    """The most misses whose bound is still within the limit; none always is, and all never."""
    low, high = 0, total
    while high - low > 1:
        middle = (low + high) // 2
        if upper_bound(middle, total, confidence) <= limit:
            low = middle
        else:
            high = middle
    return low


def _check(scores: NDArray[np.float64]) -> None:
    # NaN is not below any threshold and would count as caught.
    if not ((scores >= 0) & (scores <= 1)).all():
        raise ValueError("a score lies within 0 and 1")

"""Where to set the two thresholds, from the validation images alone. Pure.

All labels share one pair: a handful of defects of each kind proves nothing about a threshold of its own.
"""

import numpy as np
from numpy.typing import NDArray

from station_app.core.recipe import Thresholds

UNPROVED = Thresholds(0.35, 0.65)


def choose_thresholds(
    good: NDArray[np.float64],
    defective: NDArray[np.float64],
    overkill: float,
    weights: NDArray[np.float64] | None = None,
) -> Thresholds:
    """Thresholds for the highest scores of good and of defective images; `weights` are those of the good ones.

    At most the share `overkill` of the good ones, by weight, asks for review, and none of them fails. Between the good
    scores and the next defective one there is a gap: review stands at its first third, fail at its second. Without good
    images nothing can be chosen, and `UNPROVED` is given.
    """
    if not good.size:
        return UNPROVED
    order = np.argsort(good, kind="stable")[::-1]
    ranked = good[order]
    gathered = np.cumsum(np.ones(good.size) if weights is None else weights[order])
    allowed = min(int((gathered <= overkill * gathered[-1]).sum()), ranked.size - 1)
    review = _within_gap(float(ranked[allowed]), defective, 1 / 3)
    fail = _within_gap(float(ranked[0]), defective, 2 / 3)
    return Thresholds(review, max(review, fail))


def _within_gap(below: float, defective: NDArray[np.float64], share: float) -> float:
    above = defective[defective > below]
    ceiling = float(above.min()) if above.size else 1.0
    return min(1.0, below + share * (ceiling - below))

"""Confidence intervals of a share. Clopper-Pearson for every claim, Wilson for display. Pure; see `incomplete_beta`."""

import math
from dataclasses import dataclass

from station_app.quality.estimate import CONFIDENCE, Estimate, Method, check_confidence
from station_app.quality.incomplete_beta import inverse_incomplete_beta
from station_app.quality.quantiles import normal_two_sided


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`, and the interval within which the true share lies; no total means that nothing is known."""

    count: int
    total: int
    low: float
    high: float
    confidence: float
    method: Method

    @property
    def value(self) -> float:
        """The observed share; 0 where nothing was observed."""
        return self.count / self.total if self.total else 0.0

    def scaled(self, factor: float = 1.0) -> Estimate:
        """The same in other units: `factor` times the share."""
        low, high = factor * self.low, factor * self.high
        return Estimate(factor * self.value, self.count, self.total, low, high, self.confidence, self.method)


def clopper_pearson(count: int, total: int, confidence: float = CONFIDENCE) -> Share:
    """The exact two-sided interval: it holds the true share at least as often as `confidence` says."""
    _check(count, total, confidence)
    low, high = exact_limits(count, total, confidence)
    return Share(count, total, low, high, confidence, Method.CLOPPER_PEARSON)


def exact_limits(count: float, total: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The Clopper-Pearson limits, also of an effective count and total that are no whole numbers."""
    tail = (1 - confidence) / 2
    low = inverse_incomplete_beta(count, total - count + 1, tail) if count > 0 else 0.0
    high = inverse_incomplete_beta(count + 1, total - count, 1 - tail) if count < total else 1.0
    return low, high


def upper_bound(count: int, total: int, confidence: float = CONFIDENCE) -> float:
    """The one-sided exact bound that the true share stays below: what a guarantee may promise."""
    _check(count, total, confidence)
    return inverse_incomplete_beta(count + 1, total - count, confidence) if count < total else 1.0


def wilson(count: int, total: int, confidence: float = CONFIDENCE) -> Share:
    """The score interval: on average about right, for display; never for a claim."""
    _check(count, total, confidence)
    if total == 0:
        return Share(count, total, 0.0, 1.0, confidence, Method.WILSON)
    z = normal_two_sided(confidence)
    share, spread = count / total, z * z / total
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == total else min(1.0, centre + half)
    return Share(count, total, low, high, confidence, Method.WILSON)


def reviews_needed(share: float, confidence: float = CONFIDENCE) -> int:
    """How many good reviews without one event prove that the true share is below `share`."""
    check_confidence(confidence)
    if not 0 < share < 1:
        raise ValueError("a share to prove lies within 0 and 1")
    return math.ceil(math.log(1 - confidence) / math.log1p(-share))


def _check(count: int, total: int, confidence: float) -> None:
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no share")
    check_confidence(confidence)

"""Intervals of counts and of weighted sums of counts. Pure.

Fay and Feuer, Confidence intervals for directly standardized rates: a method based on the gamma distribution,
Statistics in Medicine 16 (1997) 791-801. With one weight it is Garwood's exact interval of a Poisson count.
"""

from collections.abc import Sequence

from station_app.quality.estimate import CONFIDENCE, check_confidence
from station_app.quality.incomplete_gamma import inverse_incomplete_gamma


def fay_feuer(weights: Sequence[float], counts: Sequence[int], confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Low and high of the expected sum of weight x count; every weight above 0, also those whose count is 0."""
    check_confidence(confidence)
    tail = (1 - confidence) / 2
    return _lower(weights, counts, tail), weighted_upper_bound(weights, counts, 1 - tail)


def weighted_upper_bound(weights: Sequence[float], counts: Sequence[int], confidence: float = CONFIDENCE) -> float:
    """The one-sided bound that the expected sum stays below. The widest weight stands for the next event unseen."""
    widest = max(weights)
    mean = sum(w * x for w, x in zip(weights, counts, strict=True)) + widest
    variance = sum(w * w * x for w, x in zip(weights, counts, strict=True)) + widest * widest
    return variance / mean * inverse_incomplete_gamma(mean * mean / variance, confidence)


def poisson_exact(count: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Low and high of the expected count (Garwood 1936)."""
    if count < 0:
        raise ValueError("a count is not negative")
    return fay_feuer([1.0], [count], confidence)


def _lower(weights: Sequence[float], counts: Sequence[int], tail: float) -> float:
    mean = sum(w * x for w, x in zip(weights, counts, strict=True))
    variance = sum(w * w * x for w, x in zip(weights, counts, strict=True))
    if mean <= 0:
        return 0.0
    return variance / mean * inverse_incomplete_gamma(mean * mean / variance, tail)

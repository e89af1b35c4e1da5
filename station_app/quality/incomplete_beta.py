"""The regularised incomplete beta function and its inverse, the special function that exact intervals need. Pure."""

import math
from functools import partial
from statistics import NormalDist

from station_app.quality.rising_root import rising_root

_TINY = 1e-300
_MAX_TERMS = 10_000
_PRECISION = 1e-16


def incomplete_beta(a: float, b: float, x: float) -> float:
    """I_x(a, b), the probability that a beta variable is at most x; a and b above 0."""
    if not (a > 0 and b > 0):
        raise ValueError("a and b must be above 0")
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(_log_front(a, b, x))
    # The fraction converges fast on this side of the mean only; the other side is its mirror image.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1 - x) / b


def inverse_incomplete_beta(a: float, b: float, probability: float) -> float:
    """The x at which I_x(a, b) is `probability`; right to the last digits."""
    if not 0 <= probability <= 1:
        raise ValueError("a probability lies within 0 and 1")
    if probability in (0.0, 1.0):
        return probability

    def density(x: float) -> float:
        return math.exp(_log_front(a, b, x)) / (x * (1 - x))

    mean = a / (a + b)
    spread = math.sqrt(mean * (1 - mean) / (a + b + 1))
    guess = mean + NormalDist().inv_cdf(probability) * spread
    return rising_root(partial(incomplete_beta, a, b), density, probability, (0.0, 1.0), guess)


def _log_front(a: float, b: float, x: float) -> float:
    return math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)


def _fraction(a: float, b: float, x: float) -> float:
    """Lentz's evaluation of the continued fraction of I_x(a, b)."""
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MAX_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            value *= c * d
        if abs(c * d - 1.0) < _PRECISION:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY

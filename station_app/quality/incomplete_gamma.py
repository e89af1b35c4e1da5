"""The regularised incomplete gamma function and its inverse: intervals of counts and of weighted counts. Pure."""

import math
from functools import partial
from statistics import NormalDist

from station_app.quality.rising_root import rising_root

_TINY = 1e-300
_MAX_TERMS = 100_000
_PRECISION = 1e-16


def incomplete_gamma(shape: float, x: float) -> float:
    """P(shape, x), the probability that a gamma variable of scale 1 is at most x; shape above 0."""
    if not shape > 0:
        raise ValueError("shape must be above 0")
    if x <= 0:
        return 0.0
    # Each form converges fast on its own side of the mean only.
    if x < shape + 1:
        return math.exp(_log_front(shape, x)) * _series(shape, x)
    return 1.0 - math.exp(_log_front(shape, x)) * _fraction(shape, x)


def inverse_incomplete_gamma(shape: float, probability: float) -> float:
    """The x at which P(shape, x) is `probability`; infinite at 1."""
    if not 0 <= probability <= 1:
        raise ValueError("a probability lies within 0 and 1")
    if probability in (0.0, 1.0):
        return 0.0 if probability == 0 else math.inf

    def density(x: float) -> float:
        return math.exp(_log_front(shape, x)) / x

    high = shape + 1.0
    while incomplete_gamma(shape, high) < probability:
        high *= 2
    return rising_root(partial(incomplete_gamma, shape), density, probability, (0.0, high), _guess(shape, probability))


def _guess(shape: float, probability: float) -> float:
    """Wilson and Hilferty's cube of a normal variable (1931)."""
    spread = 1 / (9 * shape)
    return shape * (1 - spread + NormalDist().inv_cdf(probability) * math.sqrt(spread)) ** 3


def _log_front(shape: float, x: float) -> float:
    return shape * math.log(x) - x - math.lgamma(shape)


def _series(shape: float, x: float) -> float:
    term = value = 1 / shape
    for n in range(1, _MAX_TERMS):
        term *= x / (shape + n)
        value += term
        if term < value * _PRECISION:
            break
    return value


def _fraction(shape: float, x: float) -> float:
    """Lentz's evaluation of the continued fraction of the upper tail."""
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    value = d
    for n in range(1, _MAX_TERMS):
        term = n * (shape - n)
        b += 2
        d = 1 / _away_from_zero(b + term * d)
        c = _away_from_zero(b + term / c)
        value *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY

"""Quantiles of the distributions that intervals and critical values are read from. Pure."""

import math
from functools import lru_cache
from statistics import NormalDist

from station_app.quality.incomplete_beta import inverse_incomplete_beta
from station_app.quality.incomplete_gamma import inverse_incomplete_gamma


def normal_two_sided(confidence: float) -> float:
    """The z between whose negative and itself a standard normal variable lies with this confidence."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def chi_square_quantile(freedom: float, probability: float) -> float:
    """The x below which a chi-square variable of `freedom` degrees lies with this probability."""
    return 2 * inverse_incomplete_gamma(freedom / 2, probability)


@lru_cache(maxsize=64)
def student_t_two_sided(freedom: float, confidence: float) -> float:
    """The t between whose negative and itself Student's variable of `freedom` degrees lies with this confidence."""
    x = inverse_incomplete_beta(0.5, freedom / 2, confidence)
    return math.sqrt(freedom * x / (1 - x))

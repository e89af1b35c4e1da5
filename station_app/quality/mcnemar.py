"""Whether two appraisers, or two models, differ on the same parts: McNemar's test on what only one got right. Pure.

Fagerland, Lydersen and Laake, The McNemar test for binary matched-pairs data, BMC Medical Research Methodology 13:91
(2013): the mid-p test keeps its level and finds more than the exact one, which never exceeds it.
"""

import math
from dataclasses import dataclass

from station_app.quality.estimate import CONFIDENCE, CannotSay, Lack
from station_app.quality.incomplete_beta import incomplete_beta
from station_app.quality.intervals import Share, clopper_pearson

EXACT_PAIRS = 4000
"""Up to so many differing pairs the sum is one of whole numbers; beyond, that takes too long for a screen."""


@dataclass(frozen=True, slots=True)
class McNemar:
    """`first` is the share of the differing pairs that the first alone got right; one half says no difference."""

    first: Share
    pairs: int
    exact_p: float
    mid_p: float


def mcnemar(only_first: int, only_second: int, pairs: int, confidence: float = CONFIDENCE) -> McNemar | CannotSay:
    """The two-sided test of `pairs` in all; pairs on which both agree say nothing about which is better."""
    differing = only_first + only_second
    if min(only_first, only_second) < 0 or pairs < differing:
        raise ValueError(f"{only_first} and {only_second} of {pairs} are no pairs")
    if not differing:
        return CannotSay(Lack.DECISIONS, 1)
    fewer = min(only_first, only_second)
    tail, point = _tail(fewer, differing)
    share = clopper_pearson(only_first, differing, confidence)
    return McNemar(share, pairs, min(1.0, 2 * tail), 2 * tail - point)


def _tail(fewer: int, differing: int) -> tuple[float, float]:
    """The chance of at most `fewer`, and of exactly so many, among `differing` throws of a coin."""
    if differing > EXACT_PAIRS:
        rest = differing - fewer
        point = math.exp(-differing * math.log(2) - _log_beta(fewer + 1, rest + 1) - math.log(differing + 1))
        return incomplete_beta(rest, fewer + 1, 0.5), point
    # Whole numbers first: their ratio is right to the last digit.
    term = total = 1
    for k in range(fewer):
        term = term * (differing - k) // (k + 1)
        total += term
    whole = 2**differing
    return total / whole, term / whole


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

"""Whether two appraisers, or two models, differ on the same parts: McNemar's test on what only one got right. Pure.

Fagerland, Lydersen and Laake, The McNemar test for binary matched-pairs data, BMC Medical Research Methodology 13:91
(2013): the mid-p test keeps its level and finds more than the exact one, which never exceeds it.
"""

from dataclasses import dataclass
from math import comb

from station_app.quality.estimate import CONFIDENCE, CannotSay, Lack
from station_app.quality.intervals import Share, clopper_pearson


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
    # Whole numbers first: their ratio is right to the last digit, however many pairs there are.
    tail, point, whole = sum(comb(differing, k) for k in range(fewer + 1)), comb(differing, fewer), 2**differing
    share = clopper_pearson(only_first, differing, confidence)
    return McNemar(share, pairs, min(1.0, 2 * tail / whole), (2 * tail - point) / whole)

"""Signs that people agree with the station without looking. Pure; a figure of the team, never of a person.

High agreement alone is no fault: a good model is agreed with. The sign is agreement together with seeded bad parts that
went unseen. The answer is a note to the lead to coach, with the sample beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from station_app.quality.estimate import CONFIDENCE, CannotSay, Estimate, Lack, Method, check_confidence
from station_app.quality.incomplete_beta import incomplete_beta
from station_app.quality.intervals import Share, clopper_pearson

LEAST_DECISIONS = 200
QUICKEST_MEDIAN_S = 0.8
MOST_AGREEMENT = 0.995
MOST_SEEDED_MISSES = 0.10


class Sign(StrEnum):
    """What may show that decisions are stamped."""

    QUICK = "quick"
    AGREES_AND_MISSES = "agrees_and_misses"


@dataclass(frozen=True, slots=True)
class TeamAttention:
    """The last decisions of a team: how long they took (seconds), how often they agreed, and the seeded parts missed.

    `signs` compares the observed values with the limits; no seeded part, no second sign.
    """

    median_s: Estimate
    agreement: Share
    seeded_misses: Share

    @property
    def signs(self) -> tuple[Sign, ...]:
        unseen = self.agreement.value > MOST_AGREEMENT and self.seeded_misses.value > MOST_SEEDED_MISSES
        found = {Sign.QUICK: self.median_s.value < QUICKEST_MEDIAN_S, Sign.AGREES_AND_MISSES: unseen}
        return tuple(sign for sign, is_there in found.items() if is_there)


def team_attention(
    decision_s: Sequence[float], agreed: int, seeded: int, seeded_missed: int, confidence: float = CONFIDENCE
) -> TeamAttention | CannotSay:
    """From at least 200 decisions of a team on real parts, `agreed` of them with the station, and its seeded parts."""
    decisions = len(decision_s)
    if decisions < LEAST_DECISIONS:
        return CannotSay(Lack.DECISIONS, LEAST_DECISIONS - decisions)
    median = median_estimate(decision_s, confidence)
    if isinstance(median, CannotSay):
        return median
    agreement = clopper_pearson(agreed, decisions, confidence)
    return TeamAttention(median, agreement, clopper_pearson(seeded_missed, seeded, confidence))


def median_estimate(values: Sequence[float], confidence: float = CONFIDENCE) -> Estimate | CannotSay:
    """The median between two order statistics, whatever the distribution (David and Nagaraja, Order Statistics, 7.1).

    `count` is how many values lie at or below it.
    """
    check_confidence(confidence)
    ranked, n = sorted(values), len(values)
    depth = _depth(n, (1 - confidence) / 2)
    if depth < 1:
        return CannotSay(Lack.DECISIONS, _least_for(confidence) - n)
    median = (ranked[(n - 1) // 2] + ranked[n // 2]) / 2
    below = sum(value <= median for value in ranked)
    return Estimate(median, below, n, ranked[depth - 1], ranked[n - depth], confidence, Method.ORDER_STATISTICS)


def _depth(n: int, tail: float) -> int:
    """The deepest rank k for which fewer than k of n fair coins fall heads with at most the chance `tail`."""
    low, high = 0, n // 2 + 1
    while high - low > 1:
        middle = (low + high) // 2
        if incomplete_beta(n - middle + 1, middle, 0.5) <= tail:
            low = middle
        else:
            high = middle
    return low


def _least_for(confidence: float) -> int:
    n = 1
    while 0.5**n > (1 - confidence) / 2:
        n += 1
    return n

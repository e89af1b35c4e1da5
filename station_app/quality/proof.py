"""Whether a blind sample proves that a rate is below a limit, and if not, how many more reviews are needed. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from station_app.quality.estimate import CONFIDENCE, CannotSay, Lack, Method, check_confidence
from station_app.quality.gamma_interval import weighted_upper_bound
from station_app.quality.intervals import upper_bound
from station_app.quality.strata import Stratum

SMALLEST_LIMIT = 1e-9


@dataclass(frozen=True, slots=True)
class Proved:
    """The rate is at most `bound`, itself at most the limit asked for, with one-sided `confidence`."""

    bound: float
    count: int
    total: int
    confidence: float
    method: Method


def prove_below(strata: Sequence[Stratum], limit: float, confidence: float = CONFIDENCE) -> Proved | CannotSay:
    """The proof, or the least number of further reviews that could bring it, should none of them find an event.

    The further reviews go where one review weighs most. More than a stratum has parts can only come from further
    production, with the same shares of the strata.
    """
    check_confidence(confidence)
    if not SMALLEST_LIMIT <= limit < 1:
        raise ValueError(f"a limit to prove lies within {SMALLEST_LIMIT} and 1")
    filled = [stratum for stratum in strata if stratum.parts]
    if not filled:
        return CannotSay(Lack.PARTS, 1)
    reviews = [stratum.reviewed for stratum in filled]
    if all(reviews) and (bound := _bound(filled, reviews, confidence)) <= limit:
        method = Method.CLOPPER_PEARSON if len(filled) == 1 else Method.FAY_FEUER
        return Proved(bound, sum(s.found for s in filled), sum(reviews), confidence, method)
    return CannotSay(Lack.REVIEWS, _needed(filled, limit, confidence))


def _needed(strata: Sequence[Stratum], limit: float, confidence: float) -> int:
    """By halving over the widest weight that is left: the smaller it is, the more reviews and the lower the bound."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _bound(strata, _filled_up(strata, middle), confidence) <= limit:
            low = middle
        else:
            high = middle
    more = sum(_filled_up(strata, low)) - sum(stratum.reviewed for stratum in strata)
    return max(1, more)


def _filled_up(strata: Sequence[Stratum], widest: float) -> list[int]:
    """The reviews of each stratum once no single review weighs more than `widest`."""
    total = sum(stratum.parts for stratum in strata)
    return [max(s.reviewed, 1, math.ceil(s.parts / total / widest - 1e-9)) for s in strata]


def _bound(strata: Sequence[Stratum], reviews: Sequence[int], confidence: float) -> float:
    if len(strata) == 1:
        return upper_bound(strata[0].found, reviews[0], confidence)
    total = sum(stratum.parts for stratum in strata)
    weights = [s.parts / total / n for s, n in zip(strata, reviews, strict=True)]
    return weighted_upper_bound(weights, [s.found for s in strata], confidence)

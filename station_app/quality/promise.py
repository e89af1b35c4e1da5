"""Whether thresholds keep a promise about missed bad parts, out of a stratified blind sample. Pure.

Where every part had the same chance of being drawn, the bad ones among the drawn are a plain sample of all bad ones,
and the one-sided Clopper-Pearson bound of the missed share holds. Where rejected parts are drawn more often, that
sample shows too many caught ones: then the bound is a / (a + b), from the upper limit `a` of the share of all parts
that is bad and told OK and the lower limit `b` of the share that is bad and is not, each at half the doubt
(Bonferroni).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from station_app.quality.escapes import event_rate
from station_app.quality.estimate import CONFIDENCE, CannotSay, Lack
from station_app.quality.intervals import Share, clopper_pearson, reviews_needed, upper_bound
from station_app.quality.strata import Stratum

_MOST_PARTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Promise:
    """Of `missed.total` known-bad parts `missed.count` would be told OK; `bound` is the one-sided upper bound of the
    share among all bad parts. `kept`: True where the bound is within the limit, False where even the lower bound is
    above it, and what is missing where neither is proved: a sample too small proves nothing, however good it looks."""

    missed: Share
    bound: float
    kept: bool | CannotSay


def promise(
    missed: Sequence[Stratum], caught: Sequence[Stratum], limit: float, *, is_even: bool, confidence: float = CONFIDENCE
) -> Promise | CannotSay:
    """`missed` and `caught` are the same strata with bad parts told OK, and bad parts not told OK, as the event.
    `is_even`: all parts were drawn with the same probability."""
    lost, bad = (sum(s.found for s in strata) for strata in (missed, caught))
    total = lost + bad
    if not total:
        return CannotSay(Lack.BAD_PARTS, reviews_needed(limit, confidence))
    share = clopper_pearson(lost, total, confidence)
    if is_even:
        bound = upper_bound(lost, total, confidence)
        return Promise(share, bound, _verdict(bound, share.low, limit, _more_bad_parts(lost, total, limit, confidence)))
    return _weighted(share, missed, caught, limit)


def _weighted(share: Share, missed: Sequence[Stratum], caught: Sequence[Stratum], limit: float) -> Promise | CannotSay:
    told_ok, told_ng = event_rate(missed, share.confidence), event_rate(caught, share.confidence)
    if isinstance(told_ok, CannotSay):
        return told_ok
    if isinstance(told_ng, CannotSay):
        return told_ng
    bound, low = _share(told_ok.high, told_ng.low), _share(told_ok.low, told_ng.high)
    fewer = _more_bad_parts(share.count, share.total, limit, share.confidence)
    missing = fewer or _more_reviews(missed, told_ok.high, told_ng.low, limit)
    return Promise(share, bound, _verdict(bound, low, limit, missing))


def _verdict(bound: float, low: float, limit: float, missing: CannotSay | None) -> bool | CannotSay:
    if bound <= limit:
        return True
    if low > limit or missing is None:
        return False
    return missing


def _share(part: float, other: float) -> float:
    return part / (part + other) if part + other > 0 else 1.0


def _more_bad_parts(lost: int, total: int, limit: float, confidence: float) -> CannotSay | None:
    """How many more bad parts, all of them caught, would prove it; None where these are enough or no number is."""
    if upper_bound(lost, total, confidence) <= limit:
        return None
    low, high = total, max(2 * total, reviews_needed(limit, confidence))
    while upper_bound(lost, high, confidence) > limit:
        low, high = high, 2 * high
        if high > _MOST_PARTS:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if upper_bound(lost, middle, confidence) > limit:
            low = middle
        else:
            high = middle
    return CannotSay(Lack.BAD_PARTS, high - total)


def _more_reviews(strata: Sequence[Stratum], told_ok: float, told_ng: float, limit: float) -> CannotSay:
    """How many more blind reviews, with not one more bad part told OK, would bring the upper limit low enough: it falls
    about as their number rises."""
    if not told_ng:
        return CannotSay(Lack.BAD_PARTS, 1)
    factor = told_ok * (1 - limit) / (limit * told_ng)
    reviewed = sum(stratum.reviewed for stratum in strata)
    return CannotSay(Lack.REVIEWS, max(1, math.ceil((factor - 1) * reviewed)))

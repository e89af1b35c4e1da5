"""Escape and overkill rates of a running line, from a stratified blind sample. Pure.

Over passed parts, with a defect as the event, the rate is the share of the parts told OK that are bad; over failed
parts, with a good part as the event, the share of the parts told NG that are good. The estimate is the stratified mean
sum(N_h / N * x_h / n_h); one stratum has the exact Clopper-Pearson interval, several the gamma interval of Fay and
Feuer, which keeps its promise also where nothing was found (see `gamma_interval`). Both speak of the process that made
these parts, not of the lot, and hold also where every part was reviewed.
"""

from collections.abc import Sequence
from dataclasses import replace

from station_app.quality.estimate import CONFIDENCE, CannotSay, Estimate, Lack, Method
from station_app.quality.gamma_interval import fay_feuer
from station_app.quality.intervals import clopper_pearson
from station_app.quality.strata import Stratum


def event_rate(strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> Estimate | CannotSay:
    """The share of parts with the event, from strata of any sampling share.

    Empty strata weigh nothing. A stratum with parts and no review makes any answer a guess: it needs at least one each.
    Draws without an answer are taken to be like the answered ones of their stratum.
    """
    filled = [stratum for stratum in strata if stratum.parts]
    if not filled:
        return CannotSay(Lack.PARTS, 1)
    if unseen := sum(not stratum.reviewed for stratum in filled):
        return CannotSay(Lack.REVIEWS, unseen)
    if len(filled) == 1:
        return clopper_pearson(filled[0].found, filled[0].reviewed, confidence).scaled()
    return _weighted(filled, _stratum_weights(filled), confidence)


escape_rate = event_rate
"""Of the parts told OK, the share that is bad."""


def overkill_rate(strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> Estimate | CannotSay:
    """Of the parts told NG, the share that is good.

    Often most are: then the bad ones among them are counted, as the gamma interval is narrow for the rarer only.
    """
    rate = event_rate(strata, confidence)
    if isinstance(rate, CannotSay) or rate.value <= 0.5:
        return rate
    other = event_rate([replace(s, found=s.reviewed - s.found) for s in strata], confidence)
    assert isinstance(other, Estimate)
    return replace(rate, low=1 - other.high, high=1 - other.low)


def horvitz_thompson(strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> Estimate | CannotSay:
    """The same from the inclusion probabilities alone, sum(x_h / p_h) / N: unbiased where every draw is answered.

    It ignores how many were drawn by luck and so varies more than `event_rate`; Horvitz and Thompson, JASA 47 (1952).
    """
    filled = [stratum for stratum in strata if stratum.parts]
    if not filled:
        return CannotSay(Lack.PARTS, 1)
    if waiting := sum(stratum.drawn - stratum.reviewed for stratum in filled):
        return CannotSay(Lack.REVIEWS, waiting)
    total = sum(stratum.parts for stratum in filled)
    return _weighted(filled, [1 / (total * _probability(stratum)) for stratum in filled], confidence)


def pooled_rate(strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> Estimate | CannotSay:
    """The naive estimate, for comparison only: all reviews in one pot, as if every part had had the same chance."""
    reviewed = sum(stratum.reviewed for stratum in strata)
    if not reviewed:
        return CannotSay(Lack.REVIEWS, 1)
    return clopper_pearson(sum(stratum.found for stratum in strata), reviewed, confidence).scaled()


def caught_share(
    passed: Sequence[Stratum], failed: Sequence[Stratum], confidence: float = CONFIDENCE
) -> Estimate | CannotSay:
    """Of all bad parts, the share told NG: `passed` with bad parts as the event, `failed` with good ones.

    Both rates are taken at half the doubt (Bonferroni), so that their worst combinations bound the share.
    """
    doubled = (1 + confidence) / 2
    escapes, overkill = event_rate(passed, doubled), overkill_rate(failed, doubled)
    if isinstance(escapes, CannotSay):
        return escapes
    if isinstance(overkill, CannotSay):
        return overkill
    n_passed, n_failed = (sum(s.parts for s in strata) for strata in (passed, failed))
    caught = [n_failed * (1 - share) for share in (overkill.high, overkill.value, overkill.low)]
    missed = [n_passed * share for share in (escapes.high, escapes.value, escapes.low)]
    if caught[1] + missed[1] <= 0:
        return CannotSay(Lack.BAD_PARTS, 1)
    low, value, high = (c / (c + m) if c + m > 0 else 1.0 for c, m in zip(caught, missed, strict=True))
    found_bad = overkill.total - overkill.count
    return Estimate(value, found_bad, found_bad + escapes.count, low, high, confidence, Method.BONFERRONI)


def _stratum_weights(strata: Sequence[Stratum]) -> list[float]:
    """What one event in each stratum adds to the rate: N_h / (N n_h); every stratum has parts and reviews."""
    total = sum(stratum.parts for stratum in strata)
    return [stratum.parts / (total * stratum.reviewed) for stratum in strata]


def _weighted(strata: Sequence[Stratum], weights: Sequence[float], confidence: float) -> Estimate:
    counts = [stratum.found for stratum in strata]
    value = sum(w * x for w, x in zip(weights, counts, strict=True))
    low, high = fay_feuer(weights, counts, confidence)
    reviewed = sum(stratum.reviewed for stratum in strata)
    limits = (min(1.0, value), sum(counts), reviewed, min(1.0, low), min(1.0, high))
    return Estimate(*limits, confidence, Method.FAY_FEUER)


def _probability(stratum: Stratum) -> float:
    if stratum.probability is None:
        raise ValueError("inverse weights need the probability that the parts were drawn with")
    return stratum.probability

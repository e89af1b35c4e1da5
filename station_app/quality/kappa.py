"""Agreement beyond chance: the kappas of Cohen (two raters) and of Fleiss (any number), with intervals. Pure.

Kappa falls with the share of bad parts in the set: 97 % agreement can be 0.39 where 3 % are bad. Give it beside the
agreement and never compare it between sets of different make-up.
"""

import math
from dataclasses import replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from station_app.quality.estimate import CONFIDENCE, CannotSay, Estimate, Lack, Method, check_confidence
from station_app.quality.intervals import exact_limits
from station_app.quality.quantiles import normal_two_sided, student_t_two_sided

Counts = NDArray[np.int64]

_NO_WIDTH = 1e-7


class KappaBand(StrEnum):
    """What practice makes of a kappa (SigmaXL, Minitab): from 0.9 good, from 0.7 marginal."""

    GOOD = "good"
    MARGINAL = "marginal"
    UNACCEPTABLE = "unacceptable"


def kappa_band(kappa: float) -> KappaBand:
    """Where a kappa lies; give it the lower end of the interval for a claim."""
    if kappa >= 0.9:
        return KappaBand.GOOD
    return KappaBand.MARGINAL if kappa >= 0.7 else KappaBand.UNACCEPTABLE


def cross_table(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> Counts:
    """2 x 2 counts of paired answers: rows the first rater's good and bad, columns the second's."""
    return np.bincount(2 * first.astype(np.int64).ravel() + second.ravel(), minlength=4).reshape(2, 2)


def cohen_kappa(table: Counts, confidence: float = CONFIDENCE, alike: int = 1) -> Estimate | CannotSay:
    """Cohen's kappa of a square table, with the error of Fleiss, Cohen and Everitt (1969).

    `count` is the pairs that agree, `total` all pairs. Where `alike` pairs belong to one part, as its trials do, the
    interval is that of as many pairs as there are parts: it holds however alike the trials are. Where all answers are
    one and the same, chance alone explains everything and there is no kappa.
    """
    check_confidence(confidence)
    total = int(table.sum())
    if total == 0:
        return CannotSay(Lack.DECISIONS, 1)
    p = table / total
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    agreed, expected = int(np.trace(table)), float(rows @ columns)
    if expected >= 1 - 1e-12:
        return CannotSay(Lack.BAD_PARTS if table[0, 0] else Lack.GOOD_PARTS, 1)
    kappa = (agreed / total - expected) / (1 - expected)
    half = normal_two_sided(confidence) * math.sqrt(_cohen_variance(p, kappa, expected) * alike / total)
    answer = Estimate(kappa, agreed, total, kappa - half, kappa + half, confidence, Method.KAPPA_NORMAL)
    return _with_honest_limits(answer, total / alike, expected)


def _cohen_variance(p: NDArray[np.float64], kappa: float, expected: float) -> float:
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    crossed = columns[:, None] + rows[None, :]
    own = float((np.diag(p) * (1 - (rows + columns) * (1 - kappa)) ** 2).sum())
    off = (1 - kappa) ** 2 * float(((p - np.diag(np.diag(p))) * crossed**2).sum())
    return max(0.0, own + off - (kappa - expected * (1 - kappa)) ** 2) / (1 - expected) ** 2


def fleiss_kappa(ratings: Counts, confidence: float = CONFIDENCE) -> Estimate | CannotSay:
    """Fleiss' kappa of parts x categories counts, the same number of raters a part.

    The interval is over the parts, with Gwet's linearised error and Student's t (Gwet 2014, Handbook of Inter-Rater
    Reliability, 4th edition; R: irrCAC::fleiss.kappa.dist). `count` is the agreeing pairs of answers of `total`.
    """
    check_confidence(confidence)
    parts, raters = len(ratings), int(ratings[0].sum()) if len(ratings) else 0
    if parts < 2 or raters < 2:
        return CannotSay(Lack.DECISIONS, 1) if parts >= 2 else CannotSay(Lack.PARTS, 2 - parts)
    if (ratings.sum(axis=1) != raters).any():
        raise ValueError("every part needs the same number of answers")
    agreement = (ratings * (ratings - 1)).sum(axis=1) / (raters * (raters - 1))
    shares = ratings.sum(axis=0) / (parts * raters)
    expected, observed = float((shares**2).sum()), float(agreement.mean())
    if expected >= 1 - 1e-12:
        return CannotSay(Lack.BAD_PARTS if ratings[0, 0] else Lack.GOOD_PARTS, 1)
    kappa = (observed - expected) / (1 - expected)
    by_part = (agreement - expected) / (1 - expected)
    by_part = by_part - 2 * (1 - kappa) * (ratings @ shares / raters - expected) / (1 - expected)
    error = math.sqrt(float(((by_part - kappa) ** 2).sum()) / (parts * (parts - 1)))
    half, pairs = student_t_two_sided(parts - 1, confidence) * error, parts * raters * (raters - 1) // 2
    count = round(observed * pairs)
    answer = Estimate(kappa, count, pairs, kappa - half, kappa + half, confidence, Method.KAPPA_LINEARISED)
    return _with_honest_limits(answer, parts, expected)


def fleiss_null_error(ratings: Counts) -> float:
    """The standard error of Fleiss' kappa if there were chance alone: for testing kappa = 0, never for an interval.

    Fleiss, Nee and Landis (1979); R: irr::kappam.fleiss gives z = kappa / error.
    """
    parts, raters = len(ratings), int(ratings[0].sum())
    shares = ratings.sum(axis=0) / (parts * raters)
    spread = shares * (1 - shares)
    inner = spread.sum() ** 2 - (spread * (1 - 2 * shares)).sum()
    return float(math.sqrt(2) / (spread.sum() * math.sqrt(parts * raters * (raters - 1))) * math.sqrt(inner))


def _with_honest_limits(kappa: Estimate, units: float, expected: float) -> Estimate:
    """Limits within -1 and 1. Where the error is 0, as at full agreement, it promises what no sample can: there the
    exact limits of the agreement over so many independent units are carried over instead."""
    low, high, method = kappa.low, kappa.high, kappa.method
    if high - low < _NO_WIDTH:
        agreement = kappa.value * (1 - expected) + expected
        limits = exact_limits(min(1.0, max(0.0, agreement)) * units, units, kappa.confidence)
        low, high = ((limit - expected) / (1 - expected) for limit in limits)
        method = Method.KAPPA_FROM_AGREEMENT
    return replace(kappa, low=max(-1.0, low), high=min(1.0, high), method=method)

"""The slow average that sees a small lasting shift: of scores and of image quality. Pure.

Lucas and Saccucci, Exponentially weighted moving average control schemes, Technometrics 32 (1990) 1-12. Scores are far
from normal: rank them first against a frozen reference (`normal_scores`), then take means of at least 50 parts, as
neighbours on a line resemble each other.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from station_app.quality.estimate import CONFIDENCE, CannotSay, Estimate, Lack, Method
from station_app.quality.quantiles import student_t_two_sided

LEAST_BASE = 25
SUBGROUP = 50
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EwmaDesign:
    """`weight` of the newest value, above 0 to 1; `width` of the limits in sigmas of the average."""

    weight: float
    width: float

    def __post_init__(self) -> None:
        if not 0 < self.weight <= 1 or not self.width > 0:
            raise ValueError("the weight lies above 0 and is at most 1, the width above 0")


QUICK = EwmaDesign(0.10, 2.814)
"""A false alarm in about 500 points; a shift of one sigma is seen after about 10."""
PATIENT = EwmaDesign(0.05, 2.615)
"""A false alarm in about 500 points; a shift of half a sigma is seen after about 29."""


@dataclass(frozen=True, slots=True)
class Base:
    """The frozen period that a shift is measured from: the mean with its sample and interval, and the spread."""

    mean: Estimate
    sigma: float


@dataclass(frozen=True, slots=True)
class EwmaPoint:
    """The average after the value `index`, with its limits there."""

    index: int
    value: float
    low: float
    high: float

    @property
    def is_out(self) -> bool:
        return not self.low <= self.value <= self.high


def freeze_base(values: Sequence[float], confidence: float = CONFIDENCE) -> Base | CannotSay:
    """Mean and spread of a base period of at least 25 values that are not all alike."""
    n = len(values)
    if n < LEAST_BASE:
        return CannotSay(Lack.SUBGROUPS, LEAST_BASE - n)
    mean, sigma = float(np.mean(values)), float(np.std(values, ddof=1))
    if not sigma > 0:
        return CannotSay(Lack.SUBGROUPS, 1)
    half = student_t_two_sided(n - 1, confidence) * sigma / math.sqrt(n)
    return Base(Estimate(mean, n, n, mean - half, mean + half, confidence, Method.STUDENT_T), sigma)


def ewma(values: Sequence[float], base: Base, design: EwmaDesign = QUICK) -> Iterator[EwmaPoint]:
    """The average after each value, begun at the base's mean; the limits widen from the first point on."""
    centre, value, rest = base.mean.value, base.mean.value, 1.0
    spread = design.width * base.sigma * math.sqrt(design.weight / (2 - design.weight))
    for index, new in enumerate(values):
        value += design.weight * (new - value)
        rest *= (1 - design.weight) ** 2
        half = spread * math.sqrt(1 - rest)
        yield EwmaPoint(index, value, centre - half, centre + half)


def normal_scores(reference: Values, values: Values) -> Values:
    """Each value as the normal quantile of its rank in the reference, ties in the middle; finite beyond its ends too.

    Blom's ranks (i - 3/8) / (n + 1/4), Statistical Estimates and Transformed Beta-Variables (1958).
    """
    ranked = np.sort(reference)
    if not ranked.size:
        raise ValueError("ranks need a reference")
    below, up_to = (np.searchsorted(ranked, values, side) for side in ("left", "right"))
    rank = np.clip((below + up_to + 1) / 2, 1, ranked.size)
    shares, inverse = np.unique((rank - 0.375) / (ranked.size + 0.25), return_inverse=True)
    normal = NormalDist()
    return np.array([normal.inv_cdf(float(share)) for share in shares])[inverse]


def subgroup_means(values: Values, size: int = SUBGROUP) -> Values:
    """The means of whole subgroups of consecutive values; a last one that is not full waits for its parts."""
    if size < 1:
        raise ValueError("a subgroup has at least one part")
    whole = len(values) // size
    means: Values = values[: whole * size].reshape(whole, size).mean(axis=1)
    return means

"""Control charts of shares and of rates: p and u, and Laney's p' and u' which allow for extra variation. Pure.

Laney, Improved control charts for attributes, Quality Engineering 14 (2002) 531-537: the points are scaled to z, their
spread sigma_z is taken from the moving range, and the limits are widened (or narrowed) by it. p' is the default here:
with 20 % of extra variation and 2,000 parts a subgroup, 6 % of the points of a sound process leave a p chart and 0.3 %
a p' chart. Limits are set once over a stated base period and then stand still: limits that follow the process never
tell that it moved. NO_RESULT has its own chart and is never part of a subgroup of verdicts.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from station_app.quality.estimate import CONFIDENCE, CannotSay, Estimate, Lack, Method
from station_app.quality.gamma_interval import poisson_exact
from station_app.quality.intervals import clopper_pearson
from station_app.quality.quantiles import normal_two_sided

LEAST_SUBGROUPS = 25
WIDTH = 3.0
MOVING_RANGE_TO_SIGMA = 1.128
"""d2 of two: the mean range of two normal values in units of their standard deviation."""


class ChartKind(StrEnum):
    """A share of bad parts (p) or a rate of defects a part (u), plain or Laney's."""

    P = "p"
    P_PRIME = "p_prime"
    U = "u"
    U_PRIME = "u_prime"

    @property
    def is_share(self) -> bool:
        return self in (ChartKind.P, ChartKind.P_PRIME)

    @property
    def is_prime(self) -> bool:
        return self in (ChartKind.P_PRIME, ChartKind.U_PRIME)


@dataclass(frozen=True, slots=True)
class Subgroup:
    """`count` bad parts (p) or defects (u) of `size` parts: an hour, a shift, a lot."""

    count: int
    size: int

    def __post_init__(self) -> None:
        if self.count < 0 or self.size < 0 or (self.count and not self.size):
            raise ValueError(f"{self.count} of {self.size} is no subgroup")


@dataclass(frozen=True, slots=True)
class Limits:
    """Frozen limits: the centre with its sample and interval, the spread, and how many subgroups they stand on."""

    kind: ChartKind
    centre: Estimate
    sigma_z: float
    subgroups: int

    def sigma(self, size: int) -> float:
        """The standard deviation of one point of a subgroup of this size."""
        return self.sigma_z * _within_sigma(self.kind, self.centre.value, size)


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A subgroup on the chart; `z` is its distance from the centre in standard deviations, for the run rules."""

    index: int
    count: int
    total: int
    value: float
    low: float
    high: float
    z: float

    @property
    def is_out(self) -> bool:
        return not self.low <= self.value <= self.high


def freeze_limits(kind: ChartKind, base: Iterable[Subgroup], confidence: float = CONFIDENCE) -> Limits | CannotSay:
    """The limits from a base period of at least 25 subgroups with parts, an event among them and some variation."""
    filled = [group for group in base if group.size]
    if any(kind.is_share and group.count > group.size for group in filled):
        raise ValueError("a share chart counts parts: none twice")
    if len(filled) < LEAST_SUBGROUPS:
        return CannotSay(Lack.SUBGROUPS, LEAST_SUBGROUPS - len(filled))
    count, total = sum(group.count for group in filled), sum(group.size for group in filled)
    if count == 0:
        return CannotSay(Lack.DEFECTS, 1)
    if kind.is_share and count == total:
        return CannotSay(Lack.GOOD_PARTS, 1)
    sigma_z = _sigma_z(kind, filled, count / total) if kind.is_prime else 1.0
    if sigma_z == 0:
        return CannotSay(Lack.SUBGROUPS, 1)
    return Limits(kind, _centre(kind, count, total, sigma_z, confidence), sigma_z, len(filled))


def place(limits: Limits, subgroups: Sequence[Subgroup]) -> tuple[ChartPoint, ...]:
    """The points of these subgroups; one without parts has no point, and `index` tells the gap."""
    return tuple(_point(limits, n, group) for n, group in enumerate(subgroups) if group.size)


def _point(limits: Limits, index: int, group: Subgroup) -> ChartPoint:
    value, centre, sigma = group.count / group.size, limits.centre.value, limits.sigma(group.size)
    high = centre + WIDTH * sigma
    high = min(1.0, high) if limits.kind.is_share else high
    low = max(0.0, centre - WIDTH * sigma)
    return ChartPoint(index, group.count, group.size, value, low, high, (value - centre) / sigma)


def _sigma_z(kind: ChartKind, groups: Sequence[Subgroup], centre: float) -> float:
    z = [(group.count / group.size - centre) / _within_sigma(kind, centre, group.size) for group in groups]
    ranges = [abs(after - before) for before, after in pairwise(z)]
    return sum(ranges) / len(ranges) / MOVING_RANGE_TO_SIGMA


def _within_sigma(kind: ChartKind, centre: float, size: int) -> float:
    return math.sqrt((centre * (1 - centre) if kind.is_share else centre) / size)


def _centre(kind: ChartKind, count: int, total: int, sigma_z: float, confidence: float) -> Estimate:
    """Exact for the plain charts; scaled by the extra variation for Laney's, whose points are no plain counts."""
    value = count / total
    if kind.is_prime:
        half = normal_two_sided(confidence) * sigma_z * _within_sigma(kind, value, total)
        return Estimate(value, count, total, max(0.0, value - half), value + half, confidence, Method.SCALED_NORMAL)
    if kind.is_share:
        return clopper_pearson(count, total, confidence).scaled()
    low, high = (limit / total for limit in poisson_exact(count, confidence))
    return Estimate(value, count, total, low, high, confidence, Method.POISSON_EXACT)

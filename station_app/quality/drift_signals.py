"""The signals that may drift, as slow averages and as a shift of the scores, from counts by the hour. Pure.

Scores are far from normal: they are ranked against the frozen reference first. Hours with few parts are put together,
as neighbours on a line resemble each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_app.quality.estimate import CONFIDENCE, CannotSay, Lack
from station_app.quality.ewma import SUBGROUP, Base, EwmaPoint, ewma, freeze_base, normal_scores
from station_app.quality.population_shift import BINS, LEAST_A_BIN, PopulationShift, compare_counts

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Side = tuple[Integers, Floats, Integers]
"""Hours of UTC since 1970, rising; the sum of a measure in each; and of how many parts."""
Histograms = tuple[Integers, Integers]
"""Hours, and the counts of each over the same bins: hours x bins."""

SCORE = "score"
_HOUR_S = 3600
_MOST_RANKED = 20_000
"""A reference is thinned to about so many values: ranks need no more."""
_NO_HOURS, _NO_VALUES = np.zeros(0, np.int64), np.zeros(0)
NOTHING: Side = (_NO_HOURS, _NO_VALUES, _NO_HOURS)


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """The means of subgroups of at least 50 parts with their beginnings (seconds UTC), the reference's among them, and
    their slow average. `points` begin with the first subgroup after the reference's begin."""

    name: str
    times: Floats
    means: Floats
    is_reference: tuple[bool, ...]
    base: Base | CannotSay
    points: tuple[EwmaPoint, ...] = ()

    @property
    def samples(self) -> tuple[Floats, Floats]:
        """The means of the reference, and those since."""
        is_reference = np.array(self.is_reference, bool)
        return self.means[is_reference], self.means[~is_reference]

    @property
    def is_out(self) -> bool:
        """Whether the average lies outside its limits now."""
        return bool(self.points) and self.points[-1].is_out


def measure_signal(name: str, reference: Side, now: Side) -> Signal:
    """A measure of frames or parts, near enough to normal for its means to be taken as they are."""
    old_times, old = filled_means(*reference)
    new_times, new = filled_means(*now)
    base = freeze_base(old.tolist())
    times, means = np.concatenate([old_times, new_times]), np.concatenate([old, new])
    is_reference = (True,) * len(old) + (False,) * len(new)
    points = () if isinstance(base, CannotSay) else tuple(ewma(new.tolist(), base))
    return Signal(name, times, means, is_reference, base, points)


def score_signal(middles: Floats, reference: Histograms, now: Histograms) -> Signal:
    """`middles` are the scores for which the bins stand."""
    total = reference[1].sum(axis=0)
    if not total.sum():
        return measure_signal(SCORE, NOTHING, NOTHING)
    thin = max(1.0, total.sum() / _MOST_RANKED)
    ranks = normal_scores(np.repeat(middles, np.ceil(total / thin).astype(np.int64)), middles)
    sides = ((hours, counts @ ranks, counts.sum(axis=1)) for hours, counts in (reference, now))
    return measure_signal(SCORE, *sides)


def filled_means(hours: Integers, sums: Floats, counts: Integers, size: int = SUBGROUP) -> tuple[Floats, Floats]:
    """Beginnings and means of consecutive hours put together until they hold at least `size` parts; a last one that is
    not full waits for its parts."""
    if (counts >= size).all():
        return hours.astype(np.float64) * _HOUR_S, sums / counts
    times: list[float] = []
    means: list[float] = []
    begin, total, parts = 0.0, 0.0, 0
    for hour, value, count in zip(hours.tolist(), sums.tolist(), counts.tolist(), strict=True):
        begin = begin if parts else hour * _HOUR_S
        total, parts = total + value, parts + count
        if parts >= size:
            times.append(begin)
            means.append(total / parts)
            total, parts = 0.0, 0
    return np.array(times, np.float64), np.array(means, np.float64)


def score_shift(reference: Integers, now: Integers, confidence: float = CONFIDENCE) -> PopulationShift | CannotSay:
    """The shift between two histograms over the same fine bins, which are put together to about ten equal shares of the
    reference."""
    for counts in (reference, now):
        if counts.sum() < LEAST_A_BIN * BINS:
            return CannotSay(Lack.PARTS, LEAST_A_BIN * BINS - int(counts.sum()))
    places = _merged(reference)
    if places.max() == 0:
        return CannotSay(Lack.PARTS, 1)
    before, since = (np.bincount(places, weights=counts).astype(np.int64) for counts in (reference, now))
    return compare_counts(before, since, confidence)


def _merged(reference: Integers) -> Integers:
    """For each fixed bin which of about ten equal shares of the reference it belongs to."""
    below = np.concatenate([[0], np.cumsum(reference)[:-1]]) / reference.sum()
    return np.unique((below * BINS + 1e-9).astype(np.int64), return_inverse=True)[1]

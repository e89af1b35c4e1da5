"""Whether scores, or image quality, are still spread as they were: the population stability index. Pure.

PSI = sum((a - b) ln(a / b)) over bins of the reference. The folk limits 0.1 and 0.25 forget the sample size; for equal
populations PSI is about (1/N + 1/M) times a chi-square variable of bins - 1 degrees, which gives the critical value
(Yurdakul, Statistical properties of population stability index, Western Michigan University 2018).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from station_app.quality.estimate import CONFIDENCE, CannotSay, Lack, check_confidence
from station_app.quality.quantiles import chi_square_quantile

BINS = 10
LEAST_A_BIN = 5

Values = NDArray[np.float64]
Counts = NDArray[np.int64]


class FolkReading(StrEnum):
    """What scorecard practice makes of the index, whatever the sample: from 0.1 moderate, from 0.25 large."""

    STABLE = "stable"
    MODERATE = "moderate"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class PopulationShift:
    """The index of `total` values against `reference_total`; above `critical` it is no chance, at this confidence.

    `parts` is what each bin adds: where the shift lies. A drift that is no chance can still be too small to matter.
    """

    psi: float
    critical: float
    confidence: float
    reference_total: int
    total: int
    parts: tuple[float, ...]

    @property
    def is_drift(self) -> bool:
        return self.psi > self.critical

    @property
    def folk_reading(self) -> FolkReading:
        if self.psi < 0.1:
            return FolkReading.STABLE
        return FolkReading.MODERATE if self.psi < 0.25 else FolkReading.LARGE

    @property
    def ratio(self) -> float:
        """The index in units of its critical value: comparable between signals."""
        return self.psi / self.critical


def quantile_edges(reference: Values, bins: int = BINS) -> Values:
    """The inner edges of bins that hold about equal shares of the reference; fewer where many values are the same."""
    inner = np.quantile(reference, np.arange(1, bins) / bins, method="higher")
    edges: Values = np.unique(inner[inner > reference.min()])
    return edges


def bin_counts(edges: Values, values: Values) -> Counts:
    """How many values lie below the first edge, from it to below the second, ..., from the last on."""
    counts: Counts = np.bincount(np.searchsorted(edges, values, "right"), minlength=len(edges) + 1)
    return counts


def population_shift(
    reference: Values, values: Values, bins: int = BINS, confidence: float = CONFIDENCE
) -> PopulationShift | CannotSay:
    """The index over the reference's own quantile bins; it needs about 5 values a bin on either side."""
    for sample in (reference, values):
        if not np.isfinite(sample).all():
            raise ValueError("a value that is no number belongs in no bin")
        if len(sample) < LEAST_A_BIN * bins:
            return CannotSay(Lack.PARTS, LEAST_A_BIN * bins - len(sample))
    edges = quantile_edges(reference, bins)
    if not len(edges):
        return CannotSay(Lack.PARTS, 1)
    return compare_counts(bin_counts(edges, reference), bin_counts(edges, values), confidence)


def compare_counts(reference: Counts, counts: Counts, confidence: float = CONFIDENCE) -> PopulationShift:
    """The index of two histograms over the same two or more bins; half a value is added to each, so none is empty."""
    check_confidence(confidence)
    if len(reference) != len(counts) or len(counts) < 2 or not reference.sum() or not counts.sum():
        raise ValueError("two filled histograms over the same bins are needed")
    b, a = ((c + 0.5) / (c.sum() + 0.5 * len(c)) for c in (reference, counts))
    parts = (a - b) * np.log(a / b)
    n, m = int(reference.sum()), int(counts.sum())
    critical = (1 / n + 1 / m) * chi_square_quantile(len(counts) - 1, confidence)
    return PopulationShift(float(parts.sum()), critical, confidence, n, m, tuple(parts.tolist()))

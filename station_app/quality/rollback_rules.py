"""When a model on trial is taken out of service by itself. Pure: each rule gives its sentence, or None.

No rule speaks before it has the parts that its own chance needs.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from station_app.quality.population_shift import PopulationShift, population_shift


@dataclass(frozen=True, slots=True)
class RollbackLimits:
    """`faults` exceptions or useless answers in the last `fault_window` parts; the 95th percentile of the last `timed`
    judgements above `slow_ratio` times the champion's and at the same time above `slow_share` of the deadline, or
    above `late_share` of the deadline alone; an override share `sigmas` above the champion's with `judged` parts
    each; a population stability index above `shift` that is no chance at `shift_confidence` either, with `scored`
    scores each."""

    faults: int = 3
    fault_window: int = 50
    timed: int = 50
    slow_ratio: float = 2.0
    slow_share: float = 0.1
    late_share: float = 0.8
    judged: int = 200
    sigmas: float = 3.0
    shift: float = 0.25
    shift_confidence: float = 0.999
    scored: int = 200


@dataclass(frozen=True, slots=True)
class Judged:
    """How many of `parts` that people judged they overturned."""

    overturned: int
    parts: int

    @property
    def share(self) -> float:
        return self.overturned / self.parts if self.parts else 0.0


def too_many_faults(outcomes: Sequence[bool], limits: RollbackLimits) -> str | None:
    """`outcomes` are the latest parts, oldest first, True where the model failed."""
    recent = outcomes[-limits.fault_window :]
    faults = sum(recent)
    return f"{faults} of the last {len(recent)} parts had no valid answer" if faults >= limits.faults else None


def too_slow(ours: Sequence[float], theirs: Sequence[float], deadline_ms: float, limits: RollbackLimits) -> str | None:
    """Milliseconds of judging, the candidate's and the champion's, oldest first."""
    if len(ours) < limits.timed:
        return None
    slow = _p95(ours[-limits.timed :])
    if slow > limits.late_share * deadline_ms:
        return f"it needs {slow:.0f} ms for 95 of 100 parts, of a deadline of {deadline_ms:.0f} ms"
    if len(theirs) < limits.timed:
        return None
    before = _p95(theirs[-limits.timed :])
    if slow > limits.slow_ratio * before and slow > limits.slow_share * deadline_ms:
        return f"it needs {slow:.0f} ms for 95 of 100 parts, the champion {before:.0f} ms"
    return None


def overturned_more(ours: Judged, theirs: Judged, limits: RollbackLimits) -> str | None:
    """Sigma is that of the difference of two shares, if both were the common one; half a part is added to each side,
    so that a champion nobody ever overturned has a sigma as well."""
    if min(ours.parts, theirs.parts) < limits.judged:
        return None
    common = (ours.overturned + theirs.overturned + 1) / (ours.parts + theirs.parts + 2)
    sigma = math.sqrt(common * (1 - common) * (1 / ours.parts + 1 / theirs.parts))
    if ours.share <= theirs.share + limits.sigmas * sigma:
        return None
    return (
        f"people overturned {ours.overturned} of {ours.parts} judged parts,"
        f" with the champion {theirs.overturned} of {theirs.parts}"
    )


def scores_shifted(reference: Sequence[float], scores: Sequence[float], limits: RollbackLimits) -> str | None:
    """The scores of the trial in shadow, and those since it decides."""
    if min(len(reference), len(scores)) < limits.scored:
        return None
    shift = population_shift(
        np.asarray(reference, float), np.asarray(scores, float), confidence=limits.shift_confidence
    )
    if not isinstance(shift, PopulationShift) or not shift.is_drift or shift.psi <= limits.shift:
        return None
    return f"its scores are spread otherwise than in shadow, index {shift.psi:.2f} over {len(scores)} parts"


def _p95(times: Sequence[float]) -> float:
    return float(np.percentile(np.asarray(times), 95))

"""What other thresholds would have done to the parts on record. Pure, and fast enough to follow a finger on a slider.

A part passes below `review`, is shown to a person from `review` to below `fail`, and fails from `fail` on. A part
without a result keeps none at any threshold. Moving thresholds until past figures please fits them to chance: what is
chosen here is proved on other parts (`guarantee`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_app.quality.escapes import event_rate
from station_app.quality.estimate import CONFIDENCE, CannotSay, Estimate, Lack
from station_app.quality.intervals import Share, clopper_pearson
from station_app.quality.strata import Stratum

PASS = 0
Scores = NDArray[np.float64] | NDArray[np.float32]
Ranks = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class ThresholdPair:
    """Where the review and the fail of one label begin, 0 to 1; equal where nobody reviews."""

    review: float
    fail: float

    def __post_init__(self) -> None:
        if not 0 <= self.review <= self.fail <= 1:
            raise ValueError("thresholds lie within 0 and 1, review not above fail")


@dataclass(frozen=True, slots=True, eq=False)
class RecordedScores:
    """Of every part on record with a result its largest score of the label, 0 to 1, and what the other labels made of
    it (`floor`, a rank 0 to 2; None for nothing); beside them how many parts had no result."""

    scores: Scores
    no_result: int = 0
    floor: Ranks | None = None

    def __post_init__(self) -> None:
        # NaN is below every threshold and would count as a pass.
        if not ((self.scores >= 0) & (self.scores <= 1)).all():
            raise ValueError("a score lies within 0 and 1")
        if self.floor is not None and len(self.floor) != len(self.scores):
            raise ValueError("every part needs its floor")

    def ranks(self, pair: ThresholdPair) -> Ranks:
        """The verdict of each part at these thresholds: 0 PASS, 1 REVIEW, 2 FAIL."""
        ranks: Ranks = (self.scores >= pair.review).view(np.int8) + (self.scores >= pair.fail).view(np.int8)
        return ranks if self.floor is None else np.maximum(ranks, self.floor)


@dataclass(frozen=True, slots=True, eq=False)
class KnownTruth:
    """Parts of which people know whether they are bad, drawn blind from those on record.

    `recorded` are their scores (and floor), `stratum` numbers the stratum that each was drawn from, `sizes` how many
    parts on record each stratum has.
    """

    recorded: RecordedScores
    is_bad: NDArray[np.bool_]
    stratum: NDArray[np.int64]
    sizes: tuple[int, ...]

    def __post_init__(self) -> None:
        if not len(self.recorded.scores) == len(self.is_bad) == len(self.stratum):
            raise ValueError("every known part needs its score, its truth and its stratum")


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The verdicts, by the new thresholds, of the parts whose truth is known; the rest as in `KnownTruth`."""

    ranks: Ranks
    is_bad: NDArray[np.bool_]
    stratum: NDArray[np.int64]
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """Parts without a result beside those compared, and how long a person looks at a REVIEW."""

    no_result: int
    seconds_per_review: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What other thresholds do.

    `flips[old][new]` counts the parts by their verdict at the old thresholds and at these. `escapes` is the share of
    all judged parts that is bad and passes, `overkill` the share that is good and does not; what a person makes of a
    REVIEW is not foreseen.
    """

    passed: Share
    review: Share
    failed: Share
    no_result: int
    review_minutes: Estimate
    escapes: Estimate | CannotSay
    overkill: Estimate | CannotSay
    flips: tuple[tuple[int, ...], ...]


def what_if(
    recorded: RecordedScores,
    truth: KnownTruth,
    old: ThresholdPair,
    new: ThresholdPair,
    seconds_per_review: float,
    confidence: float = CONFIDENCE,
) -> WhatIf | CannotSay:
    """The record at the thresholds `new`, compared with `old`; minutes for as many parts as are on record."""
    known = Known(truth.recorded.ranks(new), truth.is_bad, truth.stratum, truth.sizes)
    effort = Effort(recorded.no_result, seconds_per_review)
    return compare(recorded.ranks(old), recorded.ranks(new), known, effort, confidence)


def compare(old: Ranks, new: Ranks, known: Known, effort: Effort, confidence: float = CONFIDENCE) -> WhatIf | CannotSay:
    """The same for verdicts by whatever thresholds of however many labels: `old` and `new` are those of each part."""
    total = len(new)
    if not total:
        return CannotSay(Lack.PARTS, 1)
    flips = np.bincount(3 * old + new, minlength=9).reshape(3, 3)
    passed, review, failed = (clopper_pearson(int(n), total, confidence) for n in flips.sum(axis=0))
    told_good = known.ranks == PASS
    return WhatIf(
        passed,
        review,
        failed,
        effort.no_result,
        review_minutes=review.scaled(total * effort.seconds_per_review / 60),
        escapes=_rate(known, known.is_bad & told_good, confidence),
        overkill=_rate(known, ~known.is_bad & ~told_good, confidence),
        flips=tuple(tuple(row) for row in flips.tolist()),
    )


def flipped(recorded: RecordedScores, old: ThresholdPair, new: ThresholdPair) -> NDArray[np.int64]:
    """The places of the parts whose verdict would change, in their order."""
    return np.flatnonzero(recorded.ranks(old) != recorded.ranks(new))


def _rate(known: Known, events: NDArray[np.bool_], confidence: float) -> Estimate | CannotSay:
    strata = len(known.sizes)
    reviewed = np.bincount(known.stratum, minlength=strata).tolist()
    found = np.bincount(known.stratum[events], minlength=strata).tolist()
    counts = zip(known.sizes, reviewed, found, strict=True)
    return event_rate([Stratum.of_set(size, n, x) for size, n, x in counts], confidence)

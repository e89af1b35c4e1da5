"""What a single appraiser misses and falsely rejects, against the limits of the AIAG manual. Pure.

AIAG, Measurement Systems Analysis, 4th edition 2010, chapter III section C: effectiveness, miss rate, false alarm rate.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from station_app.quality.agreement import Study, against_standard
from station_app.quality.estimate import CONFIDENCE, CannotSay, Lack
from station_app.quality.intervals import Share, clopper_pearson

Answers = NDArray[np.bool_]

PERCENT_LIMITS = ((90.0, 2.0, 5.0), (80.0, 5.0, 10.0))
"""Least effectiveness, most misses, most false alarms: acceptable, then marginal."""


class Grade(StrEnum):
    """The manual's judgement of an appraiser."""

    ACCEPTABLE = "acceptable"
    MARGINAL = "marginal"
    UNACCEPTABLE = "unacceptable"


@dataclass(frozen=True, slots=True)
class Effectiveness:
    """The figures of one appraiser.

    The first three count answers, as the manual does; their intervals take the trials of one part as independent and
    are too narrow where they are not. The next three count parts and hold anyway: right in every trial, missed at least
    once, falsely rejected at least once.
    """

    appraiser: str
    effectiveness: Share
    misses: Share
    false_alarms: Share
    right_parts: Share
    missed_parts: Share
    alarmed_parts: Share

    @property
    def grade(self) -> Grade:
        """The manual's grade, from the observed rates: the worst of the three."""
        return grade_of(self.effectiveness.value, self.misses.value, self.false_alarms.value)

    @property
    def proved_grade(self) -> Grade:
        """The grade that the sample proves: from the safe ends of the intervals by part."""
        return grade_of(self.right_parts.low, self.missed_parts.high, self.alarmed_parts.high)


def grade_of(effectiveness: float, misses: float, false_alarms: float) -> Grade:
    """Where three shares lie within the manual's limits; each limit belongs to the better grade."""
    for grade, (least, most_misses, most_alarms) in zip(Grade, PERCENT_LIMITS, strict=False):
        if 100 * effectiveness >= least and 100 * misses <= most_misses and 100 * false_alarms <= most_alarms:
            return grade
    return Grade.UNACCEPTABLE


def effectiveness(study: Study, appraiser: str, confidence: float = CONFIDENCE) -> Effectiveness | CannotSay:
    """The figures of one appraiser; a study without good or without bad parts shows half of them only, so none."""
    if not study.truth.any() or study.truth.all():
        return CannotSay(Lack.GOOD_PARTS if study.truth.any() else Lack.BAD_PARTS, 1)
    answers = study.of(appraiser)
    misses: Answers = ~answers[study.truth]
    alarms: Answers = answers[~study.truth]
    return Effectiveness(
        appraiser,
        effectiveness=_share(answers == study.truth[:, None], confidence),
        misses=_share(misses, confidence),
        false_alarms=_share(alarms, confidence),
        right_parts=against_standard(study, appraiser, confidence),
        missed_parts=_share(np.any(misses, axis=1), confidence),
        alarmed_parts=_share(np.any(alarms, axis=1), confidence),
    )


def _share(events: Answers, confidence: float) -> Share:
    return clopper_pearson(int(events.sum()), int(events.size), confidence)

"""Attribute agreement: how far appraisers agree with themselves, with each other and with the standard. Pure.

An appraiser is a person, the model, or a person with the model. Every appraiser judges every part in every trial. The
unit is the part: a part counts where *all* its answers agree (AIAG, Measurement Systems Analysis, 4th edition 2010,
chapter III section C), with the Clopper-Pearson interval, as the trials of one part are not independent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_app.quality.estimate import CONFIDENCE, CannotSay, Lack
from station_app.quality.intervals import Share, clopper_pearson


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer of a study."""

    appraiser: str
    part: str
    trial: int
    is_bad: bool


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A finished study: `answers` is appraisers x parts x trials, `truth` one value a part; True is bad."""

    appraisers: tuple[str, ...]
    parts: tuple[str, ...]
    answers: NDArray[np.bool_]
    truth: NDArray[np.bool_]

    @property
    def trials(self) -> int:
        return int(self.answers.shape[2])

    def of(self, appraiser: str) -> NDArray[np.bool_]:
        """The answers of one appraiser, parts x trials."""
        own: NDArray[np.bool_] = self.answers[self.appraisers.index(appraiser)]
        return own


def gather(decisions: Iterable[Decision], truth: Mapping[str, bool]) -> Study | CannotSay:
    """The study of these answers; `truth` says of each part whether it is bad. Unfinished, it cannot be judged.

    ValueError where an answer comes twice or its part has no known truth.
    """
    given: dict[tuple[str, str, int], bool] = {}
    for decision in decisions:
        place = (decision.appraiser, decision.part, decision.trial)
        if place in given or decision.part not in truth:
            raise ValueError(f"the answer {place} comes twice, or its part has no known truth")
        given[place] = decision.is_bad
    appraisers, trials = sorted({who for who, _, _ in given}), sorted({trial for _, _, trial in given})
    wanted = max(1, len(appraisers)) * len(truth) * max(1, len(trials))
    if not given or len(given) < wanted:
        return CannotSay(Lack.DECISIONS, max(1, wanted - len(given)))
    parts = sorted(truth)
    answers = np.array([[[given[who, part, trial] for trial in trials] for part in parts] for who in appraisers])
    return Study(tuple(appraisers), tuple(parts), answers, np.array([truth[part] for part in parts]))


def within(study: Study, appraiser: str, confidence: float = CONFIDENCE) -> Share | CannotSay:
    """Parts that the appraiser judged the same in every trial; a single trial says nothing."""
    if study.trials < 2:
        return CannotSay(Lack.DECISIONS, len(study.parts))
    return _share(_same(study.of(appraiser)), confidence)


def against_standard(study: Study, appraiser: str, confidence: float = CONFIDENCE) -> Share:
    """Parts that the appraiser judged right in every trial."""
    return _share((study.of(appraiser) == study.truth[:, None]).all(axis=1), confidence)


def between(study: Study, confidence: float = CONFIDENCE) -> Share | CannotSay:
    """Parts that all appraisers judged the same in all trials; right or wrong."""
    if len(study.appraisers) < 2:
        return CannotSay(Lack.DECISIONS, len(study.parts) * study.trials)
    return _share(_same(_by_part(study)), confidence)


def all_against_standard(study: Study, confidence: float = CONFIDENCE) -> Share:
    """Parts that all appraisers judged right in all trials."""
    return _share((_by_part(study) == study.truth[:, None]).all(axis=1), confidence)


def _by_part(study: Study) -> NDArray[np.bool_]:
    return np.swapaxes(study.answers, 0, 1).reshape(len(study.parts), -1)


def _same(answers: NDArray[np.bool_]) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = (answers == answers[:, :1]).all(axis=1)
    return same


def _share(events: NDArray[np.bool_], confidence: float) -> Share:
    return clopper_pearson(int(events.sum()), int(events.size), confidence)

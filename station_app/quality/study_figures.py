"""All figures of one agreement study together, as its report tells them. Pure; the formulas are in the rooms named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from station_app.quality.agreement import (
    Decision,
    Study,
    against_standard,
    all_against_standard,
    between,
    gather,
    within,
)
from station_app.quality.effectiveness import Effectiveness, effectiveness
from station_app.quality.estimate import CONFIDENCE, CannotSay, Estimate
from station_app.quality.intervals import Share, upper_bound
from station_app.quality.kappa import cohen_kappa, cross_table, fleiss_kappa


@dataclass(frozen=True, slots=True)
class AppraiserFigures:
    """One appraiser. `kappa` is Cohen's against the standard over all answers, `own_kappa` Fleiss' over the trials."""

    appraiser: str
    within: Share | CannotSay
    against: Share
    kappa: Estimate | CannotSay
    own_kappa: Estimate | CannotSay
    rates: Effectiveness | CannotSay


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Cohen's kappa of two appraisers, each trial of one beside the same trial of the other."""

    first: str
    second: str
    kappa: Estimate | CannotSay


@dataclass(frozen=True, slots=True)
class DisputedPart:
    """A part that not every appraiser judged right in every trial. `wrong` counts each one's wrong answers, in the
    order of the study's appraisers."""

    part: str
    is_bad: bool
    wrong: tuple[int, ...]

    @property
    def all_wrong(self) -> int:
        return sum(self.wrong)


@dataclass(frozen=True, slots=True)
class MissProof:
    """What the bad parts of a study prove of misses, one-sided: `by_answer` takes every answer as independent and is
    too good where the trials of a part are alike; `by_part` counts parts that were missed at least once."""

    appraiser: str
    bad_parts: int
    trials: int
    missed_answers: int
    missed_parts: int
    by_answer: float
    by_part: float


@dataclass(frozen=True, slots=True)
class StudyFigures:
    """The figures of the appraisers who answered all of it. `fleiss` and `between` are over all of them."""

    appraisers: tuple[AppraiserFigures, ...]
    between: Share | CannotSay
    all_against: Share
    fleiss: Estimate | CannotSay
    pairs: tuple[PairFigures, ...]
    proofs: tuple[MissProof, ...]
    disputed: tuple[DisputedPart, ...]
    confidence: float


def study_figures(
    decisions: Iterable[Decision], truth: Mapping[str, bool], confidence: float = CONFIDENCE
) -> StudyFigures | CannotSay:
    """The figures of finished appraisers' decisions; `CannotSay` where some of them are missing, or all."""
    study = gather(decisions, truth)
    if isinstance(study, CannotSay):
        return study
    return StudyFigures(
        appraisers=tuple(_of_appraiser(study, who, confidence) for who in study.appraisers),
        between=between(study, confidence),
        all_against=all_against_standard(study, confidence),
        fleiss=fleiss_kappa(_ratings(study.answers), confidence),
        pairs=tuple(_of_pair(study, *pair, confidence) for pair in combinations(study.appraisers, 2)),
        proofs=tuple(_miss_proof(study, who, confidence) for who in study.appraisers if study.truth.any()),
        disputed=_disputed(study),
        confidence=confidence,
    )


def model_decisions(appraiser: str, calls_bad: Mapping[str, bool], trials: int) -> tuple[Decision, ...]:
    """The model's one verdict of each part as its answer in every trial: asked again it says the same."""
    return tuple(Decision(appraiser, part, trial, bad) for trial in range(trials) for part, bad in calls_bad.items())


def _of_appraiser(study: Study, appraiser: str, confidence: float) -> AppraiserFigures:
    answers = study.of(appraiser)
    standard = np.broadcast_to(study.truth[:, None], answers.shape)
    return AppraiserFigures(
        appraiser,
        within=within(study, appraiser, confidence),
        against=against_standard(study, appraiser, confidence),
        kappa=cohen_kappa(cross_table(answers, standard), confidence, study.trials),
        own_kappa=fleiss_kappa(_ratings(answers[None]), confidence),
        rates=effectiveness(study, appraiser, confidence),
    )


def _of_pair(study: Study, first: str, second: str, confidence: float) -> PairFigures:
    table = cross_table(study.of(first), study.of(second))
    return PairFigures(first, second, cohen_kappa(table, confidence, study.trials))


def _ratings(answers: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Appraisers x parts x trials become parts x (good, bad) counts."""
    bad = answers.sum(axis=(0, 2), dtype=np.int64)
    return np.stack((answers.shape[0] * answers.shape[2] - bad, bad), axis=1)


def _miss_proof(study: Study, appraiser: str, confidence: float) -> MissProof:
    missed = ~study.of(appraiser)[study.truth]
    answers, parts = int(missed.sum()), int(missed.any(axis=1).sum())
    bounds = (upper_bound(answers, missed.size, confidence), upper_bound(parts, len(missed), confidence))
    return MissProof(appraiser, len(missed), study.trials, answers, parts, *bounds)


def _disputed(study: Study) -> tuple[DisputedPart, ...]:
    """Those with most wrong answers first, then by number."""
    wrong = (study.answers != study.truth[None, :, None]).sum(axis=2)
    found = [
        DisputedPart(part, bool(study.truth[place]), tuple(int(count) for count in wrong[:, place]))
        for place, part in enumerate(study.parts)
        if wrong[:, place].any()
    ]
    return tuple(sorted(found, key=lambda part: (-part.all_wrong, len(part.part), part.part)))

"""All figures of a small study: counted by hand, and by statsmodels where it knows them."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa
from statsmodels.stats.proportion import proportion_confint

from station_app.quality.agreement import Decision
from station_app.quality.effectiveness import Effectiveness, Grade
from station_app.quality.estimate import CannotSay, Estimate, Lack
from station_app.quality.intervals import Share
from station_app.quality.study_figures import StudyFigures, model_decisions, study_figures

TRUTH = {str(n): n <= 8 for n in range(1, 21)}
"""Parts 1 to 8 of 20 are bad."""

WRONG = {("anna", "3", 0), ("anna", "9", 1), ("ben", "3", 0), ("ben", "3", 1), ("ben", "12", 0)}
MODEL_BAD = {part: is_bad and part != "7" for part, is_bad in TRUTH.items()}
"""The model misses part 7 in every trial."""


def decisions() -> list[Decision]:
    said = [
        Decision(who, part, trial, is_bad != ((who, part, trial) in WRONG))
        for who in ("anna", "ben")
        for part, is_bad in TRUTH.items()
        for trial in (0, 1)
    ]
    return [*said, *model_decisions("model", MODEL_BAD, 2)]


@pytest.fixture(scope="module")
def figures() -> StudyFigures:
    found = study_figures(decisions(), TRUTH)
    assert isinstance(found, StudyFigures)
    return found


def answers_of(who: str) -> np.ndarray:
    given = {(d.part, d.trial): d.is_bad for d in decisions() if d.appraiser == who}
    return np.array([[given[part, trial] for trial in (0, 1)] for part in sorted(TRUTH)])


def check_share(share: Share | CannotSay, count: int, total: int) -> None:
    assert isinstance(share, Share)
    assert (share.count, share.total) == (count, total)
    assert (share.low, share.high) == pytest.approx(proportion_confint(count, total, method="beta"), abs=1e-9)


@pytest.mark.parametrize(
    ("who", "parts", "answers"),
    [
        ("anna", (18, 18, 1, 1), (1, 1)),
        ("ben", (19, 18, 1, 1), (2, 1)),
        ("model", (20, 19, 1, 0), (2, 0)),
    ],
)
def test_each_appraiser_is_counted_by_hand(
    figures: StudyFigures, who: str, parts: tuple[int, int, int, int], answers: tuple[int, int]
) -> None:
    """Parts: judged alike, judged right, missed, falsely rejected; answers: misses, false alarms."""
    (found,) = [entry for entry in figures.appraisers if entry.appraiser == who]
    same, right, missed, alarmed = parts
    misses, alarms = answers
    check_share(found.within, same, 20)
    check_share(found.against, right, 20)
    rates = found.rates
    assert isinstance(rates, Effectiveness)
    check_share(rates.effectiveness, 40 - misses - alarms, 40)
    check_share(rates.misses, misses, 16)
    check_share(rates.false_alarms, alarms, 24)
    check_share(rates.missed_parts, missed, 8)
    check_share(rates.alarmed_parts, alarmed, 12)
    assert (rates.grade, rates.proved_grade) == (Grade.UNACCEPTABLE, Grade.UNACCEPTABLE)


def test_all_together_are_counted_by_hand(figures: StudyFigures) -> None:
    check_share(figures.between, 16, 20)
    check_share(figures.all_against, 16, 20)


@pytest.mark.parametrize("who", ["anna", "ben", "model"])
def test_kappa_against_the_standard_is_that_of_statsmodels(figures: StudyFigures, who: str) -> None:
    (found,) = [entry for entry in figures.appraisers if entry.appraiser == who]
    truth = np.array([TRUTH[part] for part in sorted(TRUTH)])
    table = np.zeros((2, 2))
    np.add.at(table, (answers_of(who).astype(int).ravel(), np.repeat(truth, 2).astype(int)), 1)
    oracle = cohens_kappa(table)
    assert isinstance(found.kappa, Estimate)
    assert found.kappa.value == pytest.approx(oracle.kappa, abs=1e-9)
    # Two trials a part: as if there were half as many answers, each of them independent.
    half = float(stats.norm.isf(0.025)) * float(oracle.std_kappa) * np.sqrt(2)
    assert found.kappa.low == pytest.approx(oracle.kappa - half, abs=1e-9)
    assert found.kappa.high == pytest.approx(min(1.0, oracle.kappa + half), abs=1e-9)


def test_kappa_of_a_pair_is_that_of_statsmodels(figures: StudyFigures) -> None:
    assert [(pair.first, pair.second) for pair in figures.pairs] == [
        ("anna", "ben"),
        ("anna", "model"),
        ("ben", "model"),
    ]
    table = np.zeros((2, 2))
    np.add.at(table, (answers_of("anna").astype(int).ravel(), answers_of("ben").astype(int).ravel()), 1)
    pair = figures.pairs[0].kappa
    assert isinstance(pair, Estimate)
    assert pair.value == pytest.approx(cohens_kappa(table).kappa, abs=1e-9)


def test_kappa_of_all_is_that_of_statsmodels(figures: StudyFigures) -> None:
    ratings = np.hstack([answers_of(who) for who in ("anna", "ben", "model")]).astype(int)
    assert isinstance(figures.fleiss, Estimate)
    assert figures.fleiss.value == pytest.approx(fleiss_kappa(aggregate_raters(ratings)[0]), abs=1e-9)


def test_what_is_proved_of_misses_is_exact(figures: StudyFigures) -> None:
    proof = next(proof for proof in figures.proofs if proof.appraiser == "anna")
    assert (proof.bad_parts, proof.trials, proof.missed_answers, proof.missed_parts) == (8, 2, 1, 1)
    assert proof.by_answer == pytest.approx(stats.beta.ppf(0.95, 2, 15), abs=1e-9)
    assert proof.by_part == pytest.approx(stats.beta.ppf(0.95, 2, 7), abs=1e-9)


def test_no_miss_of_seventeen_bad_parts_proves_little() -> None:
    truth = {str(n): n < 17 for n in range(40)}
    said = [Decision("anna", part, trial, is_bad) for part, is_bad in truth.items() for trial in range(3)]
    found = study_figures(said, truth)
    assert isinstance(found, StudyFigures)
    (proof,) = found.proofs
    assert proof.by_answer == pytest.approx(1 - 0.05 ** (1 / 51), abs=1e-9)  # 5.7 %, were all trials independent
    assert proof.by_part == pytest.approx(1 - 0.05 ** (1 / 17), abs=1e-9)  # 16.2 %


def test_disputed_parts_come_with_those_first_that_most_got_wrong(figures: StudyFigures) -> None:
    assert [(part.part, part.is_bad, part.wrong) for part in figures.disputed] == [
        ("3", True, (1, 2, 0)),
        ("7", True, (0, 0, 2)),
        ("9", False, (1, 0, 0)),
        ("12", False, (0, 1, 0)),
    ]


def test_a_missing_answer_is_no_figure() -> None:
    assert study_figures(decisions()[:-1], TRUTH) == CannotSay(Lack.DECISIONS, 1)

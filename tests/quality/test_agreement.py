"""Agreement studies, counted as the AIAG manual counts and with the intervals of its worked example."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from station_app.quality.agreement import (
    Decision,
    Study,
    against_standard,
    all_against_standard,
    between,
    gather,
    within,
)
from station_app.quality.effectiveness import Effectiveness, Grade, effectiveness, grade_of
from station_app.quality.estimate import CannotSay, Lack
from station_app.quality.intervals import Share

studies = arrays.arrays(
    np.bool_, st.tuples(st.integers(1, 4), st.integers(2, 12), st.integers(1, 4)), elements=st.booleans()
)


def study_of(answers: np.ndarray, truth: np.ndarray) -> Study:
    return Study(
        tuple(f"who {n}" for n in range(answers.shape[0])), tuple(f"p{n}" for n in range(len(truth))), answers, truth
    )


def test_gathered_answers_stand_in_their_places() -> None:
    decisions = [Decision(who, part, t, (who == "b") == (part == "y")) for who in "ba" for part in "xy" for t in (1, 2)]
    study = gather(decisions, {"x": False, "y": True})
    assert isinstance(study, Study)
    assert (study.appraisers, study.parts, study.trials) == (("a", "b"), ("x", "y"), 2)
    assert study.of("b").tolist() == [[False, False], [True, True]]
    assert against_standard(study, "b").count == 2
    assert against_standard(study, "a").count == 0
    assert within(study, "a") == within(study, "b")


def test_an_unfinished_study_says_how_many_answers_are_missing() -> None:
    decisions = [Decision("a", "x", 1, True), Decision("a", "y", 1, True), Decision("b", "x", 1, True)]
    assert gather(decisions, {"x": True, "y": False}) == CannotSay(Lack.DECISIONS, 1)
    assert gather([], {"x": True}) == CannotSay(Lack.DECISIONS, 1)
    with pytest.raises(ValueError, match="twice"):
        gather([*decisions, decisions[0]], {"x": True, "y": False})


@given(studies, st.data())
def test_agreement_counts_parts_as_the_manual_says(answers: np.ndarray, data: st.DataObject) -> None:
    truth = np.array(data.draw(st.lists(st.booleans(), min_size=answers.shape[1], max_size=answers.shape[1])))
    study = study_of(answers, truth)
    everyone = [set(answers[:, part, :].ravel().tolist()) for part in range(len(truth))]
    assert all_against_standard(study).count == sum(said == {bool(t)} for said, t in zip(everyone, truth, strict=True))
    own = [set(row.tolist()) for row in answers[0]]
    assert against_standard(study, "who 0").count == sum(said == {bool(t)} for said, t in zip(own, truth, strict=True))
    together, alone = between(study), within(study, "who 0")
    if answers.shape[0] == 1:
        assert together == CannotSay(Lack.DECISIONS, len(truth) * answers.shape[2])
    else:
        assert isinstance(together, Share)
        assert together.count == sum(len(said) == 1 for said in everyone)
        assert together.count >= all_against_standard(study).count
    if answers.shape[2] == 1:
        assert alone == CannotSay(Lack.DECISIONS, len(truth))
    else:
        assert isinstance(alone, Share)
        assert alone.count == sum(len(said) == 1 for said in own) >= against_standard(study, "who 0").count


@pytest.mark.parametrize(("count", "low", "high"), [(42, 0.71, 0.93), (45, 0.78, 0.97), (40, 0.66, 0.90)])
def test_the_intervals_of_the_aiag_manual(count: int, low: float, high: float) -> None:
    """Effectiveness of A, B and C in the worked example: 84 %, 90 % and 80 % of 50 parts."""
    answers = np.ones((1, 50, 3), np.bool_)
    answers[0, count:, 1] = False
    share = against_standard(study_of(answers, np.ones(50, np.bool_)), "who 0")
    assert (round(share.low, 2), round(share.high, 2)) == (low, high)


def test_misses_and_false_alarms_are_counted_by_answer_and_by_part() -> None:
    truth = np.array([True] * 10 + [False] * 20)
    answers = np.repeat(truth[None, :, None], 3, axis=2)
    answers[0, 0, :] = [False, False, True]
    answers[0, 15, 1] = True
    figures = effectiveness(study_of(answers, truth), "who 0")
    assert isinstance(figures, Effectiveness)
    assert (figures.misses.count, figures.misses.total) == (2, 30)
    assert (figures.false_alarms.count, figures.false_alarms.total) == (1, 60)
    assert (figures.effectiveness.count, figures.effectiveness.total) == (87, 90)
    assert (figures.missed_parts.count, figures.alarmed_parts.count, figures.right_parts.count) == (1, 1, 28)
    assert (figures.grade, figures.proved_grade) == (Grade.UNACCEPTABLE, Grade.UNACCEPTABLE)


def test_a_small_study_without_a_miss_proves_no_good_grade() -> None:
    truth = np.array([True] * 17 + [False] * 33)
    figures = effectiveness(study_of(np.repeat(truth[None, :, None], 3, axis=2), truth), "who 0")
    assert isinstance(figures, Effectiveness)
    assert (figures.grade, figures.proved_grade) == (Grade.ACCEPTABLE, Grade.UNACCEPTABLE)
    assert figures.missed_parts.high == pytest.approx(1 - 0.025 ** (1 / 17))


@pytest.mark.parametrize(
    ("rates", "grade"),
    [
        ((0.9, 0.02, 0.05), Grade.ACCEPTABLE),
        ((0.89, 0.02, 0.05), Grade.MARGINAL),
        ((0.9, 0.021, 0.05), Grade.MARGINAL),
        ((0.9, 0.02, 0.051), Grade.MARGINAL),
        ((0.8, 0.05, 0.1), Grade.MARGINAL),
        ((0.79, 0.0, 0.0), Grade.UNACCEPTABLE),
        ((0.99, 0.0, 0.101), Grade.UNACCEPTABLE),
        ((0.99, 0.051, 0.0), Grade.UNACCEPTABLE),
    ],
)
def test_the_worst_of_the_three_rates_decides(rates: tuple[float, float, float], grade: Grade) -> None:
    assert grade_of(*rates) is grade


@pytest.mark.parametrize(("bad", "lack"), [(True, Lack.GOOD_PARTS), (False, Lack.BAD_PARTS)])
def test_a_study_of_one_kind_of_part_shows_nothing(bad: bool, lack: Lack) -> None:
    study = study_of(np.full((1, 4, 2), bad), np.full(4, bad))
    assert effectiveness(study, "who 0") == CannotSay(lack, 1)

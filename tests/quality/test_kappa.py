"""Kappas against statsmodels, R's published output and the worked example of the AIAG manual."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as oracle_fleiss

from station_app.quality.estimate import CannotSay, Estimate, Lack, Method
from station_app.quality.kappa import (
    KappaBand,
    cohen_kappa,
    cross_table,
    fleiss_kappa,
    fleiss_null_error,
    kappa_band,
)

AIAG_TABLES = {
    "A and B": ([[44, 6], [3, 97]], 0.86),
    "A and C": ([[43, 7], [8, 92]], 0.78),
    "B and C": ([[42, 5], [9, 94]], 0.79),
    "A and the standard": ([[45, 5], [3, 97]], 0.88),
    "B and the standard": ([[45, 2], [3, 100]], 0.92),
    "C and the standard": ([[42, 9], [6, 93]], 0.77),
}
"""Rows and columns 0 (bad) and 1 (good), with the kappa printed in the manual's worked example (50 parts, 3 x 3)."""

PSYCHIATRISTS = np.array(
    [
        [0, 0, 0, 6, 0],
        [0, 3, 0, 0, 3],
        [0, 1, 4, 0, 1],
        [0, 0, 0, 0, 6],
        [0, 3, 0, 3, 0],
        [2, 0, 4, 0, 0],
        [0, 0, 4, 0, 2],
        [2, 0, 3, 1, 0],
        [2, 0, 0, 4, 0],
        [0, 0, 0, 0, 6],
        [1, 0, 0, 5, 0],
        [1, 1, 0, 4, 0],
        [0, 3, 3, 0, 0],
        [1, 0, 0, 5, 0],
        [0, 2, 0, 3, 1],
    ]
)
"""15 patients, 6 psychiatrists, 5 diagnoses: irrCAC's distrib.6raters, from Fleiss (1971)."""

tables = arrays.arrays(np.int64, st.integers(2, 4).map(lambda k: (k, k)), elements=st.integers(0, 60))


def estimate(answer: Estimate | CannotSay) -> Estimate:
    assert isinstance(answer, Estimate)
    return answer


@pytest.mark.parametrize(("table", "printed"), AIAG_TABLES.values(), ids=AIAG_TABLES.keys())
def test_the_kappas_of_the_aiag_manual(table: list[list[int]], printed: float) -> None:
    assert round(estimate(cohen_kappa(np.array(table))).value, 2) == printed


@given(tables, st.sampled_from([0.9, 0.95]))
def test_cohens_kappa_agrees_with_the_oracle(table: np.ndarray, confidence: float) -> None:
    answer = cohen_kappa(table, confidence)
    if isinstance(answer, CannotSay) or answer.method is not Method.KAPPA_NORMAL:
        return
    with np.errstate(all="ignore"):
        oracle = cohens_kappa(table)
    half = float(stats.norm.isf((1 - confidence) / 2)) * float(oracle.std_kappa)
    assert answer.value == pytest.approx(float(oracle.kappa), abs=1e-9)
    assert answer.low == pytest.approx(max(-1.0, float(oracle.kappa) - half), abs=1e-9)
    assert answer.high == pytest.approx(min(1.0, float(oracle.kappa) + half), abs=1e-9)


@given(tables, st.integers(1, 5))
def test_trials_that_are_alike_say_no_more_than_one_of_them(table: np.ndarray, trials: int) -> None:
    once, repeated = cohen_kappa(table), cohen_kappa(trials * table, alike=trials)
    if isinstance(once, CannotSay):
        assert isinstance(repeated, CannotSay)
        return
    assert isinstance(repeated, Estimate)
    assert (repeated.value, repeated.low, repeated.high) == pytest.approx((once.value, once.low, once.high), abs=1e-9)
    assert repeated.total == trials * once.total


def test_much_agreement_at_few_bad_parts_is_little_kappa() -> None:
    kappa = estimate(cohen_kappa(np.array([[960, 15], [15, 10]])))
    assert kappa.count / kappa.total == 0.97
    assert kappa.value == pytest.approx(0.385, abs=5e-4)


def test_a_rater_who_always_says_the_same_has_no_kappa_above_chance_and_still_an_interval() -> None:
    kappa = estimate(cohen_kappa(np.array([[6, 49], [0, 0]])))
    assert kappa.value == pytest.approx(0.0, abs=1e-12)
    assert kappa.low < 0 < kappa.high


def test_full_agreement_keeps_an_interval() -> None:
    kappa = estimate(cohen_kappa(np.array([[20, 0], [0, 10]])))
    assert (kappa.value, kappa.high, kappa.method) == (1.0, 1.0, Method.KAPPA_FROM_AGREEMENT)
    assert kappa.low == pytest.approx((stats.beta.ppf(0.025, 30, 1) - 5 / 9) / (4 / 9), abs=1e-9)
    fleiss = estimate(fleiss_kappa(np.array([[3, 0]] * 20 + [[0, 3]] * 10)))
    assert (fleiss.value, fleiss.low) == pytest.approx((1.0, kappa.low))


@pytest.mark.parametrize(
    ("table", "lack"),
    [
        ([[9, 0], [0, 0]], Lack.BAD_PARTS),
        ([[0, 0], [0, 9]], Lack.GOOD_PARTS),
        ([[0, 0], [0, 0]], Lack.DECISIONS),
    ],
)
def test_there_is_no_kappa_where_all_answers_are_one(table: list[list[int]], lack: Lack) -> None:
    assert cohen_kappa(np.array(table)) == CannotSay(lack, 1)


def test_fleiss_kappa_of_the_psychiatrists() -> None:
    """irrCAC prints 0.4139265, error 0.08119291, interval 0.240 to 0.588."""
    kappa = estimate(fleiss_kappa(PSYCHIATRISTS))
    assert kappa.value == pytest.approx(0.4139265, abs=5e-8)
    assert (kappa.high - kappa.low) / 2 == pytest.approx(0.08119291 * float(stats.t.ppf(0.975, 14)), abs=5e-8)
    assert (round(kappa.low, 3), round(kappa.high, 3)) == (0.240, 0.588)
    assert kappa.count / kappa.total == pytest.approx(0.5511111, abs=5e-8)


@given(
    arrays.arrays(np.int64, st.tuples(st.integers(2, 20), st.just(7)), elements=st.integers(0, 2)),
)
def test_fleiss_kappa_agrees_with_the_oracle(answers: np.ndarray) -> None:
    ratings = np.stack([np.bincount(row, minlength=3) for row in answers])
    kappa = fleiss_kappa(ratings)
    if isinstance(kappa, CannotSay):
        assert len(np.unique(answers)) == 1
        return
    assert kappa.value == pytest.approx(float(oracle_fleiss(ratings)), abs=1e-9)
    assert kappa.low <= kappa.value <= kappa.high


def test_the_null_error_is_right_where_there_is_chance_alone() -> None:
    generator = np.random.default_rng(3)
    kappas = []
    for _ in range(2000):
        answers = generator.choice(3, size=(40, 5), p=[0.5, 0.3, 0.2])
        kappas.append(float(oracle_fleiss(np.stack([np.bincount(row, minlength=3) for row in answers]))))
    ratings = np.tile(np.array([[3, 1, 1], [2, 2, 1], [2, 2, 1], [3, 1, 1]]), (10, 1))
    assert fleiss_null_error(ratings) == pytest.approx(float(np.std(kappas)), rel=0.06)


def test_fleiss_kappa_says_what_is_missing() -> None:
    assert fleiss_kappa(np.zeros((0, 2), np.int64)) == CannotSay(Lack.PARTS, 2)
    assert fleiss_kappa(np.array([[1, 0], [0, 1]])) == CannotSay(Lack.DECISIONS, 1)
    assert fleiss_kappa(np.array([[2, 0], [2, 0]])) == CannotSay(Lack.BAD_PARTS, 1)
    with pytest.raises(ValueError, match="same number"):
        fleiss_kappa(np.array([[2, 0], [2, 1]]))


@pytest.mark.parametrize(
    ("kappa", "band"), [(0.9, KappaBand.GOOD), (0.7, KappaBand.MARGINAL), (0.69, KappaBand.UNACCEPTABLE)]
)
def test_a_kappa_lies_in_its_band(kappa: float, band: KappaBand) -> None:
    assert kappa_band(kappa) is band


def test_a_cross_table_counts_pairs() -> None:
    first, second = np.array([False, False, True, True, True]), np.array([False, True, True, True, False])
    assert cross_table(first, second).tolist() == [[1, 1], [1, 2]]

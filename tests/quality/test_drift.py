"""EWMA, PSI and the ranking of moved signals: closed forms, oracles, and simulated false alarms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.nonparametric import rank_compare_2indep

from station_app.quality.drift_ranking import chance_above, rank_signals
from station_app.quality.estimate import CannotSay, Estimate, Lack, Method
from station_app.quality.ewma import (
    PATIENT,
    QUICK,
    Base,
    EwmaDesign,
    ewma,
    freeze_base,
    normal_scores,
    subgroup_means,
)
from station_app.quality.population_shift import (
    FolkReading,
    PopulationShift,
    bin_counts,
    compare_counts,
    population_shift,
    quantile_edges,
)

floats = st.floats(-100, 100)
STANDARD = Base(Estimate(0.0, 100, 100, -0.2, 0.2, 0.95, Method.STUDENT_T), 1.0)


@given(st.lists(floats, min_size=1, max_size=60), st.floats(0.01, 1), st.floats(0.5, 4))
def test_the_average_and_its_limits_agree_with_the_closed_form(
    values: list[float], weight: float, width: float
) -> None:
    base = Base(Estimate(1.5, 30, 30, 1, 2, 0.95, Method.STUDENT_T), 2.0)
    for i, point in enumerate(ewma(values, base, EwmaDesign(weight, width)), start=1):
        powers = weight * (1 - weight) ** np.arange(i - 1, -1, -1)
        half = width * 2 * np.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * i)))
        assert point.value == pytest.approx(float(powers @ values[:i]) + (1 - weight) ** i * 1.5, abs=1e-9)
        assert (point.low, point.high) == pytest.approx((1.5 - half, 1.5 + half), abs=1e-9)


def average_run_length(design: EwmaDesign, shift: float) -> float:
    """By the Markov chain of Brook and Evans (1972), with the limits at their final width."""
    limit = design.width * np.sqrt(design.weight / (2 - design.weight))
    edges = np.linspace(-limit, limit, 202)
    middles = (edges[1:] + edges[:-1]) / 2
    reach = (edges[None, :] - (1 - design.weight) * middles[:, None]) / design.weight - shift
    moves = np.diff(stats.norm.cdf(reach), axis=1)
    return float(np.linalg.solve(np.eye(201) - moves, np.ones(201))[100])


@pytest.mark.parametrize(("design", "shift", "published"), [(QUICK, 0, 500), (QUICK, 1, 10.3), (PATIENT, 0.5, 28.7)])
def test_the_designs_have_their_published_run_lengths(design: EwmaDesign, shift: float, published: float) -> None:
    """Lucas and Saccucci (1990), table 3."""
    assert average_run_length(design, shift) == pytest.approx(published, rel=0.02)


def test_an_average_alarms_as_rarely_as_its_design_says() -> None:
    generator = np.random.default_rng(4)
    values = generator.standard_normal(20_000)
    alarms = sum(point.is_out for point in ewma(values.tolist(), STANDARD, QUICK))
    assert alarms / 20_000 < 0.02
    shifted = [point.is_out for point in ewma((values[:60] + 1).tolist(), STANDARD, QUICK)]
    assert any(shifted[:40])


def test_a_base_states_its_mean_with_students_interval() -> None:
    values = np.random.default_rng(1).normal(5, 2, 40)
    base = freeze_base(values.tolist())
    assert isinstance(base, Base)
    low, high = stats.t.interval(0.95, 39, values.mean(), values.std(ddof=1) / np.sqrt(40))
    assert (base.mean.low, base.mean.high) == pytest.approx((float(low), float(high)), abs=1e-9)
    assert base.sigma == pytest.approx(float(values.std(ddof=1)))


def test_a_base_too_short_or_without_any_spread_says_so() -> None:
    assert freeze_base([1.0, 2.0]) == CannotSay(Lack.SUBGROUPS, 23)
    assert freeze_base([1.0] * 30) == CannotSay(Lack.SUBGROUPS, 1)


@pytest.mark.parametrize(("weight", "width"), [(0.0, 3), (1.1, 3), (0.1, 0)])
def test_a_design_without_meaning_is_refused(weight: float, width: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        EwmaDesign(weight, width)


@given(st.lists(floats, min_size=1, max_size=50), st.lists(floats, max_size=20))
def test_normal_scores_rank_against_the_reference(reference: list[float], values: list[float]) -> None:
    scores = normal_scores(np.array(reference), np.array(values))
    for value, score in zip(values, scores, strict=True):
        rank = sum(r < value for r in reference) + (sum(r == value for r in reference) + 1) / 2
        rank = min(max(rank, 1), len(reference))
        assert score == pytest.approx(float(stats.norm.ppf((rank - 0.375) / (len(reference) + 0.25))), abs=1e-9)


def test_normal_scores_of_the_reference_itself_are_about_normal() -> None:
    reference = np.random.default_rng(2).beta(0.3, 8, 5000)
    scores = normal_scores(reference, reference)
    assert (float(scores.mean()), float(scores.std())) == pytest.approx((0, 1), abs=0.01)
    with pytest.raises(ValueError, match="reference"):
        normal_scores(np.array([]), reference)


def test_means_are_of_whole_subgroups_only() -> None:
    assert subgroup_means(np.arange(7.0), 3).tolist() == [1.0, 4.0]
    assert subgroup_means(np.arange(2.0), 3).tolist() == []
    with pytest.raises(ValueError, match="subgroup"):
        subgroup_means(np.arange(2.0), 0)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=12))
def test_the_index_agrees_with_its_formula_and_is_symmetric(pairs: list[tuple[int, int]]) -> None:
    reference, counts = (np.array(side) for side in zip(*pairs, strict=True))
    if not reference.sum() or not counts.sum():
        with pytest.raises(ValueError, match="histograms"):
            compare_counts(reference, counts)
        return
    shift, turned = compare_counts(reference, counts), compare_counts(counts, reference)
    a = (counts + 0.5) / (counts.sum() + len(pairs) / 2)
    b = (reference + 0.5) / (reference.sum() + len(pairs) / 2)
    assert shift.psi == pytest.approx(float(stats.entropy(a, b) + stats.entropy(b, a)), abs=1e-9)
    assert shift.critical == pytest.approx(
        (1 / reference.sum() + 1 / counts.sum()) * float(stats.chi2.ppf(0.95, len(pairs) - 1)), rel=1e-9
    )
    assert (turned.psi, turned.critical) == pytest.approx((shift.psi, shift.critical))


def test_the_critical_value_follows_the_sample_and_keeps_its_promise() -> None:
    generator = np.random.default_rng(7)
    reference = generator.beta(2, 20, 10_000)
    shifts = [population_shift(reference, generator.beta(2, 20, 500)) for _ in range(400)]
    drifts = [shift.is_drift for shift in shifts if isinstance(shift, PopulationShift)]
    assert len(drifts) == 400
    assert 0.02 < sum(drifts) / 400 < 0.09
    assert isinstance(shifts[0], PopulationShift)
    assert shifts[0].critical == pytest.approx(0.036, abs=5e-4)


def test_a_small_real_shift_is_seen_far_below_the_folk_limit() -> None:
    generator = np.random.default_rng(9)
    shift = population_shift(generator.normal(0, 1, 10_000), generator.normal(0.15, 1, 5000))
    assert isinstance(shift, PopulationShift)
    assert shift.critical < shift.psi < 0.1
    assert shift.folk_reading is FolkReading.STABLE


@pytest.mark.parametrize(
    ("psi", "reading"),
    [
        (0.099, FolkReading.STABLE),
        (0.1, FolkReading.MODERATE),
        (0.249, FolkReading.MODERATE),
        (0.25, FolkReading.LARGE),
    ],
)
def test_the_folk_reading_has_its_known_limits(psi: float, reading: FolkReading) -> None:
    assert PopulationShift(psi, 0.04, 0.95, 100, 100, ()).folk_reading is reading


@given(st.lists(st.integers(0, 5).map(float), min_size=1, max_size=200))
def test_edges_leave_no_bin_of_the_reference_empty(values: list[float]) -> None:
    reference = np.array(values)
    counts = bin_counts(quantile_edges(reference), reference)
    assert counts.sum() == len(values)
    assert counts.min() > 0


def test_too_few_or_all_equal_values_have_no_index() -> None:
    many = np.linspace(0, 1, 100)
    assert population_shift(many, many[:30]) == CannotSay(Lack.PARTS, 20)
    assert population_shift(np.ones(100), many) == CannotSay(Lack.PARTS, 1)
    with pytest.raises(ValueError, match="no number"):
        population_shift(many, np.append(many, np.nan))


samples = st.lists(st.integers(-20, 20).map(float), min_size=3, max_size=40).map(np.array)


@given(samples, samples)
def test_the_chance_above_agrees_with_the_oracle(reference: np.ndarray, values: np.ndarray) -> None:
    answer = chance_above(reference, values)
    assert answer.low <= answer.value <= answer.high
    with np.errstate(all="ignore"):
        oracle = rank_compare_2indep(values, reference)
        low, high = oracle.conf_int(alpha=0.05)
    assert answer.value == pytest.approx(float(oracle.prob1), abs=1e-9)
    if np.isfinite(low) and high - low > 1e-9:
        assert answer.low == pytest.approx(max(0.0, float(low)), abs=1e-9)
        assert answer.high == pytest.approx(min(1.0, float(high)), abs=1e-9)


def test_complete_separation_keeps_an_interval() -> None:
    answer = chance_above(np.arange(10.0), np.arange(20.0) + 100)
    assert (answer.value, answer.high) == (1.0, 1.0)
    assert answer.low == pytest.approx(0.05 ** (1 / 10))


def test_the_signal_that_moved_most_comes_first() -> None:
    generator = np.random.default_rng(10)

    def signal(shift: float, now: int = 400) -> tuple[np.ndarray, np.ndarray]:
        return generator.normal(0, 1, 4000), generator.normal(shift, 1, now)

    signals = {"focus": signal(0), "light": signal(-1.0), "score": signal(0.5), "new camera": signal(0, now=20)}
    ranking = rank_signals(signals)
    assert [moved.name for moved in ranking.moved] == ["light", "score", "focus"]
    assert [moved.shift.is_drift for moved in ranking.moved] == [True, True, False]
    assert ranking.moved[0].direction.high < 0.5 < ranking.moved[1].direction.low
    assert ranking.unknown == (("new camera", CannotSay(Lack.PARTS, 30)),)
    assert ranking.moved[0].shift.confidence == pytest.approx(1 - 0.05 / 4)

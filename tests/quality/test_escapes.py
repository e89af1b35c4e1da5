"""Stratified rates: unbiased by exhaustion, exact where one stratum is, honest where nothing was found."""

import itertools
import math
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from station_app.quality.escapes import caught_share, escape_rate, horvitz_thompson, overkill_rate, pooled_rate
from station_app.quality.estimate import CannotSay, Estimate, Lack, Method
from station_app.quality.gamma_interval import weighted_upper_bound
from station_app.quality.intervals import clopper_pearson, reviews_needed, upper_bound
from station_app.quality.proof import Proved, prove_below
from station_app.quality.sampling import BlindReview, Draw
from station_app.quality.strata import Stratum, tally


@st.composite
def strata_of(draw: st.DrawFn, least_reviewed: int = 0) -> Stratum:
    reviewed = draw(st.integers(least_reviewed, 400))
    parts = draw(st.integers(reviewed, 20_000))
    return Stratum.of_set(parts, reviewed, draw(st.integers(0, min(reviewed, 20))))


samples = st.lists(strata_of(least_reviewed=1), min_size=1, max_size=5)


def estimate(answer: Estimate | CannotSay) -> Estimate:
    assert isinstance(answer, Estimate)
    return answer


def bernoulli_samples(lot: Sequence[tuple[int, float, bool]]) -> Iterator[tuple[float, tuple[Stratum, ...]]]:
    """Every sample that could be drawn from a small lot of (stratum, probability, is bad), with its odds."""
    for drawn in itertools.product([False, True], repeat=len(lot)):
        odds = math.prod(p if taken else 1 - p for (_, p, _), taken in zip(lot, drawn, strict=True))
        parts = [Draw(n, h, p, taken) for n, ((h, p, _), taken) in enumerate(zip(lot, drawn, strict=True))]
        yield odds, tally(parts, [BlindReview(part, lot[part.part_id][2]) for part in parts if part.is_drawn])


def test_inverse_weights_are_unbiased_over_every_possible_sample() -> None:
    lot = [(0, 0.4, False)] * 5 + [(0, 0.4, True)] + [(1, 0.7, False)] * 2 + [(1, 0.7, True)] * 2
    mean = sum(odds * estimate(horvitz_thompson(strata)).value for odds, strata in bernoulli_samples(lot))
    assert mean == pytest.approx(3 / 10, abs=1e-12)


def test_the_stratified_rate_is_unbiased_over_every_sample_of_fixed_size() -> None:
    far, near = [False] * 6 + [True] * 1, [False] * 2 + [True] * 3
    values = [
        estimate(escape_rate([Stratum.of_set(7, 3, sum(one)), Stratum.of_set(5, 2, sum(other))])).value
        for one in itertools.combinations(far, 3)
        for other in itertools.combinations(near, 2)
    ]
    assert sum(values) / len(values) == pytest.approx(4 / 12, abs=1e-12)


@given(samples)
def test_the_rate_lies_inside_its_interval_and_all_within_0_and_1(strata: list[Stratum]) -> None:
    rate = estimate(escape_rate(strata))
    assert 0 <= rate.low <= rate.value + 1e-12
    assert rate.value <= rate.high + 1e-12
    assert rate.high <= 1
    assert (rate.count, rate.total) == (sum(s.found for s in strata), sum(s.reviewed for s in strata))


@given(samples)
def test_an_empty_stratum_changes_nothing(strata: list[Stratum]) -> None:
    assert escape_rate([*strata, Stratum.of_set(0, 0, 0)]) == escape_rate(strata)


@given(strata_of(least_reviewed=1))
def test_one_stratum_has_the_exact_interval(stratum: Stratum) -> None:
    rate, share = estimate(escape_rate([stratum])), clopper_pearson(stratum.found, stratum.reviewed)
    assert (rate.value, rate.low, rate.high, rate.method) == (share.value, share.low, share.high, share.method)


@given(samples, st.integers(0, 4))
def test_one_more_event_never_lowers_the_rate(strata: list[Stratum], which: int) -> None:
    before, chosen = estimate(escape_rate(strata)), strata[which % len(strata)]
    if chosen.found == chosen.reviewed:
        return
    worse = [Stratum.of_set(s.parts, s.reviewed, s.found + (n == which % len(strata))) for n, s in enumerate(strata)]
    after = estimate(escape_rate(worse))
    assert after.value >= before.value
    assert after.high >= before.high - 1e-12


def test_nothing_found_still_has_an_upper_bound_set_by_the_widest_stratum() -> None:
    rate = estimate(escape_rate([Stratum.of_set(9000, 400, 0), Stratum.of_set(1000, 200, 0)]))
    assert (rate.value, rate.low, rate.method) == (0.0, 0.0, Method.FAY_FEUER)
    assert rate.high == pytest.approx(-math.log(0.025) * 0.9 / 400)


def test_a_stratum_that_nobody_looked_at_makes_the_rate_unknown() -> None:
    assert escape_rate([Stratum.of_set(9000, 400, 0), Stratum.of_set(10, 0, 0)]) == CannotSay(Lack.REVIEWS, 1)
    assert escape_rate([Stratum.of_set(0, 0, 0)]) == CannotSay(Lack.PARTS, 1)
    assert pooled_rate([Stratum.of_set(10, 0, 0)]) == CannotSay(Lack.REVIEWS, 1)
    assert horvitz_thompson([]) == CannotSay(Lack.PARTS, 1)


def test_inverse_weights_wait_for_every_answer() -> None:
    assert horvitz_thompson([Stratum(100, 10, 7, 0, 0.1)]) == CannotSay(Lack.REVIEWS, 3)
    with pytest.raises(ValueError, match="probability"):
        horvitz_thompson([Stratum.of_set(100, 10, 0)])


def test_the_pooled_rate_is_wrong_where_the_strata_differ() -> None:
    strata = [Stratum.of_set(9900, 300, 0), Stratum.of_set(100, 100, 20)]
    assert estimate(escape_rate(strata)).value == pytest.approx(0.002)
    assert estimate(pooled_rate(strata)).value == pytest.approx(0.05)


def test_overkill_above_a_half_is_read_from_the_rarer_bad_parts() -> None:
    mostly_good = [Stratum.of_set(300, 50, 45), Stratum.of_set(200, 50, 40)]
    rate, plain = estimate(overkill_rate(mostly_good)), estimate(escape_rate(mostly_good))
    mirrored = estimate(escape_rate([Stratum.of_set(300, 50, 5), Stratum.of_set(200, 50, 10)]))
    assert (rate.low, rate.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low))
    assert rate.high - rate.low < plain.high - plain.low
    assert (rate.value, rate.count) == (plain.value, 85)


def test_the_share_caught_joins_both_rates() -> None:
    passed = [Stratum.of_set(10_000, 3000, 3)]
    failed = [Stratum.of_set(200, 100, 50)]
    share = estimate(caught_share(passed, failed))
    assert share.value == pytest.approx(100 / 110)
    assert (share.count, share.total, share.method) == (50, 53, Method.BONFERRONI)
    escapes = stats.binomtest(3, 3000).proportion_ci(0.975, "exact")
    overkill = stats.binomtest(50, 100).proportion_ci(0.975, "exact")
    worst = 200 * (1 - overkill.high) / (200 * (1 - overkill.high) + 10_000 * escapes.high)
    best = 200 * (1 - overkill.low) / (200 * (1 - overkill.low) + 10_000 * escapes.low)
    assert (share.low, share.high) == pytest.approx((worst, best))


def test_the_share_caught_needs_both_sides_and_one_bad_part() -> None:
    fine = [Stratum.of_set(100, 10, 0)]
    assert caught_share([], fine) == CannotSay(Lack.PARTS, 1)
    assert caught_share(fine, []) == CannotSay(Lack.PARTS, 1)
    assert caught_share(fine, [Stratum.of_set(10, 10, 10)]) == CannotSay(Lack.BAD_PARTS, 1)


@pytest.mark.parametrize("limit", [0.01, 0.001, 0.0001])
def test_one_stratum_needs_the_known_number_of_good_reviews(limit: float) -> None:
    needed = reviews_needed(limit)
    assert prove_below([Stratum.of_set(100_000, 100, 0)], limit) == CannotSay(Lack.REVIEWS, needed - 100)
    assert prove_below([Stratum.of_set(100_000, needed - 1, 0)], limit) == CannotSay(Lack.REVIEWS, 1)
    proof = prove_below([Stratum.of_set(100_000, needed, 0)], limit)
    assert isinstance(proof, Proved)
    assert proof.bound <= limit


@given(samples, st.floats(0.0005, 0.2))
@settings(max_examples=30)
def test_the_missing_reviews_are_enough_where_they_find_nothing(strata: list[Stratum], limit: float) -> None:
    answer = prove_below(strata, limit)
    if isinstance(answer, Proved):
        assert answer.bound <= limit
        return
    if len(strata) == 1:
        bounds = [upper_bound(strata[0].found, strata[0].reviewed + answer.needed - less) for less in (0, 1)]
        assert bounds[0] <= limit < bounds[1]
        return
    total, reviews = sum(s.parts for s in strata), [s.reviewed for s in strata]
    for _ in range(answer.needed):
        heaviest = max(range(len(strata)), key=lambda n: strata[n].parts / reviews[n])
        reviews[heaviest] += 1
    weights = [s.parts / total / n for s, n in zip(strata, reviews, strict=True)]
    assert weighted_upper_bound(weights, [s.found for s in strata]) <= limit * (1 + 1e-9)


def test_a_limit_that_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        prove_below([Stratum.of_set(10, 1, 0)], 0.0)
    assert prove_below([], 0.1) == CannotSay(Lack.PARTS, 1)


def test_a_tally_keeps_parts_of_different_probabilities_apart() -> None:
    parts = [Draw(1, 0, 0.1, True), Draw(2, 0, 0.1, False), Draw(3, 0, 0.5, True), Draw(4, 1, 0.5, True)]
    strata = tally(parts, [BlindReview(parts[0], True), BlindReview(parts[3], False)])
    assert strata == (Stratum(2, 1, 1, 1, 0.1), Stratum(1, 1, 0, 0, 0.5), Stratum(1, 1, 1, 0, 0.5))


def test_a_review_counts_once_and_in_its_own_period() -> None:
    part = Draw(1, 0, 0.1, True)
    with pytest.raises(ValueError, match="second"):
        tally([part], [BlindReview(part, True), BlindReview(part, True)])
    with pytest.raises(ValueError, match="another period"):
        tally([], [BlindReview(part, True)])
    with pytest.raises(ValueError, match="twice"):
        tally([part, part], [])


@pytest.mark.parametrize("numbers", [(1, 2, 0, 0), (2, 2, 1, 2), (2, 1, 2, 0)])
def test_numbers_that_do_not_nest_are_no_stratum(numbers: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="no stratum"):
        Stratum(*numbers)
    with pytest.raises(ValueError, match="inclusion"):
        Stratum(1, 1, 1, 1, 0.0)

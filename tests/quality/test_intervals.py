"""Intervals against scipy as the oracle, and against what the formulas must never do."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from station_app.quality.incomplete_beta import incomplete_beta, inverse_incomplete_beta
from station_app.quality.intervals import clopper_pearson, reviews_needed, upper_bound, wilson

counts = st.integers(0, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99])


@given(st.floats(0.5, 5000), st.floats(0.5, 5000), st.floats(0, 1))
def test_incomplete_beta_agrees_with_the_oracle(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) == pytest.approx(float(special.betainc(a, b, x)), rel=1e-9, abs=1e-12)


@given(st.floats(0.5, 20_000), st.floats(0.5, 20_000), st.floats(1e-6, 1 - 1e-6))
@settings(max_examples=50)
def test_the_inverse_undoes_the_function(a: float, b: float, p: float) -> None:
    x = inverse_incomplete_beta(a, b, p)
    assert x == pytest.approx(float(special.betaincinv(a, b, p)), rel=1e-9, abs=1e-12)


@given(counts, confidences)
@settings(max_examples=50)
def test_clopper_pearson_agrees_with_the_oracle(pair: tuple[int, int], confidence: float) -> None:
    count, total = pair
    share = clopper_pearson(count, total, confidence)
    if total == 0:
        assert (share.low, share.high) == (0.0, 1.0)
        return
    exact = stats.binomtest(count, total).proportion_ci(confidence, "exact")
    assert (share.low, share.high) == pytest.approx((exact.low, exact.high), abs=1e-9)


@given(counts, confidences)
def test_wilson_agrees_with_the_oracle(pair: tuple[int, int], confidence: float) -> None:
    count, total = pair
    share = wilson(count, total, confidence)
    if total == 0:
        assert (share.low, share.high) == (0.0, 1.0)
        return
    score = stats.binomtest(count, total).proportion_ci(confidence, "wilson")
    assert (share.low, share.high) == pytest.approx((score.low, score.high), abs=1e-9)


@given(counts)
@settings(max_examples=50)
def test_the_observed_share_lies_inside(pair: tuple[int, int]) -> None:
    for share in (clopper_pearson(*pair), wilson(*pair)):
        assert 0 <= share.low <= share.high <= 1
        assert share.total == 0 or share.low - 1e-12 <= share.value <= share.high + 1e-12


def test_seventeen_bad_parts_without_a_miss_prove_little() -> None:
    assert upper_bound(0, 51) == pytest.approx(0.057, abs=5e-4)


def test_where_every_part_had_the_event_no_bound_below_one_is_left() -> None:
    assert upper_bound(7, 7) == 1.0


@pytest.mark.parametrize(("share", "needed"), [(0.01, 299), (0.001, 2995), (0.0001, 29956)])
def test_zero_events_need_the_known_numbers_of_reviews(share: float, needed: int) -> None:
    assert reviews_needed(share) == needed
    assert upper_bound(0, needed) <= share < upper_bound(0, needed - 1)


@pytest.mark.parametrize("pair", [(-1, 5), (6, 5)])
def test_a_count_outside_its_total_is_a_bug(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no share"):
        clopper_pearson(*pair)


@pytest.mark.parametrize("confidence", [0.0, 1.0, math.nan])
def test_a_confidence_must_leave_room_on_both_sides(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 2, confidence)


def test_the_beta_function_refuses_what_has_no_meaning() -> None:
    with pytest.raises(ValueError, match="above 0"):
        incomplete_beta(0, 1, 0.5)
    with pytest.raises(ValueError, match="probability"):
        inverse_incomplete_beta(1, 1, 1.5)

"""The rules that take a model out of service: silent by chance, loud in earnest."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.quality.rollback_rules import (
    Judged,
    RollbackLimits,
    overturned_more,
    scores_shifted,
    too_many_faults,
    too_slow,
)

LIMITS = RollbackLimits()


@given(st.lists(st.booleans(), max_size=200))
def test_faults_are_counted_in_the_last_parts_alone(outcomes: list[bool]) -> None:
    assert (too_many_faults(outcomes, LIMITS) is not None) == (sum(outcomes[-50:]) >= 3)


def test_old_faults_are_forgotten() -> None:
    assert too_many_faults([True] * 3, LIMITS) == "3 of the last 3 parts had no valid answer"
    assert too_many_faults([True] * 3 + [False] * 48, LIMITS) is None


def test_slowness_needs_parts_and_a_margin() -> None:
    assert too_slow([900.0] * 49, [10.0] * 50, 1000, LIMITS) is None
    assert too_slow([900.0] * 50, [], 1000, LIMITS) is not None, "against the deadline no champion is needed"
    assert too_slow([21.0] * 50, [10.0] * 50, 1000, LIMITS) is None, "twice nearly nothing is no harm"
    assert too_slow([210.0] * 50, [100.0] * 50, 1000, LIMITS) == (
        "it needs 210 ms for 95 of 100 parts, the champion 100 ms"
    )
    assert too_slow([190.0] * 50, [100.0] * 50, 1000, LIMITS) is None
    assert too_slow([900.0] * 2 + [50.0] * 48, [50.0] * 50, 1000, LIMITS) is None, "two of fifty lie beyond the 95"


@given(st.integers(200, 5000), st.integers(200, 5000), st.data())
def test_an_override_share_that_is_no_higher_is_never_a_reason(ours: int, theirs: int, data: st.DataObject) -> None:
    before = data.draw(st.integers(0, theirs))
    now = data.draw(st.integers(0, before * ours // theirs))
    assert overturned_more(Judged(now, ours), Judged(before, theirs), LIMITS) is None


@given(st.integers(0, 199), st.integers(0, 5000))
def test_it_says_nothing_before_enough_were_judged(few: int, many: int) -> None:
    assert overturned_more(Judged(few, few), Judged(0, many), LIMITS) is None
    assert overturned_more(Judged(many, many), Judged(0, few), LIMITS) is None


def test_three_sigma_is_where_it_begins() -> None:
    # 28 and 10 of 200: the common share is 0.097, sigma of the difference 0.0296, three of it 17.8 parts.
    assert overturned_more(Judged(27, 200), Judged(10, 200), LIMITS) is None
    assert overturned_more(Judged(28, 200), Judged(10, 200), LIMITS) is not None
    draw = np.random.default_rng(1)
    pairs = draw.binomial(300, 0.05, (4000, 2))
    false = [overturned_more(Judged(int(a), 300), Judged(int(b), 300), LIMITS) is not None for a, b in pairs]
    assert np.mean(false) < 0.005


def test_equal_scores_are_no_shift_and_other_ones_are() -> None:
    draw = np.random.default_rng(2)
    alike = sum(
        scores_shifted(draw.beta(2, 20, 200).tolist(), draw.beta(2, 20, 200).tolist(), LIMITS) is not None
        for _ in range(400)
    )
    assert alike <= 4
    told = scores_shifted(draw.beta(2, 20, 1000).tolist(), draw.beta(4, 12, 300).tolist(), LIMITS)
    assert told is not None and told.startswith("its scores are spread otherwise than in shadow")
    assert scores_shifted([0.1] * 199, [0.9] * 1000, LIMITS) is None
    assert scores_shifted([0.1] * 300, [0.9] * 300, LIMITS) is None, "one value alone makes no bins"


def test_a_share_of_none_is_none() -> None:
    assert Judged(0, 0).share == pytest.approx(0.0)

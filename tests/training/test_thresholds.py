"""Thresholds: never more overkill than allowed on the images they were chosen with, and in the middle of a gap."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.training.thresholds import UNPROVED, choose_thresholds

scores = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=60).map(np.array)


@given(scores, scores, st.sampled_from([0.0, 0.01, 0.05, 0.2]))
def test_thresholds_are_ordered_and_keep_to_the_overkill(good: np.ndarray, bad: np.ndarray, overkill: float) -> None:
    thresholds = choose_thresholds(good, bad, overkill)
    assert 0 <= thresholds.review <= thresholds.fail <= 1
    # Scores that crowd within rounding of one another, or at 1, cannot be told apart by any threshold.
    assert (good > thresholds.review).sum() <= overkill * good.size
    assert not (good > thresholds.fail).any()


def test_a_clear_gap_is_divided_in_thirds() -> None:
    thresholds = choose_thresholds(np.array([0.0, 0.05, 0.1]), np.array([0.7, 0.9]), 0.0)
    assert [thresholds.review, thresholds.fail] == pytest.approx([0.3, 0.5])


def test_overkill_is_spent_where_it_catches_more() -> None:
    good = np.array([*np.linspace(0, 0.2, 19), 0.8])
    thresholds = choose_thresholds(good, np.array([0.5, 0.95]), 0.05)
    assert 0.2 < thresholds.review < 0.5
    assert 0.8 < thresholds.fail < 0.95


def test_without_good_images_nothing_is_chosen() -> None:
    assert choose_thresholds(np.zeros(0), np.array([0.5]), 0.05) == UNPROVED


def test_a_good_image_that_stands_for_many_parts_costs_as_many() -> None:
    good, bad = np.array([*np.linspace(0, 0.2, 19), 0.8]), np.array([0.5, 0.95])
    heavy = np.array([1.0] * 19 + [2.0])
    assert choose_thresholds(good, bad, 0.05, heavy).review > 0.8
    assert choose_thresholds(good, bad, 0.05, np.ones(20)) == choose_thresholds(good, bad, 0.05)


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.floats(0.125, 64, width=16)), min_size=1, max_size=40))
def test_the_overkill_is_kept_by_weight(weighted: list[tuple[float, float]]) -> None:
    good, weights = np.array(weighted).T
    review = choose_thresholds(good, np.array([0.9]), 0.2, weights).review
    assert weights[good > review].sum() <= 0.2 * weights.sum()

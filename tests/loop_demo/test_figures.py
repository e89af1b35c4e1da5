"""Escapes of two models side by side: each count against one that is taken by hand."""

import numpy as np
import pytest

from station_app.loop_demo.figures import Unseen, compare, told

GOOD, BAD = 40, 20
IS_DEFECT = np.array([False] * GOOD + [True] * BAD)
GROUPS = tuple(f"panel {number % 12}" for number in range(GOOD + BAD))
UNSEEN = Unseen(IS_DEFECT, GROUPS)


def scores(escaping: int) -> np.ndarray:
    """Two good parts in forty score highest of all good ones, `escaping` defective ones below the others."""
    good = np.concatenate([np.linspace(0.0, 0.3, GOOD - 2), [0.6, 0.7]])
    return np.concatenate([good, np.full(escaping, 0.1), np.full(BAD - escaping, 0.65)])


def test_escapes_are_counted_at_the_same_overkill_whatever_the_thresholds() -> None:
    found = compare(UNSEEN, scores(10), scores(4), (0.5, 0.05), 0)
    assert (found.before.escapes_equal.count, found.after.escapes_equal.count) == (10, 4)
    assert found.ratio == pytest.approx(0.4)
    assert (found.only_before, found.only_after) == (6, 0)
    assert found.p == pytest.approx(2 * 0.5**6)
    assert found.before.escapes.count == 10 and found.before.overkill.count == 2
    assert found.after.escapes.count == 0 and found.after.overkill.total == GOOD


def test_the_interval_holds_the_ratio_and_is_always_the_same() -> None:
    one, again = (compare(UNSEEN, scores(10), scores(4), (0.5, 0.5), 3) for _ in range(2))
    assert one == again
    assert one.ratio_low <= one.ratio <= one.ratio_high


def test_two_models_alike_show_no_difference() -> None:
    found = compare(UNSEEN, scores(7), scores(7), (0.5, 0.5), 0)
    assert (found.ratio, found.p, found.only_before, found.only_after) == (1.0, 1.0, 0, 0)
    assert (found.ratio_low, found.ratio_high) == (1.0, 1.0)


def test_the_figures_are_told_with_their_intervals() -> None:
    lines = told(compare(UNSEEN, scores(10), scores(4), (0.5, 0.5), 0))
    assert lines[0] == "before escapes at 5% overkill: 10 of 20 = 50.0% (27.2% to 72.8%)"
    assert lines[2].startswith("after / before: 0.40 (")

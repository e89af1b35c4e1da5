"""What differs from a reference, by which measure; scipy for an oracle."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import wasserstein_distance

from station_app.core.fingerprint import differences, histogram_distance, is_within, typical, typical_placement
from station_app.core.inspection import ImageQuality
from station_app.core.recipe import FingerprintLimits
from station_app.core.reference import Placement, SetupSeen

EVEN = (1 / 64,) * 64
SEEN = SetupSeen(ImageQuality(120, 0, 0, 50), EVEN, (("exposure_us", 1000.0), ("gain_db", 2.0)))
STILL = Placement(0, 0, 0, 0.9)
LIMITS = FingerprintLimits()
histograms = st.lists(st.floats(0, 1), min_size=64, max_size=64).filter(lambda shares: sum(shares) > 0.1)


def outside(now: SetupSeen, placement: Placement = STILL) -> list[str]:
    told = differences(now, SEEN, placement, LIMITS)
    assert is_within(told) == all(difference.is_within for difference in told)
    return [difference.measure for difference in told if not difference.is_within]


def test_the_reference_itself_differs_in_nothing() -> None:
    told = differences(SEEN, SEEN, STILL, LIMITS)
    assert [d.measure for d in told] == [
        "exposure", "gain", "brightness", "histogram", "focus", "match", "shift_x", "shift_y", "turn",
    ]  # fmt: skip
    assert is_within(told)


@pytest.mark.parametrize(
    ("now", "placement", "measure"),
    [
        (replace(SEEN, settings=(("exposure_us", 1021.0), ("gain_db", 2.0))), STILL, "exposure"),
        (replace(SEEN, settings=(("exposure_us", 1000.0), ("gain_db", 2.3))), STILL, "gain"),
        (replace(SEEN, quality=SEEN.quality._replace(mean=140.5)), STILL, "brightness"),
        (replace(SEEN, histogram=(1.0, *(0.0,) * 63)), STILL, "histogram"),
        (replace(SEEN, quality=SEEN.quality._replace(focus=29.0)), STILL, "focus"),
        (SEEN, replace(STILL, shift_x=-21.0), "shift_x"),
        (SEEN, replace(STILL, shift_y=20.5), "shift_y"),
        (SEEN, replace(STILL, turn_deg=-1.1), "turn"),
        (SEEN, replace(STILL, match=0.19), "match"),
    ],
)
def test_each_measure_has_its_limit(now: SetupSeen, placement: Placement, measure: str) -> None:
    assert outside(now, placement) == [measure]


def test_where_nothing_matches_there_is_no_shift_to_tell_of() -> None:
    told = differences(SEEN, SEEN, Placement(300, 300, 5, 0.1), LIMITS)
    assert not {"shift_x", "shift_y", "turn"} & {difference.measure for difference in told}


def test_a_setting_that_one_of_the_two_does_not_know_is_left_out() -> None:
    told = differences(replace(SEEN, settings=()), SEEN, STILL, LIMITS)
    assert not {"exposure", "gain"} & {difference.measure for difference in told}


def test_what_is_no_number_is_not_within() -> None:
    assert outside(replace(SEEN, quality=SEEN.quality._replace(focus=math.nan))) == ["focus"]


@given(histograms, histograms)
def test_the_distance_of_histograms_is_scipys(one: list[float], other: list[float]) -> None:
    left, right = np.array(one) / sum(one), np.array(other) / sum(other)
    levels = 4.0 * np.arange(64)
    expected = wasserstein_distance(levels, levels, left, right)
    assert histogram_distance(left.tolist(), right.tolist()) == pytest.approx(expected, abs=1e-6)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=9))
def test_one_part_that_lies_badly_moves_no_median(shifts: list[float]) -> None:
    placed = typical_placement([Placement(shift, -shift, shift / 10, 0.9) for shift in shifts])
    assert placed.shift_x == pytest.approx(float(np.median(shifts)))
    assert placed.shift_y == pytest.approx(-float(np.median(shifts)))


def test_the_typical_of_one_is_itself() -> None:
    assert typical([SEEN]) == SEEN

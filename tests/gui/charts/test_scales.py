"""Axes show what can be: no share below 0 or above 1, tidy ticks, and every estimate with its limit in sight."""

import math
from datetime import datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.gui.charts.axes import least_step
from station_app.gui.charts.rate_axis import rate_axis
from station_app.gui.charts.scales import DAY_S, HOUR_S, bounds, tick_text, ticks, time_range, value_range
from station_app.gui.charts.sheet import BarChart, RateChart, RateRow, Series, TimeChart, Unit
from station_app.gui.charts.words import percent

SPACE = "\N{NO-BREAK SPACE}"
SHARES = st.floats(0, 1)


def _lines(unit: Unit, *values: float, limits: tuple[float, float] | None = None) -> TimeChart:
    ends = None if limits is None else (np.full(len(values), limits[0]), np.full(len(values), limits[1]))
    series = (Series("", np.array(values), limits=ends),)
    return TimeChart("", unit, np.arange(len(values), dtype=np.float64), series, str)


@given(st.sampled_from(Unit), st.lists(SHARES, min_size=1, max_size=20), st.integers(2, 14))
def test_ticks_stand_where_a_figure_can_be_and_are_as_many_as_fit(unit: Unit, values: list[float], most: int) -> None:
    low, high = value_range(_lines(unit, *values))
    told = ticks(unit, low, high, most)
    assert low <= min(values)
    assert high >= max(values)
    floor, ceiling = bounds(unit)
    assert all(floor <= value <= ceiling + 1e-9 for value in told.values)
    assert min(2, most) <= len(told.values) <= max(most, 5) or unit is Unit.COUNT
    assert len({tick_text(unit, value, told.step) for value in told.values}) == len(told.values)
    assert not any(tick_text(unit, value, told.step).startswith("-0" + SPACE) for value in told.values)


def test_nothing_at_all_is_an_axis_from_zero_without_a_negative_share() -> None:
    low, high = value_range(_lines(Unit.SHARE, 0.0, 0.0, 0.0))
    told = ticks(Unit.SHARE, low, high, 4)
    texts = [tick_text(Unit.SHARE, value, told.step) for value in told.values]
    assert texts == [f"0.0{SPACE}%", f"0.5{SPACE}%", f"1.0{SPACE}%"]


def test_one_yield_has_room_for_its_interval_and_ends_at_a_hundred_per_cent() -> None:
    low, high = value_range(_lines(Unit.SHARE, 0.98, limits=(0.9, 1.0)))
    assert low < 0.9
    assert high > 1.0
    assert ticks(Unit.SHARE, low, high, 12).values[-1] == pytest.approx(1.0)


def test_gaps_alone_have_an_axis_too() -> None:
    assert value_range(_lines(Unit.SHARE, math.nan, math.nan)) == (0.0, 1.0)


def test_bars_stand_on_zero_and_counts_are_whole() -> None:
    low, high = value_range(BarChart("", Unit.COUNT, ("a", "b"), np.array([1.0, 2.0]), str))
    told = ticks(Unit.COUNT, low, high, 12)
    assert -0.1 < low < 0
    assert told.values == (0.0, 1.0, 2.0)


@pytest.mark.parametrize(
    ("unit", "value", "step", "text"),
    [
        (Unit.SHARE, 0.2, 0.2, f"20{SPACE}%"),
        (Unit.SHARE, 0.0005, 0.0005, f"0.05{SPACE}%"),
        (Unit.SHARE, -1e-18, 0.1, f"0{SPACE}%"),
        (Unit.PLAIN, -0.1, 0.05, "-0.10"),
        (Unit.MILLISECONDS, 65.0, 5.0, "65"),
    ],
)
def test_a_tick_has_the_digits_that_its_step_needs(unit: Unit, value: float, step: float, text: str) -> None:
    assert tick_text(unit, value, step) == text


@pytest.mark.parametrize(("share", "text"), [(1.0, "100.0"), (0.99953, "99.95"), (0.99999, "99.9990"), (0.975, "97.5")])
def test_nearly_all_is_not_written_as_all(share: float, text: str) -> None:
    assert percent(share) == f"{text}{SPACE}%"


def test_one_day_stands_in_the_middle_of_its_own_day() -> None:
    day = datetime(2026, 11, 24).timestamp()  # noqa: DTZ001 - the clock on the wall
    alone = np.array([day])
    assert least_step(alone) == DAY_S
    assert time_range(alone, DAY_S) == (day - DAY_S / 2, day + DAY_S / 2)
    assert least_step(np.array([day, day + HOUR_S])) == HOUR_S
    assert time_range(np.zeros(0), HOUR_S) == (0.0, HOUR_S)


def _rates(*rows: tuple[float, float, float], limit: float | None = 0.01) -> RateChart:
    return RateChart("", tuple(RateRow("", "", "", *row) for row in rows), limit)


def test_far_rates_stand_over_powers_of_ten_and_near_ones_over_even_steps() -> None:
    far = rate_axis(_rates((0.000157, 0.000051, 0.0019), (0.0016, 0.0005, 0.0038)))
    assert far.is_log
    assert [text for _, text in far.ticks(9)][:3] == [f"0.001{SPACE}%", f"0.01{SPACE}%", f"0.1{SPACE}%"]
    near = rate_axis(_rates((0.004, 0.002, 0.009)))
    assert not near.is_log
    assert near.low == 0.0


def test_where_nothing_was_found_the_axis_begins_at_zero() -> None:
    axis = rate_axis(_rates((0.0, 0.0, 0.00001)))
    assert not axis.is_log
    assert axis.place(0.0) == 0.0
    assert axis.place(0.01) < 1.0


def test_an_axis_of_whole_shares_goes_to_a_hundred_per_cent() -> None:
    axis = rate_axis(RateChart("", (RateRow("", "", "", 0.1, 0.05, 0.2),), is_whole=True))
    assert axis.place(1.0) == 1.0
    assert axis.ticks(6)[-1][1] == f"100{SPACE}%"


@given(
    st.lists(st.tuples(SHARES, SHARES, SHARES).map(lambda row: tuple(sorted(row))), max_size=4), st.floats(1e-4, 0.1)
)
def test_every_estimate_and_the_limit_are_in_sight_and_in_order(rows: list[tuple[float, ...]], limit: float) -> None:
    axis = rate_axis(_rates(*((value, low, high) for low, value, high in rows), limit=limit))
    seen = sorted({limit, *(share for row in rows for share in row)})
    assert all(axis.low <= share <= axis.high * (1 + 1e-9) or (axis.is_log and share < 1e-7) for share in seen)
    assert all(axis.place(a) <= axis.place(b) for a, b in pairwise(seen))
    assert all(0 <= axis.place(share) <= 1 for share in seen)

"""Shifts by the clock on the wall, whatever is done to that clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.shifts import LONGEST_BACK, ShiftClock, latest_start, parse_start

THREE = (time(6), time(14), time(22))
DAY = datetime.fromisoformat("2026-11-24")
starts = st.lists(st.times().map(lambda t: t.replace(second=0, microsecond=0)), min_size=1, max_size=4, unique=True)
moments = st.datetimes(DAY - timedelta(days=2000), DAY + timedelta(days=3000))
steps = st.timedeltas(timedelta(), timedelta(hours=30))


@pytest.mark.parametrize(("hour", "begun"), [(0, -2), (5, -2), (6, 6), (13, 6), (14, 14), (21, 14), (22, 22), (23, 22)])
def test_the_shift_is_the_last_that_began(hour: int, begun: int) -> None:
    assert ShiftClock(THREE).at(DAY + timedelta(hours=hour)).begun == DAY + timedelta(hours=begun)


def test_without_starts_the_first_question_begins_the_only_shift() -> None:
    clock = ShiftClock().at(DAY)
    assert clock.begun == DAY
    assert clock.at(DAY + timedelta(days=400)) == clock == clock.at(DAY - timedelta(days=400))


@given(starts, moments)
def test_the_latest_start_lies_within_the_day_before(daily: list[time], now: datetime) -> None:
    begun = latest_start(daily, now)
    assert now - timedelta(days=1) < begun <= now
    assert begun.time() in daily
    assert not [t for t in daily for d in (begun.date(), now.date()) if begun < datetime.combine(d, t) <= now]


@given(starts, moments, st.lists(steps, max_size=20))
def test_a_clock_that_goes_on_begins_each_shift_once(daily: list[time], now: datetime, waits: list[timedelta]) -> None:
    clock, begun = ShiftClock(tuple(daily)).at(now), []
    for wait in waits:
        now += wait
        clock = clock.at(now)
        assert clock.begun == latest_start(daily, now)
        begun.append(clock.begun)
    assert begun == sorted(begun)


@given(starts, moments, st.timedeltas(timedelta(), timedelta(hours=12)))
def test_a_clock_that_is_put_back_by_hours_begins_no_shift_again(
    daily: list[time], now: datetime, back: timedelta
) -> None:
    clock = ShiftClock(tuple(daily)).at(now)
    again = clock.at(now - back)
    assert again.begun is not None and clock.begun is not None
    assert again.begun == clock.begun or clock.begun - again.begun > LONGEST_BACK
    assert again.at(now).begun == clock.begun


@given(starts, moments, st.timedeltas(timedelta(days=2, seconds=1), timedelta(days=3000)))
def test_a_clock_that_was_wrong_by_days_begins_a_new_shift(daily: list[time], now: datetime, back: timedelta) -> None:
    clock = ShiftClock(tuple(daily)).at(now)
    assert clock.at(now - back).begun == latest_start(daily, now - back) != clock.begun


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"])
@given(st.lists(st.integers(0, 23), min_size=1, max_size=4, unique=True), st.integers(0, 365 * 24 * 4))
def test_over_a_year_no_shift_begins_twice_and_none_is_left_out(zone: str, hours: list[int], offset: int) -> None:
    """Asked every 15 minutes for four days, also over the changes to summer and winter time."""
    daily = tuple(time(hour) for hour in hours)
    clock = ShiftClock(daily)
    seen: list[datetime] = []
    first = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * offset)
    moments_asked = [(first + timedelta(minutes=15 * step)).astimezone(ZoneInfo(zone)) for step in range(4 * 24 * 4)]
    wall = [moment.replace(tzinfo=None) for moment in moments_asked]
    for local in wall:
        clock = clock.at(local)
        if clock.begun is not None and (not seen or clock.begun != seen[-1]):
            seen.append(clock.begun)
    assert seen == sorted(set(seen))
    # A start in the hour that the clock leaves out begins after it; where another does at that minute, the two are one.
    assert set(seen) == {latest_start(daily, local) for local in wall}


@pytest.mark.parametrize("text", ["6:00", "06.00", "24:00", "06:60", "", "06:0", "ab:cd", "-6:00"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_start(text)


def test_a_time_of_day_is_read() -> None:
    assert (parse_start("06:00"), parse_start("23:59")) == (time(6), time(23, 59))

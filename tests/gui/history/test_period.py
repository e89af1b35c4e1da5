"""The times that people say, as the records want them."""

from datetime import datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.history import EVERYTHING, HistoryFilter
from station_app.core.inspection import VerdictKind
from station_app.gui.history.filter_choice import FilterChoice
from station_app.gui.history.period import ALWAYS, Period, Span, last_shifts, span_of

STARTS = (time(6), time(14), time(22))
NOW = datetime(2025, 11, 24, 9, 30)  # noqa: DTZ001 - the wall clock
moments = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001
starts = st.lists(st.times(), min_size=1, max_size=5, unique=True).map(tuple)


def test_each_period_begins_where_people_say() -> None:
    assert span_of(Period.ALL, ALWAYS, STARTS, NOW) == ALWAYS
    assert span_of(Period.THIS_SHIFT, ALWAYS, STARTS, NOW) == Span(datetime(2025, 11, 24, 6))  # noqa: DTZ001
    assert span_of(Period.TODAY, ALWAYS, STARTS, NOW) == Span(datetime(2025, 11, 24))  # noqa: DTZ001
    assert span_of(Period.WEEK, ALWAYS, STARTS, NOW) == Span(datetime(2025, 11, 18))  # noqa: DTZ001


def test_a_station_without_shifts_has_the_day() -> None:
    assert span_of(Period.THIS_SHIFT, ALWAYS, (), NOW) == span_of(Period.TODAY, ALWAYS, (), NOW)
    assert last_shifts((), NOW) == ()


def test_a_night_shift_began_yesterday() -> None:
    at_night = datetime(2025, 11, 24, 2)  # noqa: DTZ001
    assert span_of(Period.THIS_SHIFT, ALWAYS, STARTS, at_night).begin == datetime(2025, 11, 23, 22)  # noqa: DTZ001


@given(starts, moments)
def test_the_last_shifts_follow_each_other_up_to_now(begins: tuple[time, ...], now: datetime) -> None:
    shifts = last_shifts(begins, now)
    first = shifts[0]
    assert first.begin is not None and first.end is not None and first.begin <= now < first.end
    assert all(later.begin == earlier.end for later, earlier in pairwise(shifts))
    assert first.begin == span_of(Period.THIS_SHIFT, ALWAYS, begins, now).begin


@given(moments, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_span_is_told_in_utc(begin: datetime, length: timedelta) -> None:
    span = Span(begin, begin + length)
    assert span.from_ms is not None and span.until_ms is not None
    assert abs(span.from_ms / 1000 - begin.timestamp()) < 0.001


def test_the_filter_is_what_is_set_and_the_time_as_it_is_now() -> None:
    choice = FilterChoice().with_rest(verdict=VerdictKind.FAIL, serial="2A").with_period(Period.TODAY)
    begin = round(datetime(2025, 11, 24).timestamp() * 1000)  # noqa: DTZ001
    assert choice.where(STARTS, NOW) == HistoryFilter(from_ms=begin, verdict=VerdictKind.FAIL, serial="2A")
    assert not choice.is_plain and FilterChoice().where(STARTS, NOW) == EVERYTHING


def test_a_shift_takes_the_place_of_the_period() -> None:
    shift = last_shifts(STARTS, NOW)[1]
    choice = FilterChoice().with_period(Period.WEEK).with_shift(shift)
    assert choice.where(STARTS, NOW) == HistoryFilter(from_ms=shift.from_ms, until_ms=shift.until_ms)
    assert choice.with_shift(None).is_plain

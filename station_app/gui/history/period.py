"""The times that the history may be asked for: by the wall clock, as people say them. Pure: who asks brings the clock.

All times here are naive local ones; the records hold UTC.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from station_app.core.shifts import latest_start

SHIFTS_OFFERED = 12
_WEEK_DAYS = 7


class Period(StrEnum):
    """How a stretch of time is named. SHIFT is one of the last shifts, SPAN any from-to."""

    ALL = "all"
    THIS_SHIFT = "this_shift"
    TODAY = "today"
    WEEK = "week"
    SHIFT = "shift"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Span:
    """From `begin` on, `end` excluded; None is open."""

    begin: datetime | None = None
    end: datetime | None = None

    @property
    def from_ms(self) -> int | None:
        return _utc_ms(self.begin)

    @property
    def until_ms(self) -> int | None:
        return _utc_ms(self.end)


ALWAYS = Span()


def _utc_ms(local: datetime | None) -> int | None:
    return None if local is None else round(local.timestamp() * 1000)


def span_of(period: Period, chosen: Span, starts: tuple[time, ...], now: datetime) -> Span:
    """What the period means now; `chosen` is what SHIFT and SPAN stand for. The week is today and the six days before.

    Without known `starts` this shift cannot be told from the day, and is taken for it.
    """
    today = datetime.combine(now.date(), time())
    match period:
        case Period.ALL:
            return ALWAYS
        case Period.THIS_SHIFT if starts:
            return Span(latest_start(starts, now))
        case Period.TODAY | Period.THIS_SHIFT:
            return Span(today)
        case Period.WEEK:
            return Span(today - timedelta(days=_WEEK_DAYS - 1))
        case Period.SHIFT | Period.SPAN:
            return chosen


def last_shifts(starts: tuple[time, ...], now: datetime, count: int = SHIFTS_OFFERED) -> tuple[Span, ...]:
    """The latest shifts, the present one first; none where nobody has said when they begin."""
    if not starts:
        return ()
    days = -(-count // len(starts)) + 1
    begins = sorted(
        datetime.combine(now.date() + timedelta(days=day), start) for day in range(-days, 2) for start in set(starts)
    )
    pairs = [Span(begin, end) for begin, end in pairwise(begins) if begin <= now]
    return tuple(reversed(pairs[-count:]))

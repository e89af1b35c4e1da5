"""The stretches of time that thresholds are tried on, by the wall clock. Pure: who asks brings the clock."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from station_app.gui.history.period import last_shifts
from station_app.gui.whatif.question import SHIFT_HOURS


class Stretch(StrEnum):
    """How far back. SHIFT is the last one that is over; where nobody has said when shifts begin, the last 8 hours."""

    SHIFT = "shift"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_BACK = {
    Stretch.SHIFT: timedelta(hours=SHIFT_HOURS),
    Stretch.DAY: timedelta(days=1),
    Stretch.WEEK: timedelta(days=7),
    Stretch.MONTH: timedelta(days=30),
}


def bounds(stretch: Stretch, starts: tuple[time, ...], now: datetime) -> tuple[int, int]:
    """From and until in UTC milliseconds, the end excluded; `now` is naive local time."""
    shifts = last_shifts(starts, now, 2) if stretch is Stretch.SHIFT else ()
    if len(shifts) > 1 and shifts[1].begin is not None and shifts[1].end is not None:
        return _ms(shifts[1].begin), _ms(shifts[1].end)
    return _ms(now - _BACK[stretch]), _ms(now) + 1


def _ms(local: datetime) -> int:
    return round(local.timestamp() * 1000)

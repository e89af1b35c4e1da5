"""When a shift has begun, by the local clock on the wall. Pure: whoever asks brings the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

LONGEST_BACK = timedelta(days=1)
"""A clock that goes back by less was corrected, or put to winter time: the shift goes on. By more, it was wrong."""


@dataclass(frozen=True, slots=True)
class ShiftClock:
    """Shifts begin each day at `starts` (wall times). `begun` is when the present one did, naive local time; None
    before the first question.

    Without starts there is one shift, from the first question on. A start that a change to summer time leaves out
    begins with the first minute after the gap; one that a change to winter time brings twice counts once.
    """

    starts: tuple[time, ...] = ()
    begun: datetime | None = None

    def at(self, now: datetime) -> "ShiftClock":
        """The clock after it was asked at `now`, naive local time. The shift is a new one where `begun` is another."""
        if not self.starts:
            return self if self.begun is not None else ShiftClock(self.starts, now)
        begun = latest_start(self.starts, now)
        if self.begun is not None and self.begun - LONGEST_BACK <= begun <= self.begun:
            return self
        return ShiftClock(self.starts, begun)


def latest_start(starts: Sequence[time], now: datetime) -> datetime:
    """The last of the daily `starts`, of which there must be one, that is not after `now`."""
    passed = [start for start in starts if start <= now.time()]
    if passed:
        return datetime.combine(now.date(), max(passed))
    return datetime.combine(now.date() - timedelta(days=1), max(starts))


def parse_start(text: str) -> time:
    """`HH:MM` on a clock of 24 hours. ValueError otherwise."""
    hours, separator, minutes = text.partition(":")
    if not (separator and len(hours) == len(minutes) == 2 and (hours + minutes).isdecimal()):
        raise ValueError(f"{text!r} is no time of day")
    return time(int(hours), int(minutes))

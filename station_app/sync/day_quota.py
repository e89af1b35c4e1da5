"""How many bytes of images may still leave today. Pure; the day is that of the station's own clock on the wall."""

from datetime import date, datetime, time, timedelta


class DayQuota:
    """`bytes_per_day` None is no quota. An image is begun while anything is left, and goes whole: one that is larger
    than the quota of a day leaves all the same, and a day sends at most one image more than its quota."""

    def __init__(self, bytes_per_day: int | None) -> None:
        self._bytes_per_day = bytes_per_day
        self._day: date | None = None
        self._sent = 0

    def recall(self, day: date, sent: int) -> None:
        """So much was sent on this day, as the records say."""
        self._day, self._sent = day, sent

    def spend(self, day: date, size: int) -> None:
        """An image of so many bytes was sent."""
        self._sent = size + (self._sent if day == self._day else 0)
        self._day = day

    def left(self, day: date) -> int | None:
        """Bytes, None without a quota."""
        if self._bytes_per_day is None:
            return None
        return max(0, self._bytes_per_day - (self._sent if day == self._day else 0))


def seconds_to_midnight(now: datetime) -> float:
    """From this local time to the beginning of the next day."""
    return (datetime.combine(now.date() + timedelta(days=1), time()) - now).total_seconds()

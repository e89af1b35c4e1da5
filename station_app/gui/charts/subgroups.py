"""Hours put together into the subgroups of a chart: hours, shifts or days by the local clock. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

import numpy as np

from station_app.core.shifts import latest_start
from station_app.gui.charts.sheet import Floats
from station_app.store.rollups import Integers

HOUR_S = 3600
_HOUR_CHARTS_HOURS, _SHIFT_CHARTS_HOURS = 24 * 7, 24 * 60


class Grouping(StrEnum):
    """What one point of a chart stands for."""

    HOUR = "hour"
    SHIFT = "shift"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Groups:
    """The subgroups in order: when each begins (seconds UTC), and which one each hour belongs to."""

    starts: Floats
    places: Integers

    def sums(self, values: Integers) -> Integers:
        """The sum of each subgroup, of values by hour."""
        if not len(self.starts):
            return values[:0]
        firsts = np.searchsorted(self.places, np.arange(len(self.starts)))
        total: Integers = np.add.reduceat(values, firsts, axis=0)
        return total

    def stretch(self, number: int) -> tuple[int, int]:
        """From which hour to below which one the subgroup of this number goes, as places among the hours."""
        first, end = np.searchsorted(self.places, [number, number + 1])
        return int(first), int(end)


def fitting(hours: int, shifts: Sequence[time]) -> Grouping:
    """The subgroups with which a period of so many hours can be read."""
    if hours <= _HOUR_CHARTS_HOURS:
        return Grouping.HOUR
    return Grouping.SHIFT if shifts and hours <= _SHIFT_CHARTS_HOURS else Grouping.DAY


def group(hours: Integers, grouping: Grouping, shifts: Sequence[time]) -> Groups:
    """The subgroups of these hours (UTC since 1970, rising). An hour belongs to the shift or day in which it begins;
    without known shifts a shift is a day."""
    begins = [_begin(int(hour), grouping, shifts) for hour in hours]
    starts, places = np.unique(np.array(begins, np.float64), return_inverse=True)
    return Groups(starts, places.astype(np.int64))


def _begin(hour: int, grouping: Grouping, shifts: Sequence[time]) -> float:
    if grouping is Grouping.HOUR:
        return float(hour * HOUR_S)
    local = datetime.fromtimestamp(hour * HOUR_S)  # noqa: DTZ006 - the clock on the wall
    if grouping is Grouping.SHIFT and shifts:
        return latest_start(shifts, local).timestamp()
    return datetime.combine(local.date(), time()).timestamp()

"""The axes of the charts: local time as ISO dates, shares as per cent, figures with few digits. GUI thread."""

from datetime import datetime, time, timedelta

from pyqtgraph import AxisItem

from station_app.gui.charts.sheet import Unit
from station_app.gui.charts.words import percent

_HOUR, _DAY = 3600, 86_400
_STEPS = (
    _HOUR,
    3 * _HOUR,
    6 * _HOUR,
    12 * _HOUR,
    _DAY,
    2 * _DAY,
    7 * _DAY,
    14 * _DAY,
    31 * _DAY,
    92 * _DAY,
    366 * _DAY,
)
_LETTERS_WIDE = 11


class TimeAxis(AxisItem):  # type: ignore[misc]
    """Seconds UTC, written as the clock on the wall shows them. A tick stands where a local hour or day begins."""

    def tickValues(self, minVal: float, maxVal: float, size: int) -> list[tuple[float, list[float]]]:  # noqa: N802, N803
        room = max(2, int(size / max(1, _LETTERS_WIDE * self.style["tickFont"].pixelSize() * 0.75)))
        span = max(1.0, maxVal - minVal)
        step = next((step for step in _STEPS if span / step <= room), _STEPS[-1])
        return [(step, [tick for tick in _ticks(minVal, maxVal, step) if minVal <= tick <= maxVal])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        form = "%m-%d %H:%M" if spacing < _DAY else "%Y-%m-%d" if spacing < 31 * _DAY else "%Y-%m"
        return [f"{_local(value):{form}}" for value in values]


class UnitAxis(AxisItem):  # type: ignore[misc]
    """Shares in per cent; everything else as it is."""

    def __init__(self, unit: Unit) -> None:
        super().__init__("left")
        self._unit = unit
        self.enableAutoSIPrefix(False)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        return [self._written(value, spacing) for value in values]

    def _written(self, value: float, spacing: float) -> str:
        digits = 0 if spacing >= 1 else 1 if spacing >= 0.1 else 3
        if self._unit is not Unit.SHARE:
            return f"{value:.{digits}f}"
        return "0 %" if value == 0 else percent(value)


def _ticks(begin: float, end: float, step: int) -> list[float]:
    first = _local(begin)
    at = datetime.combine(first.date(), time())
    if step >= 31 * _DAY:
        return _months(at, end, step // (31 * _DAY) if step < 366 * _DAY else 12)
    ticks: list[float] = []
    while at.timestamp() <= end:
        ticks.append(at.timestamp())
        at += timedelta(seconds=step)
    return ticks


def _months(first: datetime, end: float, months: int) -> list[float]:
    ticks: list[float] = []
    year, month = first.year, 1
    while datetime(year, month, 1).timestamp() <= end:  # noqa: DTZ001 - the clock on the wall
        ticks.append(datetime(year, month, 1).timestamp())  # noqa: DTZ001
        year, month = (year, month + months) if month + months <= 12 else (year + 1, 1)
    return ticks


def _local(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds)  # noqa: DTZ006 - the clock on the wall

"""The axes of the charts: local time as ISO dates, shares as per cent, figures with few digits. GUI thread."""

from datetime import datetime, time, timedelta

from pyqtgraph import AxisItem
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics

from station_app.gui.charts.scales import DAY_S, HOUR_S, tick_text, ticks
from station_app.gui.charts.sheet import Floats, Unit

_STEPS = (
    HOUR_S,
    3 * HOUR_S,
    6 * HOUR_S,
    12 * HOUR_S,
    DAY_S,
    2 * DAY_S,
    7 * DAY_S,
    14 * DAY_S,
    31 * DAY_S,
    92 * DAY_S,
    366 * DAY_S,
)
_LETTERS_WIDE = 11
_LINES_APART = 2.6
_MOST_TICKS = 12


def least_step(times: Floats) -> int:
    """Seconds below which a tick says nothing: a day where every point is one, else an hour."""
    return DAY_S if all(_local(at).time() == time() for at in times.tolist()) else HOUR_S


class TimeAxis(AxisItem):  # type: ignore[misc]
    """Seconds UTC, written as the clock on the wall shows them. A tick stands where a local hour or day begins; none
    is finer than `least_s`."""

    def __init__(self, least_s: int) -> None:
        super().__init__("bottom")
        self._least_s = least_s

    def tickValues(self, minVal: float, maxVal: float, size: int) -> list[tuple[float, list[float]]]:  # noqa: N802, N803
        room = max(2, int(size / max(1, _LETTERS_WIDE * self.style["tickFont"].pixelSize() * 0.75)))
        span = max(1.0, maxVal - minVal)
        steps = [step for step in _STEPS if step >= self._least_s]
        step = next((step for step in steps if span / step <= room), steps[-1])
        return [(step, [tick for tick in _ticks(minVal, maxVal, step) if minVal <= tick <= maxVal])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        form = "%m-%d %H:%M" if spacing < DAY_S else "%Y-%m-%d" if spacing < 31 * DAY_S else "%Y-%m"
        return [f"{_local(value):{form}}" for value in values]


class UnitAxis(AxisItem):  # type: ignore[misc]
    """Shares in per cent; everything else as it is. No tick where a figure of the unit cannot be."""

    def __init__(self, unit: Unit) -> None:
        super().__init__("left")
        self._unit = unit
        self.enableAutoSIPrefix(False)

    def tickValues(self, minVal: float, maxVal: float, size: int) -> list[tuple[float, list[float]]]:  # noqa: N802, N803
        room = int(size / max(1.0, _LINES_APART * self.style["tickFont"].pixelSize()))
        told = ticks(self._unit, minVal, maxVal, min(_MOST_TICKS, max(2, room)))
        return [(told.step, list(told.values))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        return [tick_text(self._unit, value, spacing) for value in values]

    def boundingRect(self) -> QRectF:  # noqa: N802
        """With half a line above and below: the library drops a text that reaches over its axis."""
        half = 0.7 * self.style["tickFont"].pixelSize()
        room: QRectF = super().boundingRect()
        return room.adjusted(0, -half, 0, half)

    def text_width(self, low: float, high: float) -> int:
        """Pixels of the widest text that this axis can have between the two."""
        metrics = QFontMetrics(self.style["tickFont"])
        told = ticks(self._unit, low, high, _MOST_TICKS)
        return max((metrics.horizontalAdvance(tick_text(self._unit, at, told.step)) for at in told.values), default=0)


def _ticks(begin: float, end: float, step: int) -> list[float]:
    first = _local(begin)
    at = datetime.combine(first.date(), time())
    if step >= 31 * DAY_S:
        return _months(at, end, step // (31 * DAY_S) if step < 366 * DAY_S else 12)
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

"""How far an axis goes, where its ticks stand and how they are written. Pure.

A share is never below 0 and never above 1, a count or a time never below 0: no tick says otherwise.
"""

import math
from dataclasses import dataclass

import numpy as np

from station_app.gui.charts.sheet import BarChart, Floats, TimeChart, Unit

_FLOORS = {Unit.SHARE: 0.0, Unit.RATE: 0.0, Unit.COUNT: 0.0, Unit.MILLISECONDS: 0.0}
_CEILINGS = {Unit.SHARE: 1.0}
_MARGIN = 0.05
_FLAT_SHARE, _SAME = 0.01, 1e-9
_LEAST_TICKS, _FOOT = 2, 0.02
HOUR_S, DAY_S = 3600, 86_400


@dataclass(frozen=True, slots=True)
class Ticks:
    """Where the ticks of an axis stand, and how far apart."""

    step: float
    values: tuple[float, ...]


def bounds(unit: Unit) -> tuple[float, float]:
    """What a figure of this unit can be."""
    return _FLOORS.get(unit, -math.inf), _CEILINGS.get(unit, math.inf)


def value_range(chart: TimeChart | BarChart) -> tuple[float, float]:
    """From and to of the vertical axis: every point and interval with a little air, and bars from their foot."""
    drawn = np.concatenate(_drawn(chart))
    drawn = drawn[np.isfinite(drawn)]
    if not len(drawn):
        return 0.0, 1.0
    low, high = _spread(chart.unit, float(drawn.min()), float(drawn.max()))
    margin = _MARGIN * (high - low)
    return low - (_FOOT * (high - low) if isinstance(chart, BarChart) else margin), high + margin


def _drawn(chart: TimeChart | BarChart) -> list[Floats]:
    if isinstance(chart, BarChart):
        return [np.zeros(1), chart.values, *(() if chart.line is None else (chart.line,))]
    drawn = [series.values for series in chart.series]
    return [*drawn, *(side for series in chart.series if series.limits is not None for side in series.limits)]


def _spread(unit: Unit, low: float, high: float) -> tuple[float, float]:
    """Room around one value alone, within what can be."""
    floor, ceiling = bounds(unit)
    if high - low > _SAME * max(1.0, abs(low), abs(high)):
        return low, high
    room = _flat_room(unit, low)
    return max(floor, low - room), min(ceiling, high + room)


def _flat_room(unit: Unit, value: float) -> float:
    if unit is Unit.SHARE:
        return _FLAT_SHARE
    return abs(value) / 10 if abs(value) > _SAME else 1.0


def ticks(unit: Unit, low: float, high: float, most: int) -> Ticks:
    """At most so many ticks, 1, 2 or 5 times a power of ten apart; where these would be less than two, some more."""
    told = _ticks(unit, low, high, _step((high - low) / max(1, most - 1)))
    while len(told.values) < _LEAST_TICKS and not (unit is Unit.COUNT and told.step == 1):
        told = _ticks(unit, low, high, _step(told.step / 3))
    return told


def _ticks(unit: Unit, low: float, high: float, step: float) -> Ticks:
    if unit is Unit.COUNT:
        step = max(1.0, step)
    floor, ceiling = bounds(unit)
    first, last = math.ceil(max(low, floor) / step - 1e-9), math.floor(min(high, ceiling) / step + 1e-9)
    return Ticks(step, tuple(number * step for number in range(first, last + 1)))


def _step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * (1 - 1e-9))


def tick_text(unit: Unit, value: float, step: float) -> str:
    """With the digits that ticks so far apart need, and no more."""
    if unit is Unit.SHARE:
        return f"{_rounded(100 * value, 100 * step)}\N{NO-BREAK SPACE}%"
    return _rounded(value, step)


def _rounded(value: float, step: float) -> str:
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{round(value, digits) + 0.0:.{digits}f}"


def time_range(times: Floats, least_s: int) -> tuple[float, float]:
    """From and to of a time axis whose points are at least so far apart; one point alone stands in the middle."""
    if not len(times):
        return 0.0, float(least_s)
    margin = max(0.025 * float(times[-1] - times[0]), 0.5 * least_s)
    return float(times[0]) - margin, float(times[-1]) + margin

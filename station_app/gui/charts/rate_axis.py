"""The axis of estimates that stand under each other: shares, by powers of ten where they are far apart. Pure."""

import math
from dataclasses import dataclass

from station_app.gui.charts.scales import tick_text, ticks
from station_app.gui.charts.sheet import RateChart, Unit

_FAR_APART = 30.0
"""So many times the smallest is the largest where only powers of ten show both."""
_MARGIN, _LOG_MARGIN = 1.08, 1.5
_SMALLEST = 1e-7
"""No axis begins below this; what is smaller stands at its end."""


@dataclass(frozen=True, slots=True)
class RateAxis:
    """Shares from `low` to `high`; by powers of ten where `is_log`."""

    low: float
    high: float
    is_log: bool = False

    def place(self, share: float) -> float:
        """0 at the left end and 1 at the right one; what lies beyond stands at the end."""
        if self.is_log:
            share = math.log(max(share, self.low) / self.low) / math.log(self.high / self.low)
        else:
            share = (share - self.low) / (self.high - self.low)
        return min(1.0, max(0.0, share))

    def ticks(self, most: int) -> tuple[tuple[float, str], ...]:
        """Where ticks stand, and what is written there."""
        if self.is_log:
            decades = range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)
            values = [(10.0**power, 10.0**power) for power in decades]
        else:
            told = ticks(Unit.SHARE, self.low, self.high, most)
            values = [(value, told.step) for value in told.values]
        return tuple((value, tick_text(Unit.SHARE, value, step)) for value, step in values)


def rate_axis(chart: RateChart) -> RateAxis:
    """The axis on which every row and the limit are seen. Zero has no place among powers of ten: where an estimate is
    zero the axis begins with it, at even steps."""
    if chart.is_whole:
        return RateAxis(0.0, 1.0)
    told = [row for row in chart.rows if row.value is not None]
    shares = [share for row in told for share in (row.value or 0.0, row.low, row.high)]
    shares += [] if chart.limit is None else [chart.limit]
    high = max(shares, default=1.0) or 1.0
    least = max(_SMALLEST, min((share for share in shares if share > 0), default=high))
    if high / least < _FAR_APART or any(not row.value for row in told):
        return RateAxis(0.0, min(1.0, high * _MARGIN))
    power = min(0, math.ceil(math.log10(high * _LOG_MARGIN)))
    return RateAxis(10.0 ** math.floor(math.log10(least)), 10.0**power, is_log=True)

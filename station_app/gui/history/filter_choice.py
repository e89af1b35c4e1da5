"""What is set in the filter bar, and the question to the records that it makes. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from station_app.core.history import EVERYTHING, HistoryFilter
from station_app.gui.history.period import ALWAYS, Period, Span, span_of


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """`rest` is the filter without its times; `chosen` is what the periods SHIFT and SPAN stand for."""

    period: Period = Period.ALL
    chosen: Span = ALWAYS
    rest: HistoryFilter = EVERYTHING

    def where(self, starts: tuple[time, ...], now: datetime) -> HistoryFilter:
        """The filter as it reads now, by the local clock."""
        span = span_of(self.period, self.chosen, starts, now)
        return replace(self.rest, from_ms=span.from_ms, until_ms=span.until_ms)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is set."""
        return self == FilterChoice()

    def with_period(self, period: Period, chosen: Span = ALWAYS) -> "FilterChoice":
        return replace(self, period=period, chosen=chosen)

    def with_shift(self, shift: Span | None) -> "FilterChoice":
        """One of the last shifts, or all times."""
        return replace(self, period=Period.ALL if shift is None else Period.SHIFT, chosen=shift or ALWAYS)

    def with_rest(self, **changes: object) -> "FilterChoice":
        """Other members of the filter, by their names."""
        return replace(self, rest=replace(self.rest, **changes))  # type: ignore[arg-type]

"""What a tab shows, in words and points: charts, facts and tables. Pure; how it is painted is another room's matter.

Every sample that a chart cannot show is NaN and leaves a gap. What a point says is put into words when somebody asks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import Pixels

Floats = NDArray[np.float64]


class Role(StrEnum):
    """What a line is for; each has a colour, a thickness and a stroke of its own."""

    VALUE = "value"
    SECOND = "second"
    THIRD = "third"
    FAINT = "faint"
    CENTRE = "centre"
    LIMIT = "limit"


class Unit(StrEnum):
    """How the figures of a vertical axis are written, and what they can be: only plain ones can be negative."""

    SHARE = "share"
    RATE = "rate"
    COUNT = "count"
    PLAIN = "plain"
    MILLISECONDS = "ms"


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One line over the times of its chart; its name is explained in the chart. `limits` are the low and the high ends
    of each point's interval."""

    name: str
    values: Floats
    role: Role = Role.VALUE
    limits: tuple[Floats, Floats] | None = None


@dataclass(frozen=True, slots=True)
class Notable:
    """Under which names people comment the marked points of a chart."""

    chart: str
    recipe: str


@dataclass(frozen=True, slots=True)
class NotablePoint:
    """One point that may be commented: its subgroup began at `at_ms` (UTC); `words` say which one it is."""

    of: Notable
    at_ms: int
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class TimeChart:
    """Lines over time: `times` are seconds UTC, rising; `reading` says one of them in words; `marked` are the places
    that break a rule, `hollow` those that are shown but not judged. Where it is `notable`, people may comment what is
    marked."""

    title: str
    unit: Unit
    times: Floats
    series: tuple[Series, ...]
    reading: Callable[[int], str]
    marked: tuple[int, ...] = ()
    hollow: tuple[int, ...] = ()
    notable: Notable | None = None


@dataclass(frozen=True, slots=True, eq=False)
class BarChart:
    """A bar for each name; `line` is drawn over them where there is one."""

    title: str
    unit: Unit
    names: tuple[str, ...]
    values: Floats
    reading: Callable[[int], str]
    line: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PartMap:
    """Findings on a picture of the part: `cells` are rows of (column, row, count) of `cell_px` frame pixels. `picture`
    is the whole frame, made smaller; `frame` its real width and height."""

    title: str
    picture: Pixels | None
    frame: tuple[int, int]
    cells: NDArray[np.int64]
    cell_px: int
    reading: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class RateRow:
    """One estimate as a point with its interval, or `words` alone where there is none; `reading` says what it stands
    on. What is not used is drawn so that nobody takes it for a result."""

    name: str
    words: str
    reading: str
    value: float | None = None
    low: float = 0.0
    high: float = 0.0
    is_used: bool = True


@dataclass(frozen=True, slots=True)
class RateChart:
    """Estimates under each other over one axis of shares, and the `limit` that is to be proved. `is_whole`: the axis
    goes from 0 to 100 %."""

    title: str
    rows: tuple[RateRow, ...]
    limit: float | None = None
    limit_words: str = ""
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One stratum: parts drawn, and how many of these were reviewed; `words` beside the bar."""

    name: str
    drawn: int
    reviewed: int
    words: str


@dataclass(frozen=True, slots=True)
class SampleChart:
    """What was drawn of each stratum, filled as far as it was reviewed."""

    title: str
    rows: tuple[SampleRow, ...]


Chart = TimeChart | BarChart | PartMap | RateChart | SampleChart


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with what it is and what it stands on."""

    caption: str
    figure: str
    note: str = ""
    is_alarming: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; the first row is its head."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """What may be chosen above the charts: (value, text) each, and the value that holds."""

    key: str
    caption: str
    entries: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True, slots=True)
class Freezable:
    """Which chart's limits may be frozen over the shown period, and what the button says."""

    charts: tuple[str, ...]
    caption: str
    from_ms: int
    until_ms: int
    recipe: str


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A whole tab. `notes` stand above everything; where there is nothing to show, `empty` says so instead; where there
    is no chart, `hint` says in its place what to do."""

    notes: tuple[str, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()
    charts: tuple[Chart, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    empty: str = ""
    hint: str = ""
    freezable: Freezable | None = None

"""Pages of the history, read off the GUI thread: asked for one at a time, and answers to an older list are dropped."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station_app.core.errors import StationError
from station_app.core.history import EVERYTHING, HistoryFilter, HistoryRow
from station_app.gui.history.row_window import PAGE_ROWS
from station_app.gui.link import PartArchive
from station_app.gui.reading import Reader
from station_app.store.history import newer, page, page_after

_PAGE, _NEW, _ROW = "page", "new", "row"
MOST_COUNTED = 1000
"""More new parts than this are told as so many and more."""


class Edge(StrEnum):
    """Where a page belongs: a list's beginning or its end, or before or behind the rows in memory."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NEWER = "newer"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class PageRead:
    """`rows` from newer to older; `is_end` where there is nothing behind them in the direction that was read."""

    edge: Edge
    rows: tuple[HistoryRow, ...]
    is_end: bool
    generation: int


@dataclass(frozen=True, slots=True)
class NewCounted:
    """How many parts of the filter have come since `after`."""

    count: int
    after: int
    generation: int


class PageReader(QObject):
    """`page_read`, `new_counted` and `row_read` carry what was read, `refused` why nothing can be. GUI thread."""

    page_read = Signal(object)
    new_counted = Signal(object)
    row_read = Signal(object)
    refused = Signal(object)

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._where, self._generation = EVERYTHING, 0
        self._is_reading = False
        reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)

    def begin(self, where: HistoryFilter, edge: Edge = Edge.NEWEST) -> None:
        """Another list, from its beginning or its end; what is being read of the old one is not told any more."""
        self._where = where
        self._generation += 1
        self._reader.forget(_NEW)
        self._ask(edge, None)

    def go_on(self, edge: Edge, part_id: int) -> None:
        """The page before or behind this part, unless one is being read already."""
        if not self._is_reading:
            self._ask(edge, part_id)

    def count_new(self, after: int) -> None:
        """How many have come since; while it is being counted the newest wish counts."""
        self._reader.ask(_NEW, partial(_count, self._where, after, self._generation))

    def read_row(self, part_id: int) -> None:
        """One part's line again, whatever the filter."""
        self._reader.ask(f"{_ROW} {part_id}", partial(_row, part_id))

    def _ask(self, edge: Edge, part_id: int | None) -> None:
        self._is_reading = True
        self._reader.ask(_PAGE, partial(_page, self._where, edge, part_id, self._generation))

    @Slot(str, object)
    def _on_answered(self, kind: str, answer: object) -> None:
        match answer:
            case PageRead(generation=generation) if generation == self._generation:
                self._is_reading = False
                self.page_read.emit(answer)
            case NewCounted(generation=generation) if generation == self._generation:
                self.new_counted.emit(answer)
            case HistoryRow():
                self.row_read.emit(answer)

    @Slot(str, object)
    def _on_refused(self, kind: str, error: StationError) -> None:
        if kind == _PAGE:
            self._is_reading = False
            self.refused.emit(error)


def _page(where: HistoryFilter, edge: Edge, part_id: int | None, generation: int, archive: PartArchive) -> PageRead:
    ask: Callable[[object], tuple[HistoryRow, ...]]
    match edge:
        case Edge.NEWEST | Edge.OLDER:
            ask = partial(page, where=where, before=part_id, size=PAGE_ROWS)
        case Edge.OLDEST | Edge.NEWER:
            ask = partial(page_after, where=where, after=part_id or 0, size=PAGE_ROWS)
    rows = archive.read(ask)
    return PageRead(edge, rows, len(rows) < PAGE_ROWS, generation)


def _count(where: HistoryFilter, after: int, generation: int, archive: PartArchive) -> NewCounted:
    count = archive.read(partial(newer, where=where, after=after, most=MOST_COUNTED))
    return NewCounted(count, after, generation)


def _row(part_id: int, archive: PartArchive) -> HistoryRow | None:
    found = archive.read(partial(page, where=EVERYTHING, before=part_id + 1, size=1))
    return next((row for row in found if row.part_id == part_id), None)

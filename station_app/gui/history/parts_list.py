"""The table of parts with what it reads: pages at both ends, small pictures of what is in sight, the count of what is
new. It never jumps by itself. GUI thread."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.errors import StationError
from station_app.core.history import EVERYTHING, HistoryFilter, HistoryRow
from station_app.core.messages import OverrideRecorded, PartInspected
from station_app.gui import sentences
from station_app.gui.bridge import Batch
from station_app.gui.history.exports import ExportScope
from station_app.gui.history.list_foot import FOOT_MM, ListFoot
from station_app.gui.history.page_reader import Edge, NewCounted, PageRead, PageReader
from station_app.gui.history.parts_table import ROW_MM, PartsTable
from station_app.gui.history.row_window import RowWindow
from station_app.gui.history.small_pictures import SmallPictures
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.page_makers import PageTools
from station_app.gui.setup.why_pane import WhyPane

_GAP_MM = 1.5
_COUNT_AFTER_MS = 400
"""Parts come faster than anybody reads a number: they are counted together."""


class PartsList(Page):
    """`opened` carries the part that was tapped, `grown` says that rows around have come."""

    opened = Signal(object)
    grown = Signal()

    def __init__(self, tools: PageTools, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._where, self._is_open, self._is_stale = EVERYTHING, False, True
        self._newest_known, self._refusal, self._is_known = 0, "", False
        self._reader = PageReader(tools.new_reader(), self)
        self.pictures = SmallPictures(tools.new_reader(), self)
        self.table = PartsTable(look, self.pictures.of, self)
        self.empty, self.foot = WhyPane(look, self, 4.0), ListFoot(tools, look, self._scope, self)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AFTER_MS)
        self._counting.timeout.connect(self._count_new)
        self._connect(tools)
        self.setFocusProxy(self.table)
        self._show_emptiness()

    def _connect(self, tools: PageTools) -> None:
        self._reader.page_read.connect(self._on_page_read)
        self._reader.new_counted.connect(self._on_new_counted)
        self._reader.row_read.connect(self._on_row_read)
        self._reader.refused.connect(self._on_refused)
        self.pictures.came.connect(self.table.repaint_picture)
        self.table.looked.connect(self._on_looked)
        self.table.opened.connect(self.opened)
        self.table.newest_asked.connect(self.show_newest)
        self.table.oldest_asked.connect(self.show_oldest)
        self.foot.newest_asked.connect(self.show_newest)
        self.foot.oldest_asked.connect(self.show_oldest)
        tools.desk.batch_taken.connect(self._on_batch_taken)

    @property
    def where(self) -> HistoryFilter:
        return self._where

    @property
    def rows(self) -> RowWindow:
        """The rows in memory."""
        return self.table.parts.window

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.table.set_look(look)
        self.empty.set_look(look)
        self.foot.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.table.retranslate()
        self.foot.retranslate()
        self._show_emptiness()

    def show_filter(self, where: HistoryFilter) -> None:
        """The list begins again where the filter is another one."""
        if where != self._where or self._is_stale:
            self._where, self._is_stale = where, False
            self.show_newest()

    def set_open(self, *, is_open: bool) -> None:
        """Parts that came while it was shut are counted, and shown by a tap."""
        self._is_open = is_open
        if is_open:
            self._on_looked()
            self._count_new()
        else:
            self._counting.stop()
            self.pictures.forget()

    def neighbour(self, part_id: int, step: int) -> HistoryRow | None:
        """The part `step` rows further down, None at the end of what is known; more is read before it is reached."""
        number = self.rows.index_of(part_id)
        if number is None:
            return None
        self._go_on(range(number, number + 1))
        return self.table.parts.row(number + step) if number + step >= 0 else None

    @Slot()
    def show_newest(self) -> None:
        """The top of the list as it is now, with all that is new."""
        self.foot.show_new(0)
        self._is_known = False
        self._reader.begin(self._where)

    @Slot()
    def show_oldest(self) -> None:
        self._reader.begin(self._where, Edge.OLDEST)

    @Slot(object)
    def _on_page_read(self, read: PageRead) -> None:
        self._refusal, self._is_known = "", True
        match read.edge:
            case Edge.NEWEST:
                self._newest_known = read.rows[0].part_id if read.rows else self._newest_known
                self.table.begin(RowWindow(read.rows, has_older=not read.is_end))
            case Edge.OLDEST:
                self.table.begin(RowWindow(read.rows, has_newer=not read.is_end), at_end=True)
            case Edge.OLDER:
                self.table.grow(self.rows.with_older(read.rows, is_end=read.is_end))
            case Edge.NEWER:
                self.table.grow(self.rows.with_newer(read.rows, is_end=read.is_end))
                self._newest_known = max(self._newest_known, self.rows.newest_id)
                self._count_soon()
        self._show_emptiness()
        self._on_looked()
        self.grown.emit()

    @Slot(object)
    def _on_new_counted(self, counted: NewCounted) -> None:
        """None is told that has come into the table meanwhile; an empty table has no place to keep."""
        if counted.after != self._newest_known:
            return
        if counted.count and not self.rows.rows:
            self.show_newest()
        else:
            self.foot.show_new(counted.count)

    @Slot(object)
    def _on_row_read(self, row: HistoryRow) -> None:
        self.table.parts.change(row)

    @Slot(object)
    def _on_refused(self, error: StationError) -> None:
        self._refusal, self._is_stale = sentences.sentence(error.what), True
        self.table.begin(RowWindow())
        self._show_emptiness()

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        """Whatever was recorded may be counted, and what was decided is read again."""
        if any(isinstance(news, PartInspected) for news in batch.news):
            self._count_soon()
        for news in batch.news:
            if isinstance(news, OverrideRecorded) and self.rows.index_of(news.part_id) is not None:
                self._reader.read_row(news.part_id)

    def _count_soon(self) -> None:
        if self._is_open and not self._counting.isActive():
            self._counting.start()

    @Slot()
    def _count_new(self) -> None:
        if self._is_stale:
            self.show_filter(self._where)
        elif self._is_known:
            self._reader.count_new(self._newest_known)

    @Slot()
    def _on_looked(self) -> None:
        """Other rows are in sight: their pictures, and more rows before an end comes into sight."""
        if not self._is_open:
            return
        self._go_on(self.table.seen)
        side = self._look.mm.px(ROW_MM)
        self.pictures.want(tuple(row.part_id for row in self.table.rows_in_sight), side)

    def _go_on(self, seen: range) -> None:
        window = self.rows
        if not window.rows or not seen:
            return
        if window.needs_older(seen[-1]):
            self._reader.go_on(Edge.OLDER, window.rows[-1].part_id)
        elif window.needs_newer(seen[0]):
            self._reader.go_on(Edge.NEWER, window.newest_id)

    def _scope(self) -> ExportScope | None:
        return ExportScope(self._where) if self.rows.rows else None

    def _show_emptiness(self) -> None:
        """Why there are no rows, in words."""
        if self._refusal:
            self.empty.say(
                self.tr("The records cannot be read: {reason}").format(reason=self._refusal), is_warning=True
            )
        elif self._where == EVERYTHING:
            self.empty.say(self.tr("No part is recorded yet"))
        else:
            self.empty.say(self.tr("No recorded part fulfils this filter"))
        self.empty.setVisible(not self.rows.rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, foot = self._look.mm.px, self._look.mm.px(FOOT_MM)
        height = max(1, self.height() - foot - px(_GAP_MM))
        self.table.setGeometry(0, 0, self.width(), height)
        self.empty.setGeometry(px(20), height // 2 - px(10), max(1, self.width() - px(40)), px(20))
        self.empty.raise_()
        self.foot.setGeometry(0, self.height() - foot, self.width(), foot)

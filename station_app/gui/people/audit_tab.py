"""The audit viewer: filter, list, pages, the chosen row in full, and what the station told of the chain. GUI thread."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.messages import AlarmRaised
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.people.audit_bar import HEIGHT_MM, AuditBar
from station_app.gui.people.audit_detail import AuditDetail
from station_app.gui.people.audit_state import AuditBook
from station_app.gui.people.audit_texts import chain_words, row_cells
from station_app.gui.people.row_table import RowTable
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_LIST_SHARE, _GAP_MM, _PAGER_MM = 0.62, 2.0, 10.0
_SHARES = (8, 22, 14, 18, 22, 16)


class AuditTab(Page):
    """`asked` carries a filter, `chosen` the number of an audit row; `older_asked` and `newer_asked` turn the page."""

    asked = Signal(object)
    chosen = Signal(int)
    older_asked = Signal()
    newer_asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._book, self._trouble = AuditBook(), ""
        self._alarms: tuple[AlarmRaised, ...] = ()
        self.bar, self.table = AuditBar(look, guard, self), RowTable(look, _SHARES, self)
        self.detail, self.chain, self.note = AuditDetail(look, self), WhyPane(look, self), WhyPane(look, self)
        self.older, self.newer = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.bar.asked.connect(self.asked)
        self.bar.mistyped.connect(self._on_mistyped)
        self.table.chosen.connect(self._on_chosen)
        self.older.tapped.connect(self.older_asked)
        self.newer.tapped.connect(self.newer_asked)
        for button in (self.older, self.newer):
            button.set_letters(3.0)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in (self.bar, self.table, self.detail, self.chain, self.note, self.older, self.newer):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.bar.retranslate()
        self.detail.retranslate()
        self.older.set_caption(self.tr("Older"))
        self.newer.set_caption(self.tr("Newer"))
        self.show_book(self._book, self._alarms, self._trouble)

    def show_book(self, book: AuditBook, alarms: tuple[AlarmRaised, ...], trouble: str = "") -> None:
        """`trouble` is why the records could not be read."""
        self._book, self._alarms, self._trouble = book, alarms, trouble
        rows = book.rows or ()
        heads = (self.tr("Row"), self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("Of what"), self.tr("Why"))
        numbers = [row.number for row in rows]
        index = numbers.index(book.chosen) if book.chosen in numbers else -1
        self.table.show_rows(heads, tuple(row_cells(row) for row in rows), index)
        self.detail.show_row(book.row)
        self.older.setEnabled(book.has_older)
        self.newer.setEnabled(book.has_newer)
        words, is_warning = chain_words(book.head, alarms)
        self.chain.say(words, is_warning=is_warning)
        self._say_page()

    def _say_page(self) -> None:
        rows = self._book.rows
        if self._trouble:
            self.note.say(self._trouble, is_warning=True)
        elif rows is None:
            self.note.say(self.tr("Reading…"))
        elif not rows:
            self.note.say(self.tr("No rows"))
        else:
            self.note.say(self.tr("Rows {first} to {last}").format(first=rows[0].number, last=rows[-1].number))

    @Slot(str)
    def _on_mistyped(self, words: str) -> None:
        self.note.say(words, is_warning=True)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self.chosen.emit((self._book.rows or ())[index].number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width = self._look.mm.px, self.width()
        gap, bar, pager = px(_GAP_MM), px(HEIGHT_MM), px(_PAGER_MM)
        listed = round(width * _LIST_SHARE)
        top, bottom = bar + gap, self.height() - pager
        self.bar.setGeometry(0, 0, width, bar)
        self.table.setGeometry(0, top, listed, max(1, bottom - gap - top))
        button = px(26)
        self.newer.setGeometry(0, bottom, button, pager)
        self.older.setGeometry(button + gap, bottom, button, pager)
        self.note.setGeometry(2 * (button + gap), bottom, listed - 2 * (button + gap), pager)
        side = QRect(listed + gap, top, width - listed - gap, bottom - gap - top)
        self.detail.setGeometry(side)
        self.chain.setGeometry(side.x(), bottom, side.width(), pager)

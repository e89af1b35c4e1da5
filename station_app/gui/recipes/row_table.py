"""A table that scrolls: the list of revisions, fields, differences, limits. GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from station_app.gui import lettering
from station_app.gui.look import Look

_ROW_MM, _SCROLL_MM, _CAP_MM = 9.0, 7.0, 2.4
_EDGES_PX, _SPARE_PX = 8, 4
"""Frame and margins of a cell, both sides; how much higher two lines may be than a finger's row."""


@dataclass(frozen=True, slots=True)
class Row:
    """Texts of one row. `is_marked` is in the paint of what a person should look at, `is_strong` is bold, and cells of
    the columns `editable` can be written in."""

    cells: tuple[str, ...]
    is_marked: bool = False
    is_strong: bool = False
    editable: tuple[int, ...] = ()


class RowTable(QTableWidget):
    """`row_chosen` carries the number of a row that was touched, `written` row, column and the new text."""

    row_chosen = Signal(int)
    written = Signal(int, int, str)

    def __init__(
        self, look: Look, shares: Sequence[float], parent: QWidget | None = None, *, is_choosing: bool = False
    ) -> None:
        """`shares` of the width for each column; with `is_choosing` one row is chosen of several."""
        super().__init__(parent)
        self._look, self._shares = look, tuple(shares)
        self._rows: tuple[Row, ...] = ()
        self.setColumnCount(len(self._shares))
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.SingleSelection if is_choosing else modes.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # by a tap alone: a scanner types as well
        self.setWordWrap(True)
        self.cellChanged.connect(self._on_cell_changed)
        self.cellClicked.connect(self._on_cell_clicked)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def set_look(self, look: Look) -> None:
        self._look = look
        px = look.mm.px
        letters = lettering.font(look.mm.font_px(_CAP_MM))
        self.setFont(letters)
        self.horizontalHeader().setFont(letters)
        self.verticalScrollBar().setStyleSheet(f"QScrollBar:vertical {{ width: {px(_SCROLL_MM)}px; }}")
        self.verticalHeader().setMinimumSectionSize(px(_ROW_MM))
        self._place()
        self._fill()

    def show_rows(self, heads: Sequence[str], rows: Sequence[Row], chosen: int | None = None) -> None:
        """Other texts; `chosen` is the row that is selected, None where that stays as it is. The view stays as well."""
        self.setHorizontalHeaderLabels(list(heads))
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._fill()
        blocker = QSignalBlocker(self)
        if chosen is not None and (self.currentRow() != chosen or not self.selectionModel().hasSelection()):
            self.selectRow(chosen)
        blocker.unblock()

    def _fill(self) -> None:
        blocker = QSignalBlocker(self)
        self.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column in range(self.columnCount()):
                self.setItem(number, column, self._item(row, column))
        self._fit_rows()
        blocker.unblock()

    def _item(self, row: Row, column: int) -> QTableWidgetItem:
        item = QTableWidgetItem(row.cells[column] if column < len(row.cells) else "")
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if column in row.editable else flags)
        theme = self._look.theme
        if row.is_marked:
            item.setBackground(QBrush(QColor(theme.no_result.fill)))
            item.setForeground(QBrush(QColor(theme.no_result.ink)))
        elif column in row.editable:
            item.setBackground(QBrush(QColor(theme.ok.fill)))
        item.setFont(lettering.font(self._look.mm.font_px(_CAP_MM), is_bold=row.is_strong))
        return item

    def _fit_rows(self) -> None:
        """At least a finger's height; more where a text needs two lines. A line of Latin letters and hanzi is higher
        than Qt reckons with, which then leaves out the last one."""
        self.resizeRowsToContents()
        least = self.verticalHeader().minimumSectionSize()
        for number, row in enumerate(self._rows):
            if self._has_two_lines(row):
                self.setRowHeight(number, max(self.rowHeight(number), least + _SPARE_PX))

    def _has_two_lines(self, row: Row) -> bool:
        metrics = QFontMetrics(lettering.font(self._look.mm.font_px(_CAP_MM), is_bold=row.is_strong))
        cells = enumerate(row.cells[: self.columnCount()])
        return any(metrics.horizontalAdvance(text) > self.columnWidth(column) - _EDGES_PX for column, text in cells)

    @Slot(int, int)
    def _on_cell_changed(self, row: int, column: int) -> None:
        """What was written is shown when it has become the recipe's: until then the cell says what holds."""
        item, holds = self.item(row, column), self._rows[row].cells[column]
        if item is None:
            return
        text = item.text().strip()
        blocker = QSignalBlocker(self)
        item.setText(holds)
        blocker.unblock()
        if text != holds:
            self.written.emit(row, column, text)

    @Slot(int, int)
    def _on_cell_clicked(self, row: int, column: int) -> None:
        self.row_chosen.emit(row)
        item = self.item(row, column)
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.editItem(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self._fit_rows()

    def _place(self) -> None:
        room = max(1, self.width() - self._look.mm.px(_SCROLL_MM) - 2 * self.frameWidth())
        for column, share in enumerate(self._shares):
            self.setColumnWidth(column, round(room * share))

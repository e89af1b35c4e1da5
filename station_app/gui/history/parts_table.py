"""The table of parts: it shows the rows in memory, says which are in sight, and stays where it is while the rows around
grow. It reads nothing itself. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from station_app.core.history import HistoryRow
from station_app.gui import lettering
from station_app.gui.history.columns import Column, column_widths
from station_app.gui.history.part_cells import PartCells
from station_app.gui.history.parts_model import PartsModel
from station_app.gui.history.row_window import RowWindow
from station_app.gui.look import Look

ROW_MM = 12.0
_HEAD_MM, _SCROLL_MM = 7.0, 7.0


class PartsTable(QTableView):
    """`opened` carries the part that was tapped; `looked` says that other rows are in sight; `newest_asked` and
    `oldest_asked` come from Ctrl+Home and Ctrl+End."""

    opened = Signal(object)
    looked = Signal()
    newest_asked = Signal()
    oldest_asked = Signal()

    def __init__(self, look: Look, picture_of: Callable[[int], QImage | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.parts = PartsModel(self)
        self.cells = PartCells(look, self.parts.row, picture_of, self)
        self.setModel(self.parts)
        self.setItemDelegate(self.cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.clicked.connect(self._on_clicked)
        self.retranslate()

    @property
    def seen(self) -> range:
        """The numbers of the rows in sight."""
        count = self.parts.rowCount()
        first, last = self.rowAt(0), self.rowAt(max(0, self.viewport().height() - 1))
        return range(max(0, first), (last if last >= 0 else count - 1) + 1)

    @property
    def rows_in_sight(self) -> tuple[HistoryRow, ...]:
        rows = self.parts.window.rows
        return tuple(rows[number] for number in self.seen)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.cells.set_look(look)
        self.setFont(lettering.font(look.mm.font_px(2.5)))
        self.horizontalHeader().setFont(lettering.font(look.mm.font_px(2.3)))
        self.horizontalHeader().setFixedHeight(look.mm.px(_HEAD_MM))
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(look.mm.px(ROW_MM))
        self.verticalScrollBar().setStyleSheet(f"QScrollBar:vertical {{ width: {look.mm.px(_SCROLL_MM)}px; }}")
        self._place_columns()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Parts"))
        self.parts.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        self.viewport().update()

    def begin(self, window: RowWindow, *, at_end: bool = False) -> None:
        """Another list, seen from its top or from its end."""
        self.parts.begin(window)
        if at_end:
            self.scrollToBottom()
        else:
            self.scrollToTop()
        self.looked.emit()

    def grow(self, window: RowWindow) -> None:
        """More of the same list; what is in sight stays where it is."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.blockSignals(True)
        shift = self.parts.grow(window)
        self.updateGeometries()
        bar.setValue(before + shift * self.verticalHeader().defaultSectionSize())
        bar.blockSignals(False)
        self.verticalScrollBar().valueChanged.emit(bar.value())

    def choose(self, part_id: int) -> None:
        """Mark this part's row, and bring it into sight."""
        number = self.parts.window.index_of(part_id)
        if number is not None:
            self.setCurrentIndex(self.parts.index(number, 0))

    def repaint_picture(self) -> None:
        """A small picture has come."""
        self.viewport().update()

    @Slot(int)
    def _on_scrolled(self, _: int) -> None:
        self.looked.emit()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.parts.row(index.row())
        if row is not None:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, down and pages move in the table, Enter opens; every other key is the window's."""
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._on_clicked(self.currentIndex())
            case Qt.Key.Key_Home if is_far:
                self.newest_asked.emit()
            case Qt.Key.Key_End if is_far:
                self.oldest_asked.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down | Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                super().keyPressEvent(event)
            case _:
                event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_columns()
        self.looked.emit()

    def _place_columns(self) -> None:
        for column, width in column_widths(self.viewport().width(), self._look.mm.px_per_mm).items():
            self.setColumnWidth(column, width)

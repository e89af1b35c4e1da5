"""A list of rows of words that is chosen from: it scrolls, and says what was chosen. GUI thread."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.palette import palette_of

_ROW_MM, _CAP_MM = 9.0, 2.8
_Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractTableModel):
    """Words by row and column, and the heads of the columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.heads: tuple[str, ...] = ()
        self.cells: tuple[tuple[str, ...], ...] = ()

    def show_rows(self, heads: tuple[str, ...], cells: tuple[tuple[str, ...], ...]) -> bool:
        """Whether they are other ones."""
        if (heads, cells) == (self.heads, self.cells):
            return False
        self.beginResetModel()
        self.heads, self.cells = heads, cells
        self.endResetModel()
        return True

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own signature
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own signature
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.cells[index.row()][index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.heads[section]
        return None


class RowTable(QTableView):
    """`chosen` carries the number of the row that a person chose."""

    chosen = Signal(int)

    def __init__(self, look: Look, shares: tuple[int, ...], parent: QWidget | None = None) -> None:
        """`shares` say how wide the columns are against each other."""
        super().__init__(parent)
        self._shares = shares
        self.rows = Rows(self)
        self.setModel(self.rows)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._on_clicked)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        px, letters = look.mm.px, lettering.font(look.mm.font_px(_CAP_MM))
        self.setPalette(palette_of(look.theme))
        self.setFont(letters)
        self.horizontalHeader().setFont(lettering.font(look.mm.font_px(_CAP_MM), is_bold=True))
        self.horizontalHeader().setFixedHeight(px(_ROW_MM))
        self.verticalHeader().setMinimumSectionSize(px(_ROW_MM))
        self.verticalHeader().setDefaultSectionSize(px(_ROW_MM))
        self._share()

    def show_rows(self, heads: tuple[str, ...], cells: tuple[tuple[str, ...], ...], chosen: int) -> None:
        """`chosen` is a row's number, -1 for none."""
        if self.rows.show_rows(heads, cells):
            self._share()
        index = self.rows.index(chosen, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if chosen < 0:
            self.clearSelection()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        room = self.viewport().width()
        for column, share in enumerate(self._shares[: self.rows.columnCount()]):
            self.setColumnWidth(column, room * share // sum(self._shares))

"""The rows in memory as Qt's tables want them: no reset while one scrolls, what stays keeps its place. GUI thread."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from station_app.core.history import HistoryRow
from station_app.gui.history.columns import Column, cell_text, column_caption, row_name
from station_app.gui.history.row_window import RowWindow, shift_of

_NOWHERE = QModelIndex()
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
Index = QModelIndex | QPersistentModelIndex


class PartsModel(QAbstractTableModel):
    """Holds one `RowWindow`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = RowWindow()

    @property
    def window(self) -> RowWindow:
        return self._window

    def row(self, number: int) -> HistoryRow | None:
        return self._window.rows[number] if 0 <= number < len(self._window.rows) else None

    def begin(self, window: RowWindow) -> None:
        """Another list."""
        self.beginResetModel()
        self._window = window
        self.endResetModel()

    def grow(self, window: RowWindow) -> int:
        """The same list, read further at one end; by how many rows what stays has moved down."""
        before, shift = len(self._window.rows), shift_of(self._window, window)
        stays = min(before - max(0, -shift), len(window.rows) - max(0, shift))
        self._drop(0, max(0, -shift))
        self._drop(stays, len(self._window.rows) - stays)
        self._add(window, 0, max(0, shift))
        first = max(0, shift) + stays
        self._add(window, first, len(window.rows) - first)
        self._window = window
        return shift

    def change(self, row: HistoryRow) -> None:
        """One part's line reads otherwise now."""
        number = self._window.index_of(row.part_id)
        if number is not None:
            self._window = self._window.with_row(row)
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def _drop(self, first: int, count: int) -> None:
        if count > 0:
            self.beginRemoveRows(_NOWHERE, first, first + count - 1)
            rows = self._window.rows
            self._window = RowWindow((*rows[:first], *rows[first + count :]))
            self.endRemoveRows()

    def _add(self, window: RowWindow, first: int, count: int) -> None:
        if count > 0:
            self.beginInsertRows(_NOWHERE, first, first + count - 1)
            rows = self._window.rows
            self._window = RowWindow((*rows[:first], *window.rows[first : first + count], *rows[first:]))
            self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._window.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == Column.SCORE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in _TEXT_ROLES:
            return None
        row, column = self.row(index.row()), Column(index.column())
        if row is None:
            return None
        is_whole = role == Qt.ItemDataRole.AccessibleTextRole and column is Column.PICTURE
        return row_name(row) if is_whole else cell_text(row, column)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_caption(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.SCORE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

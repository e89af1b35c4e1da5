"""Parts as small pictures that are chosen by a tap: a chosen one is written in the paint of its letters turned round.

GUI thread.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from station_app.core.study import StandardPart
from station_app.gui import lettering
from station_app.gui.history.small_pictures import SmallPictures
from station_app.gui.look import Look
from station_app.gui.palette import palette_of

_WIDTH_MM, _HEIGHT_MM, _TEXT_MM, _EDGE_MM = 25.0, 26.0, 5.5, 1.0


class _Tile(QStyledItemDelegate):
    """Picture above, number and signs below."""

    def __init__(self, tiles: "PartTiles") -> None:
        super().__init__(tiles)
        self._tiles = tiles

    def sizeHint(self, _: QStyleOptionViewItem, __: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._tiles.gridSize()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self._tiles.paint_tile(painter, option.rect, index.row())


class PartTiles(QListWidget):
    """`toggled` carries the part that was tapped."""

    toggled = Signal(int)

    def __init__(self, look: Look, pictures: SmallPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._pictures = look, pictures
        self._parts: tuple[StandardPart, ...] = ()
        self._chosen: frozenset[int] = frozenset()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Tile(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemPressed.connect(self._on_pressed)
        pictures.came.connect(self._on_came)
        self.set_look(look)

    @property
    def side_px(self) -> int:
        """How wide the pictures are."""
        return self._look.mm.px(_WIDTH_MM - 2 * _EDGE_MM)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.setPalette(palette_of(look.theme))
        self.setGridSize(QSize(look.mm.px(_WIDTH_MM), look.mm.px(_HEIGHT_MM)))
        self.viewport().update()

    def show_parts(self, parts: tuple[StandardPart, ...], chosen: frozenset[int]) -> None:
        """These are offered, and those of them chosen."""
        if parts != self._parts:
            self._parts = parts
            self.clear()
            self.addItems([str(part.part_id) for part in parts])
        if chosen != self._chosen:
            self._chosen = chosen
            self.viewport().update()

    def caption(self, row: int) -> str:
        """The number, with a tick where the part is chosen and a sign where it is borderline."""
        part = self._parts[row]
        signs = ("✓ " if part.part_id in self._chosen else "", " ≈" if part.is_borderline else "")
        return f"{signs[0]}{part.part_id}{signs[1]}"

    def paint_tile(self, painter: QPainter, room: QRect, row: int) -> None:
        """One part in its place."""
        px, theme, part_id = self._look.mm.px, self._look.theme, self._parts[row].part_id
        is_chosen = part_id in self._chosen
        inner = room.adjusted(px(_EDGE_MM) // 2, px(_EDGE_MM) // 2, -px(_EDGE_MM) // 2, -px(_EDGE_MM) // 2)
        painter.fillRect(inner, QColor(theme.ink if is_chosen else theme.background))
        place = inner.adjusted(px(_EDGE_MM) // 2, px(_EDGE_MM) // 2, -px(_EDGE_MM) // 2, -px(_TEXT_MM))
        image = self._pictures.of(part_id)
        if image is not None:
            size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            spot = QRect(place.x() + (place.width() - size.width()) // 2, place.y(), size.width(), size.height())
            painter.drawImage(spot, image)
        painter.setPen(QColor(theme.background if is_chosen else theme.ink))
        below = QRect(inner.x(), inner.bottom() - px(_TEXT_MM), inner.width(), px(_TEXT_MM))
        lettering.draw(painter, below, self.caption(row), lettering.centred(self._look.style(2.6, 1.8)))

    @Slot()
    def _on_came(self) -> None:
        self.viewport().update()

    @Slot(QListWidgetItem)
    def _on_pressed(self, item: QListWidgetItem) -> None:
        self.toggled.emit(self._parts[self.row(item)].part_id)

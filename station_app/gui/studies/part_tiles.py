"""Parts as small pictures that are chosen by a tap: a chosen one is written in the paint of its letters turned round.

GUI thread.
"""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QListWidget, QListWidgetItem, QWidget

from station_app.core.study import StandardPart
from station_app.gui import lettering
from station_app.gui.history.small_pictures import SmallPictures
from station_app.gui.look import Look
from station_app.gui.palette import palette_of

_WIDTH_MM, _HEIGHT_MM, _TEXT_MM = 25.0, 19.0, 5.0


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
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemPressed.connect(self._on_pressed)
        pictures.came.connect(self._show_pictures)
        self.set_look(look)

    @property
    def side_px(self) -> int:
        """How wide the pictures are."""
        return self._look.mm.px(_WIDTH_MM - 3)

    def set_look(self, look: Look) -> None:
        self._look = look
        px = look.mm.px
        self.setPalette(palette_of(look.theme))
        self.setFont(lettering.font(look.mm.font_px(2.4)))
        self.setIconSize(QSize(px(_WIDTH_MM - 3), px(_HEIGHT_MM - 3)))
        self.setGridSize(QSize(px(_WIDTH_MM), px(_HEIGHT_MM + _TEXT_MM)))
        self._fill()

    def show_parts(self, parts: tuple[StandardPart, ...], chosen: frozenset[int]) -> None:
        """These are offered, and those of them chosen."""
        if parts != self._parts:
            self._parts, self._chosen = parts, chosen
            self._fill()
        elif chosen != self._chosen:
            self._chosen = chosen
            self._mark()

    def _fill(self) -> None:
        self.clear()
        for part in self._parts:
            item = QListWidgetItem(self)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            item.setData(Qt.ItemDataRole.UserRole, part.part_id)
        self._mark()
        self._show_pictures()

    def _mark(self) -> None:
        """A sign as well as the colours."""
        for row, part in enumerate(self._parts):
            item, is_chosen = self.item(row), part.part_id in self._chosen
            border = " ≈" if part.is_borderline else ""
            item.setText(f"{'✓ ' if is_chosen else ''}{part.part_id}{border}")
            theme = self._look.theme
            fill, ink = (theme.ink, theme.background) if is_chosen else (theme.face, theme.ink)
            item.setBackground(QBrush(QColor(fill)))
            item.setForeground(QBrush(QColor(ink)))

    @Slot()
    def _show_pictures(self) -> None:
        for row, part in enumerate(self._parts):
            image = self._pictures.of(part.part_id)
            if image is not None and self.item(row).icon().isNull():
                self.item(row).setIcon(QIcon(QPixmap.fromImage(image)))

    @Slot(QListWidgetItem)
    def _on_pressed(self, item: QListWidgetItem) -> None:
        self.toggled.emit(int(item.data(Qt.ItemDataRole.UserRole)))

"""A drop-down list for fingers: tall rows, never turned by the wheel, never with the keyboard. GUI thread."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from station_app.gui import lettering
from station_app.gui.look import Look

_ROW_MM = 12.0


class TallRows(QStyledItemDelegate):
    """Rows of a height of our own."""

    def __init__(self, parent: QWidget, height_px: int = 40) -> None:
        super().__init__(parent)
        self.height_px = height_px

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self.height_px)


class ChoiceBox(QComboBox):
    """Painted like the buttons, with a triangle that says that there is more. `activated` is a person's choice only."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows = TallRows(self)
        self.setView(QListView(self))
        self.setItemDelegate(self._rows)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_look(self, look: Look) -> None:
        self._look = look
        self._rows.height_px = look.mm.px(_ROW_MM)
        self.update()

    def show_choice(self, entries: tuple[str, ...], value: str) -> None:
        """`value` is written also where it is none of the entries."""
        if [self.itemText(number) for number in range(self.count())] != list(entries):
            self.clear()
            self.addItems(list(entries))
        self.setCurrentIndex(entries.index(value) if value in entries else -1)
        self.setPlaceholderText(value)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Passing over it must not change a camera."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, theme = self._look.mm.px, self._look.theme
        fill, ink = (theme.face, theme.ink) if self.isEnabled() else (theme.disabled.fill, theme.disabled.ink)
        painter.setPen(QPen(QColor(theme.line), px(0.3)))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), px(1.2), px(1.2))
        painter.setPen(QColor(ink))
        text = self.currentText() or self.placeholderText()
        room = self.rect().adjusted(px(3), 0, -px(10), 0)
        # A camera's word for a choice is as long as it is.
        lettering.draw(painter, room, text, self._look.style(3.4, 2.0))
        self._paint_triangle(painter, QColor(ink))
        painter.end()

    def _paint_triangle(self, painter: QPainter, ink: QColor) -> None:
        side = self._look.mm.px(3)
        x, y = self.width() - 2.2 * side, (self.height() - side / 2) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        corners = (QPointF(x, y), QPointF(x + side, y), QPointF(x + side / 2, y + side * 0.6))
        painter.drawPolygon(QPolygonF(list(corners)))

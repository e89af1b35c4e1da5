"""A sheet over the screen with every key. GUI thread."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.review.keys import ENTRIES, deed_caption

_COLUMNS = 3


class KeySheet(Pane):
    """A tap puts it away: `closed`."""

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.closed.emit()

    def _rows(self) -> list[tuple[str, str]]:
        return [("1–9", self.tr("Kind of defect")), *((e.key_name, deed_caption(e.deed)) for e in ENTRIES)]

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        painter.setPen(QPen(QColor(theme.line), px(0.4)))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        rows = self._rows()
        each = -(-len(rows) // _COLUMNS)
        room = self.rect().adjusted(px(6), px(5), -px(6), -px(5))
        width, height = room.width() // _COLUMNS, min(px(11), room.height() // each)
        for number, (key, said) in enumerate(rows):
            column, row = divmod(number, each)
            x, y = room.x() + column * width, room.y() + row * height
            style = self._look.style(3.2, 2.0, is_bold=True)
            self._write(painter, QRect(x, y, px(14), height), key, lettering.centred(style))
            self._write(painter, QRect(x + px(16), y, width - px(18), height), said, self._look.style(3.2, 2.0))

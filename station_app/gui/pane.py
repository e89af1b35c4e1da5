"""A painted piece of the screen: it knows its look, paints texts that fit, and reports one that did not. GUI thread."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station_app.gui import lettering
from station_app.gui.look import Look


class Pane(QWidget):
    """Base of the painted pieces: `_paint` is called with an open painter; `is_clipped` is for the tests' lint."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: object = None
        self.is_clipped = False

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def retranslate(self) -> None:
        """The language has changed."""
        self.update()

    def _is_news(self, shown: object) -> bool:
        """Whether what is to be shown, words included, differs from what is; only then is it painted again."""
        if shown == self._shown:
            return False
        self._shown = shown
        self.update()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        self.is_clipped = False
        painter = QPainter(self)
        self._paint(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        """Draw the piece."""

    def _write(self, painter: QPainter, rect: QRect, text: str, style: lettering.Style, ink: str = "") -> None:
        painter.setPen(QColor(ink or self._look.theme.ink))
        if text and not lettering.draw(painter, rect, text, style):
            self.is_clipped = True

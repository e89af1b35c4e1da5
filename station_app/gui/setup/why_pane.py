"""One sentence about what was not done or cannot be done here; empty where all is well. GUI thread."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.symbols import draw_verdict


class WhyPane(Pane):
    """Amber with the triangle where something was refused, plain where it is only said beforehand."""

    def __init__(self, look: Look, parent: QWidget | None = None, cap_mm: float = 3.0) -> None:
        super().__init__(look, parent)
        self._cap_mm = cap_mm
        self._words, self._is_warning = "", False

    @property
    def words(self) -> str:
        return self._words

    @property
    def is_warning(self) -> bool:
        return self._is_warning

    def say(self, words: str, *, is_warning: bool = False) -> None:
        self._words, self._is_warning = words, is_warning and bool(words)
        self.setAccessibleName(words)
        self._is_news((words, is_warning))

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        if not self._words:
            return
        paint, room = theme.no_result, self.rect().adjusted(px(1), 0, -px(1), 0)
        if self._is_warning:
            painter.fillRect(self.rect(), QColor(paint.fill))
            side = min(px(5), self.height() - px(0.6))
            shape = QRectF(px(1), (self.height() - side) / 2, side, side)
            draw_verdict(painter, VerdictKind.NO_RESULT, shape, QColor(paint.ink), QColor(paint.fill))
            room = room.adjusted(side + px(1.5), 0, 0, 0)
        style = self._look.style(self._cap_mm, 1.6, is_wrapped=True)
        self._write(painter, room, self._words, style, paint.ink if self._is_warning else theme.muted)

"""The line above the live picture: what is seen there. A test shot's verdict always stands beside what it is not.

GUI thread.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.symbols import draw_verdict
from station_app.gui.theme import Paint
from station_app.gui.touch_button import TapGuard, TouchButton

_BUTTON_MM = 30.0


@dataclass(frozen=True, slots=True)
class Headline:
    """`kind` is a verdict's, or NO_RESULT for a warning, and None for plain words. `note` is a second, smaller line."""

    words: str
    note: str = ""
    kind: VerdictKind | None = None
    is_shot: bool = False


class ViewHeader(Pane):
    """`live_asked` comes from the button that leads back from a test shot."""

    live_asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._headline = Headline("")
        self.button = TouchButton(look, guard, self)
        self.button.set_letters(3.2)
        self.button.tapped.connect(self.live_asked)
        self.retranslate()

    @property
    def headline(self) -> Headline:
        return self._headline

    def set_look(self, look: Look) -> None:
        self.button.set_look(look)
        super().set_look(look)
        self._place()

    def show_headline(self, headline: Headline) -> None:
        self._headline = headline
        self.button.setVisible(headline.is_shot)
        self.setAccessibleName(". ".join(filter(None, (headline.words, headline.note))))
        self._is_news(headline)

    def retranslate(self) -> None:
        self.button.set_caption(self.tr("Back to live"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        self.button.setGeometry(self.width() - px(_BUTTON_MM), 0, px(_BUTTON_MM), self.height())

    def _paint(self, painter: QPainter) -> None:
        px, theme, headline = self._look.mm.px, self._look.theme, self._headline
        paint = theme.verdict(headline.kind) if headline.kind is not None else Paint(theme.face, theme.ink, theme.line)
        right = px(_BUTTON_MM) + px(1.5) if headline.is_shot else 0
        room = self.rect().adjusted(0, 0, -right, 0)
        painter.fillRect(room, QColor(paint.fill))
        left = px(3)
        if headline.kind is not None:
            side = self.height() - px(3)
            shape = QRectF(px(1.5), px(1.5), side, side)
            draw_verdict(painter, headline.kind, shape, QColor(paint.ink), QColor(paint.fill))
            left = side + px(4)
        text = QRect(left, 0, room.width() - left - px(2), self.height())
        self._write_lines(painter, text, paint.ink)

    def _write_lines(self, painter: QPainter, room: QRect, ink: str) -> None:
        bold = self._look.style(3.8, 2.0, is_bold=True, is_wrapped=True)
        if not self._headline.note:
            self._write(painter, room, self._headline.words, bold, ink)
            return
        upper = QRect(room.x(), room.y(), room.width(), round(room.height() * 0.55))
        lower = QRect(room.x(), upper.bottom(), room.width(), room.height() - upper.height())
        style = self._look.style(3.8, 1.5, is_bold=True, is_wrapped=True)
        self._write(painter, upper, self._headline.words, style, ink)
        self._write(painter, lower, self._headline.note, self._look.style(3.0, 1.6), ink)

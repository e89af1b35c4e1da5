"""The line at a glance from another screen: the newest verdict, whether parts wait for a person, and the way back.

GUI thread.
"""

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui import texts
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.screen_state import ScreenState
from station_app.gui.symbols import draw_verdict
from station_app.gui.theme import Paint
from station_app.gui.touch_button import TapGuard, TouchButton
from station_app.gui.waiting import Waiting

_BUTTON_MM = 54.0


class LineGlance(Pane):
    """Blue while parts wait: then a person must act. A verdict is shown by shape and word, as everywhere.

    Where verdicts are hidden, how many parts wait is all that is said.
    """

    left = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state, self._waiting, self._is_hidden = ScreenState(), Waiting(), False
        self.button = TouchButton(look, guard, self)
        self.button.set_letters(3.4)
        self.button.tapped.connect(self.left)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self.button.set_look(look)
        super().set_look(look)
        self._place()

    def show_line(self, state: ScreenState, waiting: Waiting, *, is_hidden: bool = False) -> None:
        """`is_hidden`: nothing may be seen of the verdicts."""
        self._state, self._waiting, self._is_hidden = state, waiting, is_hidden
        self.setAccessibleName(self.sentence())
        self._is_news((self._kind(), self.sentence()))

    def retranslate(self) -> None:
        self.button.set_caption(self.tr("Back to the line"), "HOME")
        self.show_line(self._state, self._waiting, is_hidden=self._is_hidden)

    def sentence(self) -> str:
        """What is said of the line."""
        if not self._state.is_connected:
            return self.tr("The station does not answer")
        if self._is_hidden:
            return self._hidden_sentence()
        kind, newest = self._kind(), self._state.newest
        if kind is None or newest is None:
            return self.tr("No part yet")
        word = texts.verdict_word(kind).replace("\n", " ")
        if self._waiting.count:
            return self.tr("{verdict} · parts that wait for you: {count}").format(
                verdict=word, count=self._waiting.count
            )
        name = newest.inspected.serial or self.tr("Part {number}").format(number=newest.part_id)
        return f"{word} · {name}"

    def _hidden_sentence(self) -> str:
        if self._waiting.count:
            return self.tr("Parts that wait for you: {count}").format(count=self._waiting.count)
        return self.tr("The line's verdicts are hidden during a review")

    def _kind(self) -> VerdictKind | None:
        if self._is_hidden:
            return None
        newest = self._state.newest
        return self._waiting.worst or (newest.inspected.verdict if newest is not None else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        width = self._look.mm.px(_BUTTON_MM)
        self.button.setGeometry(self.width() - width, 0, width, self.height())

    def _paint(self, painter: QPainter) -> None:
        px, theme, kind = self._look.mm.px, self._look.theme, self._kind()
        room = self.rect().adjusted(0, 0, -px(_BUTTON_MM) - px(1.5), 0)
        colours = theme.action if self._waiting.count else Paint(theme.face, theme.ink, theme.line)
        painter.fillRect(room, QColor(colours.fill))
        left = px(2)
        if kind is not None and self._state.is_connected:
            side = self.height() - px(3)
            tile = QRect(px(1), px(0.8), side + px(1.4), self.height() - 2 * px(0.8))
            paint = theme.verdict(kind)
            painter.fillRect(tile, QColor(paint.fill))
            shape = QRectF(tile.x() + px(0.7), px(1.5), side, side)
            draw_verdict(painter, kind, shape, QColor(paint.ink), QColor(paint.fill))
            left = tile.right() + px(2)
        text = QRect(left, 0, room.width() - left - px(2), self.height())
        self._write(
            painter, text, self.sentence(), self._look.style(4, 2.2, is_bold=True, is_wrapped=True), colours.ink
        )

"""A button that asks once more in its own place before it does what cannot be taken back. GUI thread."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TapGuard, TouchButton

_BUTTON_MM, _GAP_MM = 22.0, 1.5


class ConfirmBar(Pane):
    """`confirmed` comes at once where nothing is asked."""

    confirmed = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._question = ""
        self._is_asking = False
        self.button = TouchButton(look, guard, self)
        self.yes, self.no = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.button.tapped.connect(self._on_tapped)
        self.yes.tapped.connect(self._on_yes)
        self.no.tapped.connect(self.drop)
        for button in (self.button, self.yes, self.no):
            button.set_letters(3.2)
        self._show()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for button in (self.button, self.yes, self.no):
            button.set_look(look)
        self._place()

    def set_words(self, caption: str, question: str, yes: str, no: str) -> None:
        """`question` is "" where the button needs no second thought."""
        self._question = question
        self.button.set_caption(caption)
        self.yes.set_caption(yes)
        self.no.set_caption(no)
        self.setAccessibleName(question if self._is_asking else caption)
        self.update()

    def set_possible(self, *, is_possible: bool) -> None:
        self.button.setEnabled(is_possible)
        self.yes.setEnabled(is_possible)

    @Slot()
    def drop(self) -> None:
        """Not now."""
        self._is_asking = False
        self._show()

    @Slot()
    def _on_tapped(self) -> None:
        self._is_asking = bool(self._question)
        self._show()
        if not self._is_asking:
            self.confirmed.emit()

    @Slot()
    def _on_yes(self) -> None:
        self.drop()
        self.confirmed.emit()

    def _show(self) -> None:
        self.button.setVisible(not self._is_asking)
        for button in (self.yes, self.no):
            button.setVisible(self._is_asking)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        width, gap = px(_BUTTON_MM), px(_GAP_MM)
        self.button.setGeometry(self.rect())
        self.no.setGeometry(self.width() - width, 0, width, self.height())
        self.yes.setGeometry(self.width() - 2 * width - gap, 0, width, self.height())

    def _paint(self, painter: QPainter) -> None:
        """Blue: a person must act."""
        if not self._is_asking:
            return
        px, paint = self._look.mm.px, self._look.theme.action
        room = QRect(0, 0, self.yes.x() - px(_GAP_MM), self.height())
        painter.fillRect(room, QColor(paint.fill))
        style = self._look.style(3.0, 2.0, is_bold=True, is_wrapped=True)
        self._write(painter, room.adjusted(px(2), 0, -px(2), 0), self._question, style, paint.ink)

"""The buttons above the panel: which page of it is open. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.touch_button import TapGuard, TouchButton

COLUMNS = 4
_HEIGHT_MM, _GAP_MM = 12.0, 1.5


class PanelTabs(QWidget):
    """`chosen` carries the number of the page."""

    chosen = Signal(int)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._guard = look, guard
        self.buttons: list[TouchButton] = []
        self._count = 0

    @property
    def rows(self) -> int:
        return max(1, -(-self._count // COLUMNS))

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons:
            button.set_look(look)
        self._place()

    def show_tabs(self, captions: list[str], current: int) -> None:
        self._count = len(captions)
        while len(self.buttons) < len(captions):
            button = TouchButton(self._look, self._guard, self)
            button.setObjectName(str(len(self.buttons)))
            button.set_letters(3)
            button.tapped.connect(self._on_tapped)
            self.buttons.append(button)
        for number, button in enumerate(self.buttons):
            button.setVisible(number < self._count)
            button.set_on(is_on=number == current)
        for button, caption in zip(self.buttons, captions, strict=False):
            button.set_caption(caption)
        self._place()

    @Slot()
    def _on_tapped(self) -> None:
        self.chosen.emit(int(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        height, gap = px(_HEIGHT_MM), px(_GAP_MM)
        width = (self.width() - gap * (COLUMNS - 1)) // COLUMNS
        for number, button in enumerate(self.buttons):
            column, row = number % COLUMNS, number // COLUMNS
            button.setGeometry(column * (width + gap), row * (height + gap), width, height)

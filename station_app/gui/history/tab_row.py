"""The names of the tabs in one row, the open one marked; what else a screen wants there stands at its right end."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.touch_button import TapGuard, TouchButton

ROW_MM = 9.0
_GAP_MM, _WIDEST_MM = 1.5, 34.0


class TabRow(QWidget):
    """`chosen` carries the number of the tab that was tapped. GUI thread."""

    chosen = Signal(int)

    def __init__(self, look: Look, guard: TapGuard, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.buttons = [TouchButton(look, guard, self) for _ in range(count)]
        for number, button in enumerate(self.buttons):
            button.setObjectName(str(number))
            button.set_letters(2.8)
            button.tapped.connect(self._on_tapped)

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons:
            button.set_look(look)
        self._place()

    def show_tabs(self, captions: tuple[str, ...], current: int) -> None:
        for number, (button, caption) in enumerate(zip(self.buttons, captions, strict=True)):
            button.set_caption(caption)
            button.set_on(is_on=number == current)

    @Slot()
    def _on_tapped(self) -> None:
        self.chosen.emit(int(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, count = self._look.mm.px, max(1, len(self.buttons))
        gap = px(_GAP_MM)
        width = min(px(_WIDEST_MM), (self.width() - gap * (count - 1)) // count)
        for number, button in enumerate(self.buttons):
            button.setGeometry(number * (width + gap), 0, width, self.height())

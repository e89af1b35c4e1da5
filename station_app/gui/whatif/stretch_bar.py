"""The periods as buttons, the one that holds written in reverse. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.touch_button import TapGuard, TouchButton
from station_app.gui.whatif.stretches import Stretch

_BUTTON_MM, _GAP_MM = 28.0, 2.0


class StretchBar(QWidget):
    """`chosen` carries the period."""

    chosen = Signal(object)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.buttons = {stretch: TouchButton(look, guard, self) for stretch in Stretch}
        for stretch, button in self.buttons.items():
            button.setObjectName(stretch)
            button.set_letters(2.8)
            button.tapped.connect(self._on_tapped)

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons.values():
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        names = {
            Stretch.SHIFT: self.tr("Last shift"),
            Stretch.DAY: self.tr("24 hours"),
            Stretch.WEEK: self.tr("7 days"),
            Stretch.MONTH: self.tr("30 days"),
        }
        for stretch, button in self.buttons.items():
            button.set_caption(names[stretch])

    def show_stretch(self, chosen: Stretch) -> None:
        for stretch, button in self.buttons.items():
            button.set_on(is_on=stretch is chosen)

    def width_px(self) -> int:
        """How much room it needs."""
        px = self._look.mm.px
        return len(self.buttons) * px(_BUTTON_MM) + (len(self.buttons) - 1) * px(_GAP_MM)

    @Slot()
    def _on_tapped(self) -> None:
        self.chosen.emit(Stretch(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        width, gap = self._look.mm.px(_BUTTON_MM), self._look.mm.px(_GAP_MM)
        for number, button in enumerate(self.buttons.values()):
            button.setGeometry(number * (width + gap), 0, width, self.height())

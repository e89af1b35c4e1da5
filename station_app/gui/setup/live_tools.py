"""The live picture's tools, a column as beside the operator's image: zoom, freeze, lines. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.actions import BY_DEED, Deed, tool_caption
from station_app.gui.look import Look
from station_app.gui.touch_button import TapGuard, TouchButton

ZOOMS = (Deed.ZOOM_IN, Deed.ZOOM_OUT, Deed.ZOOM_FIT)


class LiveTools(QWidget):
    """`zoomed` carries a deed, `frozen` and `lined` whether the tool is on."""

    zoomed = Signal(object)
    frozen = Signal(bool)
    lined = Signal(bool)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.zooms = {deed: TouchButton(look, guard, self) for deed in ZOOMS}
        self.freeze, self.lines = TouchButton(look, guard, self), TouchButton(look, guard, self)
        for deed, button in self.zooms.items():
            button.setObjectName(deed)
            button.set_letters(3.4 if deed is Deed.ZOOM_FIT else 8)
            button.tapped.connect(self._on_zoom)
        slots: tuple[tuple[TouchButton, Callable[[], None]], ...] = (
            (self.freeze, self._on_freeze),
            (self.lines, self._on_lines),
        )
        for button, slot in slots:
            button.set_letters(3.4)
            button.tapped.connect(slot)
        self.retranslate()

    @property
    def buttons(self) -> tuple[TouchButton, ...]:
        return (*self.zooms.values(), self.freeze, self.lines)

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons:
            button.set_look(look)
        self._place()

    def set_frozen(self, *, is_frozen: bool) -> None:
        """Whether the picture stands still, by whatever means."""
        self.freeze.set_on(is_on=is_frozen)
        self.freeze.set_caption(self.tr("Go on") if is_frozen else self.tr("Freeze"))

    def retranslate(self) -> None:
        for deed, button in self.zooms.items():
            caption, name = tool_caption(deed)
            button.set_caption(caption, BY_DEED[deed].key_name, spoken=name)
        self.set_frozen(is_frozen=self.freeze.is_on)
        self.lines.set_caption(self.tr("Lines"))

    @Slot()
    def _on_zoom(self) -> None:
        self.zoomed.emit(Deed(self.sender().objectName()))

    @Slot()
    def _on_freeze(self) -> None:
        self.frozen.emit(not self.freeze.is_on)

    @Slot()
    def _on_lines(self) -> None:
        self.lines.set_on(is_on=not self.lines.is_on)
        self.lined.emit(self.lines.is_on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        side, gap = self.width(), self._look.mm.px(1.5)
        for number, button in enumerate(self.buttons):
            button.setGeometry(0, number * (side + gap), side, side)

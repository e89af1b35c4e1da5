"""The buttons of a table of exports, in one row from the right; grey where nothing may be exported. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui import sentences
from station_app.gui.history.exports import ExportAction, ExportScope
from station_app.gui.look import Look
from station_app.gui.page_makers import PageTools
from station_app.gui.touch_button import TouchButton

_WIDTH_MM, _GAP_MM = 30.0, 1.5


class ExportButtons(QWidget):
    """`scope` says what is seen when a button is tapped, None where there is nothing. `why_changed` says that what may
    be exported is another."""

    why_changed = Signal()

    def __init__(
        self,
        tools: PageTools,
        look: Look,
        actions: tuple[ExportAction, ...],
        scope: Callable[[], ExportScope | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tools, self._look, self._actions, self._scope = tools, look, actions, scope
        self.buttons = [TouchButton(look, tools.guard, self) for _ in actions]
        for number, button in enumerate(self.buttons):
            button.setObjectName(str(number))
            button.set_letters(2.8)
            button.tapped.connect(self._on_tapped)
        if tools.exporting is not None:
            tools.exporting.changed.connect(self._on_changed)
        self._on_changed()
        self.retranslate()

    @property
    def why_not(self) -> str:
        """In the screen's language why nothing can be exported; "" where it can, or where nothing ever could."""
        exporting = self._tools.exporting
        return sentences.sentence(exporting.why_not) if exporting is not None and exporting.why_not else ""

    def room_mm(self) -> float:
        """How wide all of them are."""
        return len(self.buttons) * (_WIDTH_MM + _GAP_MM)

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons:
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for action, button in zip(self._actions, self.buttons, strict=True):
            button.set_caption(QCoreApplication.translate("Export", action.caption))

    @Slot()
    def _on_tapped(self) -> None:
        scope, exporting = self._scope(), self._tools.exporting
        if scope is not None and exporting is not None:
            self._actions[int(self.sender().objectName())].begin(exporting, scope)

    @Slot()
    def _on_changed(self) -> None:
        exporting = self._tools.exporting
        for button in self.buttons:
            button.setEnabled(exporting is not None and not exporting.why_not)
        self.why_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        for number, button in enumerate(self.buttons):
            button.setGeometry(number * px(_WIDTH_MM + _GAP_MM), 0, px(_WIDTH_MM), self.height())

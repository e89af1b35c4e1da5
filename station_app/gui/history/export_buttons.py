"""The buttons of a table of exports, in one row from the right. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.history.exports import ExportAction, ExportScope
from station_app.gui.look import Look
from station_app.gui.page_makers import PageTools
from station_app.gui.touch_button import TouchButton

_WIDTH_MM, _GAP_MM = 30.0, 1.5


class ExportButtons(QWidget):
    """`scope` says what is seen when a button is tapped, None where there is nothing."""

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
        self.retranslate()

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
        scope = self._scope()
        if scope is not None:
            self._actions[int(self.sender().objectName())].begin(self._tools, scope)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        for number, button in enumerate(self.buttons):
            button.setGeometry(number * px(_WIDTH_MM + _GAP_MM), 0, px(_WIDTH_MM), self.height())

"""Below a part's image: the answers that may be given about it, or why none may, and its exports. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Disposition, VerdictKind
from station_app.gui import texts
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.history.export_buttons import ExportButtons
from station_app.gui.history.exports import PART_EXPORTS, ExportScope
from station_app.gui.look import Look
from station_app.gui.page_makers import PageTools
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TouchButton

FOOT_MM = 12.0
ANSWERS = (Deed.AGREE, Deed.FALSE_REJECT, Deed.MISSED_DEFECT, Deed.UNSURE, Deed.UNDO)
_BUTTON_MM, _GAP_MM = 33.0, 2.0


class DetailFoot(QWidget):
    """`asked` carries the deed of the answer that was tapped."""

    asked = Signal(object)

    def __init__(
        self, tools: PageTools, look: Look, scope: Callable[[], ExportScope | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._verdict: VerdictKind | None = None
        self.buttons = {deed: TouchButton(look, tools.guard, self) for deed in ANSWERS}
        for deed, button in self.buttons.items():
            button.setObjectName(deed)
            button.set_letters(3.0)
            button.tapped.connect(self._on_tapped)
        self.note = WhyPane(look, self, 2.8)
        self.exports = ExportButtons(tools, look, PART_EXPORTS, scope, self)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons.values():
            button.set_look(look)
        self.note.set_look(look)
        self.exports.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for deed in ANSWERS:
            action = BY_DEED[deed]
            if action.disposition is not None:
                name = texts.disposition_name(action.disposition, self._verdict)
                self.buttons[deed].set_caption(name, action.key_name)
        self.exports.retranslate()

    def show_offered(self, offered: frozenset[Disposition], verdict: VerdictKind | None) -> None:
        self._verdict = verdict
        for deed in ANSWERS:
            self.buttons[deed].setEnabled(BY_DEED[deed].disposition in offered)
        self.retranslate()

    @Slot()
    def _on_tapped(self) -> None:
        self.asked.emit(Deed(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, height, x = self._look.mm.px, self.height(), 0
        for button in self.buttons.values():
            button.setGeometry(x, 0, px(_BUTTON_MM), height)
            x += px(_BUTTON_MM) + px(_GAP_MM)
        right = self.width() - px(self.exports.room_mm()) if self.exports.buttons else self.width()
        self.note.setGeometry(QRect(x, 0, max(1, right - x), height))
        self.exports.setGeometry(right, 0, self.width() - right, height)

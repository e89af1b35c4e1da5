"""The answers and, well apart from them, run and pause: equal sizes, fixed places, no default. GUI thread."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.messages import EngineState
from station_app.gui import texts
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.look import Look
from station_app.gui.touch_button import TapGuard, TouchButton

_ANSWERS = (Deed.AGREE, Deed.FALSE_REJECT, Deed.MISSED_DEFECT, Deed.UNSURE, Deed.UNDO)
_GAP_MM, _APART_MM = 6.0, 30.0


class AnswerBar(QWidget):
    """`touched` comes when a finger goes down on an answer, `asked` with its deed when it goes up."""

    touched = Signal()
    asked = Signal(object)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._verdict: VerdictKind | None = None
        self._engine = EngineState.OFFLINE
        self.buttons = {deed: TouchButton(look, guard, self) for deed in (*_ANSWERS, Deed.RUN_PAUSE)}
        for deed, button in self.buttons.items():
            button.setObjectName(deed)
            button.pressed.connect(self.touched)
            button.tapped.connect(self._on_tapped)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons.values():
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for deed in _ANSWERS:
            action = BY_DEED[deed]
            if action.disposition is not None:
                name = texts.disposition_name(action.disposition, self._verdict)
                self.buttons[deed].set_caption(name, action.key_name)
        run = self.tr("Pause") if self._engine is EngineState.RUNNING else self.tr("Run")
        self.buttons[Deed.RUN_PAUSE].set_caption(run, BY_DEED[Deed.RUN_PAUSE].key_name)

    def show_allowed(self, allowed: frozenset[Disposition], verdict: VerdictKind | None) -> None:
        self._verdict = verdict
        for deed in _ANSWERS:
            self.buttons[deed].setEnabled(BY_DEED[deed].disposition in allowed)
        self.retranslate()

    def show_engine(self, engine: EngineState, *, is_connected: bool) -> None:
        self._engine = engine
        self.buttons[Deed.RUN_PAUSE].setEnabled(is_connected and engine is not EngineState.OFFLINE)
        self.retranslate()

    @Slot()
    def _on_tapped(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(Deed(sender.objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, count = self._look.mm.px, len(self.buttons)
        gaps = px(_GAP_MM) * (count - 2) + px(_APART_MM)
        width = (self.width() - gaps) // count
        for index, button in enumerate(self.buttons.values()):
            x = index * (width + px(_GAP_MM)) if index < count - 1 else self.width() - width
            button.setGeometry(QRect(x, 0, width, self.height()))

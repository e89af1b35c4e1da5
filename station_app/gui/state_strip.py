"""The machine's own state, and one line about what was just asked of it. GUI thread."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.messages import EngineState
from station_app.gui import lettering, texts
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.look import Look
from station_app.gui.models.model_words import model_name, share_words
from station_app.gui.pane import Pane
from station_app.gui.screen_state import Notice, ScreenState
from station_app.gui.sentences import sentence
from station_app.gui.serial_entry import has_numbers, is_offered
from station_app.gui.theme import Paint
from station_app.gui.touch_button import TapGuard, TouchButton

_BUTTON_MM = 30.0


class StateStrip(Pane):
    """State word at the left; then the newest of: refusal, lost camera, the next part's number, reason for the state;
    at the right, where the recipe has typed serial numbers, the button for one."""

    serial_asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None, *, is_at_line: bool = True) -> None:
        """Without `is_at_line` it stands on another screen than the operator's, from which nothing is run."""
        super().__init__(look, parent)
        self._is_at_line = is_at_line
        self.button = TouchButton(look, guard, self)
        self.button.set_letters(3.4)
        self.button.tapped.connect(self.serial_asked)
        self._state = ScreenState()

    def show_state(self, state: ScreenState) -> None:
        self._state = state
        self.button.set_caption(self.tr("Serial number"), BY_DEED[Deed.SERIAL].key_name)
        self.button.setVisible(self._has_button(state))
        self.button.setEnabled(state.is_connected)
        self._place()
        self.setAccessibleName(f"{texts.state_name(state.engine)} {self.sentence()}".strip())
        self._is_news((state.engine, self.sentence(), self._is_warning(), self._has_button(state)))

    def _has_button(self, state: ScreenState) -> bool:
        return self._is_at_line and has_numbers(state)

    def set_look(self, look: Look) -> None:
        self.button.set_look(look)
        super().set_look(look)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        width = self._look.mm.px(_BUTTON_MM)
        self.button.setGeometry(self.width() - width, 0, width, self.height())

    def retranslate(self) -> None:
        self.show_state(self._state)

    def sentence(self) -> str:
        """The one line that matters most now."""
        state = self._state
        if state.notice is not None:
            return self._joined(state.notice)
        if state.lost_cameras:
            return self.tr("Camera not connected: {cameras}").format(cameras=", ".join(sorted(state.lost_cameras)))
        if state.waiting_serial:
            return self.tr("Next part: {serial}").format(serial=state.waiting_serial)
        return sentence(state.detail) if state.detail else self._what_is_due()

    def _what_is_due(self) -> str:
        """What the line waits for, where nothing else is to be said."""
        state = self._state
        if state.is_connected and state.engine in (EngineState.READY, EngineState.PAUSED):
            return self.tr("Press F12 to run") if self._is_at_line else self.tr("Go back to the line to run it")
        if self._is_at_line and is_offered(state) and state.serial.is_required:
            return self.tr("Scan the next part")
        lot = self.tr("Lot {lot}").format(lot=state.lot) if state.lot else ""
        return " · ".join(filter(None, (lot, self._trial())))

    def _trial(self) -> str:
        """That a new model decides some of the parts: nothing to do, so said calmly and last."""
        recipe = self._state.station.recipe if self._state.station else ""
        words = self.tr("{model} decides {share} of the parts on trial")
        canaries = self._state.loop.canaries(recipe)
        return " · ".join(words.format(model=model_name(m), share=share_words(m.share)) for m in canaries)

    def _joined(self, notice: Notice) -> str:
        what = sentence(notice.what, notice.value)
        if not notice.remedy:
            return what
        return self.tr("{what}: {remedy}").format(what=what, remedy=sentence(notice.remedy))

    def _is_warning(self) -> bool:
        return self._state.notice is not None or bool(self._state.lost_cameras)

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        is_warning = self._is_warning()
        painter.fillRect(self.rect(), QColor(theme.no_result.fill if is_warning else theme.face))
        colours = self._colours()
        word = QRect(0, 0, px(42), self.height())
        painter.fillRect(word, QColor(colours.fill))
        bold = lettering.centred(self._look.style(4.5, 2.6, is_bold=True))
        name = texts.state_name(self._state.engine)
        self._write(painter, word.adjusted(px(1), 0, -px(1), 0), name, bold, colours.ink)
        end = self.button.x() if self._has_button(self._state) else self.width()
        room = QRect(word.right() + px(2), 0, end - word.right() - px(3), self.height())
        ink = theme.no_result.ink if is_warning else theme.ink
        self._write(painter, room, self.sentence(), self._look.style(4, 2.2, is_wrapped=True), ink)

    def _colours(self) -> Paint:
        theme = self._look.theme
        match self._state.engine:
            case EngineState.FAULTED:
                return theme.ng
            case EngineState.OFFLINE | EngineState.PAUSED:
                return theme.no_result
            case _:
                return Paint(theme.line, theme.ink, theme.line)

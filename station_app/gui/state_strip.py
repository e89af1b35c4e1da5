"""The machine's own state, and one line about what was just asked of it. GUI thread."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.messages import EngineState
from station_app.gui import lettering, texts
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.screen_state import Notice, ScreenState
from station_app.gui.sentences import sentence
from station_app.gui.theme import Paint


class StateStrip(Pane):
    """State word at the left; at the right the newest of: refusal, lost camera, reason for the state."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ScreenState()

    def show_state(self, state: ScreenState) -> None:
        self._state = state
        self.setAccessibleName(f"{texts.state_name(state.engine)} {self.sentence()}".strip())
        self._is_news((state.engine, self.sentence(), self._is_warning()))

    def retranslate(self) -> None:
        self.show_state(self._state)

    def sentence(self) -> str:
        """The one line that matters most now."""
        state = self._state
        if state.notice is not None:
            return self._joined(state.notice)
        if state.lost_cameras:
            return self.tr("Camera not connected: {cameras}").format(cameras=", ".join(sorted(state.lost_cameras)))
        if state.detail:
            return sentence(state.detail)
        if state.is_connected and state.engine in (EngineState.READY, EngineState.PAUSED):
            return self.tr("Press F12 to run")
        return ""

    def _joined(self, notice: Notice) -> str:
        what = sentence(notice.what, notice.value)
        if not notice.remedy:
            return what
        return self.tr("{what}: {remedy}").format(what=what, remedy=sentence(notice.remedy))

    def _is_warning(self) -> bool:
        notice = self._state.notice
        return notice.is_warning if notice is not None else bool(self._state.lost_cameras)

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
        room = QRect(word.right() + px(2), 0, self.width() - word.right() - px(3), self.height())
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

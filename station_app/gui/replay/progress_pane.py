"""How far a replay is: a bar with its words in it. GUI thread."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from station_app.gui.pane import Pane
from station_app.gui.replay.replay_state import Phase, ReplayState
from station_app.gui.replay.result_words import phase_words


class ProgressPane(Pane):
    """Amber where it failed."""

    _state = ReplayState()

    @property
    def words(self) -> str:
        return phase_words(self._state)

    def show_state(self, state: ReplayState) -> None:
        self._state = state
        self.setAccessibleName(self.words)
        self._is_news((state, self.words))

    def retranslate(self) -> None:
        self.show_state(self._state)

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        is_failed = self._state.phase is Phase.FAILED
        painter.fillRect(self.rect(), QColor(theme.no_result.fill if is_failed else theme.face))
        if self._state.is_busy:
            done = QRect(0, 0, round(self.width() * self._state.share), self.height())
            painter.fillRect(done, QColor(theme.face_pressed))
        room = self.rect().adjusted(px(2), 0, -px(2), 0)
        ink = theme.no_result.ink if is_failed else theme.ink
        self._write(painter, room, self.words, self._look.style(2.8, 1.6, is_wrapped=True), ink)

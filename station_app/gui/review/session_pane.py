"""How far the session has come, and how it agrees with second reviewers. GUI thread."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.review.review_state import ReviewState
from station_app.gui.review.review_texts import agreement_text
from station_app.quality.estimate import CannotSay, Estimate


class SessionPane(Pane):
    """A bar with its numbers, and a sentence."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ReviewState()
        self._agreement: Estimate | CannotSay | None = None

    def show_state(self, state: ReviewState, agreement: Estimate | CannotSay | None) -> None:
        self._state, self._agreement = state, agreement
        self.setAccessibleName(f"{self.progress()} {self.sentence()}")
        self._is_news((self.progress(), self.sentence(), state.done, state.total))

    def retranslate(self) -> None:
        self.show_state(self._state, self._agreement)

    def progress(self) -> str:
        if self._state.bar is not None:
            return ""
        figures = f"{self._state.done} / {self._state.total}"
        return self.tr("Answered {figures}").format(figures=figures)

    def sentence(self) -> str:
        return "" if self._state.bar is not None else agreement_text(self._agreement)

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        room = self.rect().adjusted(px(2), px(1.5), -px(2), -px(1))
        self._write(
            painter, QRect(room.x(), room.y(), room.width(), px(6)), self.progress(), self._look.style(3.2, 2.0)
        )
        if not self.progress():
            return
        bar = QRect(room.x(), room.y() + px(7.5), room.width(), px(2))
        painter.fillRect(bar, QColor(theme.line))
        share = self._state.done / self._state.total if self._state.total else 0.0
        painter.fillRect(QRect(bar.x(), bar.y(), round(bar.width() * min(1.0, share)), bar.height()), QColor(theme.ink))
        below = QRect(room.x(), bar.bottom() + px(1.5), room.width(), room.bottom() - bar.bottom() - px(1.5))
        self._write(painter, below, self.sentence(), self._look.style(2.6, 1.8, is_wrapped=True))

"""Whether the promise about missed bad parts is kept: a check only where that is proved. GUI thread."""

from enum import Enum, auto

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui.charts.words import percent
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.symbols import draw_verdict
from station_app.gui.whatif.question import PROMISE, Answer
from station_app.quality.estimate import CannotSay, Lack
from station_app.quality.promise import Promise

_SHAPE_MM = 8.0


class Standing(Enum):
    """KEPT is proved; FITTED holds on the parts that the thresholds were looked for on, and proves nothing."""

    NOTHING = auto()
    KEPT = auto()
    FITTED = auto()
    BROKEN = auto()
    UNPROVED = auto()


_SHAPES = {
    Standing.KEPT: VerdictKind.PASS,
    Standing.FITTED: VerdictKind.NO_RESULT,
    Standing.UNPROVED: VerdictKind.NO_RESULT,
    Standing.BROKEN: VerdictKind.FAIL,
}


def standing_of(answer: Answer | None) -> Standing:
    """What may be said of the thresholds that are tried."""
    if answer is None:
        return Standing.NOTHING
    if isinstance(answer.promise, CannotSay) or isinstance(answer.promise.kept, CannotSay):
        return Standing.UNPROVED
    if not answer.promise.kept:
        return Standing.BROKEN
    return Standing.FITTED if answer.is_fitted else Standing.KEPT


class PromisePane(Pane):
    """The sentence, with a shape in front of it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._answer: Answer | None = None
        self.standing, self.words = Standing.NOTHING, ""

    def show_answer(self, answer: Answer | None) -> None:
        self._answer, self.standing = answer, standing_of(answer)
        self.words = self._words()
        self.setAccessibleName(self.words)
        self._is_news((self.standing, self.words))

    def retranslate(self) -> None:
        self.show_answer(self._answer)

    def _words(self) -> str:
        if self._answer is None:
            return ""
        promise = self.tr("At most {limit} of bad parts told OK").format(limit=f"{100 * PROMISE:g} %")
        return f"{promise}: {self._said(self._answer.promise)}"

    def _said(self, told: Promise | CannotSay) -> str:
        if isinstance(told, CannotSay):
            return self._missing(told)
        sample = self.tr("{count} of {total} known bad parts, at most {bound} at 95 %")
        figures = sample.format(count=told.missed.count, total=told.missed.total, bound=percent(told.bound))
        if isinstance(told.kept, CannotSay):
            return f"{self._missing(told.kept)} ({figures})"
        words = {
            Standing.KEPT: self.tr("kept"),
            Standing.FITTED: self.tr("holds on these parts, which it was looked for on; later parts must prove it"),
            Standing.BROKEN: self.tr("broken"),
        }[self.standing]
        return f"{words} ({figures})"

    def _missing(self, missing: CannotSay) -> str:
        more = {
            Lack.BAD_PARTS: self.tr("cannot guarantee, collect {count} more bad parts"),
            Lack.REVIEWS: self.tr("cannot guarantee, at least {count} more blind reviews are needed"),
        }.get(missing.lack, self.tr("cannot guarantee, {count} more parts are needed"))
        return more.format(count=f"{missing.needed:,}")

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        if self.standing is Standing.NOTHING:
            return
        kind = _SHAPES[self.standing]
        paint = theme.verdict(kind)
        painter.fillRect(self.rect(), QColor(paint.fill))
        side = min(px(_SHAPE_MM), self.height() - px(1))
        shape = QRectF(px(1.5), (self.height() - side) / 2, side, side)
        draw_verdict(painter, kind, shape, QColor(paint.ink), QColor(paint.fill))
        room = self.rect().adjusted(side + px(3), px(0.5), -px(1), -px(0.5))
        style = self._look.style(3.0, 1.7, is_bold=True, is_wrapped=True)
        self._write(painter, room, self.words, style, paint.ink)

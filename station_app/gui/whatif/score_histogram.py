"""A label's recorded scores as bars on a log count axis, with the two thresholds as lines to drag. GUI thread."""

import math

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui import lettering, texts
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.whatif.tried import COARSE, FINE, Line, Tried

_HEAD_MM, _FOOT_MM, _SIDE_MM, _AXIS_MM = 11.0, 6.0, 4.0, 13.0
_LINE_MM, _GRIP_MM = 0.7, 3.2
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OTHER = {Line.REVIEW: Line.FAIL, Line.FAIL: Line.REVIEW}
_KINDS = {Line.REVIEW: VerdictKind.REVIEW, Line.FAIL: VerdictKind.FAIL}


class ScoreHistogram(Pane):
    """`moved` carries a line and where it shall be, `stepped` a line, the number of steps and their size. The line that
    was touched last is the one that the arrows move; up and down choose the other."""

    moved = Signal(object, float)
    stepped = Signal(object, int, float)
    line_chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._tried = Tried()
        self._bars: tuple[int, ...] = ()
        self._dragged: Line | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_scores(self, tried: Tried, bars: tuple[int, ...]) -> None:
        """`bars` are counts from score 0 to 1; empty where nothing is on record."""
        self._tried, self._bars = tried, bars
        words = self.tr("{label}: asked from {review}, rejected from {fail}")
        review, fail = (f"{tried.value(line):.3f}" for line in Line)
        self.setAccessibleName(words.format(label=texts.label_name(tried.label), review=review, fail=fail))
        self._is_news((tried, bars))

    def x_of(self, score: float) -> int:
        graph = self._graph()
        return graph.x() + round(score * graph.width())

    def _graph(self) -> QRect:
        px = self._look.mm.px
        return self.rect().adjusted(px(_AXIS_MM), px(_HEAD_MM), -px(_SIDE_MM), -px(_FOOT_MM))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The nearer line is taken; where both are as near, the one that can go to that side."""
        if self._tried.pair is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        review, fail = (abs(x - self.x_of(self._tried.value(line))) for line in Line)
        is_right = x > self.x_of(self._tried.value(Line.REVIEW))
        self._dragged = Line.FAIL if fail < review or (fail == review and is_right) else Line.REVIEW
        self.line_chosen.emit(self._dragged)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            graph = self._graph()
            self.moved.emit(self._dragged, (event.position().x() - graph.x()) / max(1, graph.width()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_coarse = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _KEYS:
            self.stepped.emit(self._tried.line, _KEYS[key], COARSE if is_coarse else FINE)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.line_chosen.emit(_OTHER[self._tried.line])
        else:
            super().keyPressEvent(event)

    def _paint(self, painter: QPainter) -> None:
        theme, graph = self._look.theme, self._graph()
        painter.fillRect(self.rect(), QColor(theme.face))
        if not any(self._bars):
            style = lettering.centred(self._look.style(3.2, 2.2, is_wrapped=True))
            self._write(painter, graph, self.tr("No scores on record"), style, theme.muted)
        else:
            self._paint_bars(painter, graph)
        self._paint_scale(painter, graph)
        if self._tried.pair is not None:
            self._paint_active(painter, graph)
            for line in (_OTHER[self._tried.line], self._tried.line):
                self._paint_line(painter, graph, line)

    def _paint_bars(self, painter: QPainter, graph: QRect) -> None:
        """The axis begins at one part: a lonely score is as well seen as a thousand."""
        decades, count = self._decades(), len(self._bars)
        for decade in range(decades + 1):
            y = graph.bottom() - graph.height() * decade // decades
            painter.fillRect(QRect(graph.x(), y, graph.width(), 1), QColor(self._look.theme.line))
            room = QRect(0, y - self._look.mm.px(2), graph.x() - self._look.mm.px(1.5), self._look.mm.px(4))
            self._write(painter, room, f"{10**decade:,}", lettering.flush_right(self._look.style(2.2, 1.4)))
        for number, parts in enumerate(self._bars):
            if parts:
                left, right = (graph.x() + graph.width() * edge // count for edge in (number, number + 1))
                height = round(graph.height() * max(0.03, math.log10(parts) / decades))
                bar = QRect(left, graph.bottom() - height + 1, max(1, right - left), height)
                painter.fillRect(bar, QColor(self._look.theme.muted))

    def _decades(self) -> int:
        return max(1, math.ceil(math.log10(max(self._bars))))

    def _paint_scale(self, painter: QPainter, graph: QRect) -> None:
        px = self._look.mm.px
        painter.fillRect(QRect(graph.x(), graph.bottom() + 1, graph.width(), 1), QColor(self._look.theme.ink))
        for tick in _TICKS:
            room = QRect(self.x_of(tick) - px(5), graph.bottom() + px(1), px(10), px(_FOOT_MM - 1))
            self._write(painter, room, f"{tick:g}", lettering.centred(self._look.style(2.4, 1.6)))

    def _paint_active(self, painter: QPainter, graph: QRect) -> None:
        """What holds now, as dashes behind the lines."""
        active = self._tried.active.get(self._tried.label)
        if active is not None:
            painter.setPen(QPen(QColor(self._look.theme.ink), 1, Qt.PenStyle.DashLine))
            for x in (self.x_of(active.review), self.x_of(active.fail)):
                painter.drawLine(x, graph.top(), x, graph.bottom())

    def _paint_line(self, painter: QPainter, graph: QRect, line: Line) -> None:
        px, paint = self._look.mm.px, self._look.theme.verdict(_KINDS[line])
        x, width, is_chosen = self.x_of(self._tried.value(line)), px(_LINE_MM), line is self._tried.line
        colour = QColor(paint.frame)
        painter.fillRect(
            QRect(x - width // 2, px(_HEAD_MM / 2), max(2, width), graph.bottom() - px(_HEAD_MM / 2)), colour
        )
        grip = QRect(x - px(_GRIP_MM / 2), graph.center().y() - px(5), px(_GRIP_MM), px(10))
        painter.fillRect(grip, colour)
        name = self.tr("asked") if line is Line.REVIEW else self.tr("rejected")
        words = f"{name} {self._tried.value(line):.3f}"
        style = self._look.style(2.6, 1.8, is_bold=is_chosen)
        wide = lettering.advance(words, style) + px(2)
        left = x - wide if line is Line.REVIEW else x
        top = 0 if line is Line.FAIL else px(_HEAD_MM / 2)
        room = QRect(min(max(0, left), self.width() - wide), top, wide, px(_HEAD_MM / 2))
        painter.fillRect(room, QColor(paint.fill if is_chosen else self._look.theme.face))
        ink = paint.ink if is_chosen else self._look.theme.ink
        self._write(painter, room.adjusted(px(1), 0, 0, 0), words, style, ink)

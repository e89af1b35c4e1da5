"""The way of a package through the stages as a line of marks, each with its name and its day. GUI thread."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.core.model_messages import ModelStage
from station_app.gui import lettering
from station_app.gui.charts.words import joined, local_time
from station_app.gui.look import Look
from station_app.gui.models.model_words import stage_name
from station_app.gui.models.way import Milestone, Standing
from station_app.gui.pane import Pane
from station_app.gui.symbols import draw_verdict

_MARK_MM, _NAME_MM, _DAY_MM, _EDGE_MM = 7.0, 4.6, 4.2, 1.0
HEIGHT_MM = _MARK_MM + _NAME_MM + _DAY_MM


class StageLine(Pane):
    """Filled is behind, ringed is where it is, hollow is ahead. Only an end by trouble has a colour."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.way: tuple[Milestone, ...] = ()

    def show_way(self, way: tuple[Milestone, ...]) -> None:
        self.way = way
        self.setAccessibleName(joined(*map(self._spoken, way)))
        self._is_news((way, self.accessibleName()))

    def retranslate(self) -> None:
        self.show_way(self.way)

    def _spoken(self, mark: Milestone) -> str:
        words = {
            Standing.PASSED: self.tr("{stage} (done)"),
            Standing.SKIPPED: self.tr("{stage} (left out)"),
            Standing.HERE: self.tr("{stage} (now)"),
            Standing.ENDED: self.tr("{stage} (the end)"),
            Standing.AHEAD: self.tr("{stage} (ahead)"),
        }[mark.standing]
        return words.format(stage=stage_name(mark.stage))

    def _paint(self, painter: QPainter) -> None:
        if not self.way:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, theme = self._look.mm.px, self._look.theme
        width = self.width() / len(self.way)
        middle = px(_MARK_MM) / 2
        painter.setPen(QPen(QColor(theme.line), px(0.6)))
        painter.drawLine(round(width / 2), round(middle), round(self.width() - width / 2), round(middle))
        for number, mark in enumerate(self.way):
            self._paint_mark(painter, mark, width * (number + 0.5))
            self._paint_words(painter, mark, QRect(round(width * number), 0, round(width), self.height()))

    def _paint_mark(self, painter: QPainter, mark: Milestone, x: float) -> None:
        px, theme = self._look.mm.px, self._look.theme
        is_here = mark.standing in (Standing.HERE, Standing.ENDED)
        side = px(_MARK_MM - 0.6 if is_here else _MARK_MM - 3)
        spot = QRectF(x - side / 2, (px(_MARK_MM) - side) / 2, side, side)
        if mark.stage in (ModelStage.REFUSED, ModelStage.ROLLED_BACK):
            paint = theme.no_result
            draw_verdict(painter, VerdictKind.NO_RESULT, spot, QColor(paint.fill), QColor(paint.ink))
            return
        is_filled = mark.standing in (Standing.PASSED, Standing.HERE, Standing.ENDED)
        painter.setPen(QPen(QColor(theme.ink if is_filled else theme.line), px(0.6)))
        painter.setBrush(QColor(theme.background))
        painter.drawEllipse(spot)
        if is_filled:
            inset = px(1.2) if is_here else 0
            painter.setBrush(QColor(theme.ink))
            painter.drawEllipse(spot.adjusted(inset, inset, -inset, -inset))

    def _paint_words(self, painter: QPainter, mark: Milestone, room: QRect) -> None:
        px, theme = self._look.mm.px, self._look.theme
        edge, is_here = px(_EDGE_MM), mark.standing in (Standing.HERE, Standing.ENDED)
        name = QRect(room.x() + edge, px(_MARK_MM), room.width() - 2 * edge, px(_NAME_MM))
        style = lettering.centred(self._look.style(2.6, 1.6, is_bold=is_here))
        ink = theme.muted if mark.standing in (Standing.AHEAD, Standing.SKIPPED) else theme.ink
        self._write(painter, name, stage_name(mark.stage), style, ink)
        day = QRect(name.x(), name.bottom() + 1, name.width(), px(_DAY_MM))
        said = local_time(mark.at_ms / 1000) if mark.at_ms else ""
        self._write(painter, day, said, lettering.centred(self._look.style(2.0, 1.4)), theme.muted)

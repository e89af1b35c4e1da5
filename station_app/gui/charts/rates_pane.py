"""Estimates as points with their intervals over one axis, and the limit that is to be proved. GUI thread."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from station_app.gui.charts.rate_axis import rate_axis
from station_app.gui.charts.rows_pane import RowsPane
from station_app.gui.charts.sheet import RateChart, RateRow
from station_app.gui.look import Look

_FOOT_MM, _TICK_MM, _POINT_MM, _BEAM_MM, _LIMIT_MM = 5.5, 24.0, 2.4, 2.4, 4.5


class RatesPane(RowsPane):
    """What is not used has a hollow point and a broken line; the limit is a line with its name at its head."""

    def __init__(self, chart: RateChart, look: Look) -> None:
        super().__init__(chart.title, chart.rows, look)
        self._chart = chart
        self._axis = rate_axis(chart)

    def _foot(self) -> int:
        """The ticks, and below them the limit."""
        px = self._look.mm.px
        return px(_FOOT_MM) + (0 if self._chart.limit is None else px(_LIMIT_MM))

    def _x(self, share: float) -> float:
        middle = self._middle()
        return middle.x() + self._axis.place(share) * middle.width()

    def _paint_ground(self, painter: QPainter) -> None:
        middle, theme, px = self._middle(), self._look.theme, self._look.mm.px
        bottom = middle.bottom()
        for share, text in self._axis.ticks(max(2, int(middle.width() / px(_TICK_MM)))):
            painter.setPen(self._pen(theme.canvas, 0.1))
            painter.drawLine(QPointF(self._x(share), middle.y()), QPointF(self._x(share), bottom + px(1)))
            self._centred(painter, round(self._x(share)), round(bottom) + px(1), text)
        painter.setPen(self._pen(theme.line, 0.2))
        painter.drawLine(QPointF(middle.x(), bottom), QPointF(middle.right(), bottom))
        if self._chart.limit is not None:
            x = self._x(self._chart.limit)
            painter.setPen(self._pen(theme.ink, 0.3, Qt.PenStyle.DashDotLine))
            painter.drawLine(QPointF(x, middle.y()), QPointF(x, bottom))
            self._centred(painter, round(x), round(bottom) + px(_FOOT_MM), self._chart.limit_words)

    def _paint_row(self, painter: QPainter, number: int) -> None:
        row = self._chart.rows[number]
        if row.value is not None:
            self._paint_interval(painter, row, self.row(number).center().y())
            self._paint_point(painter, row, QPointF(self._x(row.value), self.row(number).center().y()))

    def _paint_interval(self, painter: QPainter, row: RateRow, y: int) -> None:
        theme, beam = self._look.theme, self._look.mm.px(_BEAM_MM) / 2
        stroke = Qt.PenStyle.SolidLine if row.is_used else Qt.PenStyle.DashLine
        painter.setPen(self._pen(theme.ink if row.is_used else theme.muted, 0.4, stroke))
        painter.drawLine(QPointF(self._x(row.low), y), QPointF(self._x(row.high), y))
        for end in (row.low, row.high):
            painter.drawLine(QPointF(self._x(end), y - beam), QPointF(self._x(end), y + beam))

    def _paint_point(self, painter: QPainter, row: RateRow, at: QPointF) -> None:
        theme, size = self._look.theme, self._look.mm.px(_POINT_MM)
        point = QRectF(at.x() - size / 2, at.y() - size / 2, size, size)
        painter.setPen(self._pen(theme.ink if row.is_used else theme.muted, 0.3))
        painter.setBrush(QColor(theme.ink if row.is_used else theme.face))
        painter.drawEllipse(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)

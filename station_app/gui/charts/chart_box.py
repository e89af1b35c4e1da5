"""A chart with its title and, in its place, what is under the finger. GUI thread."""

from PySide6.QtCore import QPointF, QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui import lettering
from station_app.gui.charts.part_map import PartMapPane
from station_app.gui.charts.plots import ChartPlot
from station_app.gui.charts.rates_pane import RatesPane
from station_app.gui.charts.sample_pane import SamplePane
from station_app.gui.charts.sheet import Chart, NotablePoint, PartMap, RateChart, Role, SampleChart, TimeChart
from station_app.gui.charts.strokes import dot, has_dots, pen_of
from station_app.gui.charts.words import local_time
from station_app.gui.look import Look
from station_app.gui.pane import Pane

_TITLE_MM = 6.0
_DOT_MM = 1.2
Drawn = PartMapPane | RatesPane | SamplePane | ChartPlot


class ChartBox(Pane):
    """One chart in the column of charts. `note_asked` carries the `NotablePoint` that was pressed: the marked one that
    is nearest."""

    note_asked = Signal(object)

    def __init__(self, chart: Chart, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.chart = chart
        self._read = ""
        self.shown = self._drawn(chart, look)
        self.shown.setParent(self)

    @property
    def reading(self) -> str:
        return self._read

    def _drawn(self, chart: Chart, look: Look) -> Drawn:
        drawn = _drawn(chart, look)
        drawn.read.connect(self._on_read)
        if isinstance(drawn, ChartPlot):
            drawn.pressed_at.connect(self._on_pressed)
        return drawn

    @Slot(str)
    def _on_read(self, words: str) -> None:
        if words != self._read:
            self._read = words
            self.update()

    @Slot(int)
    def _on_pressed(self, number: int) -> None:
        chart = self.chart
        if isinstance(chart, TimeChart) and chart.notable is not None and chart.marked:
            nearest = min(chart.marked, key=lambda place: abs(chart.times[place] - chart.times[number]))
            at_s = float(chart.times[nearest])
            self.note_asked.emit(NotablePoint(chart.notable, round(at_s * 1000), local_time(at_s)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        title = self._look.mm.px(_TITLE_MM)
        self.shown.setGeometry(0, title, self.width(), max(1, self.height() - title))

    def _paint(self, painter: QPainter) -> None:
        look, px = self._look, self._look.mm.px
        line = QRect(px(1.5), 0, self.width() - px(3), px(_TITLE_MM))
        if self._read:
            self._write(painter, line, self._read, look.style(2.8, 1.8))
            return
        if isinstance(self.chart, TimeChart):
            line.setRight(self._paint_legend(painter, self.chart, line) - px(2))
        self._write(painter, line, self.chart.title, look.style(2.8, 1.8, is_bold=True))

    def _paint_legend(self, painter: QPainter, chart: TimeChart, room: QRect) -> int:
        """What each stroke stands for, at the right end of the title; gives where it begins."""
        look, px = self._look, self._look.mm.px
        style, right = look.style(2.2), room.right()
        for series in reversed([series for series in chart.series if series.name]):
            width = lettering.advance(series.name, style)
            right -= width
            self._write(painter, QRect(right, room.y(), width + 1, room.height()), series.name, style)
            right -= px(8)
            painter.setPen(pen_of(series.role, look))
            painter.drawLine(right, room.center().y(), right + px(7), room.center().y())
            self._paint_dot(painter, series.role, QPointF(right + px(3.5), room.center().y() + 0.5))
            right -= px(3)
        return right

    def _paint_dot(self, painter: QPainter, role: Role, at: QPointF) -> None:
        """The dot of the line's points: they differ without colour."""
        if not has_dots(role):
            return
        half = self._look.mm.px(_DOT_MM) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(pen_of(role, self._look).color())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(dot(role, at, half))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _drawn(chart: Chart, look: Look) -> Drawn:
    match chart:
        case PartMap():
            return PartMapPane(chart, look)
        case RateChart():
            return RatesPane(chart, look)
        case SampleChart():
            return SamplePane(chart, look)
        case _:
            return ChartPlot(chart, look)

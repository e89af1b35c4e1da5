"""Charts on the screen: drawn by pyqtgraph in the station's colours, read by a finger or the mouse, moved by nothing.

Imported when a chart is first shown: the library costs a third of a second, which no start and no other tab pays.
"""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPen, QWheelEvent

from station_app.gui import lettering
from station_app.gui.charts.axes import TimeAxis, UnitAxis
from station_app.gui.charts.sheet import BarChart, Floats, Role, Series, TimeChart, Unit
from station_app.gui.charts.strokes import bar_brush, pen_of
from station_app.gui.look import Look

_SYMBOLS_MOST = 400
"""More points than these are a line without dots."""


class ChartPlot(pg.PlotWidget):  # type: ignore[misc]
    """One chart. `read` carries what is under the finger, in words; "" where nothing is."""

    read = Signal(str)

    def __init__(self, chart: TimeChart | BarChart, look: Look) -> None:
        self._chart, self._look = chart, look
        bottom = TimeAxis("bottom") if isinstance(chart, TimeChart) else pg.AxisItem("bottom")
        super().__init__(axisItems={"bottom": bottom, "left": UnitAxis(chart.unit)})
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setMouseEnabled(x=False, y=False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.plotItem.setContentsMargins(0, 0, look.mm.px(2), 0)
        self.setAccessibleName(chart.title)
        self._colour()
        self._cursor = pg.InfiniteLine(angle=90, pen=pen_of(Role.LIMIT, look))
        self._draw()
        self._cursor.hide()
        self.addItem(self._cursor, ignoreBounds=True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page and never a chart."""
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._read_at(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._read_at(event.position())

    def leaveEvent(self, event: object) -> None:
        self._cursor.hide()
        self.read.emit("")

    def _read_at(self, position: QPointF) -> None:
        places = self._places()
        if not len(places):
            return
        at = self.plotItem.vb.mapSceneToView(self.mapToScene(position.toPoint())).x()
        nearest = int(np.abs(places - at).argmin())
        self._cursor.setPos(float(places[nearest]))
        self._cursor.show()
        self.read.emit(self._chart.readings[nearest])

    def _places(self) -> Floats:
        chart = self._chart
        return chart.times if isinstance(chart, TimeChart) else np.arange(len(chart.names), dtype=np.float64)

    def _colour(self) -> None:
        look, theme = self._look, self._look.theme
        self.setBackground(theme.face)
        for side in ("bottom", "left"):
            axis = self.getAxis(side)
            axis.setPen(QPen(QColor(theme.line)))
            axis.setTextPen(QPen(QColor(theme.ink)))
            axis.setStyle(tickFont=lettering.font(look.mm.font_px(2.2)), autoExpandTextSpace=True)
        self.showGrid(y=True, alpha=0.15)

    def _draw(self) -> None:
        if isinstance(self._chart, TimeChart):
            self._draw_lines(self._chart)
        else:
            self._draw_bars(self._chart)

    def _draw_lines(self, chart: TimeChart) -> None:
        look = self._look
        legend = self.addLegend(offset=(look.mm.px(2), look.mm.px(1)), labelTextColor=QColor(look.theme.ink))
        legend.setLabelTextSize(f"{look.mm.font_px(2.0)}px")
        legend.setBrush(QBrush(QColor(look.theme.face)))
        for series in chart.series:
            self._draw_line(chart, series)
        self._draw_marks(chart, chart.marked, is_filled=True)
        self._draw_marks(chart, chart.hollow, is_filled=False)
        if chart.unit is Unit.SHARE:
            self.plotItem.vb.setLimits(yMin=-0.001)

    def _draw_line(self, chart: TimeChart, series: Series) -> None:
        pen, look = pen_of(series.role, self._look), self._look
        has_dots = series.role not in (Role.LIMIT, Role.CENTRE) and len(chart.times) <= _SYMBOLS_MOST
        dots = {"symbol": "o", "symbolSize": look.mm.px(1.0), "symbolBrush": pen.color(), "symbolPen": None}
        self.plot(chart.times, series.values, pen=pen, name=series.name, connect="finite", **(dots if has_dots else {}))

    def _draw_marks(self, chart: TimeChart, places: tuple[int, ...], *, is_filled: bool) -> None:
        """A triangle for what breaks a rule, a hollow ring for what is too small to be judged."""
        if not places:
            return
        theme, px = self._look.theme, self._look.mm.px
        where = list(places)
        values = chart.series[0].values[where]
        colour = QColor(theme.ng.fill if is_filled else theme.muted)
        brush = QBrush(colour) if is_filled else QBrush(QColor(theme.face))
        shown = pg.ScatterPlotItem(
            x=chart.times[where], y=values, symbol="t" if is_filled else "o", size=px(2.4 if is_filled else 1.4)
        )
        shown.setBrush(brush)
        shown.setPen(QPen(colour))
        self.addItem(shown)

    def _draw_bars(self, chart: BarChart) -> None:
        look, places = self._look, np.arange(len(chart.names), dtype=np.float64)
        pen = pen_of(Role.LIMIT, look)
        self.addItem(pg.BarGraphItem(x=places, height=chart.values, width=0.7, brush=bar_brush(look), pen=pen))
        if chart.line is not None:
            line = pen_of(Role.VALUE, look)
            self.plot(places, chart.line, pen=line, symbol="o", symbolSize=look.mm.px(1.2), symbolBrush=line.color())
        if chart.ranges:
            low, high = (np.array(side) for side in zip(*chart.ranges, strict=True))
            bars = pg.ErrorBarItem(x=places, y=chart.values, top=high - chart.values, bottom=chart.values - low)
            bars.setData(beam=0.25, pen=pen_of(Role.VALUE, look))
            self.addItem(bars)
        self.getAxis("bottom").setTicks([list(zip(places.tolist(), chart.names, strict=True))])
        self.setXRange(-0.6, max(3.0, len(chart.names)) - 0.4, padding=0)

"""Charts on the screen: drawn by pyqtgraph in the station's colours, read by a finger or the mouse, moved by nothing.

Imported when a chart is first shown: the library costs a third of a second, which no start and no other tab pays.
"""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPen, QWheelEvent

from station_app.gui import lettering
from station_app.gui.charts.axes import TimeAxis, UnitAxis, least_step
from station_app.gui.charts.scales import time_range, value_range
from station_app.gui.charts.sheet import BarChart, Floats, Role, Series, TimeChart
from station_app.gui.charts.strokes import SYMBOLS, bar_brush, has_dots, pen_of
from station_app.gui.look import Look

_DOTS_MOST, _FEW, _DENSE, _MARKS_MOST = 120, 12, 600, 60
"""More points than these are a line without dots, of a few each is large, of so many they are a band; more marks than
these are small."""
_DOT_MM, _LARGE_DOT_MM, _MARK_MM, _HOLLOW_MM, _AXIS_MM = 1.2, 1.8, 2.4, 1.4, 14.0
_ASIDE = 0.08
"""How far the intervals of two lines stand beside each other, in distances between their points."""


class ChartPlot(pg.GraphicsView):  # type: ignore[misc]
    """One chart: a view with two axes. The library's ready-made plot costs five times as much, for menus that nobody
    may open here. `read` carries what is under the finger, in words; "" where nothing is; `pressed_at` the number of
    the point that was pressed."""

    read = Signal(str)
    pressed_at = Signal(int)

    def __init__(self, chart: TimeChart | BarChart, look: Look) -> None:
        super().__init__(background=look.theme.face)
        self._chart, self._look = chart, look
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.GraphicsView.Shape.NoFrame)
        self.setAccessibleName(chart.title)
        self._view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        bottom = TimeAxis(least_step(chart.times)) if isinstance(chart, TimeChart) else pg.AxisItem("bottom")
        self._axes = {"bottom": bottom, "left": UnitAxis(chart.unit)}
        self._lay_out()
        self._cursor = pg.InfiniteLine(angle=90, pen=pen_of(Role.LIMIT, look))
        self._draw()
        self._show_range()
        self._cursor.hide()
        self._view.addItem(self._cursor, ignoreBounds=True)

    def _lay_out(self) -> None:
        rows = pg.GraphicsLayout()
        rows.layout.setSpacing(0)
        rows.layout.setContentsMargins(0, self._look.mm.px(1), self._look.mm.px(2), 0)
        rows.addItem(self._axes["left"], 0, 0)
        rows.addItem(self._view, 0, 1)
        rows.addItem(self._axes["bottom"], 1, 1)
        self.setCentralItem(rows)
        theme = self._look.theme
        for side, axis in self._axes.items():
            axis.linkToView(self._view)
            axis.setPen(QPen(QColor(theme.line)))
            axis.setTextPen(QPen(QColor(theme.ink)))
            axis.setStyle(tickFont=lettering.font(self._look.mm.font_px(2.2)), autoExpandTextSpace=side == "bottom")
            axis.setGrid(40 if side == "left" else False)

    def _show_range(self) -> None:
        """Everything, once and for all; the left axes of charts that stand under each other are alike wide."""
        chart, px = self._chart, self._look.mm.px
        low, high = value_range(chart)
        self._view.setYRange(low, high, padding=0)
        self._axes["left"].setWidth(max(px(_AXIS_MM), self._axes["left"].text_width(low, high) + px(3)))
        if isinstance(chart, TimeChart):
            self._view.setXRange(*time_range(chart.times, least_step(chart.times)), padding=0)
        else:
            self._view.setXRange(-0.6, max(3.0, len(chart.names)) - 0.4, padding=0)

    def view_range(self) -> list[list[float]]:
        """What is shown: from and to of either axis."""
        shown: list[list[float]] = self._view.viewRange()
        return shown

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page and never a chart."""
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._read_at(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._read_at(event.position())
        if number is not None:
            self.pressed_at.emit(number)

    def leaveEvent(self, event: object) -> None:
        self._cursor.hide()
        self.read.emit("")

    def _read_at(self, position: QPointF) -> int | None:
        """The number of the point that is read now, None where there is none."""
        places = self._places()
        if not len(places):
            return None
        at = self._view.mapSceneToView(self.mapToScene(position.toPoint())).x()
        nearest = int(np.abs(places - at).argmin())
        self._cursor.setPos(float(places[nearest]))
        self._cursor.show()
        self.read.emit(self._chart.reading(nearest))
        return nearest

    def _places(self) -> Floats:
        chart = self._chart
        return chart.times if isinstance(chart, TimeChart) else np.arange(len(chart.names), dtype=np.float64)

    def _draw(self) -> None:
        if isinstance(self._chart, TimeChart):
            self._draw_lines(self._chart)
        else:
            self._draw_bars(self._chart)

    def _draw_lines(self, chart: TimeChart) -> None:
        """Intervals under everything; the line of the points over the others, unless it is so dense that it would
        cover them."""
        for series in chart.series:
            if series.limits is not None:
                self._draw_limits(_times(chart, series), series.role, series.limits)
        for series in chart.series if self._is_dense() else reversed(chart.series):
            self._draw_line(_times(chart, series), series)
        self._draw_marks(chart, chart.marked, is_filled=True)
        self._draw_marks(chart, chart.hollow, is_filled=False)

    def _is_dense(self) -> bool:
        return len(self._places()) > _DENSE

    def _draw_line(self, times: Floats, series: Series) -> None:
        pen = pen_of(series.role, self._look)
        if self._is_dense() and has_dots(series.role):
            pen.setWidthF(1.0)
        self._view.addItem(pg.PlotCurveItem(times, series.values, pen=pen, connect="finite"))
        if has_dots(series.role):
            lonely = _is_dotted(series.values)
            self._draw_dots(times[lonely], series.values[lonely], series.role)

    def _draw_limits(self, times: Floats, role: Role, limits: tuple[Floats, Floats]) -> None:
        """Of many points they are a grey ground of bars, else each is its line's."""
        low, high = limits
        is_many = len(times) > _DOTS_MOST
        pen = pen_of(Role.FAINT if is_many else role, self._look)
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setWidthF(max(1.0, pen.widthF() / 2))
        bars = pg.ErrorBarItem(x=times, y=(low + high) / 2, height=high - low)
        bars.setData(beam=0.0 if is_many else 0.1 * least_step(self._places()), pen=pen)
        self._view.addItem(bars)

    def _draw_dots(self, places: Floats, values: Floats, role: Role) -> None:
        if not len(places):
            return
        size = self._look.mm.px(_LARGE_DOT_MM if len(places) <= _FEW else _DOT_MM)
        dots = pg.ScatterPlotItem(x=places, y=values, symbol=SYMBOLS.get(role, "o"), size=size, pen=None)
        dots.setBrush(QBrush(pen_of(role, self._look).color()))
        self._view.addItem(dots)

    def _draw_marks(self, chart: TimeChart, places: tuple[int, ...], *, is_filled: bool) -> None:
        """A triangle for what breaks a rule, a hollow ring for what is too small to be judged."""
        if not places:
            return
        theme, px = self._look.theme, self._look.mm.px
        where = list(places)
        values = chart.series[0].values[where]
        colour = QColor(theme.ng.fill if is_filled else theme.muted)
        brush = QBrush(colour) if is_filled else QBrush(QColor(theme.face))
        size_mm = _HOLLOW_MM if not is_filled or len(places) > _MARKS_MOST else _MARK_MM
        symbol = "t" if is_filled else "o"
        shown = pg.ScatterPlotItem(x=chart.times[where], y=values, symbol=symbol, size=px(size_mm))
        shown.setBrush(brush)
        shown.setPen(pg.mkPen(colour))
        self._view.addItem(shown)

    def _draw_bars(self, chart: BarChart) -> None:
        look, places = self._look, np.arange(len(chart.names), dtype=np.float64)
        pen = pen_of(Role.LIMIT, look)
        self._view.addItem(pg.BarGraphItem(x=places, height=chart.values, width=0.7, brush=bar_brush(look), pen=pen))
        if chart.line is not None:
            self._view.addItem(pg.PlotCurveItem(places, chart.line, pen=pen_of(Role.VALUE, look)))
            self._draw_dots(places, chart.line, Role.VALUE)
        self._axes["bottom"].setTicks([list(zip(places.tolist(), chart.names, strict=True))])


def _times(chart: TimeChart, series: Series) -> Floats:
    """Where its points stand: two lines with intervals stand a little beside each other."""
    if series.limits is None:
        return chart.times
    aside = {Role.VALUE: -_ASIDE, Role.SECOND: _ASIDE}.get(series.role, 0.0)
    moved: Floats = chart.times + aside * least_step(chart.times)
    return moved


def _is_dotted(values: Floats) -> NDArray[np.bool_]:
    """Which points have a dot: all of few; of many those between two gaps, which no line would show."""
    is_there = np.isfinite(values)
    if len(values) <= _DOTS_MOST:
        return is_there
    has_neighbour = np.zeros(len(values), bool)
    has_neighbour[1:] |= is_there[:-1]
    has_neighbour[:-1] |= is_there[1:]
    lonely: NDArray[np.bool_] = is_there & ~has_neighbour
    return lonely

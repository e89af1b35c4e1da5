"""The blind sample by stratum: a bar for what was drawn, filled as far as it was reviewed. GUI thread."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from station_app.gui.charts.rows_pane import RowsPane
from station_app.gui.charts.sheet import SampleChart
from station_app.gui.look import Look

_THICK = 0.5
"""Of a row's height."""


class SamplePane(RowsPane):
    """What waits is hatched. The longest bar has the whole width."""

    def __init__(self, chart: SampleChart, look: Look) -> None:
        super().__init__(chart.title, chart.rows, look)
        self._chart = chart
        self._most = max((row.drawn for row in chart.rows), default=0)

    def _paint_row(self, painter: QPainter, number: int) -> None:
        row = self._chart.rows[number]
        if not row.drawn:
            return
        middle, place, theme = self._middle(), self.row(number), self._look.theme
        height = place.height() * _THICK
        bar = QRectF(middle.x(), place.center().y() - height / 2, middle.width() * row.drawn / self._most, height)
        done = QRectF(bar.x(), bar.y(), bar.width() * row.reviewed / row.drawn, height)
        painter.fillRect(bar, QBrush(QColor(theme.muted), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(done, QColor(theme.muted))
        painter.setPen(self._pen(theme.muted, 0.2))
        painter.drawRect(bar)

"""Where on the part the findings lie: squares over a picture, the fuller the more, the fullest with their number.
GUI thread."""

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QRegion

from station_app.gui import lettering
from station_app.gui.charts.sheet import PartMap
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.scaling import to_image

_NUMBERED = 12
_LEAST_ALPHA, _MOST_ALPHA = 40, 200
_OUTLINED = 0.2
"""From which share of the fullest a square has an outline."""


class PartMapPane(Pane):
    """`read` carries what is under the finger, in words."""

    read = Signal(str)

    def __init__(self, chart: PartMap, look: Look) -> None:
        super().__init__(look)
        self._chart = chart
        self._image: QImage | None = None if chart.picture is None else to_image(chart.picture)
        self.setMouseTracking(True)
        self.setAccessibleName(chart.title)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._read_at(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._read_at(event)

    def leaveEvent(self, event: object) -> None:
        self.read.emit("")

    def _read_at(self, event: QMouseEvent) -> None:
        found = (n for n in range(len(self._chart.cells)) if self.square(n).contains(event.position()))
        number = next(found, None)
        self.read.emit("" if number is None else self._chart.reading(number))

    def _frame(self) -> QRectF:
        """The frame's rectangle in pixels of the widget."""
        width, height = self._size()
        scale = min(self.width() / width, self.height() / height)
        left, top = (self.width() - width * scale) / 2, (self.height() - height * scale) / 2
        return QRectF(left, top, width * scale, height * scale)

    def _size(self) -> tuple[float, float]:
        """Of the frame in its pixels: the picture's, or as far as the findings go."""
        if self._image is not None:
            return float(self._chart.frame[0]), float(self._chart.frame[1])
        cells, cell = self._chart.cells, self._chart.cell_px
        if not len(cells):
            return float(cell), float(cell)
        return float((cells[:, 0].max() + 1) * cell), float((cells[:, 1].max() + 1) * cell)

    def square(self, number: int) -> QRectF:
        """Where the cell of this number lies, in pixels of the widget."""
        frame, cell = self._frame(), self._chart.cell_px
        scale = frame.width() / self._size()[0]
        column, row = (int(place) for place in self._chart.cells[number, :2])
        return QRectF(frame.x() + column * cell * scale, frame.y() + row * cell * scale, cell * scale, cell * scale)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        painter.fillRect(self.rect(), QColor(look.theme.canvas))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._frame(), self._image)
        counts = self._chart.cells[:, 2]
        if not len(counts):
            return
        fullest = np.argsort(-counts, kind="stable").tolist()
        for number in reversed(fullest):
            self._paint_square(painter, number, int(counts[number]) / int(counts.max()))
        self._paint_numbers(painter, fullest[:_NUMBERED])

    def _paint_square(self, painter: QPainter, number: int, share: float) -> None:
        square = self.square(number)
        colour = QColor(self._look.theme.ng.fill)
        colour.setAlpha(round(_LEAST_ALPHA + share * (_MOST_ALPHA - _LEAST_ALPHA)))
        painter.fillRect(square, colour)
        if share >= _OUTLINED:
            painter.setPen(QColor(self._look.theme.ng.fill))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(square)

    def _paint_numbers(self, painter: QPainter, fullest: list[int]) -> None:
        """Each in letters that can be read, also where its square is smaller; none over a fuller one's."""
        style, taken = lettering.centred(self._look.style(2.2, is_bold=True)), QRegion()
        for number in fullest:
            text = str(int(self._chart.cells[number, 2]))
            plate = QRect(0, 0, lettering.advance(text, style) + self._look.mm.px(1), self._look.mm.px(3.4))
            plate.moveCenter(self.square(number).center().toPoint())
            if not taken.intersects(plate):
                taken += plate
                painter.fillRect(plate, QColor(0, 0, 0, 150))
                self._write(painter, plate, text, style, "#FFFFFF")

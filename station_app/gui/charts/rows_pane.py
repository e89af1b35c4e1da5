"""Rows under each other, each with its name at the left, its drawing in the middle and its words at the right: the base
of the forest of estimates and of the bars of the sample. GUI thread."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from station_app.gui import lettering
from station_app.gui.charts.sheet import RateRow, SampleRow
from station_app.gui.look import Look
from station_app.gui.pane import Pane

_NAME_MM, _WORDS_MM, _ROW_MM, _EDGE_MM = 52.0, 70.0, 20.0, 2.0


class RowsPane(Pane):
    """`read` carries the row that is under the finger, in words; "" where none is."""

    read = Signal(str)

    def __init__(self, title: str, rows: tuple[RateRow, ...] | tuple[SampleRow, ...], look: Look) -> None:
        super().__init__(look)
        self._names = tuple(row.name for row in rows)
        self._words = tuple(row.words for row in rows)
        self._readings = tuple(row.reading if isinstance(row, RateRow) else row.words for row in rows)
        self.setMouseTracking(True)
        self.setAccessibleName(title)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._read_at(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._read_at(event)

    def leaveEvent(self, event: object) -> None:
        self.read.emit("")

    def _read_at(self, event: QMouseEvent) -> None:
        under = (n for n in range(len(self._names)) if self.row(n).contains(event.position().toPoint()))
        number = next(under, None)
        self.read.emit("" if number is None else f"{self._names[number]}: {self._readings[number]}")

    def row(self, number: int) -> QRect:
        """The whole row of this number, in pixels of the widget."""
        room = self.height() - self._foot() - self._look.mm.px(1)
        height = min(self._look.mm.px(_ROW_MM), room // max(1, len(self._names)))
        return QRect(0, self._look.mm.px(1) + number * height, self.width(), height)

    def _middle(self) -> QRectF:
        """Where all rows are drawn, between names and words."""
        px = self._look.mm.px
        left = px(_EDGE_MM) + min(px(_NAME_MM), self.width() // 4)
        right = self.width() - px(_EDGE_MM) - min(px(_WORDS_MM), self.width() // 3)
        bottom = self.row(len(self._names) - 1).bottom() if self._names else 0
        return QRectF(left, px(1), max(1, right - left - px(3)), max(1, bottom - px(1)))

    def _foot(self) -> int:
        """Pixels below the rows."""
        return self._look.mm.px(1)

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(self._look.theme.face))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        for number in range(len(self._names)):
            self._paint_texts(painter, number)
            self._paint_row(painter, number)

    def _paint_ground(self, painter: QPainter) -> None:
        """What lies below all rows."""

    def _paint_row(self, painter: QPainter, number: int) -> None:
        """The drawing of one row."""

    def _paint_texts(self, painter: QPainter, number: int) -> None:
        row, middle, px = self.row(number), self._middle(), self._look.mm.px
        style = self._look.style(2.2, 1.6, is_wrapped=True)
        left, right = px(_EDGE_MM), round(middle.right()) + px(3)
        self._write(
            painter, QRect(left, row.y(), round(middle.x()) - left - px(2), row.height()), self._names[number], style
        )
        room = QRect(right, row.y(), self.width() - px(_EDGE_MM) - right, row.height())
        self._write(painter, room, self._words[number], style)

    def _pen(self, ink: str, width_mm: float, stroke: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        return QPen(QColor(ink), max(1.0, width_mm * self._look.mm.px_per_mm), stroke)

    def _centred(self, painter: QPainter, middle: int, top: int, text: str) -> None:
        """A short text below the rows, its middle there."""
        width = lettering.advance(text, self._look.style(2.2)) + 2
        room = QRect(middle - width // 2, top, width, self._look.mm.px(4))
        self._write(painter, room, text, lettering.centred(self._look.style(2.2, 1.6)))

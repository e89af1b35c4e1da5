"""The live picture, with lines over it to align by: the centre, and a cross where the pointer was last. GUI thread."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station_app.gui.image_canvas import ImageCanvas
from station_app.gui.look import Look
from station_app.gui.scaling import Scaler

_DARK, _BRIGHT = "#1E1E1E", "#F4F4F2"


class LiveCanvas(ImageCanvas):
    """Tapping sets the cross, dragging moves the picture, as on the operator's canvas."""

    def __init__(self, look: Look, parent: QWidget, scaler: Scaler | None) -> None:
        super().__init__(look.theme, look.mm, parent, scaler=scaler)
        self.gives_thumbnail = False
        self._has_lines = False
        self._cross: tuple[float, float] | None = None

    @property
    def has_lines(self) -> bool:
        return self._has_lines

    @property
    def cross(self) -> tuple[float, float] | None:
        """Where the cross stands, in pixels of the frame."""
        return self._cross

    def set_lines(self, *, has_lines: bool) -> None:
        self._has_lines = has_lines
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start = self._pressed_at
        super().mouseReleaseEvent(event)
        view = self.viewport
        is_tap = start is not None and (event.position() - start).manhattanLength() < self._mm.px(1.5)
        if is_tap and view is not None and self._has_lines:
            self._cross = view.to_frame(event.position().x(), event.position().y())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_lines or self.viewport is None or not self.has_image:
            return
        painter = QPainter(self)
        view = self.viewport
        middle = QPointF(*view.to_screen(view.frame_width / 2, view.frame_height / 2)).toPoint()
        self._paint_cross(painter, middle, Qt.PenStyle.DashLine)
        if self._cross is not None:
            self._paint_cross(painter, QPointF(*view.to_screen(*self._cross)).toPoint(), Qt.PenStyle.SolidLine)
        painter.end()

    def _paint_cross(self, painter: QPainter, at: QPoint, style: Qt.PenStyle) -> None:
        """Dark under bright: seen on any part."""
        width = max(1, self._mm.px(0.3))
        for colour, thickness, line in ((_DARK, width + 2, Qt.PenStyle.SolidLine), (_BRIGHT, width, style)):
            painter.setPen(QPen(QColor(colour), thickness, line))
            painter.drawLine(0, at.y(), self.width(), at.y())
            painter.drawLine(at.x(), 0, at.x(), self.height())

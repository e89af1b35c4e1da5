"""The line under a moving finger. Each step paints its own piece into a layer, so that a long line costs no more than a
short one. GUI thread."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from station_app.gui.marks import DRAWN_COLOUR
from station_app.gui.viewport import Viewport

_VEIL = 0.45


class Trace:
    """`path` is in frame pixels; the layer is in those of the screen, and painted anew when the view changes."""

    def __init__(self) -> None:
        self.path: list[tuple[float, float]] = []
        self._layer = QImage()
        self._view: Viewport | None = None
        self._width_px, self._is_veil = 1, False

    def begin(self, view: Viewport, width_px: int, pixel_ratio: float, *, is_veil: bool) -> None:
        """A new line, `width_px` wide on the screen; a brush's is a veil."""
        self.path = []
        self._width_px, self._is_veil, self._view = width_px, is_veil, view
        size = QSize(round(view.width * pixel_ratio), round(view.height * pixel_ratio))
        self._layer = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        self._layer.setDevicePixelRatio(pixel_ratio)
        self._layer.fill(Qt.GlobalColor.transparent)

    def add(self, x: float, y: float) -> None:
        """On to this point of the frame."""
        last = self.path[-1] if self.path else (x, y)
        self.path.append((x, y))
        self._piece(last, (x, y))

    def clear(self) -> None:
        self.path, self._view = [], None

    def follow(self, view: Viewport) -> None:
        """The frame is seen differently."""
        if self._view is None or view == self._view:
            return
        path, ratio = self.path, self._layer.devicePixelRatio()
        self.begin(view, self._width_px, ratio, is_veil=self._is_veil)
        for x, y in path:
            self.add(x, y)

    def paint(self, painter: QPainter) -> None:
        if self._view is not None and self.path:
            painter.setOpacity(_VEIL if self._is_veil else 1.0)
            painter.drawImage(0, 0, self._layer)
            painter.setOpacity(1.0)

    def _piece(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        if self._view is None:
            return
        ends = QPointF(*self._view.to_screen(*start)), QPointF(*self._view.to_screen(*end))
        painter = QPainter(self._layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        inks = ((DRAWN_COLOUR, 0),) if self._is_veil else (("#FFFFFF", 2), (DRAWN_COLOUR, 0))
        for colour, more in inks:
            painter.setPen(QPen(QColor(colour), self._width_px + more, Qt.PenStyle.SolidLine, cap, join))
            painter.drawLine(*ends) if start != end else painter.drawPoint(ends[0])
        painter.end()

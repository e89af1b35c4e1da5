"""The image of the part: fitted, zoomed or panned, with its marks, and where a person draws a missed defect.

The GUI thread only draws a ready picture one to one; scaling is the worker's. While a new view is on its way, the
last picture is stretched to it, so that a finger never waits.
"""

import logging

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from station_app.core.inspection import Box, Finding, HeatMap, Pixels
from station_app.gui import lettering
from station_app.gui.marks import Mark, marks_of, paint_drawn, paint_marks
from station_app.gui.millimetres import Millimetres
from station_app.gui.overlay import Overlay
from station_app.gui.picture import paint_picture
from station_app.gui.scaling import ScaledFrame, Scaler, ScaleRequest, render
from station_app.gui.theme import Theme
from station_app.gui.tone import PLAIN, Tone
from station_app.gui.viewport import Viewport, fit

_log = logging.getLogger(__name__)

ZOOM_STEP = 1.5


class ImageCanvas(QWidget):
    """Shows one frame at a time. While drawing is on, a drag draws and a tap on what was drawn takes it back:
    `box_drawn` and `box_erased` carry rectangles in frame pixels. Otherwise a tap is told as `tapped`. Without a
    `scaler` it scales for itself, at once."""

    tapped = Signal()
    box_drawn = Signal(object)
    box_erased = Signal(object)
    thumbnail_ready = Signal(int, QImage)

    def __init__(
        self, theme: Theme, mm: Millimetres, parent: QWidget | None = None, *, scaler: Scaler | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._mm = theme, mm
        self._part_id, self._camera_id = 0, ""
        self._pixels: Pixels | None = None
        self._heat_maps: tuple[HeatMap, ...] = ()
        self._findings: tuple[Finding, ...] = ()
        self._viewport: Viewport | None = None
        self._scaled: ScaledFrame | None = None
        self._generation = 0
        self._scaler = scaler
        self.gives_thumbnail = True
        self._is_still = self._is_glance = False
        self._heat_opacity = 0.5
        self._overlay: Overlay | None = None
        self._tone = PLAIN
        self._are_marks_hidden = False
        self._is_drawing = False
        self._drawn: tuple[Box, ...] = ()
        self._pressed_at: QPointF | None = None
        self._dragged_to = QPointF()
        self._empty_text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        if self._scaler is not None:
            self._scaler.scaled.connect(self._on_scaled, Qt.ConnectionType.QueuedConnection)

    @property
    def viewport(self) -> Viewport | None:
        return self._viewport

    @property
    def are_marks_hidden(self) -> bool:
        return self._are_marks_hidden

    @property
    def has_image(self) -> bool:
        return self._pixels is not None

    @property
    def is_scaled(self) -> bool:
        """Whether the picture is ready to be drawn in the view that is asked for."""
        return self._scaled is not None and self._scaled.generation == self._generation

    def set_look(self, theme: Theme, mm: Millimetres) -> None:
        self._theme, self._mm = theme, mm
        self.update()

    def set_empty_text(self, text: str) -> None:
        """What stands in place of an image that does not exist."""
        if text != self._empty_text:
            self._empty_text = text
            self.update()

    def take_settings(self, other: "ImageCanvas") -> None:
        """Marks and heat map as on another canvas."""
        self._findings, self._empty_text = other._findings, other._empty_text
        self._heat_opacity, self._are_marks_hidden = other._heat_opacity, other._are_marks_hidden

    def set_still(self, *, is_still: bool, is_glance: bool) -> None:
        """A still image is always seen whole. A glance is small: it is scaled cheaply, and tags would cover it."""
        self._is_still, self._is_glance = is_still, is_glance

    def show_frame(
        self, part_id: int, pixels: Pixels | None, heat_maps: tuple[HeatMap, ...] = (), camera_id: str = ""
    ) -> None:
        """Show another frame. The view stays where it is while the frames have one size."""
        self._part_id, self._pixels, self._heat_maps, self._camera_id = part_id, pixels, heat_maps, camera_id
        if pixels is None:
            self._scaled = None
        else:
            height, width = pixels.shape[:2]
            view = self._viewport
            if view is None or (view.frame_width, view.frame_height) != (width, height):
                self._viewport = fit(width, height, max(1, self.width()), max(1, self.height()))
        self._request()
        self.update()

    def set_findings(self, findings: tuple[Finding, ...]) -> None:
        if findings != self._findings:
            self._findings = findings
            self.update()

    def set_heat_opacity(self, opacity: float) -> None:
        self._heat_opacity = opacity
        self.update()

    def set_overlay(self, overlay: Overlay | None) -> None:
        """Another picture over this one."""
        self._overlay = overlay
        self._request()

    def set_tone(self, tone: Tone) -> None:
        """Another brightness and contrast."""
        self._tone = tone
        self._request()

    def set_marks_hidden(self, are_hidden: bool) -> None:
        self._are_marks_hidden = are_hidden
        self.update()

    def set_drawing(self, is_drawing: bool, drawn: tuple[Box, ...] = ()) -> None:
        """With drawing on, a drag draws a rectangle instead of moving the image."""
        if (is_drawing, drawn) == (self._is_drawing, self._drawn):
            return
        self._is_drawing, self._drawn = is_drawing, drawn
        self.setCursor(Qt.CursorShape.CrossCursor if is_drawing else Qt.CursorShape.ArrowCursor)
        self.update()

    def zoom_in(self) -> None:
        self._zoom(ZOOM_STEP, QPointF(self.width() / 2, self.height() / 2))

    def zoom_out(self) -> None:
        self._zoom(1 / ZOOM_STEP, QPointF(self.width() / 2, self.height() / 2))

    def zoom_fit(self) -> None:
        if self._viewport is not None:
            self._view(self._viewport.fitted())

    def marks(self) -> tuple[Mark, ...]:
        """The marks as they are drawn now."""
        if self._viewport is None or self._pixels is None:
            return ()
        return marks_of(self._findings, self._viewport, self._mm.px(6), self._camera_id)

    def _zoom(self, factor: float, about: QPointF) -> None:
        if self._viewport is not None and not self._is_still:
            self._view(self._viewport.zoomed(factor, about.x(), about.y()))

    def _view(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._request()
        self.update()

    def _request(self) -> None:
        self._generation += 1
        if self._pixels is None or self._viewport is None:
            return
        wanted = ScaleRequest(
            self._generation,
            self._pixels,
            self._heat_maps,
            self._viewport,
            self.devicePixelRatioF(),
            self._mm.px(24) if self.gives_thumbnail else 0,
            canvas=id(self),
            is_glance=self._is_glance,
            overlay=self._overlay,
            tone=self._tone,
        )
        if self._scaler is None:
            self._take(render(wanted))
        else:
            self._scaler.request(wanted)

    @Slot(object)
    def _on_scaled(self, scaled: ScaledFrame) -> None:
        if (scaled.canvas, scaled.generation) == (id(self), self._generation):
            if self._scaled is None:
                _log.info("first picture, of part %d", self._part_id)
            self._take(scaled)

    def _take(self, scaled: ScaledFrame) -> None:
        self._scaled = scaled
        if scaled.thumbnail is not None:
            self.thumbnail_ready.emit(self._part_id, scaled.thumbnail)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.canvas))
        if self._pixels is None or self._viewport is None:
            self._paint_empty(painter)
        elif self._scaled is not None:
            heat_opacity = 0.0 if self._are_marks_hidden else self._heat_opacity
            paint_picture(painter, self._scaled, self._viewport, heat_opacity)
            if not self._are_marks_hidden and not self._is_glance:
                paint_marks(painter, self.marks(), max(2, self._mm.px(0.6)))
            self._paint_drawn(painter, self._viewport)
        painter.end()

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme.ink))
        largest, smallest = (self._mm.font_px(cap_mm) for cap_mm in ((2.6, 1.6) if self._is_glance else (5, 3)))
        style = lettering.Style(largest, smallest, is_wrapped=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        edge = 2 if self._is_glance else 20
        lettering.draw(painter, self.rect().adjusted(edge, edge, -edge, -edge), self._empty_text, style)

    def _paint_drawn(self, painter: QPainter, view: Viewport) -> None:
        boxes = list(self._drawn)
        if self._is_drawing and self._pressed_at is not None:
            draft = self._draft(view)
            boxes += [draft] if draft is not None else []
        paint_drawn(painter, [view.spot_of(box) for box in boxes], max(2, self._mm.px(0.7)))

    def _draft(self, view: Viewport) -> Box | None:
        start = self._pressed_at or self._dragged_to
        return view.box_between(start.x(), start.y(), self._dragged_to.x(), self._dragged_to.y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._viewport is not None:
            view = self._viewport
            self._view(fit(view.frame_width, view.frame_height, max(1, self.width()), max(1, self.height())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = self._dragged_to = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moved, self._dragged_to = event.position() - self._dragged_to, event.position()
        if self._viewport is None or self._pressed_at is None or self._is_still:
            return
        if self._is_drawing:
            self.update()
        else:
            self._view(self._viewport.panned(moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_to = event.position()
        draft = self._draft(self._viewport) if self._viewport is not None and self._pressed_at is not None else None
        is_drag = self._pressed_at is not None and _length(event.position() - self._pressed_at) >= self._mm.px(1.5)
        self._pressed_at = None
        if self._is_drawing and draft is not None and is_drag:
            self.box_drawn.emit(draft)
        elif self._is_drawing and self._viewport is not None and not is_drag:
            self._erase_at(*self._viewport.to_frame(event.position().x(), event.position().y()))
        elif not is_drag and self.rect().contains(event.position().toPoint()):
            self.tapped.emit()
        self.update()

    def _erase_at(self, x: float, y: float) -> None:
        """The newest rectangle under the finger."""
        hit = [box for box in self._drawn if box.x <= x < box.right and box.y <= y < box.bottom]
        if hit:
            self.box_erased.emit(hit[-1])

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pressed_at = None
                self._zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
                return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)


def _length(point: QPointF) -> float:
    return float((point.x() ** 2 + point.y() ** 2) ** 0.5)

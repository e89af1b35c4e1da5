"""The image under review, on which defects are drawn with box, polygon, brush and eraser. GUI thread.

While the finger moves only a line is painted; pixels are counted when it is lifted, and only those near the line.
"""

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from station_app.core.inspection import Pixels
from station_app.gui.image_canvas import ImageCanvas
from station_app.gui.millimetres import Millimetres
from station_app.gui.review.drawing import Drawing, Shapes
from station_app.gui.review.sketch_paint import OTHERS, paint_shapes
from station_app.gui.review.strokes import lasso, stroke
from station_app.gui.review.tools import Tool
from station_app.gui.review.trace import Trace
from station_app.gui.scaling import Scaler
from station_app.gui.theme import Theme
from station_app.gui.viewport import Viewport

_PAN_SHARE = 0.15
_THINNEST_MM, _THICKEST_MM, _STEP = 0.5, 12.0, 1.5
_CLOSE_MM, _TAP_MM = 5.0, 1.5


class SketchCanvas(ImageCanvas):
    """`polygon_drawn` carries corners, `stroke_drawn` a brush; boxes come by `box_drawn`. `pointed` carries the frame's
    point that was tapped with the hand; `view_changed` comes when another part of the frame is seen."""

    polygon_drawn = Signal(object)
    stroke_drawn = Signal(object)
    pointed = Signal(float, float)
    view_changed = Signal()

    def __init__(self, theme: Theme, mm: Millimetres, scaler: Scaler | None = None) -> None:
        super().__init__(theme, mm, scaler=scaler)
        self.gives_thumbnail = False
        self.tool = Tool.HAND
        self._brush_mm = 2.0
        self._drawing = Drawing()
        self._others: tuple[Shapes, ...] = ()
        self._trace = Trace()
        self._is_dragging = False

    @property
    def camera_id(self) -> str:
        return self._camera_id

    @property
    def has_open_polygon(self) -> bool:
        return self.tool is Tool.POLYGON and bool(self._trace.path)

    def show_picture(self, pixels: Pixels | None, camera_id: str) -> None:
        """Another frame, seen whole at first. It is not told of which part."""
        self.show_frame(0, pixels, camera_id=camera_id)
        self._trace.clear()
        self.zoom_fit()
        self.view_changed.emit()

    def set_tool(self, tool: Tool) -> None:
        """An open polygon is given up."""
        self.tool = tool
        self._trace.clear()
        self.set_drawing(tool is Tool.BOX)
        self.update()

    def set_sketch(self, drawing: Drawing, others: tuple[Shapes, ...] = ()) -> None:
        """The reviewer's own drawing, and those of other people."""
        if (drawing, others) != (self._drawing, self._others):
            self._drawing, self._others = drawing, others
            self.update()

    def thicken(self, steps: int) -> None:
        """A thicker brush, or a thinner one."""
        self._brush_mm = min(_THICKEST_MM, max(_THINNEST_MM, self._brush_mm * _STEP**steps))

    def zoom_full(self) -> None:
        """One pixel of the frame for each of the screen."""
        if self._viewport is not None:
            self._zoom(1.0 / self._viewport.scale, QPointF(self.width() / 2, self.height() / 2))

    def pan(self, right: int, down: int) -> None:
        """By a share of what is seen."""
        if self._viewport is not None:
            step = _PAN_SHARE * min(self.width(), self.height())
            self._view(self._viewport.panned(-right * step, -down * step))

    def close_polygon(self) -> None:
        """The corners tapped so far make a polygon, where there are three."""
        self._finish_polygon()

    def _view(self, viewport: Viewport) -> None:
        super()._view(viewport)
        self._trace.follow(viewport)
        self.view_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._is_dragging = False
        view = self._viewport
        if view is None or self.tool in (Tool.HAND, Tool.BOX):
            return
        is_brush = self.tool is not Tool.POLYGON
        if is_brush or not self._trace.path:
            width = self._brush_px() if is_brush else self._line_px()
            self._trace.begin(view, width, self.devicePixelRatioF(), is_veil=is_brush)
        if is_brush:
            self._trace.add(*view.to_frame(event.position().x(), event.position().y()))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.tool in (Tool.HAND, Tool.BOX) or self._viewport is None or self._pressed_at is None:
            super().mouseMoveEvent(event)
            return
        moved = event.position() - self._pressed_at
        self._is_dragging = self._is_dragging or max(abs(moved.x()), abs(moved.y())) >= self._mm.px(_TAP_MM)
        if self._is_dragging or self.tool is not Tool.POLYGON:
            self._trace.add(*self._viewport.to_frame(event.position().x(), event.position().y()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, view = self._pressed_at, self._viewport
        if self.tool is Tool.BOX or view is None or pressed is None:
            super().mouseReleaseEvent(event)
            return
        moved = event.position() - pressed
        is_tap = max(abs(moved.x()), abs(moved.y())) < self._mm.px(_TAP_MM)
        self._pressed_at = None
        point = view.to_frame(event.position().x(), event.position().y())
        if self.tool is Tool.HAND and is_tap:
            self.pointed.emit(*point)
        elif self.tool is Tool.POLYGON:
            self._corner(point, view) if not self._is_dragging else self._finish_polygon()
        elif self.tool in (Tool.BRUSH, Tool.ERASER):
            self._finish_stroke(view)
        self.update()

    def _corner(self, point: tuple[float, float], view: Viewport) -> None:
        """A tap sets a corner; on the first one it closes the outline."""
        if len(self._trace.path) >= 3:
            first, here = view.to_screen(*self._trace.path[0]), view.to_screen(*point)
            if max(abs(first[0] - here[0]), abs(first[1] - here[1])) <= self._mm.px(_CLOSE_MM):
                self._finish_polygon()
                return
        self._trace.add(*point)

    def _finish_polygon(self) -> None:
        path, view = tuple(self._trace.path), self._viewport
        self._trace.clear()
        if view is not None:
            polygon = lasso(path, 1.0 / view.scale, (view.frame_width, view.frame_height))
            if polygon is not None:
                self.polygon_drawn.emit(polygon)
        self.update()

    def _finish_stroke(self, view: Viewport) -> None:
        path, radius = tuple(self._trace.path), self._brush_px() / 2 / view.scale
        self._trace.clear()
        drawn = stroke(path, radius, (view.frame_width, view.frame_height))
        if drawn is not None:
            self.stroke_drawn.emit(drawn)

    def _line_px(self) -> int:
        return max(2, self._mm.px(0.6))

    def _brush_px(self) -> int:
        return self._mm.px(self._brush_mm)

    def _paint_drawn(self, painter: QPainter, view: Viewport) -> None:
        super()._paint_drawn(painter, view)
        line = self._line_px()
        for person, shapes in enumerate(self._others):
            here = tuple((n, shape) for n, shape in enumerate(shapes) if shape.camera_id == self._camera_id)
            paint_shapes(painter, here, view, line, ink=OTHERS[person % len(OTHERS)])
        paint_shapes(painter, self._drawing.of(self._camera_id), view, line, chosen=self._drawing.chosen)
        self._trace.paint(painter)

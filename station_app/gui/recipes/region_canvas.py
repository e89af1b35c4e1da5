"""The reference image with a recipe's regions on it: drawn by a drag, moved by their inside. GUI thread."""

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Box
from station_app.core.recipe import Region
from station_app.gui import lettering
from station_app.gui.image_canvas import ImageCanvas
from station_app.gui.look import Look
from station_app.gui.recipes.region_places import moved, topmost

_JUDGED, _LEFT_OUT = "#0B5FA5", "#4A4A4A"
_TAG_MM, _LETTER_MM = 6.0, 2.4


class RegionCanvas(ImageCanvas):
    """`region_picked` carries the number of the region that was touched, -1 for none; `region_moved` its number and its
    new place. What is drawn anew is told by `box_drawn`."""

    region_picked = Signal(int)
    region_moved = Signal(int, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.theme, look.mm, parent)
        self.gives_thumbnail = False
        self._tag_px, self._letters = look.mm.px(_TAG_MM), look.mm.font_px(_LETTER_MM)
        self._regions: tuple[Region, ...] = ()
        self._picked = -1
        self._is_open = False
        self._held: tuple[int, QPointF, Box] | None = None
        self._place_now: Box | None = None

    def set_canvas_look(self, look: Look) -> None:
        self._tag_px, self._letters = look.mm.px(_TAG_MM), look.mm.font_px(_LETTER_MM)
        self.set_look(look.theme, look.mm)

    def show_regions(self, regions: tuple[Region, ...], picked: int, *, is_open: bool) -> None:
        """`is_open` where they may be moved."""
        self._regions, self._picked, self._is_open = regions, picked, is_open
        self._held = self._place_now = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        view = self.viewport
        number = -1 if view is None or self._is_drawing else topmost(self._regions, *self._frame_point(event))
        if number >= 0 and self._is_open:
            self._held = (number, event.position(), self._regions[number].box)
        else:
            super().mousePressEvent(event)
        if not self._is_drawing:
            self.region_picked.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        view = self.viewport
        if self._held is None or view is None:
            super().mouseMoveEvent(event)
            return
        _, start, box = self._held
        step = event.position() - start
        dx, dy = round(step.x() / view.scale), round(step.y() / view.scale)
        self._place_now = moved(box, dx, dy, (view.frame_width, view.frame_height))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            super().mouseReleaseEvent(event)
            return
        (number, _, box), place = self._held, self._place_now
        self._held = self._place_now = None
        if place is not None and place != box:
            self.region_moved.emit(number, place)
        self.update()

    def _frame_point(self, event: QMouseEvent) -> tuple[float, float]:
        view = self.viewport
        return view.to_frame(event.position().x(), event.position().y()) if view is not None else (-1.0, -1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.viewport is None or not self.has_image:
            return
        painter = QPainter(self)
        for number, region in enumerate(self._regions):
            is_held = self._held is not None and self._held[0] == number
            box = self._place_now if is_held and self._place_now is not None else region.box
            self._paint_region(painter, number, region, box)
        painter.end()

    def _paint_region(self, painter: QPainter, number: int, region: Region, box: Box) -> None:
        """Left out is hatched and dashed as well: colour never stands alone."""
        if self.viewport is None:
            return
        spot = self.viewport.spot_of(box)
        room = QRect(spot.x, spot.y, spot.width, spot.height)
        colour = QColor(_LEFT_OUT if region.is_excluded else _JUDGED)
        if region.is_excluded:
            painter.fillRect(room, QBrush(colour, Qt.BrushStyle.BDiagPattern))
        style = Qt.PenStyle.DashLine if region.is_excluded else Qt.PenStyle.SolidLine
        width = 5 if number == self._picked else 3
        for ink, thickness in ((QColor("#FFFFFF"), width + 2), (colour, width)):
            painter.setPen(QPen(ink, thickness, style if ink == colour else Qt.PenStyle.SolidLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room)
        self._paint_tag(painter, room, region.name, colour)

    def _paint_tag(self, painter: QPainter, room: QRect, name: str, colour: QColor) -> None:
        style = lettering.Style(self._letters, max(6, self._letters // 2), is_bold=True)
        width = min(max(self._tag_px * 2, room.width()), lettering.advance(name, style) + self._tag_px)
        tag = QRect(room.x(), room.y(), width, self._tag_px)
        painter.fillRect(tag, colour)
        painter.setPen(QColor("#FFFFFF"))
        lettering.draw(painter, tag.adjusted(self._tag_px // 3, 0, -self._tag_px // 3, 0), name, style)

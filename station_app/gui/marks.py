"""The marks over a frame: boxes, contours and number tags. Geometry is pure; painting is told where. GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from station_app.core.inspection import Box, Finding
from station_app.gui import lettering
from station_app.gui.millimetres import Spot
from station_app.gui.viewport import Viewport

DEFECT_COLOUR = "#B00020"
DRAWN_COLOUR = "#0B5FA5"
_SMALLEST_PX = 12
_SMALLEST_CONTOUR_PX = 24


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding on the screen. `contour` is empty where it would be smaller than its line."""

    number: int
    box: Spot
    contour: tuple[tuple[float, float], ...]
    tag: Spot


def marks_of(findings: Sequence[Finding], viewport: Viewport, tag_px: int, camera_id: str = "") -> tuple[Mark, ...]:
    """The marks of those findings that can be seen, numbered as in the list; other cameras' are on other images."""
    seen = viewport.visible()
    here = [(n, f) for n, f in enumerate(findings, 1) if not camera_id or f.camera_id in ("", camera_id)]
    shown = [(n, f) for n, f in here if _touches(f.box, seen)]
    return tuple(_mark(number, finding, viewport, tag_px) for number, finding in shown)


def _mark(number: int, finding: Finding, viewport: Viewport, tag_px: int) -> Mark:
    exact = viewport.spot_of(finding.box)
    box = _at_least(exact, _SMALLEST_PX)
    has_contour = finding.polygon is not None and max(exact.width, exact.height) >= _SMALLEST_CONTOUR_PX
    contour = tuple(viewport.to_screen(x, y) for x, y in finding.polygon or ()) if has_contour else ()
    return Mark(number, box, contour, tag_spot(box, tag_px, viewport))


def _at_least(spot: Spot, smallest: int) -> Spot:
    """Grown about its centre: a defect of one pixel still needs a box that can be seen."""
    grow_x, grow_y = max(0, smallest - spot.width), max(0, smallest - spot.height)
    return Spot(spot.x - grow_x // 2, spot.y - grow_y // 2, spot.width + grow_x, spot.height + grow_y)


def tag_spot(box: Spot, tag_px: int, viewport: Viewport) -> Spot:
    """The number's square: above the box, below it where there is no room, and always inside the widget."""
    y = box.y - tag_px - 2
    if y < 0:
        y = box.y + box.height + 2
    y = min(max(0, y), viewport.height - tag_px)
    return Spot(min(max(0, box.x), viewport.width - tag_px), y, tag_px, tag_px)


def _touches(box: Box, seen: Box) -> bool:
    return box.x < seen.right and seen.x < box.right and box.y < seen.bottom and seen.y < box.bottom


def paint_marks(painter: QPainter, marks: Sequence[Mark], line_px: int) -> None:
    """White under colour, so that a mark shows on any metal; then the tags on top of all boxes."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor("#FFFFFF"), line_px * 2 + 1), (QColor(DEFECT_COLOUR), line_px)):
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
        for mark in marks:
            painter.drawRect(QRect(mark.box.x, mark.box.y, mark.box.width, mark.box.height))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(DEFECT_COLOUR), max(1, line_px - 1)))
    for mark in marks:
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in mark.contour]))
    for mark in marks:
        _paint_tag(painter, mark)
    painter.restore()


def _paint_tag(painter: QPainter, mark: Mark) -> None:
    rect = QRect(mark.tag.x, mark.tag.y, mark.tag.width, mark.tag.height)
    painter.setPen(QPen(QColor("#FFFFFF"), 2))
    painter.fillRect(rect, QColor(DEFECT_COLOUR))
    painter.drawRect(rect)
    style = lettering.Style(round(rect.height() * 0.8), 6, is_bold=True, alignment=Qt.AlignmentFlag.AlignHCenter)
    lettering.draw(painter, rect, str(mark.number), style)


def paint_drawn(painter: QPainter, boxes: Sequence[Spot], line_px: int) -> None:
    """The rectangles that a person is drawing: dashed and blue, since they are a person's act."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, style in (("#FFFFFF", Qt.PenStyle.SolidLine), (DRAWN_COLOUR, Qt.PenStyle.DashLine)):
        painter.setPen(QPen(QColor(colour), line_px + 1, style))
        for box in boxes:
            painter.drawRect(QRect(box.x, box.y, box.width, box.height))
    painter.restore()

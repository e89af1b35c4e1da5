"""What is drawn over the lines of a web: what was lost, what no picture showed, defects, and the rulers. GUI thread.

The painter's origin is the upper left corner of the lines, except for the rulers, which lie around them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from station_app.core.lines import LineSpan
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.marks import DEFECT_COLOUR
from station_app.gui.millimetres import Spot
from station_app.gui.web.rulers import ticks
from station_app.gui.web.view import WebView

_LEAST_MM = 1.6
"""A gap or a defect of one line still needs a mark that can be seen."""


@dataclass(frozen=True, slots=True)
class DefectOnLines:
    """A defect of a stretch, in lines and columns of the web; `number` is its place in the list beside it."""

    lines: LineSpan
    columns: tuple[float, float]
    number: int


def paint_unknown(painter: QPainter, look: Look, view: WebView, spans: Sequence[LineSpan]) -> None:
    """Lines that were in no picture: nothing is shown there, and nothing was lost."""
    for span in spans:
        painter.fillRect(_rect(view.spot(span, (0, view.columns))), QColor(look.theme.canvas))


def paint_lost(painter: QPainter, look: Look, view: WebView, spans: Sequence[LineSpan]) -> None:
    """A hatched red band with the number of lines that are missing."""
    px, theme = look.mm.px, look.theme
    for span in spans:
        band = _at_least(_rect(view.spot(span, (0, view.columns))), px(_LEAST_MM))
        hatch(painter, band, theme.ng.fill, theme.ng.ink)
        words = QCoreApplication.translate("Waterfall", "{count} lines lost").format(count=span.length)
        height = px(6)
        tag = QRect(
            max(0, band.x()) + px(1), min(max(0, band.center().y() - height // 2), view.height - height), px(44), height
        )
        painter.fillRect(tag, QColor(theme.ng.fill))
        painter.setPen(QColor(theme.ng.ink))
        lettering.draw(painter, tag.adjusted(px(1), 0, -px(1), 0), words, look.style(3, 1.8, is_bold=True))


def hatch(painter: QPainter, rect: QRect, fill: str, ink: str) -> None:
    """Filled and hatched: what is missing is told by more than its colour."""
    painter.fillRect(rect, QColor(fill))
    painter.fillRect(rect, QBrush(QColor(ink), Qt.BrushStyle.BDiagPattern))


def paint_defects(painter: QPainter, look: Look, view: WebView, defects: Sequence[DefectOnLines]) -> None:
    """A box around each defect that can be seen, white under colour, with its number."""
    px = look.mm.px
    line, tag_px = max(2, px(0.5)), px(5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for defect in (defect for defect in defects if defect.lines.meets(view.lines)):
        box = _at_least(_rect(view.spot(defect.lines, defect.columns)).adjusted(-line, -line, line, line), px(3))
        for colour, width in (("#FFFFFF", line * 2 + 1), (DEFECT_COLOUR, line)):
            painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawRect(box)
        if defect.number:
            _paint_tag(painter, look, QRect(box.x(), box.y() - tag_px - 2, tag_px, tag_px), defect.number)


def _paint_tag(painter: QPainter, look: Look, tag: QRect, number: int) -> None:
    painter.fillRect(tag, QColor(DEFECT_COLOUR))
    painter.setPen(QColor("#FFFFFF"))
    lettering.draw(painter, tag, str(number), lettering.centred(look.style(3, 1.6, is_bold=True)))


def paint_rulers(painter: QPainter, look: Look, room: QRect, view: WebView, origin: int) -> None:
    """Millimetres across above `room`, metres along from the line `origin` on at its left."""
    px, theme = look.mm.px, look.theme
    painter.setPen(QColor(theme.ink))
    style = look.style(2.4, 1.6)
    centred, right = lettering.centred(style), lettering.flush_right(style)
    width = px(16)
    columns = max(0.0, view.to_column(0)), min(float(view.columns), view.to_column(view.width))
    across = view.scale.across_mm(columns[0]), view.scale.across_mm(columns[1])
    for tick in ticks(*across, [room.x() + view.to_x(column) for column in columns], px(20)):
        painter.drawLine(tick.at, room.y() - px(1.2), tick.at, room.y())
        cell = QRect(tick.at - width // 2, 0, width, room.y() - px(1.4))
        if cell.right() < room.x() + view.width and cell.x() >= px(10):
            lettering.draw(painter, cell, tick.text, centred)
    along = view.scale.metres(view.to_line(0) - origin), view.scale.metres(view.to_line(view.height) - origin)
    for tick in ticks(*along, (room.y(), room.y() + view.height), px(12)):
        painter.drawLine(room.x() - px(1.2), tick.at, room.x(), tick.at)
        cell = QRect(0, tick.at - px(2.5), room.x() - px(1.6), px(5))
        if cell.y() >= room.y() and cell.bottom() <= room.bottom():
            lettering.draw(painter, cell, tick.text, right)
    lettering.draw(painter, QRect(px(0.6), 0, px(11), room.y()), "m \\ mm", look.style(2.2, 1.6))


def _rect(spot: Spot) -> QRect:
    return QRect(spot.x, spot.y, spot.width, spot.height)


def _at_least(rect: QRect, least: int) -> QRect:
    """Grown about its centre."""
    x, y = max(0, least - rect.width()), max(0, least - rect.height())
    return rect.adjusted(-(x // 2), -(y // 2), x - x // 2, y - y // 2)

"""Drawn defects on a frame: outlines over white, masks as a veil, each with its label. GUI thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from station_app.core.review import Brush, DefectDrawn
from station_app.gui import lettering
from station_app.gui.marks import DRAWN_COLOUR
from station_app.gui.review.runs import mask_of
from station_app.gui.texts import label_name
from station_app.gui.viewport import Viewport


@dataclass(frozen=True, slots=True)
class Ink:
    """How one person's drawing is told from another's: by letter and dashes as well as by colour."""

    colour: str
    dashes: Qt.PenStyle
    letter: str = ""


OWN = Ink(DRAWN_COLOUR, Qt.PenStyle.DashLine)
OTHERS = (Ink("#7A3E9D", Qt.PenStyle.DotLine, "A"), Ink("#8A5A00", Qt.PenStyle.DashDotLine, "B"))
_LONGEST_PX = 1024
"""A mask is held at most so large to be painted: more could not be seen on any screen of the station."""


def paint_shapes(
    painter: QPainter,
    shapes: Iterable[tuple[int, DefectDrawn]],
    view: Viewport,
    line_px: int,
    *,
    chosen: int | None = None,
    ink: Ink = OWN,
) -> None:
    """Each with white under its line, so that it shows on any metal; the chosen one has a thicker line."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number, shape in shapes:
        width = line_px * (2 if number == chosen else 1)
        if shape.brush is not None:
            _paint_mask(painter, shape.brush, view, ink.colour)
        outline = _outline(shape, view, is_chosen=number == chosen)
        for colour, style, extent in (("#FFFFFF", Qt.PenStyle.SolidLine, width + 2), (ink.colour, ink.dashes, width)):
            painter.setPen(QPen(QColor(colour), extent, style))
            painter.drawPolygon(outline)
        _paint_tag(painter, shape, view, ink, 6 * line_px)
    painter.restore()


def _paint_tag(painter: QPainter, shape: DefectDrawn, view: Viewport, ink: Ink, height: int) -> None:
    """Whose it is and what it is called, below the shape's lower left corner and always within sight."""
    name = label_name(shape.label) if shape.label else ""
    said = " · ".join(filter(None, (ink.letter, name)))
    if not said:
        return
    style = lettering.Style(round(height * 0.75), 6, is_bold=True)
    width = lettering.advance(said, style) + height // 2
    left, bottom = view.to_screen(*_lower_left(shape))
    x, y = min(max(0, round(left)), view.width - width), min(max(0, round(bottom) + 2), view.height - height)
    place = QRect(x, y, width, height)
    painter.fillRect(place, QColor(ink.colour))
    painter.setPen(QColor("#FFFFFF"))
    lettering.draw(painter, place, said, lettering.centred(style))


def _lower_left(shape: DefectDrawn) -> tuple[int, int]:
    if shape.polygon is not None:
        return min(x for x, _ in shape.polygon), max(y for _, y in shape.polygon)
    box = shape.box or (shape.brush.box if shape.brush is not None else None)
    return (box.x, box.bottom) if box is not None else (0, 0)


def _outline(shape: DefectDrawn, view: Viewport, *, is_chosen: bool) -> QPolygonF:
    if shape.polygon is not None:
        return QPolygonF([QPointF(*view.to_screen(x, y)) for x, y in shape.polygon])
    box = shape.box or (shape.brush.box if shape.brush is not None and is_chosen else None)
    if box is None:
        return QPolygonF()
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    return QPolygonF([QPointF(*view.to_screen(x, y)) for x, y in corners])


def _paint_mask(painter: QPainter, brush: Brush, view: Viewport, colour: str) -> None:
    left, top = view.to_screen(brush.box.x, brush.box.y)
    right, bottom = view.to_screen(brush.box.right, brush.box.bottom)
    painter.drawImage(QRectF(left, top, right - left, bottom - top), _veil(brush, colour))


@lru_cache(maxsize=32)
def _veil(brush: Brush, colour: str) -> QImage:
    """The mask as a transparent picture; shared, so never changed by who gets it."""
    mask = mask_of(brush).astype(np.uint8)
    ratio = min(1.0, _LONGEST_PX / max(mask.shape))
    if ratio < 1.0:
        size = (max(1, round(mask.shape[1] * ratio)), max(1, round(mask.shape[0] * ratio)))
        mask = np.asarray(cv2.resize(mask * 255, size, interpolation=cv2.INTER_AREA) > 0, np.uint8)
    indexed = QImage(np.ascontiguousarray(mask).data, mask.shape[1], mask.shape[0], mask.shape[1], _INDEXED)
    ink = QColor(colour)
    ink.setAlphaF(0.45)
    indexed.setColorTable([0, ink.rgba()])
    return indexed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


_INDEXED = QImage.Format.Format_Indexed8

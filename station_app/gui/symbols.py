"""The shapes that say the verdict without colour: circle, octagon, triangle, diamond. Paint only; GUI thread."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from station_app.core.inspection import VerdictKind

_CORNERS = {VerdictKind.FAIL: (8, math.pi / 8), VerdictKind.REVIEW: (4, math.pi / 2)}


def draw_verdict(painter: QPainter, kind: VerdictKind, rect: QRectF, shape: QColor, sign: QColor) -> None:
    """A filled shape in `shape` with its sign (check, cross, exclamation or question mark) in `sign`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shape)
    painter.drawPath(outline(kind, rect))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(sign, rect.width() * 0.095)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPath(_sign(kind, rect))
    painter.restore()


def outline(kind: VerdictKind, rect: QRectF) -> QPainterPath:
    """The shape of a verdict."""
    path = QPainterPath()
    if kind is VerdictKind.PASS:
        path.addEllipse(rect)
    elif kind is VerdictKind.NO_RESULT:
        path.addPolygon(QPolygonF([QPointF(rect.center().x(), rect.top()), rect.bottomRight(), rect.bottomLeft()]))
    else:
        count, phase = _CORNERS[kind]
        radius = rect.width() / 2 * (1.06 if kind is VerdictKind.FAIL else 1.0)
        steps = [phase + 2 * math.pi * i / count for i in range(count)]
        path.addPolygon(QPolygonF([_polar(rect.center(), radius, angle) for angle in steps]))
    path.closeSubpath()
    return path


def _polar(centre: QPointF, radius: float, angle: float) -> QPointF:
    return QPointF(centre.x() + radius * math.cos(angle), centre.y() + radius * math.sin(angle))


def _sign(kind: VerdictKind, rect: QRectF) -> QPainterPath:
    strokes = {
        VerdictKind.PASS: [[(0.28, 0.53), (0.44, 0.69), (0.73, 0.34)]],
        VerdictKind.FAIL: [[(0.32, 0.32), (0.68, 0.68)], [(0.68, 0.32), (0.32, 0.68)]],
        VerdictKind.NO_RESULT: [[(0.5, 0.38), (0.5, 0.66)], [(0.5, 0.83), (0.5, 0.835)]],
        VerdictKind.REVIEW: [[(0.5, 0.56), (0.5, 0.60)], [(0.5, 0.745), (0.5, 0.75)]],
    }[kind]
    path = QPainterPath()
    if kind is VerdictKind.REVIEW:
        hook = QRectF(_at(rect, 0.385, 0.26), _at(rect, 0.615, 0.49))
        path.arcMoveTo(hook, 170)
        path.arcTo(hook, 170, -215)
        path.quadTo(_at(rect, 0.5, 0.50), _at(rect, 0.5, 0.60))
        strokes = strokes[1:]
    for stroke in strokes:
        path.moveTo(_at(rect, *stroke[0]))
        for point in stroke[1:]:
            path.lineTo(_at(rect, *point))
    return path


def _at(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height())

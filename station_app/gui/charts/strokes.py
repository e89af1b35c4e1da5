"""How the lines and bars of a chart look: by meaning, each with a stroke and a thickness of its own. GUI thread."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF

from station_app.gui.charts.sheet import Role
from station_app.gui.look import Look

_STROKES = {
    Role.VALUE: (Qt.PenStyle.SolidLine, 0.35),
    Role.SECOND: (Qt.PenStyle.DashLine, 0.35),
    Role.THIRD: (Qt.PenStyle.DotLine, 0.45),
    Role.FAINT: (Qt.PenStyle.SolidLine, 0.15),
    Role.CENTRE: (Qt.PenStyle.DashDotLine, 0.2),
    Role.LIMIT: (Qt.PenStyle.SolidLine, 0.2),
}
SYMBOLS = {Role.VALUE: "o", Role.SECOND: "s", Role.THIRD: "d"}
"""The dots on a line, as the library calls them."""


def has_dots(role: Role) -> bool:
    """Whether points were measured where the line is, or it was reckoned."""
    return role not in (Role.LIMIT, Role.CENTRE, Role.FAINT)


def pen_of(role: Role, look: Look) -> QPen:
    theme = look.theme
    colours = {Role.VALUE: theme.ink, Role.FAINT: theme.line, Role.SECOND: theme.review.ink, Role.THIRD: theme.ok.ink}
    stroke, width_mm = _STROKES[role]
    pen = QPen(QColor(colours.get(role, theme.muted)), max(1.0, width_mm * look.mm.px_per_mm))
    pen.setStyle(stroke)
    pen.setCosmetic(True)
    return pen


def bar_brush(look: Look) -> QBrush:
    return QBrush(QColor(look.theme.line))


def dot(role: Role, at: QPointF, half: float) -> QPainterPath:
    """The dot of this line in a legend, so many pixels to every side."""
    path = QPainterPath()
    if role is Role.SECOND:
        path.addRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
    elif role is Role.THIRD:
        corners = (QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0))
        path.addPolygon(QPolygonF([at + corner for corner in corners]))
    else:
        path.addEllipse(at, half, half)
    return path

"""How the lines and bars of a chart look: by meaning, each with a stroke and a thickness of its own. GUI thread."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from station_app.gui.charts.sheet import Role
from station_app.gui.look import Look

_STROKES = {
    Role.VALUE: (Qt.PenStyle.SolidLine, 0.35),
    Role.SECOND: (Qt.PenStyle.DashLine, 0.35),
    Role.THIRD: (Qt.PenStyle.DotLine, 0.45),
    Role.CENTRE: (Qt.PenStyle.DashDotLine, 0.2),
    Role.LIMIT: (Qt.PenStyle.SolidLine, 0.2),
}


def pen_of(role: Role, look: Look) -> QPen:
    theme = look.theme
    colours = {Role.VALUE: theme.ink, Role.SECOND: theme.review.ink, Role.THIRD: theme.ok.ink}
    stroke, width_mm = _STROKES[role]
    pen = QPen(QColor(colours.get(role, theme.muted)), max(1.0, width_mm * look.mm.px_per_mm))
    pen.setStyle(stroke)
    pen.setCosmetic(True)
    return pen


def bar_brush(look: Look) -> QBrush:
    return QBrush(QColor(look.theme.line))

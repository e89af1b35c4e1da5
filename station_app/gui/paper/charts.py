"""Two plain charts for paper, drawn as lines and not as pixels: bars from left to right, and a run with its limits.

One thread, which need not be the GUI's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from station_app.gui import lettering
from station_app.gui.paper.sheet import DOTS_PER_MM, Paint
from station_app.gui.theme import LIGHT

_NAME_SHARE, _FIGURE_SHARE = 0.26, 0.14
_BAR_MM = 5.0
_AXIS_MM, _SCALE_MM = 5.0, 14.0
_DOT = 8.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, how long it is, and the figure beside it in words."""

    name: str
    value: float
    figure: str


def bars_height_mm(bars: Sequence[Bar]) -> float:
    return _BAR_MM * max(1, len(bars))


def bars(shown: Sequence[Bar]) -> Paint:
    """Horizontal bars: names at the left, figures at the right."""
    longest = max((bar.value for bar in shown), default=0.0) or 1.0

    def draw(painter: QPainter, place: QRectF) -> None:
        height = _BAR_MM * DOTS_PER_MM
        names, figures = place.width() * _NAME_SHARE, place.width() * _FIGURE_SHARE
        room = place.width() - names - figures
        for number, bar in enumerate(shown):
            top = place.y() + number * height
            painter.setPen(QColor(LIGHT.ink))
            _write(painter, QRectF(place.x(), top, names - 10, height), bar.name, Qt.AlignmentFlag.AlignRight)
            length = max(1.0, room * bar.value / longest)
            painter.fillRect(QRectF(place.x() + names, top + 6, length, height - 12), QColor(LIGHT.muted))
            beside = QRectF(place.x() + names + length + 10, top, figures, height)
            _write(painter, beside, bar.figure, Qt.AlignmentFlag.AlignLeft)

    return draw


@dataclass(frozen=True, slots=True)
class Run:
    """Points in order of time, NaN where there is none; `low` and `high` are each point's limits (NaN where it has
    none), `centre` the line, None where there are no limits.

    `is_out` marks the points that a rule calls out: they are drawn as squares as well, colour is not alone.
    """

    values: tuple[float, ...]
    centre: float | None
    low: tuple[float, ...]
    high: tuple[float, ...]
    is_out: tuple[bool, ...]
    first: str
    last: str
    unit: str = "%"


def run(shown: Run) -> Paint:
    """A line through the points between its limits, from 0 up."""
    top_value = max((v for v in (*shown.values, *shown.high) if isfinite(v)), default=0.0) * 1.1 or 1.0

    def draw(painter: QPainter, place: QRectF) -> None:
        left, bottom = place.x() + _SCALE_MM * DOTS_PER_MM, place.bottom() - _AXIS_MM * DOTS_PER_MM
        room = QRectF(left, place.y(), place.right() - left, bottom - place.y())
        step = room.width() / max(1, len(shown.values) - 1)

        def at(number: int, value: float) -> QPointF:
            return QPointF(room.x() + number * step, room.bottom() - room.height() * value / top_value)

        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(LIGHT.line), 2))
        painter.drawRect(room)
        for limit in (shown.low, shown.high):
            painter.setPen(QPen(QColor(LIGHT.muted), 2, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF([at(n, v) for n, v in enumerate(limit) if isfinite(v)]))
        if shown.centre is not None:
            painter.drawLine(at(0, shown.centre), at(len(shown.values) - 1, shown.centre))
        _draw_points(painter, shown, [at(n, v) for n, v in enumerate(shown.values)])
        painter.setPen(QColor(LIGHT.ink))
        scale = QRectF(place.x(), room.y(), _SCALE_MM * DOTS_PER_MM - 10, 40)
        _write(painter, scale, f"{top_value:.3g} {shown.unit}", Qt.AlignmentFlag.AlignRight)
        _write(painter, scale.translated(0, room.height() - 40), "0", Qt.AlignmentFlag.AlignRight)
        below = QRectF(room.x(), room.bottom() + 6, room.width(), 40)
        _write(painter, below, shown.first, Qt.AlignmentFlag.AlignLeft)
        _write(painter, below, shown.last, Qt.AlignmentFlag.AlignRight)

    return draw


def _draw_points(painter: QPainter, shown: Run, spots: list[QPointF]) -> None:
    known = [(spot, is_out) for spot, is_out, v in zip(spots, shown.is_out, shown.values, strict=True) if isfinite(v)]
    painter.setPen(QPen(QColor(LIGHT.ink), 3))
    painter.drawPolyline(QPolygonF([spot for spot, _ in known]))
    for spot, is_out in known:
        size = 2 * _DOT if is_out else _DOT
        mark = QRectF(spot.x() - size / 2, spot.y() - size / 2, size, size)
        painter.fillRect(mark, QColor(LIGHT.ng.fill if is_out else LIGHT.ink))


def _write(painter: QPainter, room: QRectF, text: str, alignment: Qt.AlignmentFlag) -> None:
    lettering.draw(painter, room.toRect(), text, lettering.Style(28, 18, alignment=alignment))

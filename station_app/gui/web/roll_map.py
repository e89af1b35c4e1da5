"""The map of a roll: metres to the right, millimetres across downwards, each stretch in its verdict's paint, defects as
marks, and hatched where lines are missing. GUI thread."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui import lettering, texts
from station_app.gui.look import Look
from station_app.gui.marks import DEFECT_COLOUR
from station_app.gui.pane import Pane
from station_app.gui.web.roll_bars import Bar, bars_of
from station_app.gui.web.rulers import round_step, ticks
from station_app.gui.web.web_paint import hatch
from station_app.gui.web.web_state import Roll

_BAND_MM = 4.0
_BAND_SHARES = {
    VerdictKind.PASS: 0.35,
    VerdictKind.REVIEW: 0.65,
    VerdictKind.FAIL: 1.0,
    VerdictKind.NO_RESULT: 1.0,
}
"""How much of the band a verdict fills: worse ones reach higher, so that colour never stands alone."""
_SPARE = 5.0
"""The map's length grows in steps, so that it does not move with every metre."""


class RollMap(Pane):
    """The running roll, or the last one."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._roll: Roll | None = None
        self._width_mm = 0.0
        self.retranslate()

    def show_roll(self, roll: Roll | None, width_mm: float) -> None:
        """`width_mm` is the width that the camera sees, 0 where it is not known."""
        if (roll, width_mm) != (self._roll, self._width_mm):
            self._roll, self._width_mm = roll, width_mm
            self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self._said())
        self.update()

    def _said(self) -> str:
        if self._roll is None:
            return self.tr("Map of the roll: no roll yet")
        kinds = [stretch.verdict for stretch in self._roll.stretches]
        counts = [f"{texts.verdict_word(kind)} {kinds.count(kind)}".replace("\n", " ") for kind in VerdictKind]
        return ", ".join([self.tr("Map of roll {name}").format(name=self._roll.name), *counts])

    def _plot(self) -> QRect:
        px = self._look.mm.px
        return self.rect().adjusted(px(11), px(1), -px(2), -px(6))

    def _paint(self, painter: QPainter) -> None:
        px, theme, plot = self._look.mm.px, self._look.theme, self._plot()
        painter.fillRect(self.rect(), QColor(theme.face))
        painter.fillRect(plot, QColor(theme.canvas))
        roll = self._roll
        if roll is None:
            style = lettering.centred(self._look.style(4, 2.0, is_wrapped=True))
            self._write(painter, plot.adjusted(px(2), 0, -px(2), 0), self.tr("The map of the roll appears here"), style)
            return
        span_m = _span_m(max(roll.metres, roll.told_metres))
        body = plot.adjusted(0, 0, 0, -px(_BAND_MM))
        for bar in bars_of(roll.stretches, span_m, plot.width()):
            self._paint_bar(painter, plot, body, bar)
        self._paint_defects(painter, body, roll, span_m)
        now = plot.x() + round(min(roll.metres, span_m) / span_m * plot.width())
        painter.setPen(QPen(QColor(theme.ink), px(0.4), Qt.PenStyle.DashLine))
        painter.drawLine(now, plot.y(), now, plot.bottom())
        self._paint_rulers(painter, plot, body, span_m)

    def _paint_bar(self, painter: QPainter, plot: QRect, body: QRect, bar: Bar) -> None:
        theme = self._look.theme
        left, width = plot.x() + bar.left, bar.right - bar.left
        seen = QRect(left, body.y(), width, body.height())
        if bar.is_gap:
            hatch(painter, seen, theme.face, theme.ink)
        else:
            painter.fillRect(seen, QColor(theme.ok.fill))
        colours = theme.verdict(bar.verdict)
        height = round((plot.bottom() - body.bottom()) * _BAND_SHARES[bar.verdict])
        band = QRect(left, plot.bottom() - height + 1, width, height)
        painter.fillRect(band, QColor(colours.ink if bar.verdict is VerdictKind.PASS else colours.frame))
        if bar.verdict is VerdictKind.NO_RESULT:
            hatch(painter, band, colours.fill, colours.ink)

    def _paint_defects(self, painter: QPainter, body: QRect, roll: Roll, span_m: float) -> None:
        """At least large enough to be seen; white around it, so that it shows on any paint."""
        least, per_m = self._look.mm.px(1.4), body.width() / span_m
        per_mm, left, top, bottom = body.height() / self._across_mm(roll), body.x(), body.y(), body.bottom()
        marks = set[tuple[int, int, int, int]]()  # of those at one place one is enough
        for defect in roll.defects:
            y = min(top + round(defect.left_mm * per_mm), bottom - least)
            long, wide = round(defect.length_mm / 1000 * per_m), round(defect.width_mm * per_mm)
            spot = left + round(defect.at_metres * per_m), y, max(least, long), min(max(least, wide), bottom - y)
            marks.add(spot)
        painter.setPen(QPen(QColor("#FFFFFF"), 1))
        painter.setBrush(QColor(DEFECT_COLOUR))
        painter.drawRects([QRect(*mark) for mark in marks])

    def _paint_rulers(self, painter: QPainter, plot: QRect, body: QRect, span_m: float) -> None:
        px = self._look.mm.px
        painter.setPen(QColor(self._look.theme.ink))
        style = self._look.style(2.4, 1.5)
        for tick in ticks(0.0, span_m, (plot.x(), plot.x() + plot.width()), px(18)):
            painter.drawLine(tick.at, plot.bottom(), tick.at, plot.bottom() + px(0.8))
            cell = QRect(min(tick.at - px(7), self.width() - px(14)), plot.bottom() + px(1), px(14), px(4.5))
            self._write(painter, cell, f"{tick.text} m", lettering.centred(style))
        if self._roll is None:
            return
        for tick in ticks(0.0, self._across_mm(self._roll), (body.y(), body.y() + body.height()), px(4.5)):
            painter.drawLine(plot.x() - px(0.8), tick.at, plot.x(), tick.at)
            cell = QRect(0, min(max(0, tick.at - px(2)), plot.bottom() - px(4)), plot.x() - px(1.2), px(4))
            self._write(painter, cell, f"{tick.text} mm", lettering.flush_right(style))

    def _across_mm(self, roll: Roll) -> float:
        """The width of the map: what the camera sees, or else as far as the defects reach."""
        return self._width_mm or max([1.0, *(defect.left_mm + defect.width_mm for defect in roll.defects)])


def _span_m(metres: float) -> float:
    """The length of the map for a roll of so many metres."""
    if metres <= 0:
        return 1.0
    step = round_step(metres, 1 / _SPARE)
    return step * (int(metres / step) + 1)

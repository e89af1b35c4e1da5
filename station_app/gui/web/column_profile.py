"""The column profile: mean grey of each group of columns across the web, for setting light and focus. GUI thread."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.marks import DEFECT_COLOUR
from station_app.gui.pane import Pane
from station_app.gui.web.profile_figures import FULL_SCALE, LEAST_SHARE, MOST_SHARE, ProfileFigures, figures_of
from station_app.gui.web.rulers import ticks

Columns = tuple[float, ...]
"""Grey levels from the left of the web to its right."""


class ColumnProfile(Pane):
    """The profile of now as a line; that of before a flat field, where there is one, thin behind it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._columns: Columns = ()
        self._before: Columns = ()
        self._width_mm = 0.0

    def show_profile(self, columns: Columns, before: Columns, width_mm: float) -> None:
        """Grey levels of 0 to 255; `width_mm` is the whole width, 0 where it is not known."""
        self._columns, self._before, self._width_mm = columns, before, width_mm
        said = self._words()
        self.setAccessibleName(", ".join([self.tr("Column profile"), *said]))
        self._is_news((columns, before, width_mm, said))

    def retranslate(self) -> None:
        self.show_profile(self._columns, self._before, self._width_mm)

    def _words(self) -> list[str]:
        """The figures, as they are written above the plot."""
        figures, before = figures_of(self._columns), figures_of(self._before)
        if figures is None:
            return [self.tr("No picture of a web yet")]
        ripple = self.tr("Ripple {percent} %").format(percent=_percent(figures.ripple))
        if before is not None:
            ripple = self.tr("Ripple {percent} %, before {before} %").format(
                percent=_percent(figures.ripple), before=_percent(before.ripple)
            )
        said = [ripple, self.tr("Mean {percent} %").format(percent=_percent(figures.mean / FULL_SCALE))]
        if figures.bright:
            said.append(self.tr("{count} groups too bright").format(count=len(figures.bright)))
        if figures.dark:
            said.append(self.tr("{count} groups too dark").format(count=len(figures.dark)))
        return said

    def _plot(self) -> QRect:
        px = self._look.mm.px
        return self.rect().adjusted(px(11), px(12), -px(8), -px(8))

    def _paint(self, painter: QPainter) -> None:
        px, theme, plot = self._look.mm.px, self._look.theme, self._plot()
        painter.fillRect(self.rect(), QColor(theme.face))
        figures = figures_of(self._columns)
        head = QRect(plot.x(), px(1), plot.width(), px(10))
        is_bad = figures is not None and bool(figures.bright or figures.dark)
        if is_bad:
            painter.fillRect(head, QColor(theme.no_result.fill))
        ink = theme.no_result.ink if is_bad else theme.ink
        words = " · ".join(self._words())
        style = self._look.style(3.4, 1.5, is_bold=True, is_wrapped=True)
        self._write(painter, head.adjusted(px(1), 0, -px(1), 0), words, style, ink)
        painter.fillRect(plot, QColor(theme.canvas))
        self._paint_guides(painter, plot)
        self._paint_ruler(painter, plot)
        painter.save()
        painter.setClipRect(plot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter, plot, self._before, QPen(QColor(theme.muted), px(0.25)))
        self._paint_line(painter, plot, self._columns, QPen(QColor(theme.ink), px(0.5)))
        if figures is not None:
            self._paint_saturated(painter, plot, figures)
        painter.restore()

    def _paint_guides(self, painter: QPainter, plot: QRect) -> None:
        """At 5 and 95 % dashed, the others as a faint grid."""
        px, theme = self._look.mm.px, self._look.theme
        style = lettering.flush_right(self._look.style(2.6, 1.6))
        for percent in (0, 5, 25, 50, 75, 95, 100):
            y = round(_y(plot, percent / 100))
            is_limit = percent in (round(LEAST_SHARE * 100), round(MOST_SHARE * 100))
            colour = QColor(DEFECT_COLOUR if is_limit else theme.line)
            painter.setPen(QPen(colour, px(0.3), Qt.PenStyle.DashLine if is_limit else Qt.PenStyle.SolidLine))
            painter.drawLine(plot.x(), y, plot.right(), y)
            if percent not in (0, 100):
                self._write(painter, QRect(0, y - px(2), plot.x() - px(1), px(4)), f"{percent} %", style)

    def _paint_ruler(self, painter: QPainter, plot: QRect) -> None:
        px = self._look.mm.px
        style = lettering.centred(self._look.style(2.6, 1.6))
        painter.setPen(QColor(self._look.theme.ink))
        for tick in ticks(0.0, self._width_mm, (plot.x(), plot.x() + plot.width()), px(20)):
            painter.drawLine(tick.at, plot.bottom(), tick.at, plot.bottom() + px(1))
            cell = QRect(tick.at - px(8), plot.bottom() + px(1.2), px(16), px(5))
            if cell.right() <= self.width():
                self._write(painter, cell, f"{tick.text} mm", style)

    def _paint_line(self, painter: QPainter, plot: QRect, columns: Columns, pen: QPen) -> None:
        painter.setPen(pen)
        shares = [level / FULL_SCALE for level in columns]
        painter.drawPolyline(QPolygonF([QPointF(_x(plot, i, len(shares)), _y(plot, s)) for i, s in enumerate(shares)]))

    def _paint_saturated(self, painter: QPainter, plot: QRect, figures: ProfileFigures) -> None:
        """Red at the upper edge where a group is too bright, at the lower one where it is too dark."""
        height, count = self._look.mm.px(1.6), len(self._columns)
        width = max(2, round(plot.width() / count))
        for groups, y in ((figures.bright, plot.y()), (figures.dark, plot.bottom() - height)):
            for group in groups:
                painter.fillRect(
                    QRect(round(_x(plot, group, count) - width / 2), y, width, height), QColor(DEFECT_COLOUR)
                )


def _x(plot: QRect, group: int, count: int) -> float:
    return plot.x() + (group + 0.5) / count * plot.width()


def _y(plot: QRect, share: float) -> float:
    return plot.bottom() - share * (plot.height() - 1)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"

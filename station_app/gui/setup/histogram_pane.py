"""The grey levels of the live picture as bars, the reference's as a line, and how much is clipped at both ends.

GUI thread.
"""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import ImageQuality
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane

_CLIPPED_SHARE = 0.01
"""More than this at one end is marked: detail is lost there."""
_WORDS_MM = 6.0


class HistogramPane(Pane):
    """Heights are square roots of the shares, so that a thin tail is seen beside a tall peak."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._bars: tuple[float, ...] = ()
        self._reference: tuple[float, ...] = ()
        self._quality: ImageQuality | None = None
        self.retranslate()

    def show_levels(
        self, bars: tuple[float, ...], quality: ImageQuality | None, reference: tuple[float, ...] = ()
    ) -> None:
        """`bars` and `reference` are shares of all pixels, from dark to bright; both may be empty."""
        self._bars, self._quality, self._reference = bars, quality, reference
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(" ".join(filter(None, (self.tr("Grey levels"), *self._ends()))))
        self._is_news((self._bars, self._reference, self._quality, self._ends()))

    @property
    def clipped(self) -> tuple[bool, bool]:
        """Whether too much is black, too much is white."""
        if self._quality is None:
            return False, False
        return self._quality.dark_share > _CLIPPED_SHARE, self._quality.bright_share > _CLIPPED_SHARE

    def _ends(self) -> tuple[str, str]:
        if self._quality is None:
            return "", ""
        dark, bright = self._quality.dark_share * 100, self._quality.bright_share * 100
        return self.tr("black {percent} %").format(percent=f"{dark:.1f}"), self.tr("white {percent} %").format(
            percent=f"{bright:.1f}"
        )

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        words = px(_WORDS_MM)
        graph = self.rect().adjusted(px(1), words, -px(1), -words)
        painter.fillRect(self.rect(), QColor(theme.face))
        self._paint_words(painter, words)
        painter.fillRect(QRect(graph.x(), graph.bottom(), graph.width(), 1), QColor(theme.line))
        if not self._bars:
            room = graph.adjusted(0, 0, 0, -1)
            style = lettering.centred(self._look.style(3.2, 2.2, is_wrapped=True))
            self._write(painter, room, self.tr("Nothing measured yet"), style, theme.muted)
            return
        highest = max((*self._bars, *self._reference, 1e-9)) ** 0.5
        self._paint_bars(painter, graph, highest)
        if len(self._reference) > 1:
            self._paint_reference(painter, graph, highest)

    def _paint_words(self, painter: QPainter, height: int) -> None:
        px, theme = self._look.mm.px, self._look.theme
        head = QRect(px(2), 0, self.width() - px(4), height)
        name = self.tr("Grey levels, reference as line") if self._reference else self.tr("Grey levels")
        self._write(painter, head, name, self._look.style(2.8, 2.0, is_bold=True))
        half = self.width() // 2
        rooms = (QRect(0, self.height() - height, half, height), QRect(half, self.height() - height, half, height))
        for room, words, is_clipped, align in zip(
            rooms, self._ends(), self.clipped, (_flush_left, lettering.flush_right), strict=True
        ):
            if is_clipped:
                painter.fillRect(room, QColor(theme.no_result.fill))
            text = f"▲ {words}" if is_clipped else words
            ink = theme.no_result.ink if is_clipped else theme.muted
            style = align(self._look.style(2.6, 2.0, is_bold=is_clipped))
            self._write(painter, room.adjusted(px(2), 0, -px(2), 0), text, style, ink)

    def _paint_bars(self, painter: QPainter, graph: QRect, highest: float) -> None:
        theme, count = self._look.theme, len(self._bars)
        dark, bright = self.clipped
        for number, share in enumerate(self._bars):
            left, right = (graph.x() + graph.width() * edge // count for edge in (number, number + 1))
            height = round(graph.height() * share**0.5 / highest)
            is_clipped = (dark and number == 0) or (bright and number == count - 1)
            colour = theme.no_result.fill if is_clipped else theme.muted
            bar = QRect(left, graph.bottom() - height, max(1, right - left - 1), height)
            painter.fillRect(bar, QColor(colour))

    def _paint_reference(self, painter: QPainter, graph: QRect, highest: float) -> None:
        count = len(self._reference)
        points = [
            QPointF(
                graph.x() + graph.width() * (number + 0.5) / count,
                graph.bottom() - graph.height() * share**0.5 / highest,
            )
            for number, share in enumerate(self._reference)
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.theme.ink), max(1, self._look.mm.px(0.35)), Qt.PenStyle.SolidLine))
        painter.drawPolyline(QPolygonF(points))


def _flush_left(style: lettering.Style) -> lettering.Style:
    return style

"""One measure as a bar: now, the reference, and how far it may go. GUI thread."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.core.setup_messages import SetupDifference
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.setup.measure_texts import measure_name, measure_value
from station_app.gui.symbols import draw_verdict

_WORDS_MM = 5.5


class GaugePane(Pane):
    """Without a reference the bar stands alone. Out of its limits it is amber, with the triangle."""

    def __init__(self, measure: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.measure = measure
        self._now: float | None = None
        self._difference: SetupDifference | None = None
        self._full = 0.0
        self.retranslate()

    def show_measure(self, now: float | None, difference: SetupDifference | None, full: float = 0.0) -> None:
        """`full` is the measure's largest value where it has one; else the bar grows with what it has to show."""
        self._now, self._difference, self._full = now, difference, full
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(" ".join(self._words()))
        self._is_news((self._now, self._difference, self._words()))

    def _words(self) -> tuple[str, str]:
        name = measure_name(self.measure)
        if self._now is None:
            return name, "–"
        now = measure_value(self.measure, self._now)
        if self._difference is None:
            return name, now
        reference = measure_value(self.measure, self._difference.reference)
        return name, self.tr("{now}, reference {reference}").format(now=now, reference=reference)

    def band(self) -> tuple[float, float] | None:
        """From where to where the measure is as it should be."""
        difference = self._difference
        if difference is None:
            return None
        return difference.reference - difference.limit, difference.reference + difference.limit

    def _largest(self) -> float:
        band = self.band()
        return self._full or max(self._now or 0.0, band[1] if band is not None else 0.0, 1e-9) * 1.15

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        is_out = self._difference is not None and not self._difference.is_within
        head = QRect(px(2), px(0.5), self.width() - px(4), px(_WORDS_MM))
        if is_out:
            head = self._paint_warning(painter, head)
        ink = theme.no_result.ink if is_out else theme.ink
        name, words = self._words()
        left = QRect(head.x(), head.y(), round(head.width() * 0.36), head.height())
        right = QRect(left.right(), head.y(), head.right() - left.right(), head.height())
        self._write(painter, left, name, self._look.style(2.8, 2.0, is_bold=True), ink)
        self._write(painter, right, words, lettering.flush_right(self._look.style(2.8, 1.8)), ink)
        top = px(_WORDS_MM) + px(1)
        self._paint_bar(painter, QRect(px(2), top, self.width() - px(4), self.height() - top - px(1.2)), is_out=is_out)

    def _paint_warning(self, painter: QPainter, head: QRect) -> QRect:
        px, paint = self._look.mm.px, self._look.theme.no_result
        painter.fillRect(QRect(0, 0, self.width(), head.bottom() + px(0.5)), QColor(paint.fill))
        side = head.height() - px(1)
        shape = QRectF(head.x(), head.y() + px(0.5), side, side)
        draw_verdict(painter, VerdictKind.NO_RESULT, shape, QColor(paint.ink), QColor(paint.fill))
        return head.adjusted(side + px(1.5), 0, 0, 0)

    def _paint_bar(self, painter: QPainter, track: QRect, *, is_out: bool) -> None:
        """The band that is allowed is light, the reference a tall line, now the filled bar."""
        theme, px, largest = self._look.theme, self._look.mm.px, self._largest()
        painter.fillRect(track, QColor(theme.line))
        band = self.band()
        if band is not None:
            low, high = (track.x() + round(track.width() * min(1.0, max(0.0, edge / largest))) for edge in band)
            painter.fillRect(QRect(low, track.y(), max(1, high - low), track.height()), QColor(theme.background))
        inner = track.adjusted(0, px(0.9), 0, -px(0.9))
        if self._now is not None:
            width = round(track.width() * min(1.0, max(0.0, self._now / largest)))
            fill = theme.no_result.fill if is_out else theme.muted
            painter.fillRect(QRect(inner.x(), inner.y(), width, inner.height()), QColor(fill))
        if self._difference is not None:
            x = track.x() + round(track.width() * min(1.0, max(0.0, self._difference.reference / largest)))
            painter.fillRect(QRect(x - px(0.4), track.y(), px(0.8), track.height()), QColor(theme.ink))

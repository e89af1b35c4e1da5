"""The accounting, always on screen: triggers equal everything that became of them, or the figures turn amber."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.messages import Counters
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane


class CountersPane(Pane):
    """Two rows of three: triggers = OK + NG, + review + no result + in flight."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._counters, self._is_connected = Counters(), False

    def show_counters(self, counters: Counters, *, is_connected: bool) -> None:
        """What was counted last stays while the engine is not connected, and looks like it."""
        self._counters, self._is_connected = counters, is_connected
        cells = self._cells()
        if self._is_news((cells, is_connected)):
            self.setAccessibleName(", ".join(f"{name} {number}" for _, name, number in cells))

    def retranslate(self) -> None:
        self.show_counters(self._counters, is_connected=self._is_connected)

    def _cells(self) -> list[tuple[str, str, int]]:
        counters = self._counters
        return [
            ("", self.tr("Triggers"), counters.triggers),
            ("=" if counters.is_reconciled else "≠", "OK", counters.passed),
            ("+", "NG", counters.failed),
            ("+", self.tr("Review"), counters.review),
            ("+", self.tr("No result"), counters.no_result),
            ("+", self.tr("In flight"), counters.in_flight),
        ]

    def _paint(self, painter: QPainter) -> None:
        theme = self._look.theme
        is_even = self._counters.is_reconciled
        if not is_even:
            painter.fillRect(self.rect(), QColor(theme.no_result.fill))
        ink, muted = (theme.ink, theme.muted) if is_even else (theme.no_result.ink, theme.no_result.ink)
        if is_even and not self._is_connected:
            ink = muted = theme.disabled.ink
        width, height = self.width() // 3, self.height() // 2
        for index, (sign, name, number) in enumerate(self._cells()):
            cell = QRect(index % 3 * width, index // 3 * height, width, height)
            self._paint_cell(painter, cell, (sign, name, grouped(number)), (ink, muted))

    def _paint_cell(self, painter: QPainter, cell: QRect, words: tuple[str, str, str], inks: tuple[str, str]) -> None:
        px, (sign, name, number), (ink, muted) = self._look.mm.px, words, inks
        sign_room = QRect(cell.x(), cell.y(), px(5), cell.height() // 2)
        self._write(painter, sign_room, sign, lettering.centred(self._look.style(4, 3)), muted)
        text = cell.adjusted(px(5.5), 0, -px(0.5), 0)
        row_mm = cell.height() / self._look.mm.px_per_mm
        upper = QRect(text.x(), text.y(), text.width(), round(text.height() * 0.5))
        self._write(painter, upper, number, self._look.style(row_mm * 0.38, 2.6, is_bold=True), ink)
        lower = QRect(text.x(), upper.bottom(), text.width(), round(text.height() * 0.4))
        self._write(painter, lower, name, self._look.style(row_mm * 0.22, 2.0), muted)


def grouped(number: int) -> str:
    """Thousands apart by a space, which no language reads as a decimal point."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")

"""Every measure against the reference, in words with units; what differs too much stands first. GUI thread."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.core.setup_messages import SetupDifference
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.setup.measure_texts import measure_name, measure_value, most_telling
from station_app.gui.symbols import draw_verdict

_ROW_MM = 7.0
_SHARES = (0.34, 0.26, 0.22, 0.18)
_INSET_MM = 1.5


class DifferenceTable(Pane):
    """Measure, now, reference, limit. Rows that do not fit are counted, and those are within their limits first."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._differences: tuple[SetupDifference, ...] = ()
        self._mm_per_pixel = 0.0
        self._empty_text = ""
        self.retranslate()

    def show_differences(
        self, differences: tuple[SetupDifference, ...], empty_text: str, mm_per_pixel: float = 0.0
    ) -> None:
        """`empty_text` stands where there is nothing to compare."""
        self._differences, self._empty_text = most_telling(differences), empty_text
        self._mm_per_pixel = mm_per_pixel
        self.retranslate()

    def retranslate(self) -> None:
        outside = [measure_name(found.measure) for found in self._differences if not found.is_within]
        self.setAccessibleName(", ".join(outside) or self._empty_text or self.tr("As reference"))
        self._is_news((self._differences, self._mm_per_pixel, self._empty_text, self._heads()))

    def rows(self) -> tuple[tuple[str, str, str, str], ...]:
        """What is written, row by row."""
        return tuple(self._row(found) for found in self._differences)

    def _row(self, found: SetupDifference) -> tuple[str, str, str, str]:
        now = measure_value(found.measure, found.now, self._mm_per_pixel)
        reference, limit = (measure_value(found.measure, value) for value in (found.reference, found.limit))
        return measure_name(found.measure), now, reference, f"± {limit}"

    def _heads(self) -> tuple[str, str, str, str]:
        return self.tr("Measure"), self.tr("Now"), self.tr("Reference"), self.tr("Limit")

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        if not self._differences:
            room = self.rect().adjusted(px(3), px(2), -px(3), -px(2))
            self._write(painter, room, self._empty_text, self._look.style(3.4, 2.2, is_wrapped=True), theme.muted)
            return
        height = px(_ROW_MM)
        capacity = max(1, self.height() // height - 1)
        rows = self.rows()
        shown = rows if len(rows) <= capacity else rows[: capacity - 1]
        self._paint_row(painter, 0, self._heads(), theme.muted, is_bold=True)
        for number, row in enumerate(shown, 1):
            is_out = not self._differences[number - 1].is_within
            if is_out:
                painter.fillRect(QRect(0, number * height, self.width(), height - 1), QColor(theme.no_result.fill))
            self._paint_row(painter, number, row, theme.no_result.ink if is_out else theme.ink, is_bold=is_out)
        if len(shown) < len(rows):
            room = QRect(px(2), (len(shown) + 1) * height, self.width() - px(4), height)
            rest = self.tr("and {count} more").format(count=len(rows) - len(shown))
            self._write(painter, room, rest, self._look.style(2.8, 2.0), theme.muted)

    def _paint_row(
        self, painter: QPainter, number: int, cells: tuple[str, ...], ink: str, *, is_bold: bool = False
    ) -> None:
        px = self._look.mm.px
        height, x = px(_ROW_MM), px(_INSET_MM)
        room = self.width() - 2 * px(_INSET_MM)
        for column, (text, share) in enumerate(zip(cells, _SHARES, strict=True)):
            cell = QRect(x, number * height, round(room * share) - px(1), height)
            x += round(room * share)
            style = self._look.style(2.8, 1.8, is_bold=is_bold, is_wrapped=True)
            if column == 0 and number > 0 and is_bold:
                cell = self._paint_triangle(painter, cell)
            self._write(painter, cell, text, style if column == 0 else lettering.flush_right(style), ink)

    def _paint_triangle(self, painter: QPainter, cell: QRect) -> QRect:
        px, paint = self._look.mm.px, self._look.theme.no_result
        side = px(4)
        shape = QRectF(cell.x(), cell.y() + (cell.height() - side) / 2, side, side)
        draw_verdict(painter, VerdictKind.NO_RESULT, shape, QColor(paint.ink), QColor(paint.fill))
        return cell.adjusted(side + px(1), 0, 0, 0)

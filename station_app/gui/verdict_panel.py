"""The verdict, readable from four metres: shape, word, place and fill all say the same. GUI thread."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui import lettering, texts
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.symbols import draw_verdict
from station_app.gui.theme import Paint


class VerdictPanel(Pane):
    """Shows one verdict, nothing yet, or that the station cannot be reached."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._kind: VerdictKind | None = None
        self._is_connected = self._is_starting = False

    def show_verdict(self, kind: VerdictKind | None, *, is_connected: bool, is_starting: bool) -> None:
        """`is_starting`: there was no connection yet, so none is missed."""
        self._kind, self._is_connected, self._is_starting = kind, is_connected, is_starting
        self.setAccessibleName(" ".join(self._texts()).replace("\n", " "))
        self._is_news((kind, is_connected, is_starting, self._texts()))

    def retranslate(self) -> None:
        self.show_verdict(self._kind, is_connected=self._is_connected, is_starting=self._is_starting)

    def _texts(self) -> tuple[str, str]:
        if self._is_starting:
            return "–", self.tr("Connecting to the station")
        if not self._is_connected:
            return self.tr("NO CONNECTION\nTO STATION"), self.tr("Treat parts as not inspected")
        if self._kind is None:
            return "–", self.tr("No part yet")
        return texts.verdict_word(self._kind), texts.verdict_line(self._kind)

    def _paint(self, painter: QPainter) -> None:
        theme, px = self._look.theme, self._look.mm.px
        kind = self._kind if self._is_connected or self._is_starting else VerdictKind.NO_RESULT
        colours = theme.verdict(kind) if kind is not None else Paint(theme.background, theme.muted, theme.line)
        line = px(2.5) if kind is VerdictKind.REVIEW else px(0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colours.fill))
        painter.setPen(QPen(QColor(colours.frame), line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        half = line / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), px(2), px(2))
        left = px(6)
        if kind is not None:
            left = self._paint_shape(painter, kind, colours)
        self._paint_texts(painter, left, colours)

    def _paint_shape(self, painter: QPainter, kind: VerdictKind, colours: Paint) -> int:
        px = self._look.mm.px
        side = min(px(42), self.height() - px(8))
        rect = QRectF(px(6), (self.height() - side) / 2, side, side)
        draw_verdict(painter, kind, rect, QColor(colours.ink), QColor(colours.fill))
        return px(6) + side + px(6)

    def _paint_texts(self, painter: QPainter, left: int, colours: Paint) -> None:
        px, (word, line) = self._look.mm.px, self._texts()
        width = self.width() - left - px(8)
        room = QRect(left, px(5), width, round(self.height() * 0.58))
        rows = word.split("\n")
        height = room.height() // len(rows)
        cap_mm = min(_largest_mm(width / self._look.mm.px_per_mm, row) for row in rows)
        large = lettering.centred(self._look.style(cap_mm, 3.5, is_bold=True))
        for number, row in enumerate(rows):
            spot = QRect(left, room.y() + number * height, width, height - px(2) * (len(rows) > 1))
            self._write(painter, spot, row, large, colours.ink)
        under = QRect(left, room.bottom() + px(3), width, self.height() - room.bottom() - px(6))
        self._write(painter, under, line, lettering.centred(self._look.style(10, 2.6, is_bold=True)), colours.ink)


def _largest_mm(width_mm: float, row: str) -> float:
    """Rows of one word share a size: the longest decides. A bold capital is about as wide as it is high."""
    wide = sum(1.45 if ord(letter) > 0x2E80 else 0.98 for letter in row)
    return min(26.0, width_mm / max(1.0, wide))

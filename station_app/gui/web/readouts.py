"""The read-outs of a web: position, speed, encoder, lost lines, scale, and one sentence where something is wrong."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.web_messages import LinesReported
from station_app.gui.counters_pane import grouped
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.web.engine_words import drift_sentence
from station_app.gui.web.web_state import WebState

READOUTS_MM = 26.0
"""As high as they need to be."""
_COLUMNS = 4
_SQUARE = 0.01
"""A pixel whose length and width differ by less than this share is square to the eye."""


@dataclass(frozen=True, slots=True)
class _Cell:
    name: str
    value: str
    is_alarm: bool = False


class Readouts(Pane):
    """Eight cells in two rows, and a line for the sentence. What was read last stays, greyed, without an engine."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._web = WebState()

    def show_web(self, web: WebState) -> None:
        self._web = web
        cells, (sentence, is_warning) = self._cells(), self.sentence()
        said = [f"{cell.name} {cell.value}" for cell in cells]
        self.setAccessibleName(", ".join([*said, sentence] if sentence else said))
        self._is_news((cells, sentence, is_warning, web.is_live))

    def retranslate(self) -> None:
        self.show_web(self._web)

    def sentence(self) -> tuple[str, bool]:
        """What must be known about the picture, and whether it is a warning."""
        lines, scale = self._web.lines, self._web.scale
        if lines is None or scale is None:
            return "", False
        if lines.drift:
            return drift_sentence(lines.drift), True
        if abs(scale.aspect - 1) <= _SQUARE:
            return self.tr("Pixels are square: circles look round"), False
        words = self.tr("Pixels are {ratio} times as long as they are wide: stored images look compressed")
        if scale.aspect < 1:
            words = self.tr("Pixels are {ratio} times as long as they are wide: stored images look stretched")
        return words.format(ratio=f"{scale.aspect:.3f}"), False

    def _cells(self) -> list[_Cell]:
        lines, web = self._web.lines, self._web
        if lines is None:
            return []
        on_roll = web.roll is not None and web.roll.is_running
        metres = (lines.line - web.origin) * lines.mm_per_line / 1000
        width = self.tr("{mm} mm").format(mm=f"{web.width_mm:.1f}") if web.columns else "–"
        return [
            _Cell(self.tr("On the roll") if on_roll else self.tr("Position"), f"{metres:.2f} m"),
            _Cell(self.tr("Speed"), f"{lines.speed_mm_s * 0.06:.2f} m/min"),
            _Cell(self.tr("Encoder"), self._encoder(lines)),
            _Cell(self.tr("Lost lines"), grouped(lines.lost_lines), is_alarm=web.newly_lost > 0),
            _Cell(self.tr("Along"), self.tr("{mm} mm/line").format(mm=f"{lines.mm_per_line:.4g}")),
            _Cell(self.tr("Across"), self.tr("{mm} mm/px").format(mm=f"{lines.mm_per_pixel:.4g}")),
            _Cell(self.tr("Length : width"), f"{lines.mm_per_line / lines.mm_per_pixel:.3f}"),
            _Cell(self.tr("Width seen"), width),
        ]

    def _encoder(self, lines: LinesReported) -> str:
        if lines.encoder is None:
            return self.tr("none")
        return f"{grouped(lines.encoder)} {'▲' if lines.is_forward else '▼'}"

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        line = px(6)
        width, height = self.width() // _COLUMNS, (self.height() - line) // 2
        for index, cell in enumerate(self._cells()):
            room = QRect(index % _COLUMNS * width, index // _COLUMNS * height, width, height)
            self._paint_cell(painter, room, cell)
        sentence, is_warning = self.sentence()
        room = QRect(0, self.height() - line, self.width(), line)
        if is_warning:
            painter.fillRect(room, QColor(theme.no_result.fill))
        ink = theme.no_result.ink if is_warning else theme.muted
        style = self._look.style(3, 1.5, is_bold=is_warning, is_wrapped=True)
        self._write(painter, room.adjusted(px(1.5), 0, -px(1.5), 0), sentence, style, ink)

    def _paint_cell(self, painter: QPainter, room: QRect, cell: _Cell) -> None:
        px, theme = self._look.mm.px, self._look.theme
        name_ink, ink = (theme.muted, theme.ink) if self._web.is_live else (theme.disabled.ink, theme.disabled.ink)
        if cell.is_alarm:
            painter.fillRect(room.adjusted(px(0.4), px(0.3), -px(0.4), -px(0.3)), QColor(theme.ng.fill))
            name_ink = ink = theme.ng.ink
        inner = room.adjusted(px(1.5), px(0.5), -px(1), -px(0.5))
        name = QRect(inner.x(), inner.y(), inner.width(), round(inner.height() * 0.4))
        value = QRect(inner.x(), name.bottom() + 1, inner.width(), inner.height() - name.height())
        self._write(painter, name, cell.name, self._look.style(2.4, 1.4), name_ink)
        self._write(painter, value, cell.value, self._look.style(3.8, 1.8, is_bold=True), ink)

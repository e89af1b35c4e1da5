"""A table on paper: its head is repeated on every page, long texts shrink and then end in dots. One thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from station_app.gui import lettering
from station_app.gui.paper.sheet import DOTS_PER_MM, LINE_MM, TEXT_MM, Sheet
from station_app.gui.theme import LIGHT

_PAD = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its head, its share of the width, and whether it holds numbers, which stand at the right."""

    text: str
    share: float
    is_number: bool = False


def draw_table(sheet: Sheet, headings: Sequence[Heading], rows: Sequence[Sequence[str]]) -> None:
    """Every row, one line each."""
    page = -1
    for number, row in enumerate(rows):
        sheet.need(3 * LINE_MM if number == 0 else LINE_MM)
        if sheet.page != page:
            page = sheet.page
            _draw_row(sheet, headings, [heading.text for heading in headings], is_head=True)
        _draw_row(sheet, headings, row)
    sheet.y += 1.5


def _draw_row(sheet: Sheet, headings: Sequence[Heading], cells: Sequence[str], *, is_head: bool = False) -> None:
    def draw(painter: QPainter, place: QRectF) -> None:
        left, whole = place.x(), sum(heading.share for heading in headings)
        for heading, cell in zip(headings, cells, strict=True):
            width = place.width() * heading.share / whole
            right = Qt.AlignmentFlag.AlignRight if heading.is_number else Qt.AlignmentFlag.AlignLeft
            style = lettering.Style(round(TEXT_MM * DOTS_PER_MM), 20, is_bold=is_head, alignment=right)
            painter.setPen(QColor(LIGHT.ink))
            room = QRectF(left + _PAD, place.y(), width - 2 * _PAD, place.height()).toRect()
            lettering.draw(painter, room, cell, style)
            left += width
        painter.setPen(QPen(QColor(LIGHT.ink if is_head else LIGHT.line), 2 if is_head else 1))
        painter.drawLine(place.bottomLeft(), place.bottomRight())

    sheet.paint(LINE_MM, draw)

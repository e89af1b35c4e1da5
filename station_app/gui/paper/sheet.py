"""One PDF being written: A4 upright, in millimetres, with a head and a foot on every page. One thread.

What does not fit any more goes on the next page; nothing is ever cut off at an edge.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter, QPen, QTextOption

from station_app.core.errors import StorageError
from station_app.gui import lettering
from station_app.gui.theme import LIGHT

DOTS_PER_MM = 10
_DOTS_PER_INCH = 254
WIDTH_MM, HEIGHT_MM = 210.0, 297.0
MARGIN_MM, HEAD_MM, FOOT_MM = 15.0, 12.0, 10.0
INNER_MM = WIDTH_MM - 2 * MARGIN_MM
LINE_MM = 4.6
TEXT_MM = 3.2
_NAME_MM = 52.0
_GAP_MM = 2.0

Paint = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on every page: title at the top, at the foot where the figures come from."""

    title: str
    station: str
    foot: str


@dataclass(slots=True)
class Sheet:
    """The page that is being filled. `y` is where the next piece goes, mm from the top. Use as a context."""

    path: Path
    head: Letterhead
    y: float = 0.0
    page: int = 0
    _writer: QPdfWriter = field(init=False)
    _painter: QPainter = field(init=False)

    def __enter__(self) -> "Sheet":
        """StorageError where the file cannot be written."""
        try:
            self.path.write_bytes(b"")
        except OSError as error:
            raise self._unwritable() from error
        self._writer = QPdfWriter(str(self.path))
        self._writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._writer.setPageMargins(QMarginsF())
        self._writer.setResolution(_DOTS_PER_INCH)
        self._writer.setTitle(self.head.title)
        self._writer.setCreator(self.head.station)
        self._painter = QPainter(self._writer)
        self._begin_page()
        return self

    def __exit__(self, *_: object) -> None:
        is_written = self._painter.end()
        if not is_written or not self.path.stat().st_size:
            raise self._unwritable()

    def _unwritable(self) -> StorageError:
        return StorageError("the report cannot be written", where=str(self.path), remedy="choose another folder")

    def title(self, text: str) -> None:
        self._line(text, 6.5, is_bold=True, below_mm=2.5)

    def heading(self, text: str) -> None:
        """Never the last thing on a page."""
        self.need(26.0)
        self.y += _GAP_MM
        self._line(text, 4.4, is_bold=True, below_mm=1.2)

    def text(self, text: str, *, is_muted: bool = False) -> None:
        """A paragraph, wrapped."""
        place = self.take(self._height_mm(text, INNER_MM))
        self._wrapped(place, text, is_muted=is_muted)
        self.y += _GAP_MM / 2

    def fact(self, name: str, text: str) -> None:
        """A name at the left and what is to be said of it at the right, both wrapped."""
        left, right = _NAME_MM - _GAP_MM, INNER_MM - _NAME_MM
        place = self.take(max(self._height_mm(name, left), self._height_mm(text, right)))
        self._wrapped(QRectF(place.x(), place.y(), left * DOTS_PER_MM, place.height()), name, is_muted=True)
        self._wrapped(place.adjusted(_NAME_MM * DOTS_PER_MM, 0, 0, 0), text)
        self.y += _GAP_MM / 4

    def _height_mm(self, text: str, width_mm: float) -> float:
        self._painter.setFont(lettering.font(round(TEXT_MM * DOTS_PER_MM)))
        wide = QRectF(0, 0, width_mm * DOTS_PER_MM, 100_000)
        return self._painter.boundingRect(wide, text, _wrapping()).height() / DOTS_PER_MM

    def _wrapped(self, place: QRectF, text: str, *, is_muted: bool = False) -> None:
        self._painter.setFont(lettering.font(round(TEXT_MM * DOTS_PER_MM)))
        self._painter.setPen(QColor(LIGHT.muted if is_muted else LIGHT.ink))
        self._painter.drawText(place, text, _wrapping())

    def paint(self, height_mm: float, draw: Paint) -> None:
        """A chart or a table's row, drawn by others into its place, which is in tenths of a millimetre."""
        place = self.take(height_mm)
        self._painter.save()
        draw(self._painter, place)
        self._painter.restore()

    def pictures(self, captioned: list[tuple[QImage, str]], across: int = 3, height_mm: float = 46.0) -> None:
        """Pictures side by side, each with its caption below, in rows that are never torn."""
        for start in range(0, len(captioned), across):
            row = captioned[start : start + across]
            self.paint(height_mm, lambda painter, place, row=row: _row_of(painter, place, row, across))  # type: ignore[misc]
            self.y += _GAP_MM

    def take(self, height_mm: float) -> QRectF:
        """The next piece of the page, in dots; a new page where this one has no room left."""
        self.need(height_mm)
        place = QRectF(MARGIN_MM, self.y, INNER_MM, height_mm)
        self.y += height_mm
        return _dots(place)

    def need(self, height_mm: float) -> None:
        """Begin a new page unless so much fits on this one."""
        if self.y + height_mm > HEIGHT_MM - MARGIN_MM - FOOT_MM:
            self._writer.newPage()
            self._begin_page()

    def _begin_page(self) -> None:
        self.page += 1
        self.y = MARGIN_MM + HEAD_MM
        number = QCoreApplication.translate("Paper", "Page {page}").format(page=self.page)
        self._edge(MARGIN_MM, self.head.title, self.head.station)
        self._edge(HEIGHT_MM - MARGIN_MM - 4.0, self.head.foot, number)
        self._painter.setPen(QPen(QColor(LIGHT.line), 2))
        top = round((MARGIN_MM + 6.0) * DOTS_PER_MM)
        self._painter.drawLine(round(MARGIN_MM * DOTS_PER_MM), top, round((WIDTH_MM - MARGIN_MM) * DOTS_PER_MM), top)

    def _edge(self, top_mm: float, left: str, right: str) -> None:
        room = QRectF(MARGIN_MM, top_mm, INNER_MM, 4.5)
        dots = _dots(room)
        self._painter.setFont(lettering.font(26))
        self._painter.setPen(QColor(LIGHT.muted))
        beside = self._painter.fontMetrics().horizontalAdvance(right) + 40
        shown = self._painter.fontMetrics().elidedText(left, Qt.TextElideMode.ElideRight, int(dots.width() - beside))
        self._painter.drawText(dots, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        self._painter.drawText(dots, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), right)

    def _line(self, text: str, size_mm: float, *, is_bold: bool, below_mm: float) -> None:
        place = self.take(size_mm * 1.35)
        style = lettering.Style(round(size_mm * DOTS_PER_MM), 20, is_bold=is_bold)
        self._painter.setPen(QColor(LIGHT.ink))
        lettering.draw(self._painter, place.toRect(), text, style)
        self.y += below_mm


def _wrapping() -> QTextOption:
    """Between words, and within one only where it is longer than a line, as hashes are."""
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _dots(room: QRectF) -> QRectF:
    scale = DOTS_PER_MM
    return QRectF(room.x() * scale, room.y() * scale, room.width() * scale, room.height() * scale)


def _row_of(painter: QPainter, place: QRectF, row: list[tuple[QImage, str]], across: int) -> None:
    gap, caption = 3.0 * DOTS_PER_MM, LINE_MM * DOTS_PER_MM
    width = (place.width() - gap * (across - 1)) / across
    for number, (image, text) in enumerate(row):
        room = QRectF(place.x() + number * (width + gap), place.y(), width, place.height() - caption)
        size = image.size().scaled(int(room.width()), int(room.height()), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(room.x(), room.y(), size.width(), size.height()), image)
        below = QRectF(room.x(), room.y() + size.height() + 4, width, caption).toRect()
        painter.setPen(QColor(LIGHT.ink))
        lettering.draw(painter, below, text, lettering.Style(28, 18))

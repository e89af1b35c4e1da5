"""The stored images of one part over the page, side by side; a tap or ESC gives the page back. GUI thread."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.errors import StationError
from station_app.gui import lettering
from station_app.gui.link import PartArchive
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.reading import Reader
from station_app.gui.scaling import shrink

_KIND = "enlarged"
_HEAD_MM, _EDGE_MM = 10.0, 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Enlarged:
    """`images` by camera; `is_small` where no image is stored and the small picture stands for it."""

    part_id: int
    images: tuple[tuple[str, QImage], ...]
    is_small: bool = False


class EnlargedPane(Pane):
    """Hidden until a part is shown. Reads on the reader that it is given."""

    closed = Signal()

    def __init__(self, look: Look, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._reader, self._words, self._part_id = reader, "", 0
        self.shown: Enlarged | None = None
        self._refused = ""
        reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        self.hide()

    def show_part(self, part_id: int, words: str) -> None:
        """`words` say what is shown."""
        self._part_id, self._words, self.shown, self._refused = part_id, words, None, ""
        self.setAccessibleName(words)
        self._reader.ask(_KIND, partial(_read, part_id, max(self.width(), self.height())))
        self.show()
        self.raise_()
        self.update()

    def close_part(self) -> None:
        self.shown = None
        self.hide()
        self.closed.emit()

    @Slot(str, object)
    def _on_answered(self, kind: str, answer: object) -> None:
        if kind == _KIND and isinstance(answer, Enlarged) and answer.part_id == self._part_id:
            self.shown = answer
            self.update()

    @Slot(str, object)
    def _on_refused(self, kind: str, error: StationError) -> None:
        if kind == _KIND:
            self._refused = f"{error.what}: {error.remedy}"
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.close_part()

    def note(self) -> str:
        """What there is to say about the images."""
        if self._refused:
            return self._refused
        if self.shown is None:
            return self.tr("Reading…")
        if not self.shown.images:
            return self.tr("No image of this part is stored")
        return self.tr("Only the small picture is stored") if self.shown.is_small else ""

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        head = QRect(px(_EDGE_MM), 0, self.width() - 2 * px(_EDGE_MM), px(_HEAD_MM))
        words = " · ".join(filter(None, (self._words, self.note())))
        self._write(painter, head, words, self._look.style(3.4, 2.0, is_bold=True))
        close = lettering.flush_right(self._look.style(2.8, 1.8))
        self._write(painter, head, self.tr("Tap to close"), close, theme.muted)
        images = self.shown.images if self.shown is not None else ()
        for number, (_, image) in enumerate(images):
            room = self._room(number, len(images))
            size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            spot = QRect(room.topLeft(), size)
            spot.moveCenter(room.center())
            painter.drawImage(spot, image)

    def _room(self, number: int, count: int) -> QRect:
        px = self._look.mm.px
        width = (self.width() - (count + 1) * px(_EDGE_MM)) // count
        left = px(_EDGE_MM) + number * (width + px(_EDGE_MM))
        return QRect(left, px(_HEAD_MM), width, self.height() - px(_HEAD_MM) - px(_EDGE_MM))


def _read(part_id: int, longest_px: int, archive: PartArchive) -> Enlarged:
    stored = tuple((name, shrink(pixels, longest_px)) for name, pixels in archive.images(part_id))
    if stored:
        return Enlarged(part_id, stored)
    small = archive.thumbnail(part_id)
    return Enlarged(part_id, () if small is None else (("", shrink(small, longest_px)),), is_small=True)

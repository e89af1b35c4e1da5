"""Parts of this station's own history to compare with: good ones at the left, confirmed bad ones at the right.

GUI thread.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TapGuard, TouchButton

EACH = 4
_NAME_SHARE, _GAP_MM = 0.14, 1.0


@dataclass(frozen=True, slots=True, eq=False)
class NearPart:
    """One part to compare with; the picture is None where none was kept."""

    part_id: int
    is_good: bool
    picture: QImage | None


class NearTile(TouchButton):
    """A small picture; the one that is compared with has a thick frame."""

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget) -> None:
        super().__init__(look, guard, parent)
        self.part: NearPart | None = None

    def show_part(self, part: NearPart, spoken: str) -> None:
        self.part = part
        self.set_caption("", spoken=spoken)
        self.update()

    def _paint_texts(self, painter: QPainter) -> None:
        edge = self._look.mm.px(0.8)
        room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        picture = self.part.picture if self.part is not None else None
        if picture is not None:
            ratio = min(room.width() / picture.width(), room.height() / picture.height())
            width, height = picture.width() * ratio, picture.height() * ratio
            inner = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(inner, picture)
        if self.is_on:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._look.theme.ink), self._look.mm.px(0.8)))
            painter.drawRect(room)


class NearStrip(Pane):
    """`chosen` carries the part to compare with."""

    chosen = Signal(object)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.tiles = [NearTile(look, guard, self) for _ in range(2 * EACH)]
        self._parts: tuple[NearPart, ...] | None = None
        self._are_nearest = False
        for number, tile in enumerate(self.tiles):
            tile.setObjectName(str(number))
            tile.tapped.connect(self._on_tapped)
            tile.hide()

    def set_look(self, look: Look) -> None:
        for tile in self.tiles:
            tile.set_look(look)
        super().set_look(look)
        self._place()

    def retranslate(self) -> None:
        on = next((tile.part.part_id for tile in self.tiles if tile.is_on and tile.part is not None), None)
        self.show_parts(self._parts, on, are_nearest=self._are_nearest)

    def show_parts(self, parts: tuple[NearPart, ...] | None, compared: int | None, *, are_nearest: bool) -> None:
        """At most four of each, None before they were read; `compared` is the number of the part that is laid beside
        the image. `are_nearest` says that they were chosen for the part on the screen."""
        self._parts, self._are_nearest = parts, are_nearest
        spoken = {True: self.tr("Compare with a good part"), False: self.tr("Compare with a confirmed bad part")}
        for is_good, first in ((True, 0), (False, EACH)):
            shown = [part for part in parts or () if part.is_good is is_good][:EACH]
            for number, tile in enumerate(self.tiles[first : first + EACH]):
                tile.setVisible(number < len(shown))
                if number < len(shown):
                    tile.show_part(shown[number], spoken[is_good])
                    tile.set_on(is_on=shown[number].part_id == compared)
        self._is_news((self._names(), tuple(part.part_id for part in parts or ())))

    def _names(self) -> tuple[str, str]:
        if self._parts is None:
            return "", ""
        has = {part.is_good for part in self._parts}
        good = self.tr("Nearest good") if self._are_nearest else self.tr("Known good")
        bad = self.tr("Nearest bad") if self._are_nearest else self.tr("Known bad")
        none = self.tr("No confirmed good part yet"), self.tr("No confirmed bad part yet")
        return good if True in has else none[0], bad if False in has else none[1]

    @Slot()
    def _on_tapped(self) -> None:
        self.chosen.emit(self.tiles[int(self.sender().objectName())].part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _half(self) -> tuple[int, int]:
        return self.width() // 2, round(self.width() * _NAME_SHARE)

    def _place(self) -> None:
        half, name = self._half()
        gap = self._look.mm.px(_GAP_MM)
        width = (half - name - gap * EACH) // EACH
        for number, tile in enumerate(self.tiles):
            side, column = divmod(number, EACH)
            tile.setGeometry(side * half + name + column * (width + gap), 0, width, self.height())

    def _paint(self, painter: QPainter) -> None:
        half, name = self._half()
        px = self._look.mm.px
        for side, said in enumerate(self._names()):
            room = QRect(side * half + px(0.5), 0, name - px(1), self.height())
            self._write(painter, room, said, self._look.style(2.6, 1.8, is_wrapped=True))

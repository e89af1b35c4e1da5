"""The last twelve parts, newest at the right. A tap looks back. GUI thread."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui import lettering, texts
from station_app.gui.look import Look
from station_app.gui.screen_state import STRIP_LENGTH, PartOnScreen
from station_app.gui.symbols import draw_verdict
from station_app.gui.theme import Paint
from station_app.gui.touch_button import TapGuard, TouchButton


class Tile(TouchButton):
    """One part: its picture, its verdict's shape and frame, a tick when it has been answered."""

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, guard, parent)
        self._part: PartOnScreen | None = None
        self._picture: QImage | None = None
        self._is_shown = False

    @property
    def part(self) -> PartOnScreen | None:
        return self._part

    def show_part(self, part: PartOnScreen | None, picture: QImage | None, *, is_shown: bool) -> None:
        if (part, is_shown) == (self._part, self._is_shown) and picture is self._picture:
            return
        self._part, self._picture, self._is_shown = part, picture, is_shown
        self.setEnabled(part is not None)
        self.retranslate()

    def retranslate(self) -> None:
        part = self._part
        if part is None:
            self.setAccessibleName(self.tr("Empty place"))
        else:
            name = part.inspected.serial or str(part.part_id)
            word = texts.verdict_word(part.inspected.verdict).replace("\n", " ")
            self.setAccessibleName(self.tr("Look back at part {name}, {verdict}").format(name=name, verdict=word))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._look.theme
        painter.fillRect(self.rect(), QColor(theme.ink if self._is_shown else theme.canvas))
        if self._part is not None:
            edge = self._look.mm.px(1.2) if self._is_shown else 0
            room = self.rect().adjusted(edge, edge, -edge, -edge)
            painter.fillRect(room, QColor(theme.canvas))
            self._paint_picture(painter, room)
            kind = self._part.inspected.verdict
            self._paint_frame(painter, room, kind, theme.verdict(kind))
        painter.end()

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        if self._picture is not None:
            size = self._picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            picture = QRect(QPoint(0, 0), size)
            picture.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(picture, self._picture)
            return
        painter.setPen(QColor(self._look.theme.muted))
        number = str(self._part.part_id) if self._part else ""
        lettering.draw(painter, room, number, lettering.centred(self._look.style(3, 2)))

    def _paint_frame(self, painter: QPainter, room: QRect, kind: VerdictKind, colours: Paint) -> None:
        px, side = self._look.mm.px, self._look.mm.px(7.5)
        if kind is not VerdictKind.PASS:
            line = px(1.6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.frame), line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawRect(QRectF(room).adjusted(line / 2, line / 2, -line / 2, -line / 2))
        corner = QRectF(room.x() + px(1), room.y() + px(1), side, side)
        painter.fillRect(corner.adjusted(-px(1), -px(1), px(0.6), px(0.6)), QColor(colours.fill))
        draw_verdict(painter, kind, corner, QColor(colours.ink), QColor(colours.fill))
        if self._part is not None and self._part.standing is not None:
            self._paint_answered(painter, room)

    def _paint_answered(self, painter: QPainter, room: QRect) -> None:
        side = self._look.mm.px(6)
        badge = QRect(room.right() + 1 - side, room.bottom() + 1 - side, side, side)
        painter.fillRect(badge, QColor(self._look.theme.ink))
        painter.setPen(QColor(self._look.theme.background))
        lettering.draw(painter, badge, "✓", lettering.centred(self._look.style(4, 2, is_bold=True)))


class Filmstrip(QWidget):
    """Twelve tiles in fixed places. `looked_back` carries the part's id."""

    looked_back = Signal(int)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._pictures: dict[int, QImage] = {}
        self._parts: tuple[PartOnScreen, ...] = ()
        self._shown_id: int | None = None
        self.tiles = [Tile(look, guard, self) for _ in range(STRIP_LENGTH)]
        for tile in self.tiles:
            tile.show_part(None, None, is_shown=False)
            tile.setEnabled(False)
            tile.retranslate()
            tile.tapped.connect(self._on_tapped)

    def set_look(self, look: Look) -> None:
        self._look = look
        for tile in self.tiles:
            tile.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for tile in self.tiles:
            tile.retranslate()

    def show_parts(self, parts: tuple[PartOnScreen, ...], shown_id: int | None) -> None:
        """The newest part stands at the right end from the first part on."""
        self._parts, self._shown_id = parts, shown_id
        kept = {part.part_id for part in parts}
        self._pictures = {part_id: picture for part_id, picture in self._pictures.items() if part_id in kept}
        padded: list[PartOnScreen | None] = [None] * (STRIP_LENGTH - len(parts)) + list(parts)
        for tile, part in zip(self.tiles, padded, strict=True):
            picture = self._pictures.get(part.part_id) if part else None
            tile.show_part(part, picture, is_shown=part is not None and part.part_id == shown_id)

    def set_picture(self, part_id: int, picture: QImage) -> None:
        if any(part.part_id == part_id for part in self._parts):
            self._pictures[part_id] = picture
            self.show_parts(self._parts, self._shown_id)

    def without_picture(self) -> tuple[int, ...]:
        """Parts whose tile still shows a number, newest first."""
        return tuple(part.part_id for part in reversed(self._parts) if part.part_id not in self._pictures)

    @Slot()
    def _on_tapped(self) -> None:
        tile = self.sender()
        if isinstance(tile, Tile) and tile.part is not None:
            self.looked_back.emit(tile.part.part_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        side, gap = self.height(), self._look.mm.px(1)
        for index, tile in enumerate(self.tiles):
            tile.setGeometry(index * (side + gap), 0, side, side)

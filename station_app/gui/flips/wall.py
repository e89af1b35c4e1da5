"""Small pictures of the parts that flip, in groups by the change; a tap asks for the large one. GUI thread."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui import lettering
from station_app.gui.flips.tiling import Band, columns, placed
from station_app.gui.history.filter_texts import verdict_name
from station_app.gui.history.small_pictures import SmallPictures
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.reading import Reader

_TILE_MM, _WORDS_MM, _GAP_MM, _HEAD_MM, _SCROLL_MM, _FRAME_MM = 26.0, 5.0, 2.0, 8.0, 7.0, 0.8


@dataclass(frozen=True, slots=True)
class FlipTile:
    """One part: `words` stand below its picture."""

    part_id: int
    words: str


@dataclass(frozen=True, slots=True)
class FlipGroup:
    """The parts of one change of the verdict; `total` of them are on record, of which `tiles` are shown."""

    old: VerdictKind
    new: VerdictKind
    total: int
    tiles: tuple[FlipTile, ...]


class WallPane(Pane):
    """The painted inside; it is as high as its pictures need. `tapped` carries the number of a part."""

    tapped = Signal(int)

    def __init__(self, look: Look, pictures: SmallPictures) -> None:
        super().__init__(look)
        self._pictures = pictures
        self.groups: tuple[FlipGroup, ...] = ()
        pictures.came.connect(self.update)

    def show_groups(self, groups: tuple[FlipGroup, ...]) -> None:
        self.groups = groups
        self._pictures.want(tuple(t.part_id for group in groups for t in group.tiles), self._look.mm.px(_TILE_MM))
        self.setAccessibleName(" · ".join(self.heading(group) for group in groups))
        self.fit()
        self.update()

    def fit(self) -> None:
        """Take the height that the width leaves."""
        bands = self._bands()
        self.resize(self.width(), max(1, bands[-1].bottom if bands else 1))

    def heading(self, group: FlipGroup) -> str:
        names = f"{verdict_name(group.old)} → {verdict_name(group.new)}"
        if len(group.tiles) == group.total:
            return self.tr("{change}: {total}").format(change=names, total=f"{group.total:,}")
        words = self.tr("{change}: {total}, of which the newest {shown} are shown")
        return words.format(change=names, total=f"{group.total:,}", shown=len(group.tiles))

    def has_picture(self, part_id: int) -> bool:
        return self._pictures.of(part_id) is not None

    def spot_of(self, part_id: int) -> QRect | None:
        """Where a part's tile is."""
        for group, band in zip(self.groups, self._bands(), strict=True):
            for number, tile in enumerate(group.tiles):
                if tile.part_id == part_id:
                    return self._spot(number, band)
        return None

    def _bands(self) -> tuple[Band, ...]:
        size = self._tile()
        head, gap = self._look.mm.px(_HEAD_MM), self._look.mm.px(_GAP_MM)
        return placed([len(group.tiles) for group in self.groups], self._columns(), head, size.height() + gap)

    def _tile(self) -> QSize:
        px = self._look.mm.px
        return QSize(px(_TILE_MM), px(_TILE_MM + _WORDS_MM))

    def _columns(self) -> int:
        return columns(self.width(), self._look.mm.px(_TILE_MM), self._look.mm.px(_GAP_MM))

    def _spot(self, number: int, band: Band) -> QRect:
        size, gap = self._tile(), self._look.mm.px(_GAP_MM)
        row, column = divmod(number, self._columns())
        corner = QPoint(column * (size.width() + gap), band.first + row * (size.height() + gap))
        return QRect(corner, size)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for group, band in zip(self.groups, self._bands(), strict=True):
            for number, tile in enumerate(group.tiles):
                if self._spot(number, band).contains(event.position().toPoint()):
                    self.tapped.emit(tile.part_id)
                    return

    def _paint(self, painter: QPainter) -> None:
        px, seen = self._look.mm.px, self.visibleRegion().boundingRect()
        for group, band in zip(self.groups, self._bands(), strict=True):
            head = QRect(0, band.top, self.width(), px(_HEAD_MM))
            self._write(painter, head, self.heading(group), self._look.style(3.0, 2.0, is_bold=True))
            for number, tile in enumerate(group.tiles):
                spot = self._spot(number, band)
                if spot.intersects(seen):
                    self._paint_tile(painter, spot, tile, group.new)

    def _paint_tile(self, painter: QPainter, spot: QRect, tile: FlipTile, new: VerdictKind) -> None:
        """The frame has the colour of the new verdict, as in the strip."""
        px, theme = self._look.mm.px, self._look.theme
        picture = QRect(spot.topLeft(), QSize(spot.width(), spot.width()))
        painter.fillRect(picture, QColor(theme.verdict(new).frame))
        room = picture.adjusted(px(_FRAME_MM), px(_FRAME_MM), -px(_FRAME_MM), -px(_FRAME_MM))
        painter.fillRect(room, QColor(theme.canvas))
        image = self._pictures.of(tile.part_id)
        if image is not None:
            painter.drawImage(_inside(image, room), image)
        words = QRect(spot.x(), picture.bottom() + 1, spot.width(), spot.height() - picture.height())
        self._write(painter, words, tile.words, lettering.centred(self._look.style(2.2, 1.3)))


class FlipWall(QScrollArea):
    """`tapped` carries the number of a part. The reader is this wall's own."""

    tapped = Signal(int)

    def __init__(self, look: Look, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.pane = WallPane(look, SmallPictures(reader, self))
        self.pane.tapped.connect(self.tapped)
        self.setWidget(self.pane)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.pane.set_look(look)
        self.verticalScrollBar().setStyleSheet(f"QScrollBar:vertical {{ width: {look.mm.px(_SCROLL_MM)}px; }}")
        self._fit()

    def retranslate(self) -> None:
        self.pane.show_groups(self.pane.groups)

    def show_groups(self, groups: tuple[FlipGroup, ...]) -> None:
        if groups != self.pane.groups:
            self.pane.show_groups(groups)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.pane.resize(max(1, self.width() - self._look.mm.px(_SCROLL_MM)), self.pane.height())
        self.pane.fit()


def _inside(image: QImage, room: QRect) -> QRect:
    """As large as it can be, in the middle."""
    size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    spot = QRect(QPoint(0, 0), size)
    spot.moveCenter(room.center())
    return spot

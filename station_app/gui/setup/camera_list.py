"""The cameras of the recipe, one tile each, a page at a time where they are many. GUI thread."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.setup.camera_tile import CameraTile
from station_app.gui.setup.cameras import CameraStatus
from station_app.gui.touch_button import TapGuard, TouchButton

_TILE_MM = 18.0
_GAP_MM = 1.5


class CameraList(Pane):
    """`chosen` carries the camera that was tapped."""

    chosen = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._guard = guard
        self._statuses: tuple[CameraStatus, ...] = ()
        self._chosen = ""
        self._page = 0
        self.tiles: list[CameraTile] = []
        self.more = TouchButton(look, guard, self)
        self.more.set_letters(3)
        self.more.tapped.connect(self._on_more)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for button in (*self.tiles, self.more):
            button.set_look(look)
        self._fill()

    def retranslate(self) -> None:
        self.more.set_caption(self.tr("Next cameras"))
        for tile in self.tiles:
            tile.retranslate()
        self.update()

    def show_cameras(self, statuses: tuple[CameraStatus, ...], chosen: str) -> None:
        if (statuses, chosen) == (self._statuses, self._chosen):
            return
        names = [status.camera_id for status in statuses]
        if chosen != self._chosen and chosen in names:
            self._page = names.index(chosen) // self._capacity(len(names))
        self._statuses, self._chosen = statuses, chosen
        self.setAccessibleName(self.tr("Cameras") if statuses else self.tr("No camera: load a recipe"))
        self._fill()

    def _capacity(self, count: int) -> int:
        """Tiles of a page, which leaves room for the button to the next one where it takes several."""
        px = self._look.mm.px
        step = px(_TILE_MM) + px(_GAP_MM)
        fitting = max(1, (self.height() + px(_GAP_MM)) // step)
        return fitting if count <= fitting else max(1, fitting - 1)

    def _fill(self) -> None:
        capacity = self._capacity(len(self._statuses))
        pages = max(1, -(-len(self._statuses) // capacity))
        self._page %= pages
        shown = self._statuses[self._page * capacity : (self._page + 1) * capacity]
        while len(self.tiles) < len(shown):
            tile = CameraTile(self._look, self._guard, self)
            tile.tapped.connect(self._on_tapped)
            self.tiles.append(tile)
        for number, tile in enumerate(self.tiles):
            tile.setVisible(number < len(shown))
            tile.setGeometry(self._cell(number))
        for tile, status in zip(self.tiles, shown, strict=False):
            tile.show_status(status, is_chosen=status.camera_id == self._chosen)
        self.more.setVisible(pages > 1)
        self.more.setGeometry(self._cell(capacity))
        self.update()

    def _cell(self, number: int) -> QRect:
        px = self._look.mm.px
        return QRect(0, number * (px(_TILE_MM) + px(_GAP_MM)), self.width(), px(_TILE_MM))

    @Slot()
    def _on_tapped(self) -> None:
        self.chosen.emit(self.sender().objectName())

    @Slot()
    def _on_more(self) -> None:
        self._page += 1
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fill()

    def _paint(self, painter: QPainter) -> None:
        if not self._statuses:
            room = QRect(0, 0, self.width(), self._look.mm.px(30))
            style = self._look.style(3.6, 2.4, is_wrapped=True)
            self._write(painter, room, self.tr("No camera: load a recipe"), style, self._look.theme.muted)

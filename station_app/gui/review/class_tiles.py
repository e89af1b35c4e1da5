"""Nine tiles for the kinds of defects, turned page by page where there are more. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui import texts
from station_app.gui.look import Look
from station_app.gui.review.small_button import SmallButton
from station_app.gui.touch_button import TapGuard

COUNT, _COLUMNS, _GAP_MM = 9, 3, 1.0


class ClassTiles(QWidget):
    """`chosen` carries a label."""

    chosen = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._labels: tuple[str, ...] = ()
        self._page, self._on = 0, ""
        self.tiles = [SmallButton(look, guard, self) for _ in range(COUNT)]
        for number, tile in enumerate(self.tiles, 1):
            tile.setObjectName(str(number))
            tile.tapped.connect(self._on_tapped)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self._look = look
        for tile in self.tiles:
            tile.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self._show()

    def show_labels(self, labels: tuple[str, ...], on: str, *, is_enabled: bool) -> None:
        if labels != self._labels:
            self._page = 0
        self._labels, self._on = labels, on
        for tile in self.tiles:
            tile.setEnabled(is_enabled)
        self._show()

    def choose(self, number: int) -> None:
        """What the tile of this number (1 to 9) does."""
        here = self._here()
        if number <= len(here):
            self.chosen.emit(here[number - 1])
        elif number == COUNT and self._has_more():
            self._page = (self._page + 1) % -(-len(self._labels) // (COUNT - 1))
            self._show()

    def _has_more(self) -> bool:
        return len(self._labels) > COUNT

    def _here(self) -> tuple[str, ...]:
        if not self._has_more():
            return self._labels
        return self._labels[self._page * (COUNT - 1) : (self._page + 1) * (COUNT - 1)]

    def _show(self) -> None:
        here = self._here()
        for number, tile in enumerate(self.tiles, 1):
            is_more = number == COUNT and self._has_more()
            tile.setVisible(is_more or number <= len(here))
            if is_more:
                tile.set_caption(self.tr("More"), str(number))
            elif number <= len(here):
                tile.set_caption(texts.label_name(here[number - 1]), str(number))
            tile.set_on(is_on=not is_more and number <= len(here) and here[number - 1] == self._on)

    @Slot()
    def _on_tapped(self) -> None:
        self.choose(int(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        gap, rows = self._look.mm.px(_GAP_MM), COUNT // _COLUMNS
        width = (self.width() - gap * (_COLUMNS - 1)) // _COLUMNS
        height = (self.height() - gap * (rows - 1)) // rows
        for number, tile in enumerate(self.tiles):
            row, column = divmod(number, _COLUMNS)
            tile.setGeometry(column * (width + gap), row * (height + gap), width, height)

"""Letting the line run although the set-up differs: a reason, and a button that waits for one. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TapGuard, TouchButton

_ROW_MM, _GAP_MM, _WORDS_MM = 12.0, 1.5, 6.0
_LONGEST_REASON = 200
HEIGHT_MM = _WORDS_MM + 3 * (_ROW_MM + _GAP_MM)


class AcceptPane(Pane):
    """`accepted` carries the reason. The tiles write the usual ones, so that no keyboard is needed."""

    accepted = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._is_possible = False
        self.tiles = tuple(TouchButton(look, guard, self) for _ in self._reasons())
        self.accept = TouchButton(look, guard, self)
        self.field = QLineEdit(self)
        self.field.setMaxLength(_LONGEST_REASON)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.textChanged.connect(self._on_changed)
        self.accept.tapped.connect(self._on_accept)
        slots: tuple[Callable[[], None], ...] = (self._on_first, self._on_second, self._on_third)
        for tile, slot in zip(self.tiles, slots, strict=True):
            tile.set_letters(2.8)
            tile.tapped.connect(slot)
        self.accept.set_letters(3.2)
        self.retranslate()

    def _reasons(self) -> tuple[str, str, str]:
        return self.tr("Checked, is good"), self.tr("Lamp or lens changed"), self.tr("Camera was adjusted")

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for button in (*self.tiles, self.accept):
            button.set_look(look)
        self.field.setFont(lettering.font(look.mm.font_px(3.2)))
        self.field.setTextMargins(look.mm.px(2), 0, look.mm.px(2), 0)
        self._place()

    def retranslate(self) -> None:
        for tile, reason in zip(self.tiles, self._reasons(), strict=True):
            tile.set_caption(reason)
        self.field.setPlaceholderText(self.tr("Why may the line run all the same?"))
        self.field.setAccessibleName(self.tr("Why may the line run all the same?"))
        self.accept.set_caption(self.tr("Accept the set-up as it is"))
        self.update()

    def set_possible(self, *, is_possible: bool) -> None:
        self._is_possible = is_possible
        for widget in (*self.tiles, self.field):
            widget.setEnabled(is_possible)
        self._on_changed(self.field.text())

    def clear(self) -> None:
        self.field.clear()

    @Slot()
    def _on_first(self) -> None:
        self.field.setText(self.tiles[0].caption)

    @Slot()
    def _on_second(self) -> None:
        self.field.setText(self.tiles[1].caption)

    @Slot()
    def _on_third(self) -> None:
        self.field.setText(self.tiles[2].caption)

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        self.accept.setEnabled(self._is_possible and bool(text.strip()))

    @Slot()
    def _on_accept(self) -> None:
        self.accepted.emit(self.field.text().strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        row, gap, y = px(_ROW_MM), px(_GAP_MM), px(_WORDS_MM)
        width = (self.width() - gap * (len(self.tiles) - 1)) // len(self.tiles)
        for number, tile in enumerate(self.tiles):
            tile.setGeometry(number * (width + gap), y, width, row)
        self.field.setGeometry(0, y + row + gap, self.width(), row)
        self.accept.setGeometry(0, y + 2 * (row + gap), self.width(), row)

    def _paint(self, painter: QPainter) -> None:
        room = QRect(0, 0, self.width(), self._look.mm.px(_WORDS_MM))
        words = self.tr("Accept? For all cameras, recorded in your name")
        self._write(painter, room, words, self._look.style(2.8, 1.8, is_bold=True))

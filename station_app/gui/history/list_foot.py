"""Below the table: what is new, the ways to both ends of the list, a word on what is seen, the exports. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.history.export_buttons import ExportButtons
from station_app.gui.history.exports import LIST_EXPORTS, ExportScope
from station_app.gui.history.page_reader import MOST_COUNTED
from station_app.gui.look import Look
from station_app.gui.page_makers import PageTools
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TouchButton

FOOT_MM = 10.0
_NEW_MM, _END_MM, _GAP_MM = 34.0, 26.0, 1.5


class ListFoot(QWidget):
    """`newest_asked` comes from the first button as well as from the one that counts what is new."""

    newest_asked = Signal()
    oldest_asked = Signal()
    cancelled = Signal()

    def __init__(
        self, tools: PageTools, look: Look, scope: Callable[[], ExportScope | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._new = look, 0
        self.newest, self.oldest = TouchButton(look, tools.guard, self), TouchButton(look, tools.guard, self)
        self.fresh, self.cancel = TouchButton(look, tools.guard, self), TouchButton(look, tools.guard, self)
        self.note = WhyPane(look, self, 2.8)
        self._second = ""
        self.exports = ExportButtons(tools, look, LIST_EXPORTS, scope, self)
        self.exports.why_changed.connect(self._show_note)
        for button, signal in (
            (self.newest, self.newest_asked),
            (self.fresh, self.newest_asked),
            (self.oldest, self.oldest_asked),
            (self.cancel, self.cancelled),
        ):
            button.set_letters(2.8)
            button.tapped.connect(signal)
        self.fresh.set_on(is_on=True)
        self.fresh.hide()
        self.cancel.hide()
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in (self.newest, self.oldest, self.fresh, self.cancel):
            button.set_look(look)
        self.note.set_look(look)
        self.exports.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.newest.set_caption(self.tr("Newest"))
        self.oldest.set_caption(self.tr("Oldest"))
        self.cancel.set_caption(self.tr("Cancel"), "ESC")
        self.exports.retranslate()
        self._show_note()
        self.show_new(self._new)

    def show_new(self, count: int) -> None:
        """So many parts of the filter have come since the list was read; none needs no button."""
        self._new = count
        words = self.tr("{count} new") if count < MOST_COUNTED else self.tr("{count} new and more")
        self.fresh.set_caption(words.format(count=count))
        self.fresh.setVisible(count > 0)

    def ask_second(self, words: str) -> None:
        """A second part is looked for: `words` say so, "" where none is."""
        self._second = words
        self.cancel.setVisible(bool(words))
        self._show_note()
        self._place()

    @Slot()
    def _show_note(self) -> None:
        self.note.say(self._second or self.exports.why_not)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, height, x = self._look.mm.px, self.height(), 0
        gap = px(_GAP_MM)
        for button, width_mm in ((self.newest, _END_MM), (self.oldest, _END_MM), (self.fresh, _NEW_MM)):
            button.setGeometry(x, 0, px(width_mm), height)
            x += px(width_mm) + gap
        right = self.width() - px(self.exports.room_mm()) if self.exports.buttons else self.width()
        self.exports.setGeometry(right, 0, self.width() - right, height)
        if not self.cancel.isHidden():
            self.cancel.setGeometry(right - px(_END_MM) - gap, 0, px(_END_MM), height)
            right -= px(_END_MM) + 2 * gap
        self.note.setGeometry(QRect(x, 0, max(1, right - x), height))

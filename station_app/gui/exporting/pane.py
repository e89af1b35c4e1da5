"""Below the history while a file is written, and afterwards what became of it. GUI thread."""

from pathlib import Path

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

PANE_MM = 12.0
_BUTTON_MM, _GAP_MM = 30.0, 1.5


class ExportPane(QWidget):
    """Seen only while there is something to say. `cancel_asked` ends the writing, `shown_or_hidden` says that the rest
    of the screen has more room or less."""

    cancel_asked = Signal()
    shown_or_hidden = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._rows: int | None = None
        self.words, self.button = WhyPane(look, self, 3.0), TouchButton(look, guard, self)
        self.button.set_letters(3.0)
        self.button.tapped.connect(self._on_tapped)
        self.hide()

    def set_look(self, look: Look) -> None:
        self.look = look
        self.words.set_look(look)
        self.button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        """What became of a file stays in the language in which it was said."""
        if self._rows is not None:
            self.show_progress(self._rows)
        elif not self.isHidden():
            self.button.set_caption(self.tr("Close"))

    @Slot(int)
    def show_progress(self, rows: int) -> None:
        """So many parts are written; it goes on."""
        self._rows = rows
        self._say(self.tr("Writing … {count} parts so far").format(count=rows), self.tr("Cancel"))

    def show_done(self, path: Path, rows: int) -> None:
        self._rows = None
        self._say(self.tr("Exported, {count} parts: {path}").format(count=rows, path=path), self.tr("Close"))

    def show_failure(self, words: str) -> None:
        """There is no file, and why."""
        self._rows = None
        self._say(self.tr("Not exported. {why}").format(why=words), self.tr("Close"), is_warning=True)

    def show_nothing(self) -> None:
        """Somebody cancelled it, or has read what became of it."""
        self._rows = None
        self.hide()
        self.shown_or_hidden.emit()

    def _say(self, words: str, caption: str, *, is_warning: bool = False) -> None:
        self.words.say(words, is_warning=is_warning)
        self.button.set_caption(caption)
        if self.isHidden():
            self.show()
            self.shown_or_hidden.emit()

    @Slot()
    def _on_tapped(self) -> None:
        if self._rows is None:
            self.show_nothing()
        else:
            self.cancel_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self.look.mm.px
        width, gap = px(_BUTTON_MM), px(_GAP_MM)
        self.words.setGeometry(QRect(0, 0, max(1, self.width() - width - gap), self.height()))
        self.button.setGeometry(self.width() - width, 0, width, self.height())

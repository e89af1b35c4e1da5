"""The left rail: one button for each screen, the one that is open marked, and the line's alert on the way back to it.

GUI thread.
"""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.core.people_messages import SessionChanged
from station_app.gui.alert_button import AlertButton
from station_app.gui.look import Look
from station_app.gui.rights import why_barred
from station_app.gui.screens import ENTRIES, ScreenName, entry_caption
from station_app.gui.touch_button import TapGuard

RAIL_MM = 24.0
_BUTTON_MM = 22.0


class Rail(QWidget):
    """`chosen` carries the screen that was tapped."""

    chosen = Signal(object)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.buttons = {entry.name: AlertButton(look, guard, self) for entry in ENTRIES}
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.set_letters(3.6)
            button.tapped.connect(self._on_tapped)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons.values():
            button.set_look(look)
        self._place()
        self.update()

    def retranslate(self) -> None:
        for entry in ENTRIES:
            hint = "HOME" if entry.name is ScreenName.RUN else ""
            self.buttons[entry.name].set_caption(entry_caption(entry), hint)

    def show_here(self, here: ScreenName) -> None:
        """Which screen is open."""
        for name, button in self.buttons.items():
            button.set_on(is_on=name is here)

    def show_rights(self, session: SessionChanged) -> None:
        """What may not be opened is grey; a tap says why."""
        for name, button in self.buttons.items():
            button.set_barred(is_barred=bool(why_barred(name, session)))

    def set_alert(self, kind: VerdictKind | None) -> None:
        """What waits at the line."""
        self.buttons[ScreenName.RUN].set_kind(kind)

    @Slot()
    def _on_tapped(self) -> None:
        self.chosen.emit(ScreenName(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """From the top; where the room is short all are made lower alike."""
        px = self._look.mm.px
        gap, edge, count = px(1.5), px(1), len(self.buttons)
        height = min(px(_BUTTON_MM), (self.height() - 2 * edge - gap * (count - 1)) // count)
        for number, button in enumerate(self.buttons.values()):
            button.setGeometry(QRect(edge, edge + number * (height + gap), self.width() - 2 * edge, height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.theme.background))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), QColor(self._look.theme.line))
        painter.end()

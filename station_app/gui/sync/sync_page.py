"""How the records leave the station: what waits, since when, what is wrong and what helps. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.people import Act
from station_app.core.sync_messages import SyncState
from station_app.gui.look import Look
from station_app.gui.loop_state import is_sync_abnormal
from station_app.gui.page import Page
from station_app.gui.recipes.row_table import RowTable
from station_app.gui.rights import why_not
from station_app.gui.screen_state import ScreenState
from station_app.gui.sentences import sentence
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.sync.sync_rows import sync_rows
from station_app.gui.sync.sync_words import state_words
from station_app.gui.touch_button import TapGuard, TouchButton

_HEAD_MM, _ROW_MM, _GAP_MM, _WIDTH_MM, _BUTTON_MM, _TABLE_MM = 12.0, 12.0, 2.0, 170.0, 44.0, 84.0
_COLUMNS = (0.42, 0.58)
NEEDED = Act.EXPORT
"""As the engine holds it."""


class SyncPage(Page):
    """`asked` is to try now."""

    asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ScreenState()
        self._barred = ""
        self.head, self.why, self.note = WhyPane(look, self, 3.6), WhyPane(look, self, 3.0), WhyPane(look, self, 2.8)
        self.table, self.now = RowTable(look, _COLUMNS, self), TouchButton(look, guard, self)
        self.now.set_letters(3.2)
        self.now.tapped.connect(self._on_now)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in (self.head, self.why, self.note, self.table, self.now):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.show_state(self._state)

    def show_state(self, state: ScreenState) -> None:
        if state.session != self._state.session:
            self._barred = ""
        self._state = state
        sync, is_off = state.loop.sync, state.loop.sync.state is SyncState.OFF
        self.head.say(self._head(), is_warning=is_sync_abnormal(sync, state.alarms))
        wrong = "  →  ".join(map(sentence, filter(None, (sync.what, sync.remedy))))
        self.why.say(wrong, is_warning=sync.state is SyncState.REFUSED)
        self.table.show_rows((self.tr("What"), self.tr("Now")), () if is_off else sync_rows(sync, state.clock_ms))
        self.table.setVisible(not is_off)
        self.now.set_caption(self.tr("Try now"))
        self.now.setVisible(not is_off)
        self.now.setEnabled(state.is_connected)
        self.now.set_barred(is_barred=bool(why_not(NEEDED, state.session)))
        self.note.say(sentence(self._barred) if self._barred else "", is_warning=True)

    def _head(self) -> str:
        if not self._state.is_connected:
            return self.tr("The station does not answer")
        return state_words(self._state.loop.sync.state)

    @Slot()
    def _on_now(self) -> None:
        self._barred = why_not(NEEDED, self._state.session)
        self.show_state(self._state)
        if not self._barred:
            self.asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap, row = self._look.mm.px, self._look.mm.px(_GAP_MM), self._look.mm.px(_ROW_MM)
        width, head = min(self.width(), px(_WIDTH_MM)), px(_HEAD_MM)
        self.head.setGeometry(0, 0, width, head)
        self.why.setGeometry(0, head + gap, width, head)
        top = 2 * (head + gap)
        table = max(1, min(px(_TABLE_MM), self.height() - top - row - gap))
        self.table.setGeometry(0, top, width, table)
        y = top + table + gap
        self.now.setGeometry(0, y, px(_BUTTON_MM), row)
        left = px(_BUTTON_MM) + gap
        self.note.setGeometry(left, y, max(1, width - left), row)

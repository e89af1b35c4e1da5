"""The reference of a camera: which it is, saving another, what the last check found, and accepting it. GUI thread."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.setup_messages import AcceptSetup, FingerprintChecked, SaveReference
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup import accept_pane
from station_app.gui.setup.accept_pane import AcceptPane
from station_app.gui.setup.confirm_bar import ConfirmBar
from station_app.gui.setup.difference_table import DifferenceTable
from station_app.gui.setup.locks import why_locked
from station_app.gui.setup.saved_pane import SavedPane, day_and_time
from station_app.gui.setup.setting_texts import refusal_text
from station_app.gui.setup.setup_state import SetupState
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard

_SAVED_MM, _SAVE_MM, _NOTE_MM, _HEAD_MM, _GAP_MM = 28.0, 14.0, 7.0, 8.0, 1.5


class ReferencePage(Page):
    """`save_asked` is confirmed already where a reference would be replaced; `accepted` carries the reason."""

    save_asked = Signal()
    accepted = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.saved, self.save = SavedPane(look, self), ConfirmBar(look, guard, self)
        self.note, self.head = WhyPane(look, self), WhyPane(look, self)
        self.table, self.accept = DifferenceTable(look, self), AcceptPane(look, guard, self)
        self.save.confirmed.connect(self.save_asked)
        self.accept.accepted.connect(self.accepted)
        self._state = (ScreenState(), SetupState())
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in (self.saved, self.save, self.note, self.head, self.table, self.accept):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for piece in (self.saved, self.table, self.accept):
            piece.retranslate()
        self.show_state(*self._state)

    def set_picture(self, picture: QImage | None) -> None:
        self.saved.set_picture(picture)

    def show_state(self, station: ScreenState, setup: SetupState) -> None:
        if setup.chosen != self._state[1].chosen:
            self.save.drop()
        self._state = (station, setup)
        locked, reference = why_locked(station, setup), setup.reference(setup.chosen)
        self.saved.show_saved(setup.references.get(setup.chosen), has_reference=bool(reference))
        question = self.tr("Replace the reference? Later pictures are compared with the new one") if reference else ""
        self.save.set_words(self.tr("Save as reference"), question, self.tr("Replace"), self.tr("Keep"))
        self.save.set_possible(is_possible=not locked)
        self._show_note(locked)
        self._show_check(setup.checks.get(setup.chosen))
        is_open = bool(setup.failed_checks)
        self.accept.setVisible(is_open)
        self.accept.set_possible(is_possible=is_open and station.is_connected)
        if not is_open:
            self.accept.clear()
        self._place()

    def _show_note(self, locked: str) -> None:
        refusals = self._state[1].refusals
        refusal = refusals.get(SaveReference.__name__) or refusals.get(AcceptSetup.__name__)
        if refusal is not None:
            self.note.say(refusal_text(refusal), is_warning=True)
        else:
            self.note.say(locked)

    def _show_check(self, check: FingerprintChecked | None) -> None:
        if check is None:
            self.head.say(self.tr("The set-up was not checked yet: that is done when a shift starts"))
            self.table.show_differences((), "")
            return
        when = day_and_time(check.checked_at_ms)
        if check.is_within:
            self.head.say(self.tr("Checked {time}: the set-up is as its reference").format(time=when))
        else:
            others = [failed.camera_id for failed in self._state[1].failed_checks]
            words = self.tr("Checked {time}: the set-up differs ({cameras})")
            self.head.say(words.format(time=when, cameras=", ".join(others)), is_warning=True)
        self.table.show_differences(check.differences, self.tr("Nothing was compared"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width = self._look.mm.px, self.width()
        gap, y = px(_GAP_MM), 0
        self.note.setVisible(bool(self.note.words))
        pieces = [(self.saved, _SAVED_MM), (self.save, _SAVE_MM)]
        pieces += [(self.note, _NOTE_MM)] if self.note.words else []
        for piece, mm in (*pieces, (self.head, _HEAD_MM)):
            piece.setGeometry(0, y, width, px(mm))
            y += px(mm) + gap
        is_open = bool(self._state[1].failed_checks)
        bottom = self.height() - (px(accept_pane.HEIGHT_MM) + gap if is_open else 0)
        self.table.setVisible(self._state[1].chosen in self._state[1].checks)
        self.table.setGeometry(0, y, width, max(1, bottom - y))
        self.accept.setGeometry(0, bottom + gap, width, px(accept_pane.HEIGHT_MM))

"""What everybody may change of their own: PIN and password. It decides nothing. GUI thread."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.people import Person, SecretKind
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.pane import Pane
from station_app.gui.people.form_pane import FormPane
from station_app.gui.people.forms import KINDS, OWN, Form, may_change_own, own_proof
from station_app.gui.people.people_state import PeopleState
from station_app.gui.people.people_texts import account_cells, form_name, said_words
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_WIDTH_MM, _WHO_MM, _BUTTON_MM, _NOTE_MM, _GAP_MM = 130.0, 16.0, 12.0, 10.0, 2.0


class WhoPane(Pane):
    """Whose page it is, and which secrets are set."""

    lines: tuple[str, str] = ("", "")

    def show_lines(self, who: str, secrets: str) -> None:
        self.lines = (who, secrets)
        self.setAccessibleName(". ".join(self.lines))
        self._is_news(self.lines)

    def _paint(self, painter: QPainter) -> None:
        half = self.height() // 2
        who, secrets = QRect(0, 0, self.width(), half), QRect(0, half, self.width(), half)
        self._write(painter, who, self.lines[0], self._look.style(4.2, 2.4, is_bold=True))
        self._write(painter, secrets, self.lines[1], self._look.style(3.0, 2.0), self._look.theme.muted)


class OwnTab(Page):
    """The same signals as of the accounts, but for the choice: it is one's own."""

    form_asked = Signal(object)
    sent = Signal(object, bool)
    cancelled = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._me: Person | None = None
        self._state = PeopleState()
        self._opened: tuple[Form, str] | None = None
        self.who, self.note, self.form = WhoPane(look, self), WhyPane(look, self), FormPane(look, guard, self)
        self.buttons = {form: TouchButton(look, guard, self) for form in OWN}
        for form, button in self.buttons.items():
            button.setObjectName(form)
            button.set_letters(3.4)
            button.tapped.connect(self._on_tapped)
        self.form.sent.connect(self.sent)
        self.form.cancelled.connect(self.cancelled)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for pane in (self.who, self.note, self.form):
            pane.set_look(look)
        for button in self.buttons.values():
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for form, button in self.buttons.items():
            button.set_caption(form_name(form))
        self.form.retranslate()
        self.show_me(self._me, self._state)

    def show_me(self, me: Person | None, state: PeopleState) -> None:
        """`me` is the account of who is signed in."""
        self._me, self._state = me, state
        if me is not None:
            _, full_name, role, _, secrets = account_cells(me)
            self.who.show_lines(f"{full_name}, {role}", self.tr("Set: {secrets}").format(secrets=secrets))
        else:
            self.who.show_lines(self.tr("Nobody is signed in"), "")
        self._show_form(me)
        for form, button in self.buttons.items():
            button.setVisible(state.own_form is None)
            button.setEnabled(me is not None and may_change_own(form, me))
        said = state.said
        self.note.setVisible(state.own_form is None)
        if said is not None:
            self.note.say(said_words(said), is_warning=said.is_refusal)
        elif me is not None and not may_change_own(Form.OWN_PASSWORD, me):
            self.note.say(self.tr("A first password, or PIN, is given by an administrator"))
        else:
            self.note.say("")

    def _show_form(self, me: Person | None) -> None:
        form = self._state.own_form if me is not None else None
        self.form.setVisible(form is not None)
        if form is None or me is None:
            self.form.wipe()
            self._opened = None
            return
        if (form, me.name) != self._opened:
            self._opened = (form, me.name)
            # A password is not taken away by its owner: without one the rights of the role are gone, or everything.
            can_take_away = form is Form.OWN_PIN and own_proof(me) is SecretKind.PASSWORD and KINDS[form] in me.secrets
            by = own_proof(me)
            self.form.open_form(form, {}, me.full_name, can_take_away=can_take_away, signed_by=by)
            self.form.begin_typing()
        self.form.show_progress(self._state.said, is_pending=bool(self._state.pending))

    @Slot()
    def _on_tapped(self) -> None:
        self.form_asked.emit(Form(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        width, gap = min(px(_WIDTH_MM), self.width()), px(_GAP_MM)
        self.who.setGeometry(0, 0, width, px(_WHO_MM))
        top = px(_WHO_MM) + gap
        for number, button in enumerate(self.buttons.values()):
            button.setGeometry(0, top + number * (px(_BUTTON_MM) + gap), width, px(_BUTTON_MM))
        self.note.setGeometry(0, top + len(self.buttons) * (px(_BUTTON_MM) + gap), width, px(_NOTE_MM))
        self.form.setGeometry(0, top, width, max(1, self.height() - top))

"""The accounts: all of them in a list, and what can be changed of the chosen one. It decides nothing. GUI thread."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.people import Person
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.people.form_pane import FormPane
from station_app.gui.people.forms import KINDS, Form, beginning
from station_app.gui.people.people_state import PeopleState
from station_app.gui.people.people_texts import account_cells, form_name, said_words
from station_app.gui.people.row_table import RowTable
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_LIST_SHARE = 0.58
_BUTTON_MM, _NOTE_MM, _GAP_MM = 12.0, 10.0, 2.0
_SHARES = (18, 26, 18, 12, 26)
_FORMS = (Form.ADD, Form.CHANGE, Form.BADGE, Form.PIN, Form.PASSWORD)


class AccountsTab(Page):
    """`chosen` carries an account's name, `form_asked` a form, `sent` the values of the open one and whether its secret
    is to be taken away, `cancelled` that it is closed."""

    chosen = Signal(str)
    form_asked = Signal(object)
    sent = Signal(object, bool)
    cancelled = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._people: tuple[Person, ...] = ()
        self._state = PeopleState()
        self._opened: tuple[Form, str] | None = None
        self.table, self.form = RowTable(look, _SHARES, self), FormPane(look, guard, self)
        self.note = WhyPane(look, self)
        self.buttons = {form: TouchButton(look, guard, self) for form in _FORMS}
        for form, button in self.buttons.items():
            button.setObjectName(form)
            button.set_letters(3.4)
            button.tapped.connect(self._on_tapped)
        self.table.chosen.connect(self._on_chosen)
        self.form.sent.connect(self.sent)
        self.form.cancelled.connect(self.cancelled)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.table.set_look(look)
        for pane in (self.form, self.note):
            pane.set_look(look)
        for button in self.buttons.values():
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for form, button in self.buttons.items():
            button.set_caption(form_name(form))
        self.form.retranslate()
        self.show_people(self._people, self._state)

    def show_people(self, people: tuple[Person, ...], state: PeopleState) -> None:
        """Bring list, buttons and form up to what is known."""
        self._people, self._state = people, state
        names = [person.name for person in people]
        number = names.index(state.chosen) if state.chosen in names else -1
        heads = (self.tr("Name"), self.tr("Full name"), self.tr("Role"), self.tr("State"), self.tr("Secrets"))
        self.table.show_rows(heads, tuple(account_cells(person) for person in people), number)
        self._show_form(people[number] if number >= 0 else None)
        for form, button in self.buttons.items():
            button.setVisible(state.form is None)
            button.setEnabled(form is Form.ADD or number >= 0)
        self.note.setVisible(state.form is None)
        said = state.said
        if said is not None:
            self.note.say(said_words(said), is_warning=said.is_refusal)
        else:
            self.note.say("" if number >= 0 else self.tr("Choose an account to change it"))

    def _show_form(self, person: Person | None) -> None:
        state = self._state
        self.form.setVisible(state.form is not None)
        if state.form is None:
            self.form.wipe()
            self._opened = None
            return
        about = person if state.form is not Form.ADD else None
        opened = (state.form, about.name if about is not None else "")
        if opened != self._opened:
            self._opened = opened
            has_secret = about is not None and KINDS.get(state.form) in about.secrets
            name = about.full_name if about is not None else ""
            self.form.open_form(state.form, beginning(state.form, about), name, can_take_away=has_secret)
            self.form.begin_typing()
        self.form.show_progress(state.said, is_pending=bool(state.pending))

    @Slot(int)
    def _on_chosen(self, number: int) -> None:
        self.chosen.emit(self._people[number].name)

    @Slot()
    def _on_tapped(self) -> None:
        self.form_asked.emit(Form(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        gap, height = px(_GAP_MM), px(_BUTTON_MM)
        listed = round(self.width() * _LIST_SHARE)
        side = QRect(listed + 2 * gap, 0, self.width() - listed - 2 * gap, self.height())
        self.table.setGeometry(0, 0, listed, self.height())
        self.form.setGeometry(side)
        for number, button in enumerate(self.buttons.values()):
            button.setGeometry(side.x(), number * (height + gap), side.width(), height)
        self.note.setGeometry(side.x(), len(self.buttons) * (height + gap), side.width(), px(_NOTE_MM))

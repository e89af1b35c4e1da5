"""Joins the engine's events, the records and the screen of people. Holds the state; owns no widget's inside.

GUI thread.
"""

from functools import partial

from PySide6.QtCore import QObject, Qt, Slot

from station_app.core.audit_view import AuditFilter
from station_app.core.errors import StationError
from station_app.core.people import Person
from station_app.core.people_messages import SessionChanged
from station_app.gui.bridge import Batch, Lost
from station_app.gui.desk import Desk
from station_app.gui.link import PartArchive
from station_app.gui.orders import Orders
from station_app.gui.people import audit_state, people_state
from station_app.gui.people.audit_state import PAGE, AuditBook, AuditPage
from station_app.gui.people.form_pane import FormPane
from station_app.gui.people.forms import OWN, Form, Subject, Values, to_command, trouble
from station_app.gui.people.people_screen import PeopleScreen, shown_tab
from station_app.gui.people.people_state import PeopleState, Tab
from station_app.gui.reading import Reader
from station_app.gui.screen_state import ScreenState
from station_app.gui.sentences import sentence
from station_app.store.audit_heads import newest_head
from station_app.store.audit_view import audit_page, audit_words

_ROWS, _WORDS = "audit rows", "audit words"


class PeopleDesk(QObject):
    """One person at the screen of people. The records are read while its audit page is seen, and only then."""

    def __init__(self, screen: PeopleScreen, desk: Desk, orders: Orders, reader: Reader) -> None:
        super().__init__(screen)
        self._screen, self._desk, self._orders, self._reader = screen, desk, orders, reader
        self._state, self._book = PeopleState(), AuditBook()
        self._is_open = False
        desk.batch_taken.connect(self._on_batch_taken)
        desk.rendered.connect(self._on_rendered)
        reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        self._connect_screen(screen)

    def _connect_screen(self, screen: PeopleScreen) -> None:
        screen.opened.connect(self._on_opened)
        screen.tab_asked.connect(self.open_tab)
        screen.first.sent.connect(self._on_first_sent)
        screen.accounts.chosen.connect(self.choose)
        screen.accounts.form_asked.connect(self.fill)
        screen.accounts.sent.connect(self._on_account_sent)
        screen.accounts.cancelled.connect(self._on_account_cancelled)
        screen.own.form_asked.connect(self.fill)
        screen.own.sent.connect(self._on_own_sent)
        screen.own.cancelled.connect(self._on_own_cancelled)
        screen.audit.asked.connect(self.show_rows)
        screen.audit.chosen.connect(self._on_row_chosen)
        screen.audit.older_asked.connect(self._on_older)
        screen.audit.newer_asked.connect(self._on_newer)

    @property
    def state(self) -> PeopleState:
        return self._state

    @property
    def book(self) -> AuditBook:
        return self._book

    @Slot(object)
    def open_tab(self, tab: Tab) -> None:
        self._set(people_state.opening(self._state, tab))
        self._read_if_seen()

    @Slot(str)
    def choose(self, name: str) -> None:
        if name != self._state.chosen:
            self._set(people_state.choosing(self._state, name))

    @Slot(object)
    def fill(self, form: Form) -> None:
        self._set(people_state.filling(self._state, form))

    @Slot(object)
    def show_rows(self, where: AuditFilter) -> None:
        """The newest rows that this filter lets through."""
        self._turn(audit_state.filtered(self._book, where))

    @Slot(object, bool)
    def _on_first_sent(self, values: Values, is_taken_away: bool) -> None:
        self._send(Form.FIRST, values, self._screen.first.form, is_taken_away=is_taken_away)

    @Slot(object, bool)
    def _on_account_sent(self, values: Values, is_taken_away: bool) -> None:
        if self._state.form is not None:
            self._send(self._state.form, values, self._screen.accounts.form, is_taken_away=is_taken_away)

    @Slot(object, bool)
    def _on_own_sent(self, values: Values, is_taken_away: bool) -> None:
        if self._state.own_form is not None:
            self._send(self._state.own_form, values, self._screen.own.form, is_taken_away=is_taken_away)

    def _send(self, form: Form, values: Values, pane: FormPane, *, is_taken_away: bool) -> None:
        if self._state.pending:
            return
        station = self._desk.state
        asker = station.session.name
        name = asker if form in OWN else "" if form is Form.ADD else self._state.chosen
        person = _person(station, name)
        subject = Subject(person, asker, station.people)
        why = trouble(form, values, subject, is_taken_away=is_taken_away)
        if why:
            self._set(people_state.unsendable(self._state, why))
            return
        command = to_command(form, values, subject, is_taken_away=is_taken_away)
        if self._orders.send(command):
            pane.forget_signature()
            self._set(people_state.asking(self._state, command, form))

    @Slot()
    def _on_account_cancelled(self) -> None:
        self._set(people_state.closing(self._state, self._state.form))

    @Slot()
    def _on_own_cancelled(self) -> None:
        self._set(people_state.closing(self._state, self._state.own_form))

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        for news in batch.news:
            if isinstance(news, Lost):
                self._state = people_state.cut_off(self._state)
            else:
                self._state = people_state.people_after(self._state, news)
        if self._is_open:
            self._render()
            if any(isinstance(news, SessionChanged) for news in batch.news):
                self._read_if_seen()

    @Slot(object)
    def _on_rendered(self, state: ScreenState) -> None:
        if self._is_open:
            self._render()

    @Slot(bool)
    def _on_opened(self, is_open: bool) -> None:
        self._is_open = is_open
        if is_open:
            self._render()
            self._read_if_seen()

    def _set(self, state: PeopleState) -> None:
        self._state = state
        self._render()

    def _render(self) -> None:
        self._screen.show_state(self._desk.state, self._state)

    def _read_if_seen(self) -> None:
        session = self._desk.state.session
        if self._is_open and session.has_people and shown_tab(self._state, session) is Tab.AUDIT:
            self._reader.ask(_WORDS, _read_words)
            self._turn(self._book)

    def _turn(self, book: AuditBook) -> None:
        """Another page, or the same one anew."""
        self._book = book
        self._screen.show_book(book, self._desk.state)
        self._reader.ask(_ROWS, partial(_read_page, where=book.where, before=book.before[-1]))

    @Slot()
    def _on_older(self) -> None:
        self._turn(audit_state.older(self._book))

    @Slot()
    def _on_newer(self) -> None:
        self._turn(audit_state.newer(self._book))

    @Slot(int)
    def _on_row_chosen(self, number: int) -> None:
        self._book = audit_state.choosing(self._book, number)
        self._screen.show_book(self._book, self._desk.state)

    @Slot(str, object)
    def _on_answered(self, kind: str, answer: object) -> None:
        if kind == _WORDS and isinstance(answer, tuple):
            self._screen.audit.bar.offer(*answer)
        elif isinstance(answer, AuditPage):
            self._book = audit_state.with_page(self._book, answer)
            self._screen.show_book(self._book, self._desk.state)

    @Slot(str, object)
    def _on_refused(self, kind: str, error: StationError) -> None:
        if kind == _ROWS:
            self._screen.show_book(self._book, self._desk.state, sentence(str(error)))


def _person(station: ScreenState, name: str) -> Person | None:
    return next((person for person in station.people if person.name == name), None)


def _read_words(archive: PartArchive) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return archive.read(audit_words)


def _read_page(archive: PartArchive, where: AuditFilter, before: int | None) -> AuditPage:
    """One row more than is shown says whether there are older ones."""
    rows = archive.read(partial(audit_page, where=where, before=before, size=PAGE + 1))
    return AuditPage(rows, archive.read(newest_head))

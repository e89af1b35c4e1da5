"""An administrator, an engineer and an operator at the screen of people, on the fake engine."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from station_app.core.audit_view import AuditFilter, Change
from station_app.core.people import Role, SecretKind
from station_app.core.people_messages import AddPerson, ChangePerson, SetSecret, SetUpAdministrator
from station_app.gui.people.audit_state import PAGE
from station_app.gui.people.forms import CLOSED, Field, Form
from station_app.gui.people.people_desk import PeopleDesk
from station_app.gui.people.people_screen import PeopleScreen
from station_app.gui.people.people_state import Tab
from station_app.gui.screens import ScreenName
from station_app.store.archive import StationArchive
from station_app.store.audit import append
from station_app.store.connection import open_writer
from station_app.store.ledger import DATABASE
from station_app.store.schema import prepare_schema
from tests.gui.conftest import Bench
from tests.gui.fake_people import ADMIN_PASSWORD, ANNA_PIN, FakePeople

ROWS = 120


@dataclass(slots=True)
class PeopleBench:
    """The screen of people, opened by the menu and the rail as a person does."""

    bench: Bench
    people: FakePeople

    @property
    def screen(self) -> PeopleScreen:
        page = self.bench.station.workplace.pages[ScreenName.PEOPLE]
        assert isinstance(page, PeopleScreen)
        return page

    @property
    def desk(self) -> PeopleDesk:
        (desk,) = self.screen.findChildren(PeopleDesk)
        return desk

    def is_shown(self, page: QWidget) -> bool:
        return self.screen.page is page

    def open(self, name: str = "", role: Role = Role.OPERATOR) -> None:
        if name:
            self.people.enter(name, role)
            self.bench.tell()
        workplace = self.bench.station.workplace
        self.bench.tap(workplace.operator.top.menu)
        self.bench.tap(workplace.rail.buttons[ScreenName.PEOPLE])

    def type_in(self, values: dict[Field, str], form_owner: QWidget) -> None:
        form = form_owner.form  # type: ignore[attr-defined]
        for field, value in values.items():
            form.rows[field].set_value(value)

    def sent(self, kind: type) -> list[object]:
        return [command for command in self.bench.engine.commands if isinstance(command, kind)]

    def choose(self, row: int) -> None:
        table = self.screen.accounts.table
        table.clicked.emit(table.rows.index(row, 0, QModelIndex()))
        self.bench.tell()


@pytest.fixture
def made(bench: Bench) -> PeopleBench:
    people = FakePeople(bench.engine)
    bench.tell(*people.standing())
    return PeopleBench(bench, people)


@pytest.fixture
def without(bench: Bench) -> PeopleBench:
    people = FakePeople(bench.engine, people=(), secrets={})
    bench.tell(*people.standing())
    return PeopleBench(bench, people)


FIRST = {
    Field.NAME: "petra",
    Field.FULL_NAME: "Petra Vogel",
    Field.PASSWORD: "lamp gravel onion",
    Field.PASSWORD_AGAIN: "lamp gravel onion",
}


def test_the_first_start_sets_up_the_administrator(without: PeopleBench) -> None:
    without.open()
    screen = without.screen
    assert without.is_shown(screen.first) and not screen.accounts.isVisible()
    assert screen.first.form.rows[Field.NAME].line.hasFocus()
    without.bench.tap(screen.first.form.accept)
    assert screen.first.form.note.is_warning and without.sent(SetUpAdministrator) == []
    without.type_in(FIRST, screen.first)
    without.bench.tap(screen.first.form.accept)
    assert without.sent(SetUpAdministrator) == [SetUpAdministrator("petra", "Petra Vogel", "lamp gravel onion")]
    assert without.is_shown(screen.accounts)
    assert all(row.value == "" for field, row in screen.first.form.rows.items() if "password" in field)


def test_an_account_is_added(made: PeopleBench) -> None:
    made.open("admin", Role.ADMIN)
    screen = made.screen
    made.bench.tap(screen.accounts.buttons[Form.ADD])
    made.bench.station.window.on_scanned("OP:B-4711")  # whatever has the keyboard
    values = {
        Field.NAME: "li.na",
        Field.FULL_NAME: "李娜",
        Field.ROLE: "lead",
        Field.PIN: "4711",
        Field.PIN_AGAIN: "4711",
        Field.REASON: "new",
        Field.SIGNATURE: ADMIN_PASSWORD,
    }
    made.type_in(values, screen.accounts)
    made.bench.tap(screen.accounts.form.accept)
    (added,) = made.sent(AddPerson)
    assert isinstance(added, AddPerson) and (added.badge, added.pin, added.reason) == ("B-4711", "4711", "new")
    assert ADMIN_PASSWORD not in repr(added) and "4711" not in repr(added)
    assert not screen.accounts.form.isVisible() and screen.accounts.note.words == "Saved"
    assert screen.accounts.table.rows.cells[-1] == ("li.na", "李娜", "Line lead", "Active", "Badge, PIN")


def test_a_change_is_signed_each_time_and_a_refusal_keeps_what_was_typed(made: PeopleBench) -> None:
    made.open("admin", Role.ADMIN)
    screen = made.screen
    made.choose(1)
    made.bench.tap(screen.accounts.buttons[Form.CHANGE])
    form = screen.accounts.form
    assert form.rows[Field.FULL_NAME].value == "Anna Kovács"
    made.type_in({Field.STATE: CLOSED, Field.REASON: "left", Field.SIGNATURE: "wrong"}, screen.accounts)
    made.bench.tap(form.accept)
    assert form.note.is_warning and form.note.words == "The name or the secret is wrong: Try again"
    notice = made.bench.station.desk.state.notice
    assert notice is not None and notice.said_at_ms  # above it goes by itself
    assert form.rows[Field.REASON].value == "left" and form.rows[Field.SIGNATURE].value == ""
    made.type_in({Field.SIGNATURE: ADMIN_PASSWORD}, screen.accounts)
    made.bench.tap(form.accept)
    assert [type(c) for c in made.sent(ChangePerson)] == [ChangePerson, ChangePerson]
    assert screen.accounts.table.rows.cells[1][3] == "Closed"


def test_a_secret_is_taken_away(made: PeopleBench) -> None:
    made.open("admin", Role.ADMIN)
    screen = made.screen
    made.choose(1)
    made.bench.tap(screen.accounts.buttons[Form.BADGE])
    made.type_in({Field.REASON: "lost", Field.SIGNATURE: ADMIN_PASSWORD}, screen.accounts)
    made.bench.tap(screen.accounts.form.take_away)
    assert [(c.name, c.proof, c.secret) for c in made.sent(SetSecret) if isinstance(c, SetSecret)] == [
        ("anna", SecretKind.BADGE, "")
    ]
    assert screen.accounts.table.rows.cells[1][4] == "PIN"


def test_everybody_changes_their_own_pin(made: PeopleBench) -> None:
    made.open("anna")
    screen = made.screen
    assert made.is_shown(screen.own) and screen.buttons[Tab.ACCOUNTS].is_barred
    assert not screen.own.buttons[Form.OWN_PASSWORD].isEnabled()
    made.bench.tap(screen.own.buttons[Form.OWN_PIN])
    made.type_in({Field.PIN: "8251", Field.PIN_AGAIN: "8251", Field.SIGNATURE: ANNA_PIN}, screen.own)
    made.bench.tap(screen.own.form.accept)
    assert made.people.secrets[("anna", SecretKind.PIN)] == "8251"
    assert screen.own.note.words == "Saved"


def test_enter_leads_through_the_fields_and_sends(made: PeopleBench) -> None:
    made.open("anna")
    form = made.screen.own.form
    made.bench.tap(made.screen.own.buttons[Form.OWN_PIN])
    made.type_in({Field.PIN: "8251", Field.PIN_AGAIN: "8251", Field.SIGNATURE: ANNA_PIN}, made.screen.own)
    for field in (Field.PIN, Field.PIN_AGAIN, Field.SIGNATURE):
        assert made.sent(SetSecret) == [] and form.rows[field].line.hasFocus()
        QTest.keyClick(form.rows[field].line, Qt.Key.Key_Return)
        made.bench.qtbot.waitUntil(lambda: not made.bench.station.scanner.is_holding)
    made.bench.settle()
    assert len(made.sent(SetSecret)) == 1


def test_what_was_begun_is_kept_when_rights_drop_but_no_secret(made: PeopleBench) -> None:
    made.open("admin", Role.ADMIN)
    screen = made.screen
    made.bench.tap(screen.accounts.buttons[Form.ADD])
    made.type_in({Field.FULL_NAME: "李娜", Field.PIN: "4711", Field.SIGNATURE: ADMIN_PASSWORD}, screen.accounts)
    made.people.drop_rights()
    made.bench.tell()
    assert made.is_shown(screen.own) and screen.why.is_warning
    made.people.enter("admin", Role.ADMIN)
    made.bench.tell()
    rows = screen.accounts.form.rows
    assert made.is_shown(screen.accounts)
    assert (rows[Field.FULL_NAME].value, rows[Field.PIN].value, rows[Field.SIGNATURE].value) == ("李娜", "", "")
    made.type_in({Field.SIGNATURE: ADMIN_PASSWORD}, screen.accounts)
    made.bench.station.ways.go_to_line()
    assert rows[Field.SIGNATURE].value == ""


def test_an_engine_that_goes_leaves_nothing_pending(made: PeopleBench) -> None:
    made.open("admin", Role.ADMIN)
    made.choose(1)
    made.bench.tap(made.screen.accounts.buttons[Form.CHANGE])
    made.bench.engine.on_people = lambda command: isinstance(command, ChangePerson)  # it takes it, and dies
    made.type_in({Field.REASON: "left", Field.SIGNATURE: ADMIN_PASSWORD}, made.screen.accounts)
    made.bench.tap(made.screen.accounts.form.accept)
    assert made.desk.state.pending and not made.screen.accounts.form.accept.isEnabled()
    made.bench.engine.die()
    made.bench.qtbot.waitUntil(lambda: not made.desk.state.pending)
    assert made.screen.accounts.form.note.is_warning


@pytest.fixture
def audited(made: PeopleBench, tmp_path: Path) -> Iterator[PeopleBench]:
    """A chain of changes on disk."""
    prepare_schema(tmp_path / DATABASE)
    with closing(open_writer(tmp_path / DATABASE)) as connection:
        for number in range(1, ROWS + 1):
            who = "anna" if number % 2 else "wang"
            append(connection, who, "override", f"part {number}", "", Change("dent", "scratch", "seen again"))
    made.bench.archive.records = StationArchive(tmp_path)
    yield made


def _numbers(made: PeopleBench) -> list[int]:
    return [row.number for row in made.desk.book.rows or ()]


def _wait_for(made: PeopleBench, first: int) -> None:
    made.bench.qtbot.waitUntil(lambda: _numbers(made)[:1] == [first])


def test_the_audit_chain_is_paged_both_ways_and_filtered(audited: PeopleBench) -> None:
    audited.open("erik", Role.ENGINEER)
    screen = audited.screen
    audited.bench.tap(screen.buttons[Tab.AUDIT])
    _wait_for(audited, ROWS)
    assert len(_numbers(audited)) == PAGE and not screen.audit.newer.isEnabled()
    audited.bench.tap(screen.audit.older)
    _wait_for(audited, ROWS - PAGE)
    audited.bench.tap(screen.audit.older)
    _wait_for(audited, ROWS - 2 * PAGE)
    assert not screen.audit.older.isEnabled() and _numbers(audited)[-1] == 1
    audited.bench.tap(screen.audit.newer)
    _wait_for(audited, ROWS - PAGE)
    screen.audit.bar.who.setCurrentIndex(1)
    screen.audit.bar.subject.setText("part 11")
    audited.bench.tap(screen.audit.bar.apply)
    _wait_for(audited, 119)
    assert audited.desk.book.where == AuditFilter("anna", "", "part 11")
    assert _numbers(audited) == [119, 117, 115, 113, 111, 11]
    audited.bench.tap(screen.audit.bar.clear)
    _wait_for(audited, ROWS)


def test_a_row_is_shown_in_full_with_its_difference(audited: PeopleBench) -> None:
    audited.open("erik", Role.ENGINEER)
    audit = audited.screen.audit
    audited.bench.tap(audited.screen.buttons[Tab.AUDIT])
    _wait_for(audited, ROWS)
    audit.table.clicked.emit(audit.table.rows.index(1, 0, QModelIndex()))
    assert ("Who", "anna") in audit.detail.facts() and ("Why", "seen again") in audit.detail.facts()
    assert (audit.detail.before.toPlainText(), audit.detail.after.toPlainText()) == ("dent", "scratch")
    assert "underline" in audit.detail.after.toHtml()
    assert audit.chain.words == "The station has not signed the chain yet"


def test_a_day_that_is_none_is_said_and_nothing_is_asked(audited: PeopleBench) -> None:
    audited.open("erik", Role.ENGINEER)
    audit = audited.screen.audit
    audited.bench.tap(audited.screen.buttons[Tab.AUDIT])
    _wait_for(audited, ROWS)
    audit.bar.first.setText("31.01.2026")
    audit.bar.apply.tapped.emit()
    assert audit.note.is_warning and audited.desk.book.where == AuditFilter()


def test_records_that_cannot_be_read_are_said(made: PeopleBench) -> None:
    made.open("erik", Role.ENGINEER)
    made.bench.tap(made.screen.buttons[Tab.AUDIT])
    note = made.screen.audit.note
    made.bench.qtbot.waitUntil(lambda: note.is_warning)
    assert "There are no records" in note.words


def test_nothing_is_read_for_who_may_not_see_it(audited: PeopleBench) -> None:
    audited.open("anna")
    audited.bench.tap(audited.screen.buttons[Tab.AUDIT])
    assert audited.is_shown(audited.screen.own) and audited.desk.book.rows is None
    assert audited.screen.why.words == "Your role may not do this"


def test_words_follow_the_language(made: PeopleBench) -> None:
    made.open("admin", Role.ADMIN)
    made.bench.tap(made.bench.station.screen.top.language)
    assert made.screen.buttons[Tab.AUDIT].caption == "审计"
    assert made.screen.accounts.table.rows.heads[2] == "角色"
    made.bench.tap(made.bench.station.screen.top.language)

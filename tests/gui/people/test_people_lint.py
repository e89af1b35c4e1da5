"""Rules that every state of the screen of people, and of signing in, keeps in every language and on both screens."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from station_app.core.messages import AlarmRaised, Priority
from station_app.core.people import Person, Role, SecretKind
from station_app.core.people_messages import PeopleListed, SessionChanged, SignInRefused
from station_app.gui.account_questions import who_question
from station_app.gui.language import CHINESE, ENGLISH, STRETCHED, Language
from station_app.gui.operator_screen import OperatorScreen
from station_app.gui.pane import Pane
from station_app.gui.people.audit_state import AuditBook
from station_app.gui.people.forms import OWN, Form
from station_app.gui.people.people_state import PeopleState, Said, Tab
from station_app.gui.people.people_texts import strength_sentence
from station_app.gui.people.strength import Strength
from station_app.gui.proving import Proving
from station_app.gui.screen_state import ScreenState, after
from station_app.gui.sentences import OF_THE_ENGINE
from station_app.gui.snapshot import draw_screen
from station_app.gui.touch_button import TouchButton
from tests.gui.fake_engine import NOW_MS
from tests.gui.people.drawn import (
    ADMIN,
    ANNA,
    BIG,
    BOOK,
    ERIK,
    LOWERED,
    NO_ACCOUNTS,
    NOBODY_IN,
    SMALL,
    DrawnPeople,
    drawn_people,
    known,
    signing_in,
)

W = TypeVar("W", bound=QWidget)
SIZES = {"21.5 inch": BIG, "15.6 inch": SMALL}
BROKEN = AlarmRaised("audit", Priority.HIGH, "the audit chain is broken", "audit row 4711", "", NOW_MS)
PAGES: dict[str, Callable[[DrawnPeople], object]] = {
    "first": lambda made: made.show(known(NO_ACCOUNTS), PeopleState()),
    "accounts": lambda made: made.show(known(ADMIN), PeopleState(chosen="wang")),
    "audit": lambda made: made.show(known(ADMIN), PeopleState(tab=Tab.AUDIT), BOOK),
    "audit, empty": lambda made: made.show(known(ADMIN), PeopleState(tab=Tab.AUDIT), AuditBook(rows=())),
    "audit, broken": lambda made: made.show(after(known(ERIK), BROKEN), PeopleState(tab=Tab.AUDIT), BOOK),
    "rights have dropped": lambda made: made.show(known(LOWERED), PeopleState(tab=Tab.AUDIT)),
    "only a badge": lambda made: made.show(
        known(replace(ANNA, name="badge", full_name="Bo Nilsson")), PeopleState(tab=Tab.OWN)
    ),
    "nobody": lambda made: made.show(known(NOBODY_IN), PeopleState()),
}
REFUSED = SignInRefused("wang", "the name or the secret is wrong", "try again", 900.0)
SIGN_INS: dict[str, tuple[SessionChanged, Proving | None, SignInRefused | None]] = {
    "who": (LOWERED, None, None),
    "who, badge refused": (NOBODY_IN, None, replace(REFUSED, name="", what="this badge is not known")),
    "pin": (NOBODY_IN, Proving("wang", SecretKind.PIN), None),
    "locked": (ANNA, Proving("wang", SecretKind.PIN), REFUSED),
    "password": (ANNA, Proving("erik", SecretKind.PASSWORD), None),
    "only a badge": (ANNA, Proving("badge", None), None),
}


@pytest.fixture(params=[ENGLISH, CHINESE, STRETCHED])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    spoken = Language(qapp)
    spoken.switch(request.param)
    yield request.param
    spoken.switch(ENGLISH)


@pytest.fixture(params=list(SIZES))
def made(request: pytest.FixtureRequest, qapp: QApplication, language: str) -> Iterator[DrawnPeople]:
    made = drawn_people(*SIZES[request.param])
    yield made
    made.workplace.deleteLater()


@pytest.fixture(params=list(SIZES))
def operator(request: pytest.FixtureRequest, qapp: QApplication, language: str) -> Iterator[OperatorScreen]:
    size, px_per_mm = SIZES[request.param]
    screen = draw_screen(ScreenState(), None, size)
    screen.set_px_per_mm(px_per_mm)
    yield screen
    screen.deleteLater()


def _visible(root: QWidget, kind: type[W]) -> list[W]:
    return [widget for widget in root.findChildren(kind) if widget.isVisibleTo(root)]


def _assert_nothing_is_clipped(root: QWidget, name: object) -> None:
    clipped = [w for w in _visible(root, QWidget) if isinstance(w, (Pane, TouchButton)) and w.is_clipped]
    assert not clipped, (name, [(type(w).__name__, w.accessibleName()) for w in clipped])


def _show_form(made: DrawnPeople, form: Form, said: Said | None = None) -> None:
    if form is Form.FIRST:
        made.show(known(NO_ACCOUNTS), PeopleState(said=said))
    elif form in OWN:
        made.show(known(ERIK), PeopleState(tab=Tab.OWN, own_form=form, said=said))
    else:
        made.show(known(ADMIN), PeopleState(chosen="wang", form=form, said=said))


def test_no_text_is_cut_off(made: DrawnPeople) -> None:
    for name, show in PAGES.items():
        show(made)
        _assert_nothing_is_clipped(made.workplace, name)
    for form in Form:
        _show_form(made, form)
        _assert_nothing_is_clipped(made.workplace, form)


def test_every_sentence_fits_under_a_form(made: DrawnPeople) -> None:
    form = made.screen.accounts.form
    _show_form(made, Form.ADD)
    for words in (*OF_THE_ENGINE, *map(strength_sentence, Strength)):
        form.note.say(words, is_warning=True)
        form.note.grab()
        assert not form.note.is_clipped, words


def test_pieces_lie_apart_and_inside(made: DrawnPeople) -> None:
    for form in Form:
        _show_form(made, form)
        pane = made.screen.first.form if form is Form.FIRST else made.screen.accounts.form
        pane = made.screen.own.form if form in OWN else pane
        children = [child for child in pane.findChildren(QWidget) if child.parent() is pane and child.isVisibleTo(pane)]
        assert all(pane.rect().contains(child.geometry()) for child in children), form
        for one, other in itertools.combinations(children, 2):
            assert not one.geometry().intersects(other.geometry()), (form, one, other)


def test_targets_are_nine_millimetres_and_named(made: DrawnPeople) -> None:
    px_per_mm = made.workplace.operator.bar.height() / 22
    for form in Form:
        _show_form(made, form)
        for widget in (*_visible(made.screen, TouchButton), *_visible(made.screen, QLineEdit)):
            assert widget.height() >= 9 * px_per_mm - 1, (form, widget.accessibleName())
            assert widget.accessibleName(), form
        for button in (*_visible(made.screen, QAbstractButton), *_visible(made.screen, QComboBox)):
            assert button.focusPolicy() is Qt.FocusPolicy.NoFocus, (form, button.accessibleName())


def test_secrets_cannot_be_read(made: DrawnPeople) -> None:
    _show_form(made, Form.ADD)
    for row in made.screen.accounts.form.rows.values():
        row.set_value("X-secret-0")
    said = {text for line in _visible(made.screen, QLineEdit) for text in (line.displayText(), line.accessibleName())}
    shown = [text for text in said if "secret" in text]
    assert shown == ["X-secret-0"]  # name, full name and reason alone
    hidden = [row.line for row in made.screen.accounts.form.rows.values() if row.line.displayText() != row.line.text()]
    for line in hidden:
        assert "secret" not in QAccessible.queryAccessibleInterface(line).text(QAccessible.Text.Value)


def test_signing_in_fits(operator: OperatorScreen) -> None:
    for name, given in SIGN_INS.items():
        operator.show_view(*signing_in(*given))
        operator.grab()
        _assert_nothing_is_clipped(operator, name)


def test_the_pad_is_for_gloves(operator: OperatorScreen) -> None:
    px_per_mm = operator.bar.height() / 22
    for name, given in SIGN_INS.items():
        operator.show_view(*signing_in(*given))
        operator.grab()
        for tile in (*operator.question.tiles, operator.question.cancel):
            assert min(tile.width(), tile.height()) >= 20 * px_per_mm - 1, (name, tile.caption)


def test_a_page_of_names_fits(operator: OperatorScreen) -> None:
    many = tuple(Person(f"p{number}", f"Maximiliane Oberholzer {number}", Role.OPERATOR) for number in range(30))
    state, view = signing_in(ANNA)
    state = after(state, PeopleListed(many))
    view = replace(view, question=who_question(state, (), 0, is_answer=True))
    operator.show_view(state, view)
    operator.grab()
    _assert_nothing_is_clipped(operator, "many names")

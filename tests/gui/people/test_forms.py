"""What the fields of a form make, and what is wrong with them."""

import pytest

from station_app.core.people import Person, Role, SecretKind, Signature
from station_app.core.people_messages import AddPerson, ChangePerson, SetSecret, SetUpAdministrator
from station_app.gui import sentences
from station_app.gui.people.forms import (
    ACTIVE,
    CLOSED,
    FIELDS,
    HIDDEN,
    Field,
    Form,
    Subject,
    beginning,
    may_change_own,
    own_proof,
    to_command,
    trouble,
)
from tests.gui.fake_people import PEOPLE

ANNA = PEOPLE[1]
SUBJECT = Subject(ANNA, "admin", PEOPLE)
FIRST = {
    Field.NAME: " petra ",
    Field.FULL_NAME: "Petra Vogel",
    Field.PASSWORD: "a long enough one",
    Field.PASSWORD_AGAIN: "a long enough one",
}
ADD = {
    **FIRST,
    Field.NAME: "li.na",
    Field.ROLE: "lead",
    Field.PIN: "4711",
    Field.PIN_AGAIN: "4711",
    Field.BADGE: "B-0815",
    Field.REASON: "new",
    Field.SIGNATURE: "mine",
}


def test_a_full_form_makes_its_command() -> None:
    assert to_command(Form.FIRST, FIRST, Subject(None, "")) == SetUpAdministrator(
        "petra", "Petra Vogel", "a long enough one"
    )
    assert to_command(Form.ADD, ADD, SUBJECT) == AddPerson(
        Person("li.na", "Petra Vogel", Role.LEAD),
        "a long enough one",
        "4711",
        "B-0815",
        Signature("admin", "mine"),
        "new",
    )
    changed = {**beginning(Form.CHANGE, ANNA), Field.STATE: CLOSED, Field.REASON: "left", Field.SIGNATURE: "mine"}
    assert to_command(Form.CHANGE, changed, SUBJECT) == ChangePerson(
        Person("anna", "Anna Kovács", Role.OPERATOR, is_active=False), Signature("admin", "mine"), "left"
    )


def test_a_secret_is_set_taken_away_or_ones_own() -> None:
    values = {Field.PIN: "4711", Field.PIN_AGAIN: "4711", Field.REASON: "lost", Field.SIGNATURE: "mine"}
    assert to_command(Form.PIN, values, SUBJECT) == SetSecret(
        "anna", SecretKind.PIN, "4711", Signature("admin", "mine"), "lost"
    )
    taken = to_command(Form.PIN, {**values, Field.PIN: ""}, SUBJECT, is_taken_away=True)
    assert isinstance(taken, SetSecret) and taken.secret == ""
    own = to_command(Form.OWN_PIN, values, Subject(None, "anna"))
    assert isinstance(own, SetSecret) and (own.name, own.signature.name) == ("anna", "anna")


@pytest.mark.parametrize("form", Form)
def test_an_empty_form_cannot_be_sent(form: Form) -> None:
    assert trouble(form, beginning(form, ANNA), SUBJECT)


@pytest.mark.parametrize(
    ("form", "changes", "said"),
    [
        (Form.FIRST, {}, ""),
        (Form.FIRST, {Field.PASSWORD_AGAIN: "another one"}, sentences.PASSWORDS_DIFFER),
        (Form.FIRST, {Field.PASSWORD: "short", Field.PASSWORD_AGAIN: "short"}, "the password has not"),
        (Form.FIRST, {Field.FULL_NAME: " "}, sentences.NO_FULL_NAME),
        (Form.FIRST, {Field.NAME: ""}, "this is no name"),
        (Form.ADD, {}, ""),
        (Form.ADD, {Field.NAME: "ANNA"}, sentences.NAME_TAKEN),
        (Form.ADD, {Field.PIN: "47a1", Field.PIN_AGAIN: "47a1"}, "the PIN is not made of"),
        (Form.ADD, {Field.PIN_AGAIN: "4712"}, sentences.PINS_DIFFER),
        (Form.ADD, {Field.BADGE: "x"}, "the badge's text"),
        (Form.ADD, {Field.REASON: ""}, sentences.NO_REASON),
        (Form.ADD, {Field.SIGNATURE: ""}, sentences.NO_SIGNATURE),
        (
            Form.ADD,
            dict.fromkeys((Field.PIN, Field.PIN_AGAIN, Field.PASSWORD, Field.PASSWORD_AGAIN, Field.BADGE), ""),
            sentences.NO_SECRET,
        ),
    ],
)
def test_what_is_wrong_is_said(form: Form, changes: dict[Field, str], said: str) -> None:
    found = trouble(form, {**(FIRST if form is Form.FIRST else ADD), **changes}, SUBJECT)
    assert found.startswith(said) and bool(found) == bool(said)


def test_taking_a_secret_away_needs_none() -> None:
    signed = {Field.REASON: "lost", Field.SIGNATURE: "mine"}
    assert trouble(Form.BADGE, signed, SUBJECT, is_taken_away=True) == ""
    assert trouble(Form.BADGE, signed, SUBJECT)


def test_ones_own_secrets_are_changed_by_what_one_has() -> None:
    by_password, by_pin, by_badge = PEOPLE[2], PEOPLE[1], PEOPLE[4]
    assert [own_proof(person) for person in (by_password, by_pin, by_badge)] == [
        SecretKind.PASSWORD,
        SecretKind.PIN,
        None,
    ]
    allowed = [(may_change_own(Form.OWN_PIN, p), may_change_own(Form.OWN_PASSWORD, p)) for p in (by_password, by_pin)]
    assert allowed == [(True, True), (True, False)]
    assert not may_change_own(Form.OWN_PIN, by_badge)


def test_the_form_of_a_change_begins_with_what_holds() -> None:
    assert beginning(Form.CHANGE, ANNA) == {
        Field.FULL_NAME: "Anna Kovács",
        Field.ROLE: "operator",
        Field.STATE: ACTIVE,
    }


def test_no_field_that_can_be_read_holds_a_secret() -> None:
    assert {field for fields in FIELDS.values() for field in fields} - HIDDEN == {
        Field.NAME,
        Field.FULL_NAME,
        Field.ROLE,
        Field.STATE,
        Field.REASON,
    }

"""What can be asked of accounts, which fields it takes, and the command that the filled fields make. Pure; no Qt.

Secrets pass through here on their way to the engine and are kept nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from station_app.core.account_rules import check_name, check_secret, key_of
from station_app.core.errors import ConfigError
from station_app.core.people import Person, Role, SecretKind, Signature
from station_app.core.people_messages import AddPerson, ChangePerson, SetSecret, SetUpAdministrator
from station_app.gui import sentences


class Form(StrEnum):
    """One thing that is done to an account. The last two are for everybody's own."""

    FIRST = "first"
    ADD = "add"
    CHANGE = "change"
    BADGE = "badge"
    PIN = "pin"
    PASSWORD = "password"
    OWN_PIN = "own_pin"
    OWN_PASSWORD = "own_password"


class Field(StrEnum):
    """One line of a form. The `AGAIN`s are typed twice since nobody can read them; `SIGNATURE` is the password of who
    asks for the change."""

    NAME = "name"
    FULL_NAME = "full_name"
    ROLE = "role"
    STATE = "state"
    BADGE = "badge"
    PIN = "pin"
    PIN_AGAIN = "pin_again"
    PASSWORD = "password"
    PASSWORD_AGAIN = "password_again"
    REASON = "reason"
    SIGNATURE = "signature"


ACTIVE, CLOSED = "active", "closed"
"""The values of `STATE`."""

_PIN, _PASSWORD = (Field.PIN, Field.PIN_AGAIN), (Field.PASSWORD, Field.PASSWORD_AGAIN)
_SIGNED = (Field.REASON, Field.SIGNATURE)
FIELDS: dict[Form, tuple[Field, ...]] = {
    Form.FIRST: (Field.NAME, Field.FULL_NAME, *_PASSWORD),
    Form.ADD: (Field.NAME, Field.FULL_NAME, Field.ROLE, Field.BADGE, *_PIN, *_PASSWORD, *_SIGNED),
    Form.CHANGE: (Field.FULL_NAME, Field.ROLE, Field.STATE, *_SIGNED),
    Form.BADGE: (Field.BADGE, *_SIGNED),
    Form.PIN: (*_PIN, *_SIGNED),
    Form.PASSWORD: (*_PASSWORD, *_SIGNED),
    Form.OWN_PIN: (*_PIN, Field.SIGNATURE),
    Form.OWN_PASSWORD: (*_PASSWORD, Field.SIGNATURE),
}
OWN = (Form.OWN_PIN, Form.OWN_PASSWORD)
"""What everybody may do, to their own account."""
HIDDEN = frozenset({Field.BADGE, *_PIN, *_PASSWORD, Field.SIGNATURE})
"""Fields that nobody can read, and that are emptied when they are left."""
KINDS: dict[Form, SecretKind] = {
    Form.BADGE: SecretKind.BADGE,
    Form.PIN: SecretKind.PIN,
    Form.PASSWORD: SecretKind.PASSWORD,
    Form.OWN_PIN: SecretKind.PIN,
    Form.OWN_PASSWORD: SecretKind.PASSWORD,
}
_SECRET_FIELDS = {
    SecretKind.BADGE: Field.BADGE,
    SecretKind.PIN: Field.PIN,
    SecretKind.PASSWORD: Field.PASSWORD,
}
_TWICE = ((*_PIN, sentences.PINS_DIFFER), (*_PASSWORD, sentences.PASSWORDS_DIFFER))

Values = Mapping[Field, str]
AccountCommand = SetUpAdministrator | AddPerson | ChangePerson | SetSecret


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose account it is about, who asks, and all accounts there are."""

    person: Person | None
    asker: str
    people: tuple[Person, ...] = ()


def own_proof(person: Person) -> SecretKind | None:
    """By what this person proves a change of their own secrets: the password, or the PIN where they have none; None
    where an administrator must give the first one."""
    own = (SecretKind.PASSWORD, SecretKind.PIN)
    return next((kind for kind in own if kind in person.secrets), None)


def may_change_own(form: Form, person: Person) -> bool:
    """A first password is given by an administrator: a PIN is too short to prove that it may be one."""
    return own_proof(person) is not None and (form is Form.OWN_PIN or SecretKind.PASSWORD in person.secrets)


def beginning(form: Form, person: Person | None) -> dict[Field, str]:
    """What stands in the fields before anybody has typed."""
    if form is Form.CHANGE and person is not None:
        state = ACTIVE if person.is_active else CLOSED
        return {Field.FULL_NAME: person.full_name, Field.ROLE: person.role.value, Field.STATE: state}
    return {Field.ROLE: Role.OPERATOR.value} if form is Form.ADD else {}


def trouble(form: Form, values: Values, subject: Subject, *, is_taken_away: bool = False) -> str:
    """Why this cannot be sent, as an English sentence; "" where it can. The engine has the last word."""
    fields = FIELDS[form]
    given = {field: values.get(field, "") for field in fields}
    try:
        if form in (Form.FIRST, Form.ADD):
            _check_new_name(given[Field.NAME].strip(), subject.people)
        if not is_taken_away:
            _check_secrets(form, given)
    except ConfigError as error:
        return f"{error.what}: {error.remedy}"
    return _missing(fields, given)


def _check_new_name(name: str, people: tuple[Person, ...]) -> None:
    if key_of(name) in {key_of(person.name) for person in people}:
        raise ConfigError(sentences.NAME_TAKEN, remedy=sentences.OTHER_NAME)
    check_name(name, ())


def _check_secrets(form: Form, given: Mapping[Field, str]) -> None:
    """Each that is given may be one, and was typed alike twice; one at least is there."""
    asked = [(kind, field) for kind, field in _SECRET_FIELDS.items() if field in given]
    for kind, field in asked:
        if given[field] or form is not Form.ADD:
            check_secret(kind, given[field])
    for first, again, differ in _TWICE:
        if given.get(first, "") != given.get(again, ""):
            raise ConfigError(differ, remedy=sentences.TYPE_AGAIN)
    if asked and not any(given[field] for _, field in asked):
        raise ConfigError(sentences.NO_SECRET, remedy=sentences.GIVE_SECRET)


def _missing(fields: tuple[Field, ...], given: Mapping[Field, str]) -> str:
    for field, said in (
        (Field.FULL_NAME, sentences.NO_FULL_NAME),
        (Field.REASON, sentences.NO_REASON),
        (Field.SIGNATURE, sentences.NO_SIGNATURE),
    ):
        if field in fields and not given[field].strip():
            return said
    return ""


def to_command(form: Form, values: Values, subject: Subject, *, is_taken_away: bool = False) -> AccountCommand:
    """What is sent to the engine; only for values without `trouble`."""
    signature = Signature(subject.asker, values.get(Field.SIGNATURE, ""))
    reason = values.get(Field.REASON, "").strip()
    match form:
        case Form.FIRST:
            return SetUpAdministrator(_text(values, Field.NAME), _text(values, Field.FULL_NAME), values[Field.PASSWORD])
        case Form.ADD:
            person = Person(_text(values, Field.NAME), _text(values, Field.FULL_NAME), Role(values[Field.ROLE]))
            pin, badge = values[Field.PIN], values[Field.BADGE].strip()
            return AddPerson(person, values[Field.PASSWORD], pin, badge, signature, reason)
        case Form.CHANGE:
            changed = Person(
                name=_name(subject),
                full_name=_text(values, Field.FULL_NAME),
                role=Role(values[Field.ROLE]),
                is_active=values[Field.STATE] == ACTIVE,
            )
            return ChangePerson(changed, signature, reason)
        case _:
            kind = KINDS[form]
            secret = "" if is_taken_away else values[_SECRET_FIELDS[kind]]
            return SetSecret(_name(subject), kind, secret, signature, reason)


def _text(values: Values, field: Field) -> str:
    return values[field].strip()


def _name(subject: Subject) -> str:
    return subject.person.name if subject.person is not None else subject.asker

"""The words of the screen of people. GUI thread, for the translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.people import Person, Role, SecretKind
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.people.forms import ACTIVE, CLOSED, Field, Form
from station_app.gui.people.people_state import Said, Tab
from station_app.gui.people.strength import Strength
from station_app.gui.role_texts import role_name, secret_name
from station_app.gui.sentences import sentence

_TABS = {
    Tab.ACCOUNTS: QT_TRANSLATE_NOOP("People", "Accounts"),
    Tab.AUDIT: QT_TRANSLATE_NOOP("People", "Audit"),
    Tab.OWN: QT_TRANSLATE_NOOP("People", "My secrets"),
}
_FIELDS = {
    Field.NAME: QT_TRANSLATE_NOOP("People", "Name of the account"),
    Field.FULL_NAME: QT_TRANSLATE_NOOP("People", "Full name"),
    Field.ROLE: QT_TRANSLATE_NOOP("People", "Role"),
    Field.STATE: QT_TRANSLATE_NOOP("People", "State"),
    Field.BADGE: QT_TRANSLATE_NOOP("People", "Badge: scan it now"),
    Field.PIN: QT_TRANSLATE_NOOP("People", "PIN, 4 to 8 digits"),
    Field.PIN_AGAIN: QT_TRANSLATE_NOOP("People", "PIN again"),
    Field.PASSWORD: QT_TRANSLATE_NOOP("People", "Password, at least 10 letters"),
    Field.PASSWORD_AGAIN: QT_TRANSLATE_NOOP("People", "Password again"),
    Field.REASON: QT_TRANSLATE_NOOP("People", "Reason, kept for ever"),
}
_FORMS = {
    Form.FIRST: QT_TRANSLATE_NOOP("People", "Set up the administrator"),
    Form.ADD: QT_TRANSLATE_NOOP("People", "Add an account"),
    Form.CHANGE: QT_TRANSLATE_NOOP("People", "Change name, role or state"),
    Form.BADGE: QT_TRANSLATE_NOOP("People", "Badge"),
    Form.PIN: QT_TRANSLATE_NOOP("People", "PIN"),
    Form.PASSWORD: QT_TRANSLATE_NOOP("People", "Password"),
    Form.OWN_PIN: QT_TRANSLATE_NOOP("People", "Change my PIN"),
    Form.OWN_PASSWORD: QT_TRANSLATE_NOOP("People", "Change my password"),
}
_STRENGTHS = {
    Strength.NOTHING: "",
    Strength.SHORT: QT_TRANSLATE_NOOP("People", "Too short: at least 10 letters"),
    Strength.OF_THE_NAME: QT_TRANSLATE_NOOP("People", "Weak: it holds the name, which everybody knows"),
    Strength.OF_FEW_LETTERS: QT_TRANSLATE_NOOP("People", "Weak: too few different letters, or letters in a row"),
    Strength.USABLE: QT_TRANSLATE_NOOP("People", "Usable. Four words that do not belong together are better"),
    Strength.GOOD: QT_TRANSLATE_NOOP("People", "A good password"),
}
_STATES = {ACTIVE: QT_TRANSLATE_NOOP("People", "Active"), CLOSED: QT_TRANSLATE_NOOP("People", "Closed")}


def tab_name(tab: Tab) -> str:
    return QCoreApplication.translate("People", _TABS[tab])


def field_name(field: Field) -> str:
    return QCoreApplication.translate("People", _FIELDS[field])


def signature_name(by: SecretKind) -> str:
    """What is asked for where somebody signs."""
    if by is SecretKind.PIN:
        return QCoreApplication.translate("People", "Your PIN as it is now, to sign this")
    return QCoreApplication.translate("People", "Your own password, to sign this")


def form_name(form: Form) -> str:
    return QCoreApplication.translate("People", _FORMS[form])


def state_word(state: str) -> str:
    return QCoreApplication.translate("People", _STATES[state])


def strength_sentence(found: Strength) -> str:
    return QCoreApplication.translate("People", _STRENGTHS[found]) if found is not Strength.NOTHING else ""


def said_words(said: Said) -> str:
    """What came of it, and what to do."""
    what = joined_sentence(said.what)
    return f"{what}: {sentence(said.remedy)}" if said.remedy else what


def joined_sentence(text: str) -> str:
    """A sentence and its remedy, each translated, where both stand in one text."""
    return ": ".join(sentence(part) for part in text.split(": "))


def choices(field: Field) -> tuple[tuple[str, str], ...]:
    """Values and words of a field that is chosen; none of one that is typed."""
    if field is Field.ROLE:
        return tuple((role.value, role_name(role)) for role in Role)
    if field is Field.STATE:
        return tuple((state, state_word(state)) for state in _STATES)
    return ()


def account_cells(person: Person) -> tuple[str, ...]:
    """One row of the list of accounts."""
    secrets = ", ".join(secret_name(kind) for kind in person.secrets)
    none = QCoreApplication.translate("People", "none: cannot sign in")
    state = state_word(ACTIVE if person.is_active else CLOSED)
    return person.name, person.full_name, role_name(person.role), state, secrets or none

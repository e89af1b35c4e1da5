"""What the screen of people knows besides the accounts: what is open, what was asked, what came of it. Pure; no Qt."""

from dataclasses import dataclass, replace
from enum import StrEnum

from station_app.core.messages import CommandRefused, Event
from station_app.core.people import Act, Person
from station_app.core.people_messages import PeopleListed, SessionChanged
from station_app.gui import sentences
from station_app.gui.people.forms import OWN, AccountCommand, Form
from station_app.gui.rights import why_not


class Tab(StrEnum):
    """One page of the screen."""

    ACCOUNTS = "accounts"
    AUDIT = "audit"
    OWN = "own"


_NEEDED = {Tab.ACCOUNTS: Act.CHANGE_PEOPLE, Tab.AUDIT: Act.SEE_AUDIT}


@dataclass(frozen=True, slots=True)
class Said:
    """The outcome of the last thing that was asked: English sentences."""

    what: str
    remedy: str = ""
    is_refusal: bool = False


@dataclass(frozen=True, slots=True)
class PeopleState:
    """`chosen` is the name of an account in the list, `form` what is being filled in for it, `own_form` the same of
    one's own secrets; `pending` is the command that the engine has not answered yet, `asked` the form that made it.
    """

    tab: Tab = Tab.ACCOUNTS
    chosen: str = ""
    form: Form | None = None
    own_form: Form | None = None
    asked: Form | None = None
    pending: str = ""
    said: Said | None = None


def why_tab_barred(tab: Tab, session: SessionChanged) -> str:
    """Why this page cannot be seen: one of `sentences`, "" where it can. One's own page needs only somebody."""
    if tab in _NEEDED:
        return why_not(_NEEDED[tab], session)
    return "" if session.name or not session.has_people else sentences.SIGN_IN_FIRST


def first_tab(session: SessionChanged) -> Tab:
    """The first page that this person may see."""
    return next((tab for tab in Tab if not why_tab_barred(tab, session)), Tab.OWN)


def opening(state: PeopleState, tab: Tab) -> PeopleState:
    return replace(state, tab=tab, said=None) if tab is not state.tab else state


def choosing(state: PeopleState, name: str) -> PeopleState:
    """Another account; what was begun for the one before is dropped."""
    return replace(state, chosen=name, form=None, said=None)


def filling(state: PeopleState, form: Form) -> PeopleState:
    """A form is opened."""
    return replace(state, own_form=form, said=None) if form in OWN else replace(state, form=form, said=None)


def closing(state: PeopleState, form: Form | None) -> PeopleState:
    """A form is closed."""
    return replace(state, own_form=None, said=None) if form in OWN else replace(state, form=None, said=None)


def asking(state: PeopleState, command: AccountCommand, form: Form) -> PeopleState:
    return replace(state, pending=type(command).__name__, asked=form, said=None)


def unsendable(state: PeopleState, why: str) -> PeopleState:
    """What is wrong with the fields."""
    return replace(state, said=Said(why, is_refusal=True))


def cut_off(state: PeopleState) -> PeopleState:
    """The engine has gone: nobody knows what became of what was asked."""
    if not state.pending:
        return state
    return replace(state, pending="", said=Said(sentences.BEGIN_AGAIN, is_refusal=True))


def people_after(state: PeopleState, event: Event) -> PeopleState:
    """The screen's knowledge once `event` is known. A list of accounts answers what was asked: it is told after every
    change."""
    match event:
        case CommandRefused(command, what, remedy) if command == state.pending:
            return replace(state, pending="", said=Said(what, remedy, is_refusal=True))
        case PeopleListed(people) if state.pending:
            saved = replace(closing(state, state.asked), pending="", said=Said(sentences.ACCOUNT_SAVED))
            return replace(saved, chosen=_known(state, people))
        case PeopleListed(people):
            return replace(state, chosen=_known(state, people))
        case _:
            return state


def _known(state: PeopleState, people: tuple[Person, ...]) -> str:
    return state.chosen if any(person.name == state.chosen for person in people) else ""

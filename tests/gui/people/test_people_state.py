"""What the screen of people knows, event by event."""

import pytest

from station_app.core.messages import CommandRefused
from station_app.core.people import Role, Signature
from station_app.core.people_messages import ChangePerson, PeopleListed, SessionChanged
from station_app.gui import sentences
from station_app.gui.people.forms import Form
from station_app.gui.people.people_screen import shown_tab
from station_app.gui.people.people_state import (
    PeopleState,
    Said,
    Tab,
    asking,
    choosing,
    closing,
    cut_off,
    filling,
    opening,
    people_after,
    unsendable,
    why_tab_barred,
)
from tests.gui.fake_people import PEOPLE

COMMAND = ChangePerson(PEOPLE[1], Signature("admin", "secret"), "reason")


def _session(role: Role, name: str = "x", full_role: Role | None = None) -> SessionChanged:
    return SessionChanged(name, name, role, full_role or role, has_people=True)


def _asked() -> PeopleState:
    return asking(filling(choosing(PeopleState(), "anna"), Form.CHANGE), COMMAND, Form.CHANGE)


def test_a_change_that_was_taken_closes_its_form() -> None:
    done = people_after(_asked(), PeopleListed(PEOPLE))
    assert (done.form, done.pending, done.chosen) == (None, "", "anna")
    assert done.said == Said(sentences.ACCOUNT_SAVED)


def test_a_refusal_leaves_the_form_open() -> None:
    refused = people_after(_asked(), CommandRefused("ChangePerson", "the password is wrong", "try again"))
    assert refused.form is Form.CHANGE and refused.pending == ""
    assert refused.said == Said("the password is wrong", "try again", is_refusal=True)


def test_other_refusals_and_lists_are_not_meant() -> None:
    assert people_after(_asked(), CommandRefused("Start", "no recipe is loaded")) == _asked()
    begun = filling(choosing(PeopleState(), "anna"), Form.CHANGE)
    assert people_after(begun, PeopleListed(PEOPLE)) == begun


def test_an_account_that_is_gone_is_no_longer_chosen() -> None:
    assert people_after(choosing(PeopleState(), "anna"), PeopleListed(PEOPLE[:1])).chosen == ""


def test_ones_own_form_and_that_of_an_account_stand_side_by_side() -> None:
    both = filling(filling(PeopleState(), Form.ADD), Form.OWN_PIN)
    assert (both.form, both.own_form) == (Form.ADD, Form.OWN_PIN)
    assert closing(both, Form.OWN_PIN).form is Form.ADD
    assert closing(both, Form.ADD).own_form is Form.OWN_PIN


def test_what_was_asked_of_an_engine_that_has_gone_is_not_known() -> None:
    lost = cut_off(_asked())
    assert lost.pending == "" and lost.said is not None and lost.said.is_refusal
    assert cut_off(PeopleState()) == PeopleState()


def test_another_page_forgets_what_was_said() -> None:
    said = unsendable(PeopleState(), sentences.NO_REASON)
    assert said.said == Said(sentences.NO_REASON, is_refusal=True)
    assert opening(said, Tab.OWN).said is None and opening(said, Tab.ACCOUNTS) == said


@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        (Role.OPERATOR, {Tab.OWN}),
        (Role.LEAD, {Tab.OWN}),
        (Role.QUALITY, {Tab.AUDIT, Tab.OWN}),
        (Role.ENGINEER, {Tab.AUDIT, Tab.OWN}),
        (Role.ADMIN, set(Tab)),
    ],
)
def test_each_role_sees_its_pages(role: Role, tabs: set[Tab]) -> None:
    assert {tab for tab in Tab if not why_tab_barred(tab, _session(role))} == tabs


def test_rights_that_dropped_hide_the_page_until_they_are_back() -> None:
    state = PeopleState(tab=Tab.AUDIT, form=Form.ADD)
    lowered = _session(Role.OPERATOR, full_role=Role.ADMIN)
    assert shown_tab(state, lowered) is Tab.OWN and why_tab_barred(Tab.AUDIT, lowered) == sentences.SIGN_IN_AGAIN
    assert shown_tab(state, _session(Role.ADMIN)) is Tab.AUDIT
    assert why_tab_barred(Tab.OWN, _session(Role.OPERATOR, "")) == sentences.SIGN_IN_FIRST

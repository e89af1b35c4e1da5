"""What each role may open, and why the rest is grey."""

import pytest

from station_app.core.people import Act, Role
from station_app.core.people_messages import SessionChanged
from station_app.gui import sentences
from station_app.gui.rights import may_change_setup, why_barred, why_not
from station_app.gui.screens import ScreenName


def _session(role: Role, *, name: str = "x", full_role: Role | None = None, has_people: bool = True) -> SessionChanged:
    return SessionChanged(name, name, role, full_role or role, has_people)


@pytest.mark.parametrize(
    ("role", "barred"),
    [
        (Role.OPERATOR, {ScreenName.SETUP}),
        (Role.QUALITY, {ScreenName.SETUP}),
        (Role.ENGINEER, set()),
        (Role.ADMIN, {ScreenName.SETUP}),
    ],
)
def test_each_role_has_its_screens(role: Role, barred: set[ScreenName]) -> None:
    known = {ScreenName.RUN, ScreenName.HISTORY, ScreenName.SETUP, ScreenName.PEOPLE}
    assert {name for name in known if why_barred(name, _session(role))} == barred


def test_before_there_are_accounts_everybody_may_look() -> None:
    nobody = _session(Role.OPERATOR, name="", has_people=False)
    assert not any(why_barred(name, nobody) for name in ScreenName)
    assert may_change_setup(nobody, "Anna") and not may_change_setup(nobody, "")


def test_the_reason_says_what_to_do() -> None:
    assert why_not(Act.CHANGE_SETUP, _session(Role.OPERATOR, name="")) == sentences.SIGN_IN_FIRST
    assert why_not(Act.CHANGE_SETUP, _session(Role.OPERATOR)) == sentences.NOT_ALLOWED
    lowered = _session(Role.OPERATOR, full_role=Role.ENGINEER)
    assert why_not(Act.CHANGE_SETUP, lowered) == sentences.SIGN_IN_AGAIN
    assert not may_change_setup(lowered, "x") and may_change_setup(_session(Role.ENGINEER), "x")

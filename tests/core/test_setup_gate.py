"""A set-up that differs runs no part until it was accepted or compared anew; and every shift compares."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.setup_gate import SetupGate, Standing

FIRST = datetime.fromisoformat("2026-11-24 06:00")
SECOND = FIRST + timedelta(hours=8)
deeds = st.lists(st.sampled_from(("first", "second", "good", "bad", "accept", "renew")), max_size=30)


def after(*done: str) -> SetupGate:
    gate = SetupGate()
    for deed in done:
        gate = step(gate, deed)
    return gate


def step(gate: SetupGate, deed: str) -> SetupGate:
    match deed:
        case "first" | "second":
            return gate.entered(FIRST if deed == "first" else SECOND)
        case "good" | "bad":
            return gate.judged(deed == "good")
        case "accept":
            return gate.accepted()
        case _:
            return gate.renewed()


def test_a_shift_is_compared_once() -> None:
    assert after("first").is_due
    assert after("first", "good").standing is Standing.HOLDS
    assert after("first", "good", "first").standing is Standing.HOLDS
    assert after("first", "good", "second").is_due


def test_what_differs_stays_shut_until_it_is_accepted_or_there_is_a_new_reference() -> None:
    assert not after("first", "bad").is_open
    assert not after("first", "bad", "second", "good").is_open
    assert after("first", "bad", "accept").is_open
    assert after("first", "bad", "renew").is_due


def test_what_was_accepted_holds_for_that_shift_alone() -> None:
    assert after("first", "bad", "accept", "first", "good").standing is Standing.ACCEPTED
    assert after("first", "bad", "accept", "second").is_due
    assert not after("first", "bad", "accept", "second", "bad").is_open


def test_what_was_accepted_of_one_camera_is_not_accepted_of_the_next() -> None:
    assert not after("first", "bad", "accept", "bad").is_open


def test_nothing_can_be_accepted_beforehand() -> None:
    assert not after("first", "accept", "bad").is_open
    assert not after("accept", "first", "bad").is_open


@given(deeds)
def test_it_is_shut_from_a_bad_comparison_to_a_persons_deed(done: list[str]) -> None:
    gate, is_shut = SetupGate(), False
    for deed in done:
        gate = step(gate, deed)
        if deed == "bad":
            is_shut = True
        if deed in ("accept", "renew"):
            is_shut = False
        assert gate.is_open != is_shut


@given(deeds)
def test_a_new_shift_compares_unless_it_is_shut(done: list[str]) -> None:
    gate = after(*done)
    entered = gate.entered(FIRST + timedelta(days=3))
    assert entered.is_due or not entered.is_open

"""Which serial numbers hold."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Box, NoResultReason
from station_app.core.safe_pattern import LONGEST_TEXT, fits
from station_app.core.serial import (
    NO_SERIALS,
    UNKNOWN,
    CodeFormat,
    CodeReading,
    CodeRefusal,
    Identity,
    KnownSerials,
    SerialRules,
    SerialSource,
    fault_of,
    identity_fault,
    lot_of,
    offer_refusal,
    serial_refusal,
    text_refusal,
)

READING = CodeReading("top", Box(0, 0, 10, 10), (CodeFormat.QR,))
IMAGE = SerialRules(SerialSource.IMAGE, reading=READING)
serials = st.sampled_from(("SN1", "SN2", "SN3", "X", "", "SN\x07", "S" * 129, "序列1"))
rules = st.builds(
    SerialRules,
    st.sampled_from((SerialSource.SCANNER, SerialSource.IMAGE)),
    st.sampled_from(("", "SN[0-9]")),
    st.booleans(),
    st.booleans(),
)


def known(waiting: str = "", in_flight: tuple[str, ...] = (), recorded: tuple[str, ...] = ()) -> KnownSerials:
    return KnownSerials(recorded.__contains__, waiting, in_flight)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", CodeRefusal.EMPTY),
        ("S" * LONGEST_TEXT, None),
        ("S" * (LONGEST_TEXT + 1), CodeRefusal.TOO_LONG),
        ("SN\x1d1", CodeRefusal.UNUSABLE),
        ("SN\ud800", CodeRefusal.UNUSABLE),
        ("SN\n", CodeRefusal.UNUSABLE),
        ("序列 1", None),
    ],
)
def test_what_no_recipe_could_take(text: str, refusal: CodeRefusal | None) -> None:
    assert text_refusal(text) is refusal


@given(serials, rules, serials, st.sets(serials), st.sets(serials))
def test_a_number_holds_exactly_where_nothing_speaks_against_it(
    serial: str, rules: SerialRules, waiting: str, in_flight: set[str], recorded: set[str]
) -> None:
    refusal = serial_refusal(serial, rules, KnownSerials(recorded.__contains__, waiting, in_flight))
    is_text = 0 < len(serial) <= LONGEST_TEXT and serial.isprintable()
    is_fitting = is_text and (not rules.pattern or fits(serial, rules.pattern))
    is_taken = rules.is_unique and serial in {waiting, *in_flight, *recorded}
    assert (refusal is None) == (is_fitting and not is_taken)


@given(serials, rules, st.sets(serials), st.sets(serials))
def test_what_is_known_more_never_makes_a_number_hold(
    serial: str, rules: SerialRules, some: set[str], more: set[str]
) -> None:
    fewer = serial_refusal(serial, rules, KnownSerials(some.__contains__))
    if fewer is not None:
        assert serial_refusal(serial, rules, KnownSerials((some | more).__contains__)) is not None


def test_the_reason_names_where_the_number_is() -> None:
    unique = SerialRules(is_unique=True)
    assert serial_refusal("SN1", unique, known(waiting="SN1")) is CodeRefusal.WAITING
    assert serial_refusal("SN1", unique, known(in_flight=("SN1",))) is CodeRefusal.IN_FLIGHT
    assert serial_refusal("SN1", unique, known(recorded=("SN1",))) is CodeRefusal.RECORDED
    assert serial_refusal("X", replace(unique, pattern="SN."), known(recorded=("X",))) is CodeRefusal.WRONG


def test_the_records_are_asked_last_and_only_where_it_matters() -> None:
    asked: list[str] = []

    def ask(serial: str) -> bool:
        asked.append(serial)
        return False

    serial_refusal("SN1", SerialRules(pattern="SN."), KnownSerials(ask))
    serial_refusal("X", SerialRules(pattern="SN.", is_unique=True), KnownSerials(ask))
    serial_refusal("SN1", SerialRules(is_unique=True), KnownSerials(ask, waiting="SN1"))
    assert asked == []
    serial_refusal("SN1", SerialRules(is_unique=True), KnownSerials(ask))
    assert asked == ["SN1"]


def test_nothing_is_scanned_for_a_recipe_that_does_not_ask() -> None:
    assert offer_refusal("SN1", NO_SERIALS, known()) is CodeRefusal.NOT_ASKED
    assert offer_refusal("SN1", IMAGE, known()) is CodeRefusal.FROM_IMAGE
    assert offer_refusal("SN1", SerialRules(), known()) is None


@given(serials, rules, st.sampled_from((None, NoResultReason.SERIAL_DUPLICATE)))
def test_a_part_that_must_have_a_number_supports_a_verdict_only_with_one(
    serial: str, rules: SerialRules, fault: NoResultReason | None
) -> None:
    found = identity_fault(Identity(serial, fault), rules)
    if not rules.is_required:
        assert found is None
    elif fault is not None:
        assert found is fault
    else:
        assert (found is None) == (serial_refusal(serial, replace(rules, is_unique=False), known()) is None)


def test_every_refusal_makes_a_part_a_part_without_result() -> None:
    assert identity_fault(UNKNOWN, SerialRules(is_required=True)) is NoResultReason.SERIAL_MISSING
    assert fault_of(CodeRefusal.WRONG) is fault_of(CodeRefusal.UNUSABLE) is NoResultReason.SERIAL_WRONG
    assert fault_of(CodeRefusal.RECORDED) is fault_of(CodeRefusal.IN_FLIGHT) is NoResultReason.SERIAL_DUPLICATE
    assert fault_of(CodeRefusal.UNCHECKED) is NoResultReason.SERIAL_UNCHECKED
    assert all(isinstance(fault_of(refusal), NoResultReason) for refusal in CodeRefusal)


def test_rules_that_ask_nothing_are_not_strict() -> None:
    assert not SerialRules().are_strict and not NO_SERIALS.are_strict
    assert SerialRules(pattern="A").are_strict and SerialRules(is_unique=True).are_strict
    assert SerialRules(is_required=True).are_strict


@pytest.mark.parametrize(
    ("serial", "pattern", "lot"),
    [
        ("L123-0001", r"(?P<lot>L\d{3})-\d{4}", "L123"),
        ("0001", r"(?P<lot>L\d{3}-)?\d{4}", ""),
        ("L123-0001", r"(L\d{3})-\d{4}", ""),
        ("X", r"(?P<lot>L\d{3})-\d{4}", ""),
        ("", r"(?P<lot>L\d{3})-\d{4}", ""),
        ("L123-0001", "", ""),
    ],
)
def test_a_number_may_name_its_lot(serial: str, pattern: str, lot: str) -> None:
    assert lot_of(serial, SerialRules(pattern=pattern)) == lot

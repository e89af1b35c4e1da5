"""The number of the next part: what is taken, what is refused, and what everybody hears of it."""

import pytest

from station_app.core.inspection import NoResultReason
from station_app.core.serial import CodeInput, CodeRefusal, Identity, SerialRules, SerialSource
from station_app.core.serial_messages import CodeRefused, SerialWaiting
from station_app.engine.alarms import AlarmBoard
from station_app.engine.serial_desk import SerialDesk
from tests.engine.fakes import DISK_FULL, FakeLedger, Heard
from tests.store.records import inspection

SCANNED, TYPED = CodeInput.SCANNED, CodeInput.TYPED
UNIQUE = SerialRules(pattern="SN[0-9]", is_unique=True)


class Stand:
    """A desk that follows UNIQUE; SN1 is on record."""

    def __init__(self) -> None:
        self.ledger, self.heard = FakeLedger(), Heard()
        self.ledger.record(inspection(1, serial="SN1"))
        self.alarms = AlarmBoard(self.heard)
        self.desk = SerialDesk(self.ledger, self.alarms, self.heard)
        self.desk.follow(UNIQUE)


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_a_number_waits_until_its_part_comes(stand: Stand) -> None:
    stand.desk.offer(" SN2 ", TYPED)
    assert stand.desk.waiting == SerialWaiting("SN2", TYPED)
    assert stand.desk.take() == "SN2"
    assert stand.desk.take() == ""
    assert stand.heard.events == (SerialWaiting("SN2", TYPED), SerialWaiting("", TYPED))


def test_the_newest_number_waits_and_an_empty_one_forgets_it(stand: Stand) -> None:
    stand.desk.offer("SN2", SCANNED)
    stand.desk.offer("SN3", SCANNED)
    assert stand.desk.waiting.serial == "SN3"
    stand.desk.offer(" ", TYPED)
    assert stand.desk.take() == ""
    assert stand.heard.events[-1] == SerialWaiting("", TYPED)


@pytest.mark.parametrize(
    ("serial", "refusal"),
    [
        ("SN22", CodeRefusal.WRONG),
        ("SN1", CodeRefusal.RECORDED),
        ("SN2", CodeRefusal.WAITING),
        ("SN3", CodeRefusal.IN_FLIGHT),
        ("S" * 200, CodeRefusal.TOO_LONG),
        ("SN\x07", CodeRefusal.UNUSABLE),
    ],
)
def test_a_refused_number_is_told_and_the_waiting_one_still_waits(
    stand: Stand, serial: str, refusal: CodeRefusal
) -> None:
    assert stand.desk.identify(9, "SN3", UNIQUE) == Identity("SN3")
    stand.desk.offer("SN2", SCANNED)
    stand.desk.offer(serial, SCANNED)
    assert stand.heard.events[-1] == CodeRefused(serial, refusal, SCANNED)
    assert stand.desk.waiting.serial == "SN2"


def test_records_that_cannot_be_read_refuse_a_number_with_an_alarm(stand: Stand) -> None:
    stand.ledger.refusal = DISK_FULL
    stand.desk.offer("SN2", SCANNED)
    assert stand.heard.of(CodeRefused) == (CodeRefused("SN2", CodeRefusal.UNCHECKED, SCANNED),)
    assert stand.desk.identify(2, "SN2", UNIQUE).fault is NoResultReason.SERIAL_UNCHECKED
    assert [alarm.code for alarm in stand.alarms.standing()] == ["storage"]


def test_two_parts_on_their_way_never_have_one_number(stand: Stand) -> None:
    assert stand.desk.identify(2, "SN2", UNIQUE) == Identity("SN2")
    second = stand.desk.identify(3, "SN2", UNIQUE)
    duplicate = NoResultReason.SERIAL_DUPLICATE
    assert second == Identity("", duplicate, "serial number 'SN2': in_flight", refused="SN2")
    stand.desk.release(2)
    assert stand.desk.identify(4, "SN2", UNIQUE) == Identity("SN2")


def test_a_text_that_no_record_should_hold_is_not_even_kept_as_refused(stand: Stand) -> None:
    for text in ("S" * 4000, "SN\x07", ""):
        assert stand.desk.identify(2, text, UNIQUE).refused == ""


def test_a_recipe_of_other_rules_looks_at_the_waiting_number_again(stand: Stand) -> None:
    stand.desk.offer("SN2", TYPED)
    stand.desk.follow(SerialRules(pattern="XY.*"))
    assert stand.heard.of(CodeRefused) == (CodeRefused("SN2", CodeRefusal.WRONG, TYPED),)
    assert stand.desk.waiting.serial == ""
    stand.desk.offer("XY1", TYPED)
    stand.desk.follow(SerialRules())
    assert stand.desk.waiting == SerialWaiting("XY1", TYPED)


def test_numbers_that_nobody_asked_for_are_refused(stand: Stand) -> None:
    stand.desk.follow(SerialRules(SerialSource.NONE))
    stand.desk.offer("SN2", SCANNED)
    assert stand.heard.of(CodeRefused)[-1].refusal is CodeRefusal.NOT_ASKED

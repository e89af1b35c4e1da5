"""A person's decision is acknowledged when it is on disk, and has a name."""

import pytest

from station_app.core.inspection import Box, Disposition
from station_app.core.messages import AlarmRaised, CommandRefused, OverrideRecorded, RecordOverride, UndoOverride
from station_app.engine.books import keep_books
from station_app.engine.overriding import Overriding
from station_app.engine.tally import Tally
from tests.engine.fakes import DISK_FULL, FakeLedger, Heard
from tests.engine.people import crew_setup
from tests.store.records import inspection

MISSED = RecordOverride(1, Disposition.MISSED_DEFECT, "wang", "seen", "scratch", (Box(1, 2, 3, 4),), 1500)


class Stand:
    def __init__(self) -> None:
        self.ledger = FakeLedger()
        self.ledger.record(inspection(1))
        self.heard = Heard()
        self.books = keep_books(self.ledger, crew_setup(), Tally(), self.heard, lambda: None)
        self.overriding = Overriding(self.books)

    def refusals(self) -> list[tuple[str, str]]:
        return [(event.command, event.what) for event in self.heard.of(CommandRefused)]


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_a_decision_is_acknowledged_when_it_is_on_disk(stand: Stand) -> None:
    stand.ledger.is_held = True
    stand.overriding.record(MISSED)
    assert not stand.heard.events
    stand.ledger.let_go()
    (event,) = stand.heard.events
    assert event == OverrideRecorded(1, 1, Disposition.MISSED_DEFECT, "wang", Disposition.MISSED_DEFECT)
    (override,) = stand.ledger.overrides
    assert (override.reason, override.label, override.marks) == ("seen", "scratch", (Box(1, 2, 3, 4),))
    assert (override.viewed_ms, override.undoes) == (1500, None)
    assert override.decided_at_ms > 0


def test_an_undo_is_a_further_record(stand: Stand) -> None:
    stand.overriding.record(MISSED)
    stand.overriding.record(UndoOverride(1, "li"))
    assert stand.heard.events[-1] == OverrideRecorded(2, 1, Disposition.UNDO, "li", None)
    assert [override.disposition for override in stand.ledger.overrides] == [
        Disposition.MISSED_DEFECT,
        Disposition.UNDO,
    ]


@pytest.mark.parametrize("operator", ["", "   "])
@pytest.mark.parametrize("is_undo", [False, True])
def test_nobody_decides_nothing(stand: Stand, operator: str, is_undo: bool) -> None:
    command = UndoOverride(1, operator) if is_undo else RecordOverride(1, Disposition.AGREE, operator)
    stand.overriding.record(command)
    assert stand.refusals() == [(type(command).__name__, "nobody is signed in")]
    assert stand.ledger.overrides == []


@pytest.mark.parametrize("part_id", [2, 0, -1, 1 << 63, 10**40])
def test_a_part_that_is_not_there_cannot_be_decided_about(stand: Stand, part_id: int) -> None:
    stand.overriding.record(RecordOverride(part_id, Disposition.AGREE, "wang"))
    ((command, what),) = stand.refusals()
    assert command == "RecordOverride"
    assert "part" in what
    assert stand.heard.of(AlarmRaised) == ()


def test_a_disk_that_refuses_is_told_to_who_decided(stand: Stand) -> None:
    stand.ledger.refusal = DISK_FULL
    stand.overriding.record(MISSED)
    assert stand.refusals() == [("RecordOverride", DISK_FULL.what)]


def test_a_bug_is_an_alarm_and_the_person_is_not_left_waiting(stand: Stand) -> None:
    stand.ledger.refusal = ZeroDivisionError("a bug")
    stand.overriding.record(MISSED)
    assert stand.refusals() == [("RecordOverride", "a fault in the program")]
    assert [alarm.code for alarm in stand.heard.of(AlarmRaised)] == ["bug"]

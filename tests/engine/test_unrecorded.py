"""A verdict that the database refuses is kept and tried again until it is on disk, once."""

import pytest

from station_app.core.messages import AlarmCleared, AlarmRaised
from station_app.engine.alarms import AlarmBoard
from station_app.engine.unrecorded import UNRECORDED_MAX, Unrecorded
from tests.engine.fakes import DISK_FULL, FakeLedger, Heard
from tests.store.records import inspection


class Stand:
    def __init__(self) -> None:
        self.ledger = FakeLedger()
        self.heard = Heard()
        self.overflows: list[int] = []
        self.recorded: list[int] = []
        board = AlarmBoard(self.heard)
        self.unrecorded = Unrecorded(self.ledger, board, self._note_overflow, self.recorded.append)

    def _note_overflow(self) -> None:
        self.overflows.append(len(self.unrecorded))

    def fail(self, *part_ids: int) -> None:
        for part_id in part_ids:
            self.unrecorded.note(inspection(part_id), DISK_FULL)


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_what_was_refused_is_recorded_in_the_order_of_the_parts(stand: Stand) -> None:
    stand.fail(3, 1, 2)
    assert len(stand.unrecorded) == 3 and stand.recorded == []
    stand.unrecorded.step()
    assert stand.ledger.order == stand.recorded == [1, 2, 3]
    assert len(stand.unrecorded) == 0
    stand.unrecorded.step()
    assert stand.ledger.order == [1, 2, 3]


def test_the_alarm_stands_until_all_are_recorded(stand: Stand) -> None:
    stand.fail(1, 2)
    stand.unrecorded.note(inspection(3), None)
    assert [alarm.code for alarm in stand.heard.of(AlarmRaised)] == ["storage"]
    assert stand.heard.of(AlarmCleared) == ()
    stand.unrecorded.step()
    assert stand.heard.of(AlarmCleared) == (AlarmCleared("storage"),)


def test_a_database_that_still_refuses_is_asked_for_one_and_not_for_all(stand: Stand) -> None:
    stand.fail(1, 2, 3)
    stand.ledger.refusal = DISK_FULL
    stand.unrecorded.step()
    assert stand.ledger.asked == [1]
    assert len(stand.unrecorded) == 3


def test_what_is_under_way_is_not_offered_twice(stand: Stand) -> None:
    stand.ledger.is_held = True
    stand.fail(1, 2)
    stand.unrecorded.step()
    stand.unrecorded.step()
    assert len(stand.unrecorded) == 2
    stand.ledger.let_go()
    assert stand.ledger.order == [1, 2]
    assert len(stand.unrecorded) == 0


def test_too_many_are_told_and_still_tried(stand: Stand) -> None:
    stand.fail(*range(1, UNRECORDED_MAX + 1))
    stand.unrecorded.step()
    assert (stand.overflows, len(stand.ledger.order)) == ([], UNRECORDED_MAX)
    stand.fail(*range(UNRECORDED_MAX + 1, 2 * UNRECORDED_MAX + 2))
    assert stand.unrecorded.is_too_many
    stand.unrecorded.step()
    assert stand.overflows == [UNRECORDED_MAX + 1]
    assert len(stand.ledger.order) == 2 * UNRECORDED_MAX + 1


def test_a_last_try_tells_how_many_are_left(stand: Stand) -> None:
    stand.fail(1, 2)
    stand.ledger.refusal = DISK_FULL
    assert stand.unrecorded.flush(1) == 2
    stand.ledger.refusal = None
    assert stand.unrecorded.flush(1) == 0
    stand.fail(3)
    stand.ledger.is_held = True
    assert stand.unrecorded.flush(0.01) == 1
    stand.ledger.let_go()


def test_a_bug_in_the_store_is_an_alarm_of_its_own(stand: Stand) -> None:
    stand.unrecorded.note(inspection(1), ZeroDivisionError("a bug"))
    assert [alarm.code for alarm in stand.heard.of(AlarmRaised)] == ["bug"]
    assert len(stand.unrecorded) == 1

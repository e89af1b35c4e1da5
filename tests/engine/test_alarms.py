"""One alarm for each cause, counted while it chatters, cleared when it is gone."""

import pytest

from station_app.core.errors import CameraError
from station_app.core.messages import AlarmCleared, AlarmRaised, Priority
from station_app.engine import alarms
from station_app.engine.alarms import AlarmBoard
from tests.engine.fakes import Heard


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def board(heard: Heard) -> AlarmBoard:
    return AlarmBoard(heard)


def test_an_error_becomes_an_alarm_in_its_three_parts(board: AlarmBoard, heard: Heard) -> None:
    board.raise_error("camera top", CameraError("it is gone", where="camera A1", remedy="plug it in"))
    (alarm,) = heard.of(AlarmRaised)
    assert (alarm.code, alarm.what, alarm.where, alarm.remedy) == (
        "camera top",
        "it is gone",
        "camera A1",
        "plug it in",
    )
    assert (alarm.count, alarm.priority) == (1, Priority.HIGH)
    assert board.standing() == (alarm,)


def test_a_chattering_cause_is_counted_and_told_once(board: AlarmBoard, heard: Heard) -> None:
    for _ in range(50):
        board.raise_alarm("storage", "the disk is full")
    assert len(heard.of(AlarmRaised)) == 1
    assert board.standing()[0].count == 50


def test_a_cause_that_goes_on_is_told_again_with_its_count(
    board: AlarmBoard, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarms, "REPEAT_QUIET_S", 0.0)
    for _ in range(3):
        board.raise_alarm("storage", "the disk is full")
    assert [alarm.count for alarm in heard.of(AlarmRaised)] == [1, 2, 3]


def test_clearing_is_told_once_and_the_next_time_is_the_first(board: AlarmBoard, heard: Heard) -> None:
    board.raise_alarm("storage", "the disk is full")
    board.clear("storage")
    board.clear("storage")
    board.clear("never raised")
    board.raise_alarm("storage", "the disk is full again")
    assert [type(event) for event in heard.events] == [AlarmRaised, AlarmCleared, AlarmRaised]
    assert board.standing()[0].count == 1


def test_a_family_is_cleared_as_a_whole(board: AlarmBoard, heard: Heard) -> None:
    for code in ("camera top", "camera side", "cameras", "storage"):
        board.raise_alarm(code, "something")
    board.clear_family("camera")
    assert [alarm.code for alarm in board.standing()] == ["cameras", "storage"]
    assert {event.code for event in heard.of(AlarmCleared)} == {"camera top", "camera side"}

"""What clients may ask, and what they are told where it cannot be."""

from typing import cast

import pytest

from station_app.core import drift
from station_app.core.errors import ConfigError
from station_app.core.inspection import Disposition
from station_app.core.messages import (
    AcknowledgeAlarm,
    AlarmCleared,
    AlarmRaised,
    Command,
    CommandRefused,
    EngineState,
    Pause,
    RecordOverride,
    SelectRecipe,
    SetSerial,
    Shutdown,
    SignIn,
    Start,
    StationDescribed,
    TriggerPart,
    UndoOverride,
)
from station_app.core.review_messages import UndoReview
from tests.engine.conftest import Open
from tests.engine.fakes import DISK_FULL, PATIENCE_S, FakeLedger
from tests.engine.line import Line


@pytest.fixture
def line(open_faked: Open) -> Line:
    return open_faked()


def audits(line: Line) -> list[tuple[str, str, str]]:
    return [entry[:3] for entry in cast(FakeLedger, line.ledger).audits]


def test_a_line_is_steered_by_commands_alone(line: Line) -> None:
    for command in (SelectRecipe("A17", "wang"), Start(), TriggerPart("SN1"), Pause()):
        line.engine.obey(command)
    (told,) = line.heard.parts
    assert told.serial == "SN1"
    assert line.engine.state is EngineState.PAUSED
    assert line.refusals() == []
    assert ("wang", "recipe_loaded", "A17") in audits(line)


@pytest.mark.parametrize(
    ("command", "what", "remedy"),
    [
        (Start(), "no recipe is loaded", "choose a recipe first"),
        (TriggerPart(), "the line is not running", "start the line first"),
        (SelectRecipe("none"), "there is no recipe 'none'", "choose one of: A17"),
        (RecordOverride(1, Disposition.AGREE, "wang"), "this part has no record", "choose a recorded part"),
        (UndoReview(1), "this needs an account", "set up an administrator first"),
        (UndoOverride(1, ""), "nobody is signed in", "sign in with your badge or name first"),
    ],
)
def test_what_cannot_be_done_is_told_with_its_remedy(line: Line, command: Command, what: str, remedy: str) -> None:
    line.engine.obey(command)
    assert line.heard.of(CommandRefused) == (CommandRefused(type(command).__name__, what, remedy),)


def test_a_running_line_keeps_its_recipe(line: Line) -> None:
    line.run()
    line.engine.obey(SelectRecipe("A17", "wang"))
    assert line.refusals() == ["the line is running"]
    assert line.engine.state is EngineState.RUNNING
    assert line.inspect()


def test_signing_in_and_out_is_told_and_audited(line: Line) -> None:
    line.engine.obey(SignIn(" wang "))
    assert line.heard.of(StationDescribed)[-1].operator == "wang"
    line.engine.obey(SignIn("  "))
    assert line.heard.of(StationDescribed)[-1].operator == ""
    assert audits(line)[1:] == [("wang", "signed_in", "Test 1"), ("wang", "signed_out", "Test 1")]


def test_a_scanned_serial_goes_with_the_next_part(line: Line) -> None:
    line.run()
    line.engine.obey(SetSerial("SN7"))
    line.engine.obey(TriggerPart())
    assert line.heard.wait_parts(1)[0].serial == "SN7"


def test_an_acknowledged_alarm_is_audited_and_stands_while_its_cause_does(line: Line) -> None:
    line.engine.alarms.raise_alarm("storage", "the disk is full")
    line.engine.obey(AcknowledgeAlarm("storage", "wang"))
    assert ("wang", "alarm_acknowledged", "storage") in audits(line)
    assert [alarm.code for alarm in line.engine.alarms.standing()] == ["storage"]


@pytest.mark.parametrize("code", ["bug", drift.ALARM])
def test_what_tells_of_the_past_ends_when_a_person_has_seen_it(line: Line, code: str) -> None:
    line.engine.alarms.raise_alarm(code, "something happened")
    line.engine.obey(AcknowledgeAlarm(code, "wang"))
    assert AlarmCleared(code) in line.heard.events


def test_a_shutdown_is_audited_and_left_to_who_runs_the_engine(line: Line) -> None:
    line.engine.obey(Shutdown("wang"))
    assert line.engine.ended.wait(PATIENCE_S)
    assert ("wang", "shutdown_asked", "Test 1") in audits(line)


def test_a_decision_needs_no_loaded_recipe(line: Line) -> None:
    line.run()
    line.inspect()
    with pytest.raises(ConfigError):
        line.engine.load("none")
    line.engine.obey(RecordOverride(1, Disposition.MISSED_DEFECT, "wang"))
    assert line.refusals() == []
    assert [image[0] for image in cast(FakeLedger, line.ledger).images] == [1]


def test_a_bug_in_a_command_is_told_and_the_next_one_is_obeyed(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.run()
    monkeypatch.setattr(line.engine, "pause", lambda: 1 // 0)
    line.engine.obey(Pause())
    monkeypatch.undo()
    assert line.refusals() == ["a fault in the program"]
    (alarm,) = line.heard.of(AlarmRaised)
    assert (alarm.code, alarm.where) == ("bug", "command")
    line.engine.obey(Pause())
    assert line.engine.state is EngineState.PAUSED


def test_an_audit_that_the_disk_does_not_take_is_an_alarm(line: Line) -> None:
    cast(FakeLedger, line.ledger).refusal = DISK_FULL
    line.engine.obey(SignIn("wang"))
    assert [alarm.code for alarm in line.engine.alarms.standing()] == ["storage"]

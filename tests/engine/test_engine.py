"""The state machine: what is possible when, and what is said where it is not."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.errors import ConfigError, StationError
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    EngineState,
    HealthReported,
    StateChanged,
    StationDescribed,
)
from station_app.core.people_messages import PeopleListed, SessionChanged
from station_app.core.serial_messages import SerialWaiting
from station_app.core.sync_messages import SyncReported, SyncState
from station_app.engine.preview import PreviewReader
from station_app.engine.triggers import TriggerKind, TriggerSetup
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, DISK_FULL, PATIENCE_S, FakeLedger, Misdeed
from tests.engine.line import Line

OFFLINE, READY, RUNNING = EngineState.OFFLINE, EngineState.READY, EngineState.RUNNING
PAUSED, FAULTED = EngineState.PAUSED, EngineState.FAULTED


def states(line: Line) -> list[EngineState]:
    return [event.state for event in line.heard.of(StateChanged)]


def ledger_of(line: Line) -> FakeLedger:
    assert isinstance(line.ledger, FakeLedger)
    return line.ledger


def test_the_whole_life_of_an_engine(open_faked: Open) -> None:
    line = open_faked()
    engine = line.engine
    assert engine.state is OFFLINE
    engine.load("A17")
    assert engine.state is READY
    engine.start()
    assert engine.state is RUNNING
    engine.pause("lunch")
    assert engine.state is PAUSED
    assert line.heard.of(StateChanged)[-1] == StateChanged(PAUSED, "lunch")
    engine.start()
    engine.close()
    assert states(line) == [READY, RUNNING, PAUSED, RUNNING, PAUSED, OFFLINE]
    assert engine.ended.is_set()
    assert [entry[1] for entry in ledger_of(line).audits] == ["engine_started", "recipe_loaded", "engine_stopped"]


def test_what_has_been_done_already_is_done_by_doing_nothing(open_faked: Open) -> None:
    line = open_faked()
    line.run()
    line.engine.start()
    line.engine.pause()
    line.engine.pause()
    assert states(line) == [READY, RUNNING, PAUSED]


def test_without_a_recipe_nothing_starts_and_it_says_why(open_faked: Open) -> None:
    line = open_faked()
    with pytest.raises(ConfigError, match="no recipe is loaded: choose a recipe first"):
        line.engine.start()
    line.engine.pause()
    assert line.engine.state is OFFLINE
    assert not line.engine.wait_ready(0)


@pytest.mark.parametrize("state", [OFFLINE, READY, PAUSED, FAULTED])
def test_a_line_that_is_not_running_takes_no_trigger_and_says_so(open_faked: Open, state: EngineState) -> None:
    line = open_faked()
    if state is FAULTED:
        with pytest.raises(StationError):
            line.engine.load("none")
    elif state is not OFFLINE:
        line.engine.load("A17")
    if state is PAUSED:
        line.engine.start()
        line.engine.pause()
    assert line.engine.state is state
    assert line.engine.trigger() == 0
    assert line.engine.tally.counters().triggers == 0
    assert ledger_of(line).issued == []


def test_a_pause_finishes_the_parts_in_flight(open_faked: Open) -> None:
    line = open_faked()
    line.top.misdeeds[0] = Misdeed.HANGING
    line.run()
    assert line.engine.trigger()
    assert line.top.hanging.wait(PATIENCE_S)
    pausing = threading.Thread(target=line.engine.pause)
    pausing.start()
    line.heard.wait_event(StateChanged(PAUSED))
    assert line.engine.trigger() == 0
    assert pausing.is_alive()
    line.top.free.set()
    pausing.join()
    assert line.engine.tally.counters().passed == 1


def test_closing_finishes_the_parts_in_flight_and_their_images(open_faked: Open) -> None:
    line = open_faked()
    line.top.greys = {0: BAD, 1: BAD}
    line.run()
    line.engine.trigger()
    line.engine.trigger()
    line.engine.close()
    assert line.engine.tally.counters().failed == 2
    assert sorted(part_id for part_id, _, _ in ledger_of(line).images) == [1, 2]  # two threads write images
    assert line.top.calls[-2:] == ["stop", "close"]
    line.engine.close()


def test_more_triggers_than_the_line_can_take_are_parts_of_their_own(open_faked: Open) -> None:
    line = open_faked(max_in_flight=2)
    line.top.misdeeds[0] = Misdeed.HANGING
    line.run()
    ids = [line.engine.trigger() for _ in range(5)]
    assert ids == [1, 2, 3, 4, 5]
    line.heard.wait_parts(3)
    line.top.free.set()
    line.heard.wait_parts(5)
    assert line.engine.tally.wait_settled(PATIENCE_S)
    overrun = NoResultReason.OVERRUN
    assert line.heard.reasons() == {1: None, 2: None, 3: overrun, 4: overrun, 5: overrun}
    assert sorted(ledger_of(line).records) == ids


def test_images_that_wait_for_the_disk_hold_triggers_back_and_are_not_lost(
    open_faked: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = open_faked(max_in_flight=1)
    line.top.greys = dict.fromkeys(range(20), BAD)
    free = threading.Event()
    keep = ledger_of(line).keep_image
    monkeypatch.setattr(ledger_of(line), "keep_image", lambda *a: free.wait(PATIENCE_S) and keep(*a))
    line.run()
    line.inspect(5)  # two that the disk has at hand and three that wait
    assert not line.engine.wait_ready(0)
    assert line.engine.trigger()
    free.set()
    line.engine.close()
    assert line.heard.reasons()[6] is NoResultReason.OVERRUN
    assert sorted(part_id for part_id, _, _ in ledger_of(line).images) == [1, 2, 3, 4, 5]


def test_a_serial_goes_with_the_next_part_that_has_none(open_faked: Open) -> None:
    line = open_faked()
    line.run()
    line.engine.set_serial("SN1")
    for given, expected in (("SN0", "SN0"), ("", "SN1"), ("", "")):
        assert line.engine.wait_ready(PATIENCE_S)
        part_id = line.engine.trigger(given)
        assert line.engine.tally.wait_settled(PATIENCE_S)
        assert ledger_of(line).records[part_id].serial == expected


def test_the_engine_describes_itself(open_faked: Open) -> None:
    line = open_faked()
    assert (line.engine.describe().recipe, line.engine.describe().preview) == ("", "")
    line.run()
    line.inspect()
    told = line.engine.describe()
    assert (told.station, told.state, told.recipe, told.recipes) == ("Test 1", RUNNING, "A17", ("A17",))
    assert (told.camera_ids, told.labels, told.provider) == (("top",), ("scratch",), "CPU")
    assert told.model_hash == line.recipe.cameras[0].model.sha256
    reader = PreviewReader(told.preview)
    preview = reader.newest()
    reader.close()
    assert preview is not None and preview.part_id == 1


def test_a_new_client_is_told_what_holds(open_faked: Open) -> None:
    line = open_faked()
    line.run()
    line.engine.alarms.raise_alarm("storage", "the disk is full")
    line.engine.set_serial("SN1")
    described, state, waiting, session, people, _, sync, _, alarm, health = line.engine.welcome()
    assert waiting == SerialWaiting("SN1")
    assert isinstance(session, SessionChanged) and people == PeopleListed(())
    assert sync == SyncReported(SyncState.OFF)
    assert isinstance(described, StationDescribed)
    assert state == StateChanged(RUNNING)
    assert isinstance(alarm, AlarmRaised) and alarm.code == "storage"
    assert isinstance(health, HealthReported) and health.free_bytes == 1
    assert {level.name for level in health.queues} == {"acquire top", "inspect", "record"}


def test_health_is_told_all_the_time_also_when_the_disk_does_not_answer(open_faked: Open, tmp_path: Path) -> None:
    line = open_faked()

    def gone() -> int:
        raise OSError("the disk is gone")

    line.engine._setup = replace(line.engine._setup, free_bytes=gone)
    line.heard.wait(lambda events: sum(isinstance(event, HealthReported) for event in events) >= 2)
    assert line.engine.alarms.standing() == ()


def test_a_timer_triggers_the_line_until_it_is_paused(open_faked: Open) -> None:
    line = open_faked(trigger=TriggerSetup(TriggerKind.TIMER, 100.0))
    line.run()
    line.heard.wait_parts(5)
    line.engine.pause()
    counters = line.engine.tally.counters()
    assert counters.in_flight == 0
    assert counters.triggers == len(line.heard.parts) == len(ledger_of(line).records)


def test_a_lost_camera_is_an_alarm_until_its_next_frame(open_faked: Open) -> None:
    line = open_faked()
    line.top.misdeeds = {1: Misdeed.GONE, 2: Misdeed.GONE}
    line.run()
    told = line.inspect(4)
    reasons = [part.reason for part in told]
    lost = NoResultReason.CAMERA_LOST
    assert reasons == [None, lost, lost, NoResultReason.FRAME_SLIPPED]
    (raised,) = [alarm for alarm in line.heard.of(AlarmRaised) if alarm.code == "camera top"]
    assert (raised.what, raised.remedy) == ("the camera does not answer", "plug it in")
    assert line.heard.of(AlarmCleared) == (AlarmCleared("camera top"),)


def test_a_bug_in_a_driver_is_a_part_without_result_and_an_alarm(open_faked: Open) -> None:
    line = open_faked()
    line.top.misdeeds = {1: Misdeed.BROKEN}
    line.run()
    told = line.inspect(3)
    assert told[1].reason is NoResultReason.INTERNAL
    assert told[0].verdict is VerdictKind.PASS
    (alarm,) = line.engine.alarms.standing()
    assert (alarm.code, alarm.where) == ("bug", "acquire-top")
    assert "a bug in the driver" in alarm.what


def test_a_mark_that_cannot_be_written_costs_no_part(open_faked: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    line = open_faked()
    line.run()

    def refuse(part_id: int) -> None:
        raise DISK_FULL

    monkeypatch.setattr(ledger_of(line), "issue", refuse)
    (told,) = line.inspect()
    assert told.verdict is VerdictKind.PASS
    assert AlarmCleared("storage") in line.heard.events


def test_ids_go_on_where_the_records_end(open_real: Open, tmp_path: Path) -> None:
    line = open_real()
    line.run()
    line.inspect(3)
    line.engine.close()
    line.ledger.close()  # type: ignore[attr-defined]
    again = open_real()
    again.run()
    assert again.inspect()[0].part_id == 4

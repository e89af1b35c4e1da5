"""What each event does to the screen's knowledge."""

from dataclasses import replace

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    CameraChanged,
    CommandRefused,
    Counters,
    EngineState,
    HealthReported,
    OverrideRecorded,
    Priority,
    StateChanged,
)
from station_app.core.serial import CodeRefusal
from station_app.core.serial_messages import CodeRefused, SerialWaiting
from station_app.gui.screen_state import (
    NOTICE_MS,
    STRIP_LENGTH,
    Notice,
    ScreenState,
    after,
    disconnected,
    with_pending,
)
from tests.gui.fake_engine import NOW_MS, STATION, part

CONNECTED = after(ScreenState(), STATION)
CAMERA = AlarmRaised("camera top", Priority.MEDIUM, "no camera", "top", "check", NOW_MS)
DISK = AlarmRaised("storage", Priority.HIGH, "disk full", "", "make room", NOW_MS - 5)


def test_the_strip_holds_the_last_twelve_in_order() -> None:
    state = CONNECTED
    for number in range(1, 31):
        state = after(state, part(number))
    assert [shown.part_id for shown in state.strip] == list(range(31 - STRIP_LENGTH, 31))
    assert state.newest is not None and state.newest.part_id == 30
    assert state.clock_ms == NOW_MS + 30_000


def test_an_answer_is_done_only_when_it_is_recorded() -> None:
    state = with_pending(after(CONNECTED, part(1, VerdictKind.FAIL)), 1, Disposition.AGREE)
    assert state.strip[0].standing is None and state.strip[0].pending is Disposition.AGREE
    state = after(state, OverrideRecorded(1, 1, Disposition.AGREE, "A", Disposition.AGREE))
    assert state.strip[0].standing is Disposition.AGREE and state.strip[0].pending is None
    state = after(state, OverrideRecorded(2, 1, Disposition.UNDO, "A", None))
    assert state.strip[0].standing is None


def test_a_pinned_part_learns_of_its_answer_after_it_left_the_strip() -> None:
    state = after(CONNECTED, part(1, VerdictKind.FAIL))
    state = replace(state, pinned=state.strip[0])
    for number in range(2, 20):
        state = after(state, part(number))
    state = after(state, OverrideRecorded(1, 1, Disposition.AGREE, "A", Disposition.AGREE))
    assert state.pinned is not None and state.pinned.standing is Disposition.AGREE
    assert state.find(1) is state.pinned


def test_a_refusal_is_said_and_frees_the_answer() -> None:
    state = with_pending(after(CONNECTED, part(1)), 1, Disposition.AGREE)
    state = after(state, CommandRefused("RecordOverride", "the part is not known", "look it up"))
    assert state.strip[0].pending is None
    assert state.notice == Notice("the part is not known", "look it up")


def test_a_refusal_of_something_else_leaves_the_answer_on_its_way() -> None:
    state = with_pending(after(CONNECTED, part(1)), 1, Disposition.AGREE)
    assert after(state, CommandRefused("SetSerial", "not valid")).strip[0].pending is Disposition.AGREE


def test_a_number_that_was_taken_ends_what_was_said_of_one_that_was_not() -> None:
    waiting = after(CONNECTED, SerialWaiting("S-1"))
    refused = after(waiting, CodeRefused("S-0", CodeRefusal.RECORDED))
    assert (refused.waiting_serial, refused.notice) == (
        "S-1",
        Notice("Not taken: {value} was inspected before", value="S-0"),
    )
    taken_up = after(refused, SerialWaiting())
    assert taken_up.waiting_serial == "" and taken_up.notice == refused.notice
    assert after(refused, SerialWaiting("S-2")).notice is None
    assert disconnected(waiting, "").waiting_serial == ""


def test_a_sentence_with_a_time_goes_by_itself_and_one_without_stays() -> None:
    timed = replace(CONNECTED, notice=Notice("This answer is not possible now", said_at_ms=NOW_MS))
    soon = after(timed, HealthReported(NOW_MS + NOTICE_MS, Counters()))
    assert soon.notice == timed.notice
    assert after(soon, HealthReported(NOW_MS + NOTICE_MS + 1, Counters())).notice is None
    refused = after(CONNECTED, CommandRefused("RecordOverride", "the disk is full"))
    assert after(refused, HealthReported(NOW_MS * 2, Counters())).notice is not None


def test_a_start_is_no_loss() -> None:
    assert ScreenState().is_starting and not CONNECTED.is_starting
    assert not disconnected(CONNECTED, "").is_starting
    assert not replace(ScreenState(), failure="no disk").is_starting
    assert after(replace(ScreenState(), failure="no disk"), STATION).failure == ""


def test_the_neighbours_in_the_strip_have_ends() -> None:
    state = CONNECTED
    for number in (1, 2, 3):
        state = after(state, part(number))
    oldest, newest = state.strip[0], state.strip[-1]
    assert state.neighbour(newest, -1) == state.strip[1]
    assert state.neighbour(oldest, -1) == oldest and state.neighbour(newest, 1) == newest
    assert CONNECTED.neighbour(None, 1) is None


def test_without_an_engine_nothing_of_it_goes_on_looking_true() -> None:
    state = with_pending(after(CONNECTED, part(1)), 1, Disposition.AGREE)
    state = after(after(state, CAMERA), CameraChanged("top", is_live=False))
    state = disconnected(state, "not recorded")
    assert not state.is_connected and state.engine is EngineState.OFFLINE
    assert state.alarms == () and state.lost_cameras == frozenset()
    assert state.strip[0].pending is None and state.notice == Notice("not recorded")
    assert disconnected(CONNECTED, "x").notice is None


def test_the_alarm_line_shows_what_nobody_has_seen_then_what_is_urgent() -> None:
    state = after(after(CONNECTED, DISK), CAMERA)
    assert state.alarm == DISK
    state = replace(state, acknowledged=frozenset({"storage"}))
    assert state.alarm == CAMERA
    state = after(state, AlarmCleared("camera top"))
    assert state.alarm == DISK and "storage" in state.acknowledged
    assert after(state, replace(DISK, count=4)).acknowledged == {"storage"}
    state = after(after(state, AlarmCleared("storage")), DISK)
    assert state.acknowledged == frozenset()


def test_cameras_state_and_counters_follow_the_engine() -> None:
    state = after(CONNECTED, CameraChanged("top", is_live=False))
    assert state.lost_cameras == {"top"}
    assert after(state, CameraChanged("top", is_live=True)).lost_cameras == frozenset()
    state = after(state, StateChanged(EngineState.FAULTED, "no camera"))
    assert (state.engine, state.detail) == (EngineState.FAULTED, "no camera")
    counters = Counters(5, 3, 1, 0, 1)
    assert after(state, HealthReported(77, counters)).counters == counters


def test_a_part_that_is_told_again_stands_once_in_the_strip() -> None:
    state = after(after(ScreenState(), part(1)), part(2))
    assert after(state, part(1)) == state

"""What the set-up screen knows after each event."""

from dataclasses import replace

from station_app.core.inspection import ImageQuality, VerdictKind
from station_app.core.messages import AlarmCleared, AlarmRaised, CameraChanged, CommandRefused, Priority
from station_app.core.setup_messages import (
    CameraMeasured,
    CameraWatched,
    FeaturesRead,
    FingerprintChecked,
    ReferenceSaved,
    SetupDifference,
    ShotJudged,
    TakeTestShot,
    WriteFeature,
)
from station_app.core.web_messages import LinesReported
from station_app.gui.screen_state import ScreenState, after
from station_app.gui.setup.cameras import CameraStatus, camera_statuses
from station_app.gui.setup.setup_state import (
    Refusal,
    SetupState,
    asking,
    choosing,
    cut_off,
    setup_after,
    writing,
)
from tests.gui.fake_engine import NOW_MS, STATION
from tests.gui.fake_setup import COMMON

TWO = replace(STATION, camera_ids=("top", "side"))
OUT = SetupDifference("shift_x", 6.0, 0.0, 3.0, False)
WITHIN = SetupDifference("focus", 170.0, 172.0, 60.0, True)
START = setup_after(SetupState(), TWO)


def _measured(camera_id: str, *differences: SetupDifference) -> CameraMeasured:
    return CameraMeasured(camera_id, 1, ImageQuality(100.0, 0.0, 0.0, 50.0), (1.0,), (), "/ref.png", differences)


def test_the_first_camera_is_chosen_and_the_choice_holds_while_it_exists() -> None:
    assert START.chosen == "top"
    chosen = choosing(START, "side")
    assert setup_after(chosen, TWO).chosen == "side"
    assert setup_after(chosen, STATION).chosen == "top"
    assert setup_after(chosen, replace(STATION, camera_ids=())).chosen == ""


def test_writes_are_answered_in_their_order() -> None:
    first, second = WriteFeature("top", "Gain", "3"), WriteFeature("top", "Gain", "4")
    state = writing(writing(START, first), second)
    assert state.asked_value("top", "Gain") == "4" and state.asked_value("side", "Gain") is None
    state = setup_after(state, FeaturesRead("side", COMMON))
    assert state.pending == (first, second), "another camera's read-back answers nothing here"
    state = setup_after(state, FeaturesRead("top", COMMON))
    assert state.pending == (second,)
    state = setup_after(state, CommandRefused("WriteFeature", "too high", "take less"))
    assert not state.pending and state.refused_writes == {("top", "Gain"): Refusal("too high", "take less")}
    assert not writing(state, second).refused_writes, "a new try forgets the refusal"
    assert setup_after(state, CommandRefused("WriteFeature", "late")) == state


def test_a_refused_test_shot_is_over() -> None:
    state = asking(START, TakeTestShot.__name__)
    assert state.is_shooting
    refused = setup_after(state, CommandRefused("TakeTestShot", "the line is running"))
    assert not refused.is_shooting and refused.refusals["TakeTestShot"].what == "the line is running"
    shot = ShotJudged("top", VerdictKind.PASS, None, (), 7, 40.0)
    judged = setup_after(asking(refused, TakeTestShot.__name__), shot)
    assert judged.shot == shot and not judged.is_shooting and not judged.refusals


def test_a_lost_camera_is_known_by_event_or_by_alarm_and_its_measures_are_gone() -> None:
    lost = CameraChanged("top", False, "the cable is out")
    alarm = AlarmRaised("camera top", Priority.HIGH, "the camera does not answer", "top", "check the cable", NOW_MS)
    watched = setup_after(START, _measured("top", OUT))
    for event, why in ((lost, "the cable is out"), (alarm, "the camera does not answer")):
        state = setup_after(watched, event)
        assert state.lost == {"top": why} and not state.measured
    for back in (CameraChanged("top", True), AlarmCleared("camera top")):
        assert not setup_after(setup_after(watched, lost), back).lost
    assert setup_after(START, AlarmRaised("storage", Priority.HIGH, "full", "", "", NOW_MS)) == START


def test_differences_are_the_newest_known() -> None:
    station = after(ScreenState(), TWO)
    assert [status.outside for status in camera_statuses(station, START)] == [None, None]
    checked = setup_after(START, FingerprintChecked("side", False, (OUT, WITHIN), NOW_MS))
    assert [status.outside for status in camera_statuses(station, checked)] == [None, 1]
    measured = setup_after(checked, _measured("side", WITHIN))
    assert camera_statuses(station, measured)[1] == CameraStatus("side", True, "", 0)
    assert checked.failed_checks and not setup_after(checked, FingerprintChecked("side", True, (), 1)).failed_checks


def test_without_an_engine_nothing_goes_on_looking_true() -> None:
    state = setup_after(setup_after(START, _measured("top", OUT)), CameraWatched("top", "file"))
    state = writing(state, WriteFeature("top", "Gain", "3"))
    cut = cut_off(state)
    assert (cut.cameras, cut.chosen) == (("top", "side"), "top")
    assert not cut.measured and not cut.watched and not cut.pending
    assert not any(status.is_live for status in camera_statuses(ScreenState(), cut))


def test_the_reference_is_known_by_what_was_said_last_of_it() -> None:
    assert START.reference("top") == ""
    saved = setup_after(START, ReferenceSaved("top", "/new.png", NOW_MS, "Anna"))
    assert saved.reference("top") == "/new.png"
    assert setup_after(saved, _measured("top")).reference("top") == "/ref.png"


def test_only_a_camera_of_lines_tells_of_lines() -> None:
    lines = LinesReported("side", 1, 0, 0.1, 0.05, 200.0)
    state = setup_after(START, lines)
    assert state.is_line_scan("side") and not state.is_line_scan("top")
    assert state.mm_per_pixel("side") == 0.05 and state.mm_per_pixel("top") == 0.0

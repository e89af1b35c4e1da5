"""The physical set-up at the start of a shift, end to end: a rendered camera is knocked, and the line notices."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from datetime import time as wall_time
from pathlib import Path
from typing import cast

import pytest

from station_app.core.inspection import PixelFormat
from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    CommandRefused,
    EngineState,
    Priority,
    SignIn,
    Start,
    StateChanged,
)
from station_app.core.recipe import FingerprintLimits, OnDifference
from station_app.core.setup_messages import (
    AcceptSetup,
    CameraMeasured,
    FingerprintChecked,
    ReferenceSaved,
    SaveReference,
    WatchCamera,
    WriteFeature,
)
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.rendering.plan import RenderSpec
from station_app.engine.fingerprint import FRAMES
from tests.engine.conftest import Open
from tests.engine.fakes import FakeLedger, Misdeed, PartCamera
from tests.engine.line import Line

SPEC = RenderSpec(width=320, height=240, defect_rate=0.0, jitter_px=2.0)
WARN, STOP = FingerprintLimits(OnDifference.WARN), FingerprintLimits(OnDifference.STOP)
SHIFTS = (wall_time(6), wall_time(14), wall_time(22))


class Wall:
    """The clock on the wall."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-11-24 06:30")


@pytest.fixture
def wall() -> Wall:
    return Wall()


OpenChecked = Callable[[FingerprintLimits | None], Line]


@pytest.fixture
def open_checked(open_faked: Open, wall: Wall) -> Iterator[OpenChecked]:
    """A line with one rendered camera whose recipe asks for a fingerprint with these limits."""

    def open_one(limits: FingerprintLimits | None) -> Line:
        camera = RecoveringCamera(lambda: RenderedCamera(SPEC))
        line = open_faked(cameras={"top": camera}, shifts=SHIFTS, local_now=lambda: wall.now, engineer="wang")
        (setup,) = line.recipe.cameras
        line.recipe = replace(line.recipe, cameras=(replace(setup, fingerprint=limits),))
        line.write_recipe(line.recipe)
        line.engine.load("A17")
        return line

    yield open_one


def knock(line: Line, **mounting: float) -> None:
    for name, value in mounting.items():
        line.engine.obey(WriteFeature("top", name, str(value), "gravity"))
    assert line.refusals() == []


def run_parts(line: Line, parts: int = FRAMES) -> None:
    """Trigger so many parts that each is looked at, and pause again."""
    line.engine.obey(Start())
    for _ in range(parts):
        line.inspect()
        wait_idle(line)
    line.engine.pause()


def wait_idle(line: Line) -> None:
    onlooker = line.engine._loaded.onlooker  # type: ignore[union-attr]
    while onlooker._is_busy:
        time.sleep(0.001)


def checked(line: Line) -> tuple[FingerprintChecked, ...]:
    return line.heard.of(FingerprintChecked)


def audited(line: Line, action: str) -> list[tuple[str, str, str, str]]:
    return cast(FakeLedger, line.ledger).audited(action)


def outside(told: FingerprintChecked) -> set[str]:
    return {difference.measure for difference in told.differences if not difference.is_within}


def test_a_reference_is_kept_with_its_measures_its_settings_and_who_saved_it(open_checked: OpenChecked) -> None:
    line = open_checked(None)
    line.engine.obey(WriteFeature("top", "exposure_us", "9000", "wang"))
    line.engine.obey(SaveReference("top", "wang"))
    (saved,) = line.heard.of(ReferenceSaved)
    assert Path(saved.picture).is_relative_to(line.folder / "references" / "A17" / "top")
    kept = line.engine._makers.references.load("A17", "top")
    assert kept is not None
    assert (kept.note.operator, kept.note.recipe_revision, kept.note.pixel_format) == ("wang", 1, PixelFormat.MONO8)
    assert dict(kept.note.seen.settings) == {"exposure_us": 9000.0, "gain_db": 0.0, "rate_hz": 0.0}
    assert kept.pixels.shape == (240, 320)
    assert audited(line, "reference_saved") == [("wang", "reference_saved", "camera top", saved.picture)]


def test_a_reference_needs_a_person_and_a_resting_line(open_checked: OpenChecked) -> None:
    line = open_checked(None)
    line.engine.obey(SignIn(""))
    line.engine.obey(SaveReference("top", "wang"))
    line.sign_in("wang")
    line.engine.start()
    line.engine.obey(SaveReference("top", "wang"))
    assert line.refusals() == ["nobody is signed in", "the line is running"]


def test_a_bad_frame_is_no_reference(open_faked: Open) -> None:
    line = open_faked(engineer="wang")
    line.engine.load("A17")
    line.top.misdeeds = {0: Misdeed.LOST, 1: Misdeed.TORN}
    for _ in range(2):
        line.engine.obey(SaveReference("top", "wang"))
    reasons = ("frame_lost", "frame_torn")
    assert line.refusals() == [f"the camera delivered no good frame ({reason})" for reason in reasons]
    line.engine.obey(SaveReference("top", "wang"))
    assert len(line.heard.of(ReferenceSaved)) == 1


def test_a_watched_camera_is_compared_with_its_reference(open_checked: OpenChecked) -> None:
    line = open_checked(None)
    line.engine.obey(SaveReference("top", "wang"))
    (saved,) = line.heard.of(ReferenceSaved)
    line.engine.obey(WatchCamera("top"))
    line.heard.wait(lambda events: any(isinstance(e, CameraMeasured) and e.differences for e in events))
    told = line.heard.of(CameraMeasured)[-1]
    assert told.reference == saved.picture
    assert all(difference.is_within for difference in told.differences)
    knock(line, mount_x_px=30, exposure_us=5000)
    before = len(line.heard.of(CameraMeasured)) + 1
    line.heard.wait(lambda events: sum(isinstance(e, CameraMeasured) for e in events) > before)
    now = {difference.measure: difference for difference in line.heard.of(CameraMeasured)[-1].differences}
    assert now["shift_x"].now == pytest.approx(30, abs=5)
    assert (now["exposure"].now, now["exposure"].reference) == (5000, 10_000)
    assert {name for name, difference in now.items() if not difference.is_within} >= {"shift_x", "exposure"}


def test_the_first_start_of_each_shift_compares_and_no_other(open_checked: OpenChecked, wall: Wall) -> None:
    line = open_checked(WARN)
    line.engine.obey(SaveReference("top", "wang"))
    run_parts(line)
    assert [told.is_within for told in checked(line)] == [True]
    run_parts(line)
    assert len(checked(line)) == 1
    wall.now = wall.now.replace(hour=13, minute=59)
    run_parts(line)
    assert len(checked(line)) == 1
    wall.now = wall.now.replace(hour=14, minute=0)
    run_parts(line)
    assert len(checked(line)) == 2
    assert (
        audited(line, "fingerprint_checked")
        == [("station", "fingerprint_checked", "camera top", "as its reference")] * 2
    )
    assert line.engine.alarms.standing() == ()


def test_a_comparison_that_was_broken_off_begins_anew(open_checked: OpenChecked) -> None:
    line = open_checked(WARN)
    line.engine.obey(SaveReference("top", "wang"))
    run_parts(line, FRAMES - 1)
    assert checked(line) == ()
    run_parts(line, FRAMES)
    assert len(checked(line)) == 1


KNOCKS: tuple[tuple[dict[str, float], str], ...] = (
    ({"mount_x_px": 40.0}, "shift_x"),
    ({"mount_y_px": -40.0}, "shift_y"),
    ({"mount_turn_deg": 3.0}, "turn"),
    ({"defocus_px": 3.0}, "focus"),
    ({"exposure_us": 5000.0}, "exposure"),
    ({"gain": 3.0}, "gain"),
    ({"mount_turn_deg": 10.0, "mount_x_px": 100.0}, "match"),
)


@pytest.mark.parametrize(("mounting", "measure"), KNOCKS, ids=[measure for _, measure in KNOCKS])
def test_a_set_up_that_differs_is_told_by_the_measure(
    open_checked: OpenChecked, mounting: dict[str, float], measure: str
) -> None:
    line = open_checked(WARN)
    line.engine.obey(SaveReference("top", "wang"))
    knock(line, **mounting)
    run_parts(line)
    (told,) = checked(line)
    assert not told.is_within and measure in outside(told)
    (alarm,) = line.engine.alarms.standing()
    assert (alarm.code, alarm.priority, alarm.where) == ("setup top", Priority.MEDIUM, "camera top")
    assert f"{measure} " in alarm.what and "instead of" in alarm.what
    assert line.engine.state is EngineState.PAUSED
    line.engine.start()


def test_where_the_recipe_says_so_the_line_stops_and_stays_stopped(open_checked: OpenChecked) -> None:
    line = open_checked(STOP)
    line.engine.obey(SaveReference("top", "wang"))
    knock(line, mount_x_px=40)
    line.engine.start()
    while line.engine.state is EngineState.RUNNING:
        line.engine.wait_ready(0.1)
        line.engine.trigger()
        wait_idle(line)
    line.heard.wait(lambda events: any(isinstance(e, StateChanged) and "differs" in e.detail for e in events))
    assert line.engine.tally.wait_settled(20)
    (alarm,) = line.engine.alarms.standing()
    assert (alarm.code, alarm.priority) == ("setup top", Priority.HIGH)
    line.engine.obey(Start())
    line.engine.load("A17")
    line.engine.obey(Start())
    assert line.refusals() == ["the physical set-up differs from its reference"] * 2
    assert line.engine.state is EngineState.READY


@pytest.fixture
def shut(open_checked: OpenChecked) -> Line:
    """A line that may not run, because its camera was knocked."""
    line = open_checked(STOP)
    line.engine.obey(SaveReference("top", "wang"))
    knock(line, mount_x_px=40)
    run_parts(line)
    assert not line.engine._checks.may_run(line.recipe)
    return line


def test_a_person_may_accept_it_for_this_shift_with_a_reason(shut: Line, wall: Wall) -> None:
    shut.engine.obey(AcceptSetup("wang", "the new holder sits 40 px to the right"))
    ((who, _, subject, details),) = audited(shut, "setup_accepted")
    assert (who, subject) == ("wang", "A17")
    assert details.startswith("the new holder sits 40 px to the right [camera top: shift_x ")
    assert AlarmCleared("setup top") in shut.heard.events
    assert (checked(shut)[-1].is_within, "shift_x" in outside(checked(shut)[-1])) == (True, True)
    before = len(checked(shut))
    run_parts(shut)
    assert shut.refusals() == []
    assert len(checked(shut)) == before
    wall.now = wall.now.replace(hour=23)
    run_parts(shut)
    assert len(checked(shut)) == before + 1
    shut.engine.obey(Start())
    assert shut.refusals() == ["the physical set-up differs from its reference"]


@pytest.mark.parametrize(
    ("is_present", "reason", "what"), [(False, "so be it", "nobody is signed in"), (True, " ", "no reason is given")]
)
def test_it_is_not_accepted_without_a_name_and_a_reason(shut: Line, is_present: bool, reason: str, what: str) -> None:
    if not is_present:
        shut.engine.obey(SignIn(""))
    shut.engine.obey(AcceptSetup("wang", reason))
    shut.sign_in("wang")
    shut.engine.obey(Start())
    assert shut.refusals() == [what, "the physical set-up differs from its reference"]
    assert audited(shut, "setup_accepted") == []


def test_what_holds_needs_no_acceptance(open_checked: OpenChecked) -> None:
    line = open_checked(STOP)
    line.engine.obey(AcceptSetup("wang", "just in case"))
    assert line.refusals() == ["nothing differs from its reference"]


def test_a_new_reference_opens_the_line_and_is_compared_with(shut: Line) -> None:
    shut.engine.obey(SaveReference("top", "wang"))
    assert shut.engine.alarms.standing() == ()
    assert checked(shut)[-1] == FingerprintChecked("top", True, (), checked(shut)[0].checked_at_ms)
    run_parts(shut)
    assert [told.is_within for told in checked(shut)] == [False, True, True]
    run_parts(shut)


def test_a_screen_that_comes_later_and_a_recipe_loaded_again_know_of_it(shut: Line) -> None:
    assert checked(shut)[0] in shut.engine.welcome()
    shut.engine.load("A17")
    assert [alarm.code for alarm in shut.engine.alarms.standing()] == ["setup top"]
    assert checked(shut)[0] in shut.engine.welcome()
    shut.engine.obey(AcceptSetup("wang", "so it stays"))
    assert not [event for event in shut.engine.welcome() if isinstance(event, FingerprintChecked)]


def test_a_watched_camera_tells_of_the_reference_that_it_has(open_checked: OpenChecked) -> None:
    line = open_checked(None)
    line.engine.obey(WatchCamera("top"))
    assert line.heard.of(ReferenceSaved) == ()
    line.engine.obey(SaveReference("top", "wang"))
    line.engine.load("A17")
    line.engine.obey(WatchCamera("top"))
    first, again = line.heard.of(ReferenceSaved)
    assert first == again and first.operator == "wang"


def test_the_night_shift_does_not_open_what_the_day_shift_shut(shut: Line, wall: Wall) -> None:
    wall.now = wall.now.replace(hour=23)
    shut.engine.obey(Start())
    assert shut.refusals() == ["the physical set-up differs from its reference"]


def test_without_a_reference_nothing_is_compared_and_one_low_alarm_says_so(open_checked: OpenChecked) -> None:
    line = open_checked(STOP)
    for _ in range(2):
        run_parts(line)
    assert checked(line) == ()
    (alarm,) = line.heard.of(AlarmRaised)
    assert (alarm.code, alarm.priority, alarm.count) == ("reference top", Priority.LOW, 1)
    line.engine.obey(SaveReference("top", "wang"))
    assert line.engine.alarms.standing() == ()


def test_a_recipe_that_asks_for_none_is_compared_with_nothing(open_checked: OpenChecked) -> None:
    line = open_checked(None)
    run_parts(line)
    line.engine.obey(SaveReference("top", "wang"))
    knock(line, mount_x_px=40)
    run_parts(line)
    assert checked(line) == () and line.heard.of(AlarmRaised) == ()


@pytest.mark.parametrize(("limits", "may_run"), [(WARN, True), (STOP, False)])
def test_a_damaged_reference_is_an_alarm_and_stops_a_line_that_is_to_be_stopped(
    open_checked: OpenChecked, limits: FingerprintLimits, may_run: bool
) -> None:
    line = open_checked(limits)
    line.engine.obey(SaveReference("top", "wang"))
    Path(line.heard.of(ReferenceSaved)[0].picture).write_bytes(b"no picture")
    line.engine.load("A17")
    (alarm,) = line.engine.alarms.standing()
    assert (alarm.code, alarm.what) == ("reference top", "the reference is damaged (hash)")
    line.engine.obey(Start())
    assert (line.engine.state is EngineState.RUNNING) == may_run
    line.engine.pause()
    line.engine.obey(SaveReference("top", "wang"))
    assert line.engine.alarms.standing() == ()
    line.engine.obey(Start())
    assert line.engine.state is EngineState.RUNNING


def test_each_camera_is_compared_with_its_own(open_faked: Open) -> None:
    cameras = {"top": PartCamera(), "side": PartCamera("B2")}
    line = open_faked(cameras=cameras, engineer="wang")
    limits = FingerprintLimits(match_min=0.0, shift_px=10_000, turn_deg=180)
    setups = tuple(replace(setup, fingerprint=limits) for setup in line.recipe.cameras)
    line.write_recipe(replace(line.recipe, cameras=setups))
    line.engine.load("A17")
    for camera_id in cameras:
        line.engine.obey(SaveReference(camera_id, "wang"))
    cameras["side"].greys = dict.fromkeys(range(1, 100), 100)
    run_parts(line, 2 * FRAMES)
    assert {told.camera_id: told.is_within for told in checked(line)} == {"top": True, "side": False}
    assert [alarm.code for alarm in line.engine.alarms.standing()] == ["setup side"]


def test_a_command_without_a_recipe_is_refused(open_faked: Open) -> None:
    line = open_faked(engineer="wang")
    line.engine.obey(SaveReference("top", "wang"))
    line.engine.obey(AcceptSetup("wang", "yes"))
    assert {event.what for event in line.heard.of(CommandRefused)} == {"no recipe is loaded"}


def test_a_second_camera_that_differs_is_not_accepted_with_the_first(open_faked: Open) -> None:
    cameras = {"top": PartCamera(), "side": PartCamera("B2")}
    line = open_faked(cameras=cameras, engineer="wang")
    limits = FingerprintLimits(OnDifference.STOP, match_min=0.0, shift_px=10_000, turn_deg=180)
    setups = tuple(replace(setup, fingerprint=limits) for setup in line.recipe.cameras)
    line.write_recipe(replace(line.recipe, cameras=setups))
    line.engine.load("A17")
    for camera_id, camera in cameras.items():
        line.engine.obey(SaveReference(camera_id, "wang"))
        camera.greys = dict.fromkeys(range(1, 1000), 100)
    for accepted in (1, 2):
        run_until_shut(line)
        line.engine.obey(AcceptSetup("wang", "known"))
        assert line.refusals() == []
        assert len(audited(line, "setup_accepted")) == accepted
    run_parts(line)
    assert line.refusals() == []
    assert {told.camera_id for told in checked(line) if outside(told)} == {"top", "side"}


def run_until_shut(line: Line) -> None:
    line.engine.start()
    while line.engine._checks.may_run(line.recipe):
        if line.engine.wait_ready(0.1):
            line.engine.trigger()
        wait_idle(line)
    line.engine.pause()

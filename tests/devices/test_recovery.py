"""A camera that is lost comes back with its settings, or stays refused; idle is no fault."""

import logging
import threading

import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp
from station_app.devices.faults import Fault, FaultKind
from station_app.devices.freshness import Freshness
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.rendering.plan import RenderSpec
from station_app.devices.watch import Watch
from tests.devices.fakes import FakeClock, ManualWatch, PlugCamera


class Bench:
    """A recovering camera, its plug, and the recovery's thread turned by hand."""

    def __init__(self) -> None:
        self.plug = PlugCamera()
        self.watch = ManualWatch()
        self.changes: list[tuple[bool, str]] = []
        self.made = 0
        self.camera = RecoveringCamera(self._make, self._note, watch=self.watch)
        self.buffer = np.zeros(self.camera.open().shape, np.uint8)
        self.camera.apply({"exposure_us": 250.0})
        self.camera.start()

    def _make(self) -> PlugCamera:
        self.made += 1
        return self.plug

    def _note(self, is_live: bool, detail: str) -> None:
        self.changes.append((is_live, detail))

    def shoot(self) -> FrameStamp | None:
        self.camera.trigger()
        return self.camera.fill(self.buffer, 0.1)

    def pull(self) -> None:
        self.plug.is_plugged = False
        with pytest.raises(CameraError, match="does not answer"):
            self.shoot()
        self.plug.calls.clear()


def test_a_loss_is_told_once_and_refuses_at_once() -> None:
    bench = Bench()
    bench.pull()
    assert bench.watch.wakes == 1 and bench.changes == []
    assert bench.camera.step() == 0.5
    assert [is_live for is_live, _ in bench.changes] == [False]
    assert "does not answer (A1): plug it in" in bench.changes[0][1]
    for refused in (bench.camera.trigger, bench.shoot, bench.camera.start):
        with pytest.raises(CameraError, match="does not answer"):
            refused()
    assert not bench.camera.is_alive()
    assert bench.plug.calls == ["close"]


def test_the_waits_between_attempts_grow_and_never_exceed_what_the_return_may_take() -> None:
    bench = Bench()
    bench.pull()
    assert [bench.camera.step() for _ in range(7)] == [0.5, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0]
    assert len(bench.changes) == 1


def test_a_camera_that_is_off_all_night_does_not_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "station_app.devices.recovery")
    bench = Bench()
    bench.pull()
    for _ in range(50):
        bench.camera.step()
    bench.plug.is_plugged, bench.plug.serial = True, "B2"
    bench.camera.step()
    told = [record.getMessage() for record in caplog.records if "still lost" in record.getMessage()]
    assert len(told) == 2 and "does not answer" in told[0] and "B2" in told[1]


def test_it_comes_back_with_settings_and_without_its_first_frames() -> None:
    bench = Bench()
    assert bench.shoot() is not None
    bench.pull()
    bench.camera.step()
    bench.plug.is_plugged, bench.plug.settings = True, {"exposure_us": 100.0}
    assert bench.camera.step() == 1.0
    assert bench.plug.calls == ["close", "open", "apply", "start"]
    assert bench.plug.settings == {"exposure_us": 250.0}
    assert bench.changes[1:] == [(True, "")]
    stamp = bench.shoot()
    assert stamp is not None and bench.buffer[0, 0] == 3  # 0, 1, 2 were thrown away
    assert bench.made == 1 and bench.camera.is_alive()


def test_ids_go_on_over_a_reconnect() -> None:
    bench = Bench()
    ids = [_id(bench.shoot()) for _ in range(3)]
    bench.pull()
    bench.camera.step()
    bench.plug.is_plugged = True
    bench.camera.step()
    assert ids + [_id(bench.shoot()) for _ in range(2)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("change", "value"),
    [("serial", "B2"), ("shape", (8, 8)), ("forgets_settings", True), ("is_silent", True)],
)
def test_it_is_not_taken_back_when_something_is_wrong(change: str, value: object) -> None:
    bench = Bench()
    bench.pull()
    bench.camera.step()
    bench.plug.is_plugged, bench.plug.settings = True, {"exposure_us": 100.0}
    setattr(bench.plug, change, value)
    assert bench.camera.step() == 1.0
    assert bench.plug.calls[-1] == "close"
    assert [is_live for is_live, _ in bench.changes] == [False]
    with pytest.raises(CameraError):
        bench.shoot()


def test_waiting_for_a_trigger_is_no_fault() -> None:
    bench = Bench()
    for _ in range(20):
        assert bench.camera.fill(bench.buffer, 0.0) is None
        assert bench.camera.step() == 1.0
    assert bench.changes == [] and bench.camera.is_alive()


def test_an_idle_camera_that_died_is_noticed() -> None:
    bench = Bench()
    bench.camera.step()
    bench.plug.is_plugged = False
    assert bench.camera.step() == 0.5
    assert [is_live for is_live, _ in bench.changes] == [False]


def test_a_frame_that_did_not_come_restarts_the_acquisition_and_the_third_is_a_loss() -> None:
    bench = Bench()
    bench.plug.is_silent = True
    bench.plug.calls.clear()
    assert bench.shoot() is None
    assert bench.plug.calls == ["stop", "start"]
    assert bench.shoot() is None
    with pytest.raises(CameraError, match="3 frames in a row did not come"):
        bench.shoot()
    bench.camera.step()
    assert [is_live for is_live, _ in bench.changes] == [False]


def test_it_is_known_when_its_frames_last_began_anew() -> None:
    """After a start, on demand, after a missing frame, and after a return."""
    plug, clock = PlugCamera(), FakeClock()
    camera = RecoveringCamera(lambda: plug, watch=ManualWatch(), clock=clock)
    buffer, begun = np.zeros(camera.open().shape, np.uint8), []

    def note() -> None:
        begun.append(camera.begun_ns)

    def miss() -> None:
        camera.trigger()
        plug.pending.clear()
        assert camera.fill(buffer, 0.1) is None

    def come_back() -> None:
        plug.is_plugged = False
        with pytest.raises(CameraError):
            camera.begin_anew()
        camera.step()
        plug.is_plugged = True
        camera.step()

    for action in (note, camera.start, camera.begin_anew, miss, come_back):
        action()
        note()
    assert begun[1:] == sorted(set(begun[1:]))
    restart = ["stop", "start"]
    assert plug.calls == ["open", "start", *restart, *restart, *restart, "close", "open", "start"]


def test_nothing_of_before_is_handed_out_after_it_began_anew_and_its_ids_go_on() -> None:
    bench = Bench()
    first = bench.shoot()
    bench.camera.trigger()
    bench.camera.begin_anew()
    assert bench.camera.fill(bench.buffer, 0.1) is None
    assert _id(bench.shoot()) == _id(first) + 1


def test_misses_that_are_not_in_a_row_do_not_add_up() -> None:
    bench = Bench()
    for _ in range(5):
        bench.plug.is_silent = True
        assert bench.shoot() is None
        bench.plug.is_silent = False
        assert bench.shoot() is not None
    assert bench.camera.is_alive()


def test_a_setting_that_the_camera_does_not_hold_is_refused() -> None:
    bench = Bench()
    bench.plug.forgets_settings = True
    with pytest.raises(CameraError, match=r"exposure_us was set to 900.0 and the camera answers 250.0"):
        bench.camera.apply({"exposure_us": 900.0})


def test_a_camera_that_was_never_there_is_the_callers_error() -> None:
    plug, watch = PlugCamera(), ManualWatch()
    plug.is_plugged = False
    with pytest.raises(CameraError):
        RecoveringCamera(lambda: plug, watch=watch).open()
    assert not watch.is_running


def test_no_part_ever_gets_the_frame_of_another() -> None:
    plan = {i: Fault(FaultKind.LATE, 0.25) for i in (3, 4, 9)} | {6: Fault(FaultKind.LOST)}
    clock, freshness = FakeClock(), Freshness()
    rendered = RenderedCamera(RenderSpec(width=64, height=64), fault_plan=plan, clock=clock)
    camera = RecoveringCamera(lambda: rendered, watch=ManualWatch())
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    got: dict[int, str] = {}
    for part in range(14):
        triggered_ns = clock.now_ns()
        camera.trigger()
        stamp = camera.fill(buffer, 0.2)
        if stamp is not None and freshness.fault(stamp, buffer, triggered_ns) is None:
            got[part] = stamp.source
    assert got == {part: f"rendered:{part}" for part in range(14) if part not in plan}


def test_nothing_of_a_replay_is_thrown_away_and_its_end_is_no_fault() -> None:
    bench = Bench()
    bench.plug.is_replay = True  # type: ignore[attr-defined]
    bench.pull()
    bench.camera.step()
    bench.plug.is_plugged = True
    bench.camera.step()
    assert bench.shoot() is not None and bench.buffer[0, 0] == 0
    bench.plug.is_silent = True
    assert [bench.shoot() for _ in range(9)] == [None] * 9
    assert bench.camera.is_alive()


def test_the_thread_recovers_and_close_interrupts_its_waiting() -> None:
    plug, lost, back = PlugCamera(), threading.Event(), threading.Event()

    def note(is_live: bool, detail: str) -> None:
        (back if is_live else lost).set()

    policy = RecoveryPolicy(backoff_s=(0.0, 3600.0), alive_every_s=3600.0)
    camera = RecoveringCamera(lambda: plug, note, policy, Watch("recovery under test"))
    camera.open()
    camera.start()
    plug.is_plugged = False
    with pytest.raises(CameraError):
        camera.trigger()
    assert lost.wait(5)
    camera.close()  # while it waits for an hour
    assert not any(thread.name == "recovery under test" for thread in threading.enumerate())
    plug.is_plugged = True
    camera.open()
    assert camera.is_alive() and not back.is_set()
    camera.close()


def _id(stamp: FrameStamp | None) -> int:
    assert stamp is not None
    return stamp.frame_id

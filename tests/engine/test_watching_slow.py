"""Slow, wired and replaying cameras: an exposure for watching is never taken for a part's, whenever its frame comes."""

import threading
import time
from collections import deque
from collections.abc import Iterator

import pytest

from station_app.core.inspection import FrameStamp, NoResultReason, PixelFormat, Pixels, VerdictKind
from station_app.core.messages import AlarmRaised
from station_app.core.setup_messages import CameraMeasured, SaveReference, TakeTestShot, WatchCamera
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from station_app.devices.wired import TRANSIT_S
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, GOOD, PATIENCE_S, SHAPE, PartCamera, noisy
from tests.engine.line import Line

AT_ONCE = RecoveryPolicy(backoff_s=(0.01,), alive_every_s=0.05, discard_timeout_s=0.5)
ROUNDS = 6


class SlowCamera:
    """Each trigger exposes the scene as it is then; the frame comes `delay_s` later, whoever waits for it. With
    `is_wired` only `pulse` exposes."""

    def __init__(self, delay_s: float = 0.0, *, is_wired: bool = False) -> None:
        self.scene = GOOD
        self.delay_s = delay_s
        self.is_wired = is_wired
        self._number = -1
        self._coming: deque[tuple[float, FrameStamp, Pixels]] = deque()
        self._changed = threading.Condition()

    def open(self) -> CameraInfo:
        return CameraInfo("S1", "slow", SHAPE, PixelFormat.MONO8)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        return settings

    def start(self) -> None:
        """Nothing of before is delivered: `stop` has thrown it away."""

    def trigger(self) -> None:
        if not self.is_wired:
            self.pulse()

    def pulse(self) -> None:
        with self._changed:
            self._number += 1
            due_s = time.monotonic() + self.delay_s
            stamp = FrameStamp(self._number, int(due_s * 1e9))
            self._coming.append((due_s, stamp, noisy(self.scene, SHAPE, self._number)))
            self._changed.notify_all()

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        until_s = time.monotonic() + timeout_s
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._coming), timeout_s):
                return None
            due_s = self._coming[0][0]
            if due_s > until_s:
                self._changed.wait(max(0.0, until_s - time.monotonic()))
                return None
            time.sleep(max(0.0, due_s - time.monotonic()))
            _, stamp, pixels = self._coming.popleft()
        buffer[...] = pixels
        return stamp

    def is_alive(self) -> bool:
        return True

    def stop(self) -> None:
        with self._changed:
            self._coming.clear()

    def close(self) -> None:
        self.stop()


@pytest.fixture
def device() -> SlowCamera:
    return SlowCamera()


@pytest.fixture
def line(open_faked: Open, device: SlowCamera) -> Iterator[Line]:
    made = open_faked(cameras={"top": RecoveringCamera(lambda: device, policy=AT_ONCE)})
    made.engine.load("A17")
    yield made


def wait_pictures(line: Line, count: int) -> None:
    before = len(line.heard.of(CameraMeasured))
    line.heard.wait(lambda events: sum(isinstance(e, CameraMeasured) for e in events) >= before + count)


@pytest.mark.parametrize("delay_s", [0.0, 0.03, 0.08, 0.15, 0.4])
def test_no_part_is_judged_by_a_frame_that_was_exposed_for_watching(
    line: Line, device: SlowCamera, delay_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody watches, a good part lies there; the parts that pass are bad. A look waits for 0.1 s only, so
    that the frames of the slower cameras come when nobody waits for them any more."""
    monkeypatch.setattr("station_app.engine.looks.LOOK_S", 0.1)
    device.delay_s = delay_s
    line.engine.obey(WatchCamera("top"))
    for number in range(ROUNDS):
        device.scene = GOOD
        if delay_s < 0.1:
            wait_pictures(line, 1)
        else:
            time.sleep(0.02 * number)  # the start comes before, amid and after the exposure
        line.engine.start()
        device.scene = BAD
        line.inspect(2)
        line.engine.pause()
    kinds = [part.verdict for part in line.heard.parts]
    assert VerdictKind.PASS not in kinds
    assert VerdictKind.FAIL in kinds
    if delay_s < 0.1:
        assert set(kinds) == {VerdictKind.FAIL}


def test_a_wired_camera_shows_what_comes_and_waiting_for_it_is_no_fault(line: Line, device: SlowCamera) -> None:
    device.is_wired = True
    line.engine.obey(WatchCamera("top"))
    time.sleep(1.0)  # five looks in vain
    device.pulse()
    wait_pictures(line, 1)
    assert line.heard.of(AlarmRaised) == ()
    line.engine.start()
    time.sleep(3 * TRANSIT_S)  # what was exposed before could still arrive
    device.scene = BAD
    assert line.engine.trigger()
    device.pulse()
    (told,) = line.heard.wait_parts(1)
    assert (told.verdict, told.reason) == (VerdictKind.FAIL, None)


def test_a_wired_frame_from_before_the_trigger_is_not_the_parts(line: Line, device: SlowCamera) -> None:
    device.is_wired = True
    line.engine.start()
    device.pulse()
    assert line.engine.trigger()
    (told,) = line.heard.wait_parts(1)
    assert told.reason in (NoResultReason.FRAME_STALE, NoResultReason.FRAME_SLIPPED)


def test_a_list_of_files_loses_none_of_them_to_a_watcher(open_faked: Open) -> None:
    camera = PartCamera()
    camera.is_replay = True  # type: ignore[attr-defined]
    line = open_faked(cameras={"top": camera}, engineer="wang")
    line.engine.load("A17")
    line.engine.obey(WatchCamera("top"))
    for command in (TakeTestShot("top", "wang"), SaveReference("top", "wang")):
        line.engine.obey(command)
    assert set(line.refusals()) == {"this camera works off a list of files, of which none may be left out"}
    time.sleep(0.5)
    assert camera.number == -1
    line.engine.start()
    line.inspect()
    line.heard.wait(lambda events: any(isinstance(event, CameraMeasured) for event in events))


def test_a_slow_camera_ends_its_exposure_before_the_line_starts(line: Line, device: SlowCamera) -> None:
    device.delay_s = 0.3
    line.engine.obey(WatchCamera("top"))
    while device._number < 0:
        time.sleep(0.001)
    begun_s = time.monotonic()
    line.engine.start()
    assert time.monotonic() - begun_s < PATIENCE_S
    number = device._number
    (told,) = line.inspect()
    assert (told.reason, device._number) == (None, number + 1)

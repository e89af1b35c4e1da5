"""Live cameras: never a frame from before the trigger, and a stream that stops is told in good time."""

import threading
from collections.abc import Callable, Iterator
from functools import partial

import cv2
import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.devices.capture import open_capture
from station_app.devices.clock import SystemClock
from station_app.devices.freshness import Freshness
from station_app.devices.opencv_camera import MAX_AGE_S, LiveCamera, open_opencv
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from tests.devices.fakes import FakeCapture, FakeClock, ManualWatch
from tests.devices.stream_server import StreamServer, number_in, stream_server


class Live:
    """A live camera on a capture that the test feeds frame by frame."""

    def __init__(self, pixel_format: PixelFormat = PixelFormat.BGR8, size: tuple[int, int] | None = None) -> None:
        self.capture = FakeCapture()
        self.clock = FakeClock()
        self.camera = LiveCamera(lambda: self.capture, "usb-1", pixel_format, size=size, clock=self.clock)

    def begin(self) -> "Live":
        self.capture.push(1)
        self.described = self.camera.open()
        self.camera.start()
        self.buffer = np.zeros(self.described.shape, np.uint8)
        return self

    def fill(self, timeout_s: float = 5.0) -> FrameStamp | None:
        return self.camera.fill(self.buffer, timeout_s)


@pytest.fixture
def live() -> Iterator[Live]:
    made = Live()
    yield made
    made.capture.end()
    made.camera.close()


def test_a_frame_that_was_under_way_at_the_trigger_is_passed_over(live: Live) -> None:
    live.begin()
    live.camera.trigger()
    live.capture.push(50)
    live.capture.push(60)
    stamp = live.fill()
    assert stamp is not None
    assert live.buffer[0, 0, 0] == 60


def test_a_frame_read_before_the_trigger_is_not_waited_for_in_vain(live: Live) -> None:
    live.begin()
    live.camera.trigger()
    live.capture.push(50)
    assert live.fill(0.0) is None


def test_frame_ids_count_what_was_delivered(live: Live) -> None:
    live.begin()
    ids = []
    for grey in (10, 20, 30):
        live.camera.trigger()
        live.capture.push(grey)
        live.capture.push(grey + 5)
        stamp = live.fill()
        ids.append(stamp.frame_id if stamp else None)
    assert ids == [0, 1, 2]


def test_grey_is_delivered_where_grey_was_asked_for() -> None:
    live = Live(PixelFormat.MONO8).begin()
    assert live.described.shape == (6, 8)
    live.capture.push(77)
    assert live.fill() is not None
    assert (live.buffer == 77).all()
    live.capture.end()
    live.camera.close()


def test_a_stream_that_is_silent_too_long_is_lost_however_long_one_would_wait(live: Live) -> None:
    live.begin()
    live.camera.trigger()
    live.clock.sleep(MAX_AGE_S + 0.1)
    with pytest.raises(CameraError, match=r"no picture for 2\.1 s"):
        live.fill(600.0)
    assert not live.camera.is_alive()


def test_waiting_within_the_age_is_no_fault(live: Live) -> None:
    live.begin()
    live.camera.trigger()
    live.clock.sleep(MAX_AGE_S - 0.1)
    assert live.fill(0.0) is None
    assert live.camera.is_alive()


def test_a_stream_that_ends_is_told_to_whoever_waits(live: Live) -> None:
    live.begin()
    live.camera.trigger()
    threading.Timer(0.0, live.capture.end).start()
    with pytest.raises(CameraError, match="the stream broke off"):
        live.fill(60.0)
    assert not live.camera.is_alive()


def test_a_capture_that_never_sends_is_told_and_let_go(live: Live) -> None:
    live.capture.end()
    with pytest.raises(CameraError, match="broke off"):
        live.camera.open()
    assert live.capture.released.wait(5.0)


def test_another_frame_size_in_the_middle_is_refused(live: Live) -> None:
    live.begin()
    live.capture.size = (12, 8)
    live.camera.trigger()
    live.capture.push(1)
    live.capture.push(2)
    with pytest.raises(CameraError, match="changed its frame size"):
        live.fill()


def test_a_device_that_does_not_take_the_size_is_refused() -> None:
    live = Live(size=(640, 480))
    live.capture.push(1)
    with pytest.raises(CameraError, match="delivers 8 x 6 pixels and not 640 x 480"):
        live.camera.open()
    live.capture.end()
    assert live.capture.released.wait(5.0)
    fitting = Live(size=(8, 6)).begin()
    fitting.capture.end()
    fitting.camera.close()


def test_settings_are_written_and_read_back(live: Live) -> None:
    live.begin()
    answers: list[object] = []
    settings: dict[str, bool | int | float | str] = {"exposure": -5.0, "gain": 3.0}
    asking = threading.Thread(target=lambda: answers.append(live.camera.apply(settings)))
    asking.start()
    while asking.is_alive():
        live.capture.push(1)
        asking.join(0.01)
    assert answers == [settings]
    assert live.capture.properties == {cv2.CAP_PROP_EXPOSURE: -5.0, cv2.CAP_PROP_GAIN: 3.0}


class QueuedCapture(FakeCapture):
    """Hands out what had queued up at once, each frame a moment of the test's clock; then what is pushed."""

    def __init__(self, clock: FakeClock, queued: int, take_s: float) -> None:
        super().__init__()
        self._clock = clock
        self._queued = queued
        self._take_s = take_s
        self.reads = 0

    def read(self) -> tuple[bool, Pixels | None]:
        if self.reads < self._queued:
            self.push(self.reads)
            self._clock.sleep(self._take_s)
        self.reads += 1
        return super().read()


def test_what_a_network_stream_had_queued_is_thrown_away_at_the_start() -> None:
    clock = FakeClock()
    capture = QueuedCapture(clock, queued=75, take_s=1 / 39)
    camera = LiveCamera(lambda: capture, "rtsp", PixelFormat.BGR8, settle_s=1.9, clock=clock)
    began_ns = clock.ns
    camera.open()
    assert clock.ns - began_ns >= 1.9e9
    capture.end()
    camera.close()


def test_a_device_that_is_not_there_is_told() -> None:
    camera = open_opencv("/dev/video-that-is-not-there", PixelFormat.BGR8)
    with pytest.raises(CameraError, match="the camera does not open") as told:
        camera.open()
    assert "/dev/video-that-is-not-there" in told.value.where and "cable" in told.value.remedy


def test_an_address_where_nobody_answers_is_told_without_its_password() -> None:
    with stream_server() as server:
        url = server.url.replace("http://", "http://admin:hunter2@")
    with pytest.raises(CameraError, match="the camera does not open") as told:
        open_opencv(url, PixelFormat.BGR8).open()
    assert "hunter2" not in str(told.value) and "check the address" in told.value.remedy


def network_camera(server: StreamServer, settle_s: float = 0.0) -> LiveCamera:
    """As `open_opencv` makes it, but for the time in which what had queued is thrown away."""
    return LiveCamera(partial(open_capture, server.url, {}), server.url, PixelFormat.MONO8, settle_s=settle_s)


def shoot(camera: LiveCamera | RecoveringCamera, buffer: Pixels) -> FrameStamp | None:
    camera.trigger()
    return camera.fill(buffer, 5.0)


def test_frames_of_a_real_stream_are_never_older_than_their_trigger() -> None:
    with stream_server() as server:
        camera = network_camera(server, settle_s=0.5)
        buffer = np.zeros(camera.open().shape, np.uint8)
        camera.start()
        freshness, clock = Freshness(), SystemClock()
        for _ in range(5):
            sent, triggered_ns = server.sent, clock.now_ns()
            stamp = shoot(camera, buffer)
            assert stamp is not None
            assert number_in(buffer) > sent
            assert freshness.fault(stamp, buffer, triggered_ns) is None
        camera.close()


@pytest.mark.parametrize("harm", [StreamServer.cut, StreamServer.fall_silent])
def test_a_real_stream_that_stops_comes_back_by_itself(harm: Callable[[StreamServer], None]) -> None:
    changes: list[bool] = []
    policy = RecoveryPolicy(backoff_s=(0.0,), discard_timeout_s=5.0)
    with stream_server() as server:
        network = network_camera(server)
        camera = RecoveringCamera(
            lambda: network, lambda is_live, _: changes.append(is_live), policy, watch=ManualWatch()
        )
        buffer = np.zeros(camera.open().shape, np.uint8)
        camera.start()
        assert shoot(camera, buffer) is not None
        harm(server)
        with pytest.raises(CameraError):
            while shoot(camera, buffer) is not None:
                pass  # what is still on the wire is newer than its trigger, too
        camera.step()
        assert changes == [False]
        server.is_refusing = True
        camera.step()
        with pytest.raises(CameraError):
            camera.trigger()
        server.restore()
        camera.step()
        assert changes == [False, True]
        assert shoot(camera, buffer) is not None
        camera.close()

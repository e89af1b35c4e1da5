"""The thread that reads a live stream: the newest frame only, and nobody waits for a stream that has ended."""

import threading
from collections.abc import Iterator

import cv2
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import Pixels
from station_app.devices.clock import SystemClock
from station_app.devices.drain import Drain
from tests.devices.fakes import FakeCapture, FakeClock


class BreakingCapture(FakeCapture):
    """A driver that raises."""

    def read(self) -> tuple[bool, Pixels | None]:
        raise cv2.error("the driver is out of order")


@pytest.fixture
def capture() -> FakeCapture:
    return FakeCapture()


@pytest.fixture
def drain(capture: FakeCapture) -> Iterator[Drain]:
    running = Drain(capture, SystemClock(), "live")
    running.start()
    yield running
    capture.end()
    running.stop()


def test_only_the_newest_frame_is_seen(capture: FakeCapture, drain: Drain) -> None:
    for grey in (10, 20, 30):
        capture.push(grey)
    newest = drain.wait(3, 5.0)
    assert newest is not None
    assert (newest.number, newest.image[0, 0, 0], drain.number) == (3, 30, 3)


def test_waiting_ends_at_the_time_out(drain: Drain) -> None:
    assert drain.wait(1, 0.0) is None
    assert not drain.is_ended


def test_whoever_waits_hears_that_the_stream_broke_off(capture: FakeCapture, drain: Drain) -> None:
    told: list[CameraError] = []

    def wait() -> None:
        with pytest.raises(CameraError) as error:
            drain.wait(2, 60.0)
        told.append(error.value)

    waiting = threading.Thread(target=wait)
    waiting.start()
    capture.push(10)
    capture.end()
    waiting.join(5.0)
    assert "broke off" in str(told[0]) and "live" in str(told[0])
    assert capture.released.wait(5.0)
    last = drain.wait(1, 0.0)
    assert last is not None, "what was received before is still there"


def test_a_driver_that_raises_ends_the_stream(capture: FakeCapture) -> None:
    breaking = BreakingCapture()
    drain = Drain(breaking, FakeClock(), "live")
    drain.start()
    with pytest.raises(CameraError, match="broke off"):
        drain.wait(1, 5.0)
    drain.stop()
    assert breaking.released.is_set()


def test_properties_are_set_between_two_frames_and_read_back(capture: FakeCapture, drain: Drain) -> None:
    answers: list[dict[int, float]] = []
    asking = threading.Thread(target=lambda: answers.append(drain.set({cv2.CAP_PROP_GAIN: 7.0}, 5.0)))
    asking.start()
    while asking.is_alive():
        capture.push(10)
        asking.join(0.01)
    assert answers == [{cv2.CAP_PROP_GAIN: 7.0}]
    assert capture.properties == {cv2.CAP_PROP_GAIN: 7.0}


def test_a_camera_that_sends_nothing_does_not_answer(drain: Drain) -> None:
    with pytest.raises(CameraError, match="does not answer"):
        drain.set({cv2.CAP_PROP_GAIN: 7.0}, 0.0)


def test_nobody_waits_for_the_answer_of_a_stream_that_has_ended(capture: FakeCapture, drain: Drain) -> None:
    told: list[CameraError] = []

    def ask() -> None:
        with pytest.raises(CameraError) as error:
            drain.set({cv2.CAP_PROP_GAIN: 7.0}, 60.0)
        told.append(error.value)

    asking = threading.Thread(target=ask)
    asking.start()
    capture.end()
    asking.join(5.0)
    assert "broke off" in str(told[0])
    assert capture.released.wait(5.0)
    with pytest.raises(CameraError, match="broke off"):
        drain.set({cv2.CAP_PROP_GAIN: 7.0}, 60.0)


def test_the_age_counts_from_the_last_frame_or_from_the_start() -> None:
    clock, capture = FakeClock(), FakeCapture()
    drain = Drain(capture, clock, "live")
    clock.sleep(3.0)
    assert drain.age_s() == pytest.approx(3.0, abs=1e-3)
    drain.start()
    capture.push(10)
    assert drain.wait(1, 5.0) is not None
    clock.sleep(1.0)
    assert drain.age_s() == pytest.approx(1.0, abs=1e-3)
    capture.end()
    drain.stop()

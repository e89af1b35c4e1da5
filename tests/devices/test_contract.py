"""What every camera must do, whatever it is: the same assertions against each implementation."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import PixelFormat
from station_app.devices.camera import Camera
from station_app.devices.opencv_camera import LiveCamera
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.rendering.plan import RenderSpec
from station_app.devices.source import open_source
from tests.devices.fakes import FakeCapture, FakeClock, ManualWatch

SMALL = RenderSpec(width=96, height=72)
Make = Callable[[Path], Camera]


class EndlessCapture(FakeCapture):
    """A stream that always has a next frame."""

    def read(self) -> tuple[bool, np.ndarray | None]:
        self.push(7)
        return super().read()


def _rendered(folder: Path) -> Camera:
    return RenderedCamera(SMALL, clock=FakeClock())


def _free_running(folder: Path) -> Camera:
    return RenderedCamera(SMALL, fps=50, clock=FakeClock())


def _bank(folder: Path) -> Camera:
    return RenderedCamera(RenderSpec(width=96, height=72, bank=9), clock=FakeClock())


def _folder(folder: Path) -> Camera:
    for number in range(6):
        cv2.imwrite(str(folder / f"{number}.png"), np.full((20, 30), 10 * number, np.uint8))
    return open_source(f"folder:{folder}")


def _video(folder: Path) -> Camera:
    path = folder / "line.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (32, 24))
    for number in range(6):
        writer.write(np.full((24, 32, 3), 30 * number, np.uint8))
    writer.release()
    return open_source(f"opencv:{path}")


def _live(folder: Path) -> Camera:
    return LiveCamera(EndlessCapture, "live", PixelFormat.BGR8)


def _recovering(folder: Path) -> Camera:
    camera = RenderedCamera(SMALL, clock=FakeClock())
    return RecoveringCamera(lambda: camera, watch=ManualWatch())


MAKES = (_rendered, _free_running, _bank, _folder, _video, _live, _recovering)


@pytest.fixture(params=MAKES, ids=lambda make: make.__name__.strip("_"))
def camera(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Camera]:
    made = request.param(tmp_path)
    yield made
    made.close()


def _running(camera: Camera) -> np.ndarray:
    described = camera.open()
    camera.apply({})
    camera.start()
    return np.empty(described.shape, np.uint8)


def test_frames_fill_the_lent_buffer_with_rising_ids(camera: Camera) -> None:
    buffer = _running(camera)
    ids, times = [], []
    for _ in range(4):
        camera.trigger()
        stamp = camera.fill(buffer, 1.0)
        assert stamp is not None and stamp.is_complete
        ids.append(stamp.frame_id)
        times.append(stamp.captured_at_ns)
    assert ids == list(range(ids[0], ids[0] + 4))
    assert times == sorted(set(times))


def test_the_shape_fits_the_pixel_format(camera: Camera) -> None:
    described = camera.open()
    assert described.serial
    assert len(described.shape) == (3 if described.pixel_format is PixelFormat.BGR8 else 2)


def test_the_buffer_is_not_kept(camera: Camera) -> None:
    buffer = _running(camera)
    camera.trigger()
    camera.fill(buffer, 1.0)
    buffer[...] = 255
    other = np.empty_like(buffer)
    camera.trigger()
    assert camera.fill(other, 1.0) is not None
    assert not (other == 255).all() and (buffer == 255).all()


def test_a_camera_that_is_not_open_refuses_everything(camera: Camera) -> None:
    assert not camera.is_alive()
    with pytest.raises(CameraError):
        camera.start()
    with pytest.raises(CameraError):
        camera.trigger()
    with pytest.raises(CameraError):
        camera.fill(np.empty((2, 2), np.uint8), 0.0)
    with pytest.raises(CameraError):
        camera.apply({})


def test_an_unknown_feature_is_refused_and_named(camera: Camera) -> None:
    camera.open()
    with pytest.raises(CameraError, match="no feature 'exposure_weeks'"):
        camera.apply({"exposure_weeks": 1})


def test_it_closes_twice_in_any_state_and_opens_again(camera: Camera) -> None:
    camera.close()
    for _ in range(2):
        buffer = _running(camera)
        assert camera.is_alive()
        camera.trigger()
        assert camera.fill(buffer, 1.0) is not None
        camera.close()
        camera.close()
        assert not camera.is_alive()


def test_nothing_of_before_a_restart_is_delivered(camera: Camera) -> None:
    buffer = _running(camera)
    camera.trigger()
    first = camera.fill(buffer, 1.0)
    camera.trigger()
    camera.stop()
    camera.start()
    camera.trigger()
    after = camera.fill(buffer, 1.0)
    assert first is not None and after is not None
    assert after.frame_id > first.frame_id and after.captured_at_ns > first.captured_at_ns


@pytest.mark.parametrize("make", [_rendered, _bank, _folder, _video, _recovering])
def test_waiting_for_a_trigger_is_no_fault(make: Make, tmp_path: Path) -> None:
    camera = make(tmp_path)
    buffer = _running(camera)
    assert camera.fill(buffer, 0.0) is None
    assert camera.is_alive()
    camera.close()


@pytest.mark.parametrize("make", MAKES)
def test_no_thread_stays_behind(make: Make, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    camera = make(tmp_path)
    _running(camera)
    camera.close()
    assert set(threading.enumerate()) <= before

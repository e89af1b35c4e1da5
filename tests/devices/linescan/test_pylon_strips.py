"""A web in strips through pylon's own emulator: the SDK is real, the sensor is not."""

import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, Pixels
from station_app.core.lines import LineScale
from station_app.devices.camera import Camera
from station_app.devices.genicam.camera import GenicamCamera
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.parts import EveryLines
from station_app.devices.linescan.strip_source import StripSource
from station_app.devices.source import open_source

with warnings.catch_warnings():
    # Its wrappers warn at import, and a warning that becomes an error in the middle of it ends the whole program.
    warnings.simplefilter("ignore")
    pytest.importorskip("pypylon.pylon", reason="needs pypylon, the extra [basler]")

STRIP = (64, 256)
LINES = 500


@pytest.fixture
def area(monkeypatch: pytest.MonkeyPatch) -> Camera:
    """The emulated camera whose frames are the strips, taken by the station's command."""
    monkeypatch.setenv("PYLON_CAMEMU", "1")
    return open_source(f"basler:0815-0000,layer=emulator,width={STRIP[1]},height={STRIP[0]}")


@pytest.fixture
def camera(area: Camera) -> Iterator[LineScanCamera]:
    """Parts of 500 lines from strips of 64."""
    made = LineScanCamera(
        StripSource(area, is_free_running=False), partial(EveryLines, LINES), LineSetup(LineScale(0.1, 0.1))
    )
    yield made
    made.close()


def shoot(camera: LineScanCamera, buffer: Pixels) -> FrameStamp:
    camera.trigger()
    stamp = camera.fill(buffer, 20.0)
    assert stamp is not None
    return stamp


def test_strips_become_parts_without_a_lost_line(camera: LineScanCamera) -> None:
    described = camera.open()
    assert described.shape == (LINES, STRIP[1])
    camera.apply({"exposure_us": 100.0})
    camera.start()
    buffer = np.zeros(described.shape, np.uint8)
    for number in range(4):
        stamp = shoot(camera, buffer)
        assert stamp.is_complete and stamp.frame_id == number
        assert np.ptp(buffer) > 100
    assert camera.state.lost_lines == 0


def test_own_strips_come_pixel_for_pixel_and_in_order(camera: LineScanCamera, tmp_path: Path) -> None:
    web = np.random.default_rng(3).integers(0, 256, (STRIP[0] * 16, STRIP[1]), np.uint8)
    for number in range(16):
        cv2.imwrite(str(tmp_path / f"{number:03}.png"), web[STRIP[0] * number : STRIP[0] * (number + 1)])
    buffer = np.zeros(camera.open().shape, np.uint8)
    images = {"TestImageSelector": "Off", "ImageFilename": str(tmp_path), "ImageFileMode": "On"}
    camera.apply({"exposure_us": 100.0, **images})
    camera.start()
    for number in range(2):
        assert shoot(camera, buffer).is_complete
        assert (buffer == web[LINES * number : LINES * (number + 1)]).all()


def test_a_buffer_that_failed_makes_its_part_incomplete_and_no_other(camera: LineScanCamera, area: Camera) -> None:
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.apply({"exposure_us": 100.0, "ForceFailedBufferCount": 1})
    camera.start()
    assert shoot(camera, buffer).is_complete
    assert isinstance(area, GenicamCamera)
    area._link.nodes.execute("ForceFailedBuffer")
    torn, after = shoot(camera, buffer), shoot(camera, buffer)
    assert not torn.is_complete and "lines are missing" in torn.source
    assert after.is_complete and camera.state.lost_lines == 0


def test_a_camera_that_runs_free_is_refused_since_it_hides_what_it_lost(camera: LineScanCamera) -> None:
    camera.open()
    camera.apply({"trigger_source": "off"})
    with pytest.raises(CameraError, match="cannot be counted"):
        camera.start()

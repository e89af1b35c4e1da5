"""A web in strips through pylon's own emulator: the SDK is real, the sensor is not."""

import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, Pixels
from station_app.core.lines import LineScale
from station_app.core.recipe_text import recipe_text
from station_app.devices.camera import Camera
from station_app.devices.genicam.camera import GenicamCamera
from station_app.devices.genicam.link import MOST_STRIPS
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.parts import EveryLines
from station_app.devices.linescan.strip_source import StripSource
from station_app.devices.source import open_source
from station_app.store.archive import StationArchive
from tests.end_to_end.programs import run_program
from tests.engine.line import make_package, make_recipe

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


FREE = f"lines:basler:0815-0000,layer=emulator,width={STRIP[1]},height={STRIP[0]}"


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Iterator[LineScanCamera]:
    """Parts of 500 lines from strips that come by themselves."""
    monkeypatch.setenv("PYLON_CAMEMU", "1")
    made = open_source(f"{FREE},part=fixed,lines={LINES}")
    assert isinstance(made, LineScanCamera)
    yield made
    made.close()


def area_of(camera: LineScanCamera) -> GenicamCamera:
    assert isinstance(camera._source, StripSource) and isinstance(camera._source._camera, GenicamCamera)
    return camera._source._camera


def numbered_strips(folder: Path, count: int) -> Pixels:
    web = np.random.default_rng(3).integers(0, 256, (STRIP[0] * count, STRIP[1]), np.uint8)
    for number in range(count):
        cv2.imwrite(str(folder / f"{number:03}.png"), web[STRIP[0] * number : STRIP[0] * (number + 1)])
    return web


def test_a_camera_that_runs_free_delivers_every_strip_in_order(free: LineScanCamera, tmp_path: Path) -> None:
    web = numbered_strips(tmp_path, 16)
    buffer = np.zeros(free.open().shape, np.uint8)
    images = {"TestImageSelector": "Off", "ImageFilename": str(tmp_path), "ImageFileMode": "On"}
    free.apply({"exposure_us": 100.0, **images})
    free.start()
    for number in range(8):
        stamp = free.fill(buffer, 20.0)
        assert stamp is not None and stamp.is_complete
        rows = np.arange(LINES * number, LINES * (number + 1)) % len(web)
        assert (buffer == web[rows]).all()
    assert free.state.lost_lines == 0


def test_strips_that_failed_while_it_runs_free_are_missing_where_they_were(free: LineScanCamera) -> None:
    buffer = np.zeros(free.open().shape, np.uint8)
    free.apply({"exposure_us": 1000.0, "ForceFailedBufferCount": 3})
    free.start()
    assert free.fill(buffer, 20.0) is not None
    area_of(free)._link.nodes.execute("ForceFailedBuffer")
    stamps = [free.fill(buffer, 20.0) for _ in range(40)]
    gaps = [gap for stamp in stamps if stamp is not None and stamp.lines is not None for gap in stamp.lines.gaps]
    assert sum(gap.length for gap in gaps) == 3 * STRIP[0]
    assert all(stamp is not None and stamp.lines is not None for stamp in stamps)
    assert {stamp.is_complete for stamp in stamps if stamp is not None} == {True, False}


def test_strips_that_nobody_fetched_are_lost_and_counted(free: LineScanCamera) -> None:
    buffer = np.zeros(free.open().shape, np.uint8)
    free.apply({"exposure_us": 100.0, "frame_rate": 1000.0})
    free.start()
    assert free.fill(buffer, 20.0) is not None
    arrivals = area_of(free)._arrivals
    assert arrivals is not None
    until = time.monotonic() + 20.0
    while arrivals.count < 3 * MOST_STRIPS and time.monotonic() < until:
        time.sleep(0.01)
    stamps = [free.fill(buffer, 20.0) for _ in range(20)]
    assert free.state.lost_lines >= STRIP[0] * MOST_STRIPS
    assert not all(stamp is not None and stamp.is_complete for stamp in stamps)
    assert free.state.lost_lines % STRIP[0] == 0


def test_the_program_inspects_a_web_of_strips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYLON_CAMEMU", "1")
    package = make_package(tmp_path / "packages")
    recipe = make_recipe(package.sha256, name="strips")
    settings = (("exposure_us", 1000.0), ("frame_rate", 100.0), ("TestImageSelector", "Testimage2"))
    recipe = replace(recipe, cameras=(replace(recipe.cameras[0], settings=settings),))
    (tmp_path / "strips.toml").write_text(recipe_text(recipe), encoding="utf-8")
    told = run_program(
        *("run", "--recipe", tmp_path / "strips.toml", "--packages", tmp_path / "packages"),
        *("--camera", f"{FREE},part=web,metres=0.05", "--parts", "6", "--data-dir", tmp_path / "data"),
    )
    assert told.returncode == 0, told.stderr
    stretches = StationArchive(tmp_path / "data").roll_stretches("")
    assert [(stretch.first_line, stretch.end_line) for _, stretch in stretches] == [
        (500 * number, 500 * (number + 1)) for number in range(6)
    ]
    assert "6 parts" in told.stdout and " 0 no result" in told.stdout, told.stdout

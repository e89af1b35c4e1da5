"""Strips through area cameras; those behind a real SDK are in `test_pylon_strips`."""

from functools import partial

import numpy as np
import pytest

from station_app.core.errors import CameraError, ConfigError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.core.lines import LineScale
from station_app.devices.faults import Fault, FaultKind
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.parts import EveryLines
from station_app.devices.linescan.strip_source import StripSource
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.rendering.plan import RenderSpec, plan_part
from station_app.devices.rendering.render import render_part
from station_app.devices.source import open_source
from tests.devices.fakes import FakeClock, PlugCamera

SPEC = RenderSpec(width=96, height=40)
SETUP = LineSetup(LineScale(0.1, 0.1))
PARTS_OF_100 = partial(EveryLines, 100)


def test_frames_of_an_area_camera_are_strips_of_the_web() -> None:
    camera = LineScanCamera(
        StripSource(RenderedCamera(SPEC, clock=FakeClock()), is_free_running=False), PARTS_OF_100, SETUP, FakeClock()
    )
    web = np.concatenate([render_part(SPEC, plan_part(SPEC, number)).pixels for number in range(6)])
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    for number in range(2):
        camera.trigger()
        stamp = camera.fill(buffer, 1.0)
        assert stamp is not None and stamp.is_complete
        assert (buffer == web[100 * number : 100 * number + 100]).all()


@pytest.mark.parametrize("kind", [FaultKind.SKIPPED, FaultKind.TORN])
def test_a_frame_that_is_lost_or_torn_makes_its_part_incomplete(kind: FaultKind) -> None:
    area = RenderedCamera(SPEC, clock=FakeClock(), fault_plan={3: Fault(kind)})
    camera = LineScanCamera(StripSource(area, is_free_running=False), PARTS_OF_100, SETUP, FakeClock())
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    complete = []
    for _ in range(4):
        camera.trigger()
        stamp = camera.fill(buffer, 1.0)
        assert stamp is not None
        complete.append(stamp.is_complete)
    assert complete == [True, False, True, True]


class ShortFrames(PlugCamera):
    """A camera whose frames fill only the first two rows of four."""

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        stamp = super().fill(buffer, timeout_s)
        return stamp and FrameStamp(stamp.frame_id, stamp.captured_at_ns, shape=(2, 6))


def test_a_frame_that_is_shorter_is_a_strip_that_ended_early() -> None:
    source = StripSource(ShortFrames(), is_free_running=False)
    source.open()
    source.start()
    strip = source.read(0.1)
    assert strip is not None and strip.pixels.shape == (2, 6) and strip.is_complete
    assert source.is_alive() and source.strip_lines == 4
    source.stop()
    source.close()
    assert not source.is_alive()


def test_a_camera_in_colour_is_refused() -> None:
    colour = RenderedCamera(RenderSpec(width=96, height=40, pixel_format=PixelFormat.BGR8), clock=FakeClock())
    camera = LineScanCamera(StripSource(colour), PARTS_OF_100, SETUP, FakeClock())
    with pytest.raises(CameraError, match="set its pixel format to mono8"):
        camera.open()
    assert not colour.is_alive()


def test_a_text_names_the_camera_of_the_strips_and_how_they_are_cut() -> None:
    camera = open_source("lines:rendered:,width=96,height=64,part=fixed,lines=100")
    spec = RenderSpec(width=96, height=64)
    web = np.concatenate([render_part(spec, plan_part(spec, number)).pixels for number in range(5)])
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    for number in range(3):
        camera.trigger()
        stamp = camera.fill(buffer, 5.0)
        assert stamp is not None and stamp.is_complete
        assert (buffer == web[100 * number : 100 * number + 100]).all()
    camera.close()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("lines:", "nowhere"),
        ("lines:folder:/tmp", "do not come from 'folder'"),
        ("lines:rendered:,part=level", "part sensor"),
        ("lines:rendered:,part=background", "empty belt"),
        ("lines:rendered:,texture=steel", "unknown option 'texture'"),
        ("lines:rendered:,wheel_mm=200,mm_line=0.1", "the encoder makes the scale"),
        ("lines:rendered:,divider=2", "describes no encoder"),
        ("lines:rendered:,part=web,metres=0.01,overlap=100", "overlap=100"),
        ("lines:rendered:,part=web,most_mm=5", "no length to measure"),
        ("lines:rendered:,least_mm=5,most_mm=4", "no length is allowed"),
    ],
)
def test_a_text_of_strips_that_cannot_be_obeyed_is_refused(text: str, what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        open_source(text)


def test_an_encoder_in_the_text_makes_the_scale() -> None:
    camera = open_source("lines:rendered:,wheel_mm=200,counts=10000,divider=5,multiplier=2,mm_px=0.02")
    assert isinstance(camera, LineScanCamera)
    assert camera.setup.counts_per_line == 2.5 and camera.setup.scale == LineScale(0.05, 0.02)
    assert ["2.50 times as wide as long" in notice for notice in camera.notices] == [True]
    camera.close()

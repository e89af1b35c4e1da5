"""Strips through area cameras; those behind a real SDK are in `test_pylon_strips`."""

from functools import partial

import numpy as np
import pytest

from station_app.core.errors import CameraError
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

"""A line-scan camera is a camera: the assertions that every camera must meet."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from station_app.core.errors import CameraError, ConfigError
from station_app.devices.camera import Camera
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_text import PartMode
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb
from station_app.devices.linescan.strip_source import StripSource
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.rendering.plan import RenderSpec
from station_app.devices.rendering.web_plan import WebSpec
from station_app.devices.source import open_source
from tests.devices.fakes import FakeClock
from tests.devices.linescan.test_line_camera import SETUP, fixed
from tests.devices.test_contract import (  # noqa: F401 - they run here on the cameras of this file
    test_a_camera_that_is_not_open_refuses_everything,
    test_an_unknown_feature_is_refused_and_named,
    test_frames_fill_the_lent_buffer_with_rising_ids,
    test_it_closes_twice_in_any_state_and_opens_again,
    test_nothing_of_before_a_restart_is_delivered,
    test_the_buffer_is_not_kept,
    test_the_shape_fits_the_pixel_format,
)

SMALL = "width=128,strip=32,lines=96"
WEBS = (
    f"web:{SMALL}",
    f"web:{SMALL},part=level,head=4,tail=4,bounce=yes,texture=textile",
    f"web:{SMALL},part=background,texture=film",
    "web:width=128,strip=32,part=web,metres=0.01",
)


def _strips() -> Camera:
    """Frames of an area camera of 40 rows, as strips."""
    area = RenderedCamera(RenderSpec(width=96, height=40), clock=FakeClock())
    return LineScanCamera(StripSource(area, is_free_running=False), fixed, SETUP, FakeClock())


def _running() -> Camera:
    """A web that moves by the clock."""
    clock = FakeClock()
    web = RenderedWeb(WebSpec(width=128), LineRig(speed_mm_s=500.0), clock=clock)
    return LineScanCamera(web, fixed, SETUP, clock)


MAKES = {"strips": _strips, "running": _running}


@pytest.fixture(params=[*WEBS, *MAKES])
def camera(request: pytest.FixtureRequest) -> Iterator[Camera]:
    made = MAKES[request.param]() if request.param in MAKES else open_source(request.param)
    yield made
    made.close()


@pytest.mark.parametrize("text", WEBS)
def test_parts_of_a_sound_web_are_complete(text: str) -> None:
    camera = open_source(text)
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    for _ in range(5):
        camera.trigger()
        stamp = camera.fill(buffer, 5.0)
        assert stamp is not None and stamp.is_complete
    camera.close()


def test_losses_of_a_web_make_parts_incomplete() -> None:
    camera = open_source(f"web:{SMALL},loss=0.2")
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    seen = set()
    for _ in range(20):
        camera.trigger()
        stamp = camera.fill(buffer, 1.0)
        assert stamp is not None
        seen.add(stamp.is_complete)
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("web:steel", "'steel' is no option"),
        ("web:colour=red", "unknown option 'colour'"),
        ("web:texture=wood", "texture=wood"),
        ("web:part=some", "part=some"),
        ("web:width=64", "width=64"),
        ("web:part=web,metres=5", "50000 lines"),
        ("web:part=level,lines=1000,pitch=1100", "leave no belt"),
    ],
)
def test_a_text_that_cannot_be_obeyed_is_refused(text: str, what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        open_source(text)


def test_a_flat_field_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CameraError, match="cannot be used"):
        open_source(f"web:flat={tmp_path / 'flat.json'}")


def test_every_way_to_cut_parts_is_tried_here() -> None:
    modes = {text.partition("part=")[2].partition(",")[0] or "fixed" for text in WEBS}
    assert modes == set(PartMode)

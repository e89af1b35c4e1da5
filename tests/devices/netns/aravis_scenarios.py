"""GigE Vision against Aravis' simulated camera, which shares no code with the client. Only inside a namespace."""

import logging
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np
import pytest

pytest.importorskip("viva_genicam", reason="needs viva_genicam, the extra [gige]: ./test --cameras")

from station_app.core.errors import CameraError
from station_app.core.inspection import NoResultReason
from station_app.core.setup_messages import CommonSetting
from station_app.devices.camera import Camera, FeatureValue
from station_app.devices.freshness import Freshness
from station_app.devices.genicam.link import Wanted
from station_app.devices.gige import list_gige, open_gige
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.source import open_source
from tests.devices.fakes import ManualWatch
from tests.devices.netns.device import ADDRESS, SERIAL, Device, is_intact
from tests.devices.netns.space import PROJECT
from tests.devices.test_contract import (  # noqa: F401 - collected here against this module's camera
    test_a_camera_that_is_not_open_refuses_everything,
    test_an_unknown_feature_is_refused_and_named,
    test_frames_fill_the_lent_buffer_with_rising_ids,
    test_it_closes_twice_in_any_state_and_opens_again,
    test_nothing_of_before_a_restart_is_delivered,
    test_the_buffer_is_not_kept,
    test_the_shape_fits_the_pixel_format,
)

log = logging.getLogger(__name__)

WAIT_S = 5.0
SIDE = 256


@pytest.fixture
def device() -> Iterator[Device]:
    device = Device()
    device.switch_on()
    yield device
    device.cut_power()


@pytest.fixture(params=["mono8", "bgr8", "free", "recovering"])
def camera(request: pytest.FixtureRequest, device: Device) -> Iterator[Camera]:
    pixels = "bgr8" if request.param == "bgr8" else "mono8"
    trigger = ",trigger=off" if request.param == "free" else ""
    made = open_source(f"gige:{SERIAL},format={pixels},width=96,height=72{trigger}")
    if request.param == "recovering":
        inner = made
        made = RecoveringCamera(lambda: inner, watch=ManualWatch())
    yield made
    made.close()


def running(camera: Camera, settings: dict[str, FeatureValue] | None = None) -> np.ndarray:
    shape = camera.open().shape
    camera.apply(settings or {})
    camera.start()
    return np.zeros(shape, np.uint8)


def test_it_is_found_by_serial_number_and_by_address(device: Device) -> None:
    assert [(found.serial, found.address, found.vendor) for found in list_gige()] == [(SERIAL, ADDRESS, "Aravis")]
    for name in (SERIAL, ADDRESS):
        camera = open_gige(name)
        assert camera.open().serial == SERIAL
        camera.close()
    with pytest.raises(CameraError, match=r"no such GigE Vision camera answers .*GV02.*127.0.0.1"):
        open_gige("GV02").open()


def test_the_command_lists_it_with_the_text_that_opens_it(device: Device) -> None:
    command = (sys.executable, "-m", "station_app", "cameras")
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True).stdout
    (line,) = (line for line in told.splitlines() if "gige:" in line)
    assert f"gige:{SERIAL}" in line and f"serial {SERIAL}" in line and ADDRESS in line
    assert "GenTL producers" in told or "GenTL producer /" in told
    assert "Basler cameras (pylon)" in told


def test_a_second_controller_is_refused_and_the_first_goes_on(device: Device) -> None:
    first, second = open_gige(SERIAL, Wanted(size=(SIDE, SIDE))), open_gige(SERIAL)
    buffer = running(first)
    with pytest.raises(CameraError, match="another program controls the camera"):
        second.open()
    second.close()
    first.trigger()
    assert first.fill(buffer, WAIT_S) is not None and first.is_alive()
    first.close()
    assert second.open().serial == SERIAL
    second.close()


def test_settings_are_read_back_and_refused_in_words(device: Device) -> None:
    camera = open_gige(SERIAL)
    camera.open()
    asked: dict[str, FeatureValue] = {"exposure_us": 250.0, "gain": 3, "width": 320, "height": 200, "frame_rate": 50.0}
    assert camera.apply(asked) == asked
    with pytest.raises(CameraError, match=r"Width = 9999 is refused .*from 1 to 2048"):
        camera.apply({"width": 9999})
    assert camera.apply({"offset_x": 64, "trigger_source": "Line0"}) == {"offset_x": 64, "trigger_source": "Line0"}
    shown = {feature.name: feature for feature in camera.features()}
    assert shown["ExposureTimeAbs"].category == "AcquisitionControl"
    assert shown["ExposureTimeAbs"].common is CommonSetting.EXPOSURE
    assert shown["trigger_source"].value == "Line0"
    camera.close()


def test_waiting_for_a_trigger_is_no_fault(device: Device) -> None:
    camera = open_gige(SERIAL, Wanted(size=(SIDE, SIDE)))
    buffer = running(camera)
    assert camera.fill(buffer, 0.3) is None and camera.is_alive()
    camera.close()


def test_the_numbers_go_on_where_the_cameras_counter_begins_anew(device: Device) -> None:
    """The simulator begins 135 frames before the end of its 16-bit counter."""
    camera = open_gige(SERIAL, Wanted(size=(16, 16)))
    buffer = running(camera)
    ids = []
    for _ in range(150):
        camera.trigger()
        stamp = camera.fill(buffer, WAIT_S)
        assert stamp is not None
        ids.append(stamp.frame_id)
    assert ids == list(range(ids[0], ids[0] + 150)) and ids[0] <= 65535 < ids[-1]
    camera.close()


@pytest.mark.parametrize("lost_of_thousand", [1, 10])
def test_no_damaged_frame_is_ever_judged(device: Device, lost_of_thousand: int) -> None:
    """Every frame that passes as evidence is compared pixel by pixel; the losses themselves are counted."""
    device.cut_power()
    device.switch_on(lost_of_thousand)
    camera = open_gige(SERIAL, Wanted(size=(512, 512)))
    buffer = running(camera, {"trigger_source": "off", "frame_rate": 100.0})
    freshness, judged, torn = Freshness(), 0, 0
    for _ in range(120):
        camera.trigger()
        triggered_ns = time.monotonic_ns()
        stamp = camera.fill(buffer, WAIT_S)
        assert stamp is not None
        fault = freshness.fault(stamp, buffer, triggered_ns)
        if fault is None:
            assert is_intact(buffer)
            judged += 1
        torn += fault is NoResultReason.FRAME_TORN
    camera.close()
    log.info("loss %d/1000: %d judged, all intact; %d torn", lost_of_thousand, judged, torn)
    assert judged and torn

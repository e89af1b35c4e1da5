"""GigE Vision against Aravis' simulated camera, which shares no code with the client. Only inside a namespace."""

import logging
import subprocess
import threading
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
from station_app.devices.recovery import RecoveringCamera, RecoveryPolicy
from station_app.devices.source import open_source
from tests.devices.fakes import ManualWatch
from tests.devices.genicam_plug import CYCLES, handles, resident_mb
from tests.devices.netns.space import SIMULATOR
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

SERIAL, ADDRESS = "GV01", "127.0.0.1"
WAIT_S = 5.0
BACK_S = 5.0
SIDE = 256


class Device:
    """The simulated camera: its power switch, and how many packets of a thousand it loses."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def switch_on(self, lost_of_thousand: int = 0) -> None:
        command = (SIMULATOR, "-i", ADDRESS, "-s", SERIAL, "-r", str(lost_of_thousand))
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + WAIT_S
        while not list_gige():
            assert time.monotonic() < deadline

    def cut_power(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


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


def recovering(changes: list[bool] | None = None, discard: int = 3) -> RecoveringCamera:
    told = [] if changes is None else changes
    return RecoveringCamera(
        lambda: open_gige(SERIAL, Wanted(size=(SIDE, SIDE))),
        lambda is_live, _: told.append(is_live),
        RecoveryPolicy(discard=discard),
        ManualWatch(),
    )


def running(camera: Camera, settings: dict[str, FeatureValue] | None = None) -> np.ndarray:
    shape = camera.open().shape
    camera.apply(settings or {})
    camera.start()
    return np.zeros(shape, np.uint8)


def is_intact(pixels: np.ndarray) -> bool:
    """Whether every pixel is the simulator's: one more than its left and upper neighbour, and 0 after 254."""
    ramp = np.add.outer(np.arange(pixels.shape[0]), np.arange(pixels.shape[1])) + int(pixels[0, 0])
    return bool((pixels == ramp % 255).all())


def test_it_is_found_by_serial_number_and_by_address(device: Device) -> None:
    assert [(found.serial, found.address, found.vendor) for found in list_gige()] == [(SERIAL, ADDRESS, "Aravis")]
    for name in (SERIAL, ADDRESS):
        camera = open_gige(name)
        assert camera.open().serial == SERIAL
        camera.close()
    with pytest.raises(CameraError, match=r"no such GigE Vision camera answers .*GV02.*127.0.0.1"):
        open_gige("GV02").open()


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


def test_a_camera_that_was_switched_off_is_back_within_seconds_with_its_settings(device: Device) -> None:
    changes: list[bool] = []
    camera = recovering(changes)
    buffer = running(camera, {"exposure_us": 250.0, "gain": 3})
    camera.trigger()
    before = camera.fill(buffer, WAIT_S)
    device.cut_power()
    with pytest.raises(CameraError):
        camera.trigger()
    with pytest.raises(CameraError):
        camera.fill(buffer, 3600.0)
    camera.step()
    camera.step()
    assert changes == [False]
    device.switch_on()
    began = time.monotonic()
    camera.step()
    camera.trigger()
    after = camera.fill(buffer, WAIT_S)
    took_s = time.monotonic() - began
    log.info("pictures again %.2f s after the attempt", took_s)
    assert changes == [False, True] and before is not None and after is not None
    assert after.frame_id == before.frame_id + 1 and took_s < BACK_S
    watcher = camera._camera
    assert watcher is not None
    values = {feature.name: feature.value for feature in watcher.features()}  # type: ignore[attr-defined]
    assert (values["ExposureTimeAbs"], values["GainRaw"], values["TriggerSource"]) == (250.0, 3, "Software")
    camera.close()


def test_an_idle_camera_that_died_is_noticed(device: Device) -> None:
    camera = recovering()
    running(camera)
    camera.step()
    device.cut_power()
    assert not camera.is_alive()
    assert camera.step() == 0.5
    camera.close()


def test_nothing_piles_up_over_many_losses(device: Device, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "station_app")
    camera = recovering(discard=1)
    buffer = running(camera)
    marks = []
    for _ in range(max(8, CYCLES // 10)):
        camera.trigger()
        assert camera.fill(buffer, WAIT_S) is not None
        device.cut_power()
        with pytest.raises(CameraError):
            camera.trigger()
        camera.step()
        device.switch_on()
        camera.step()
        marks.append((handles(), threading.active_count(), resident_mb()))
    camera.close()
    first, last = marks[2], marks[-1]
    log.info("handles, threads, MB after %d losses: %s -> %s", len(marks), first, last)
    assert last[:2] == first[:2]
    assert last[2] - first[2] < 3

"""A GigE Vision camera that is lost and comes back, against Aravis' simulated one. Only inside a namespace."""

import logging
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

pytest.importorskip("viva_genicam", reason="needs viva_genicam, the extra [gige]: ./test --cameras")

from station_app.core.errors import CameraError
from station_app.devices.camera import Camera, FeatureValue
from station_app.devices.genicam.link import Wanted
from station_app.devices.gige import open_gige
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from tests.devices.fakes import ManualWatch
from tests.devices.genicam_plug import CYCLES, handles, resident_mb
from tests.devices.netns.device import SERIAL, Device

log = logging.getLogger(__name__)

WAIT_S = 5.0
BACK_S = 5.0
SIDE = 256


@pytest.fixture
def device() -> Iterator[Device]:
    device = Device()
    device.switch_on()
    yield device
    device.cut_power()


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


def test_a_wire_triggered_camera_is_taken_back_while_its_line_stands_still(device: Device) -> None:
    """The simulator's wire never moves."""
    changes: list[bool] = []
    camera = recovering(changes)
    buffer = running(camera, {"trigger_source": "Line0"})
    device.cut_power()
    camera.step()
    camera.step()
    device.switch_on()
    camera.step()
    assert changes == [False, True]
    assert camera.apply({"trigger_source": "Line0"}) == {"trigger_source": "Line0"}
    assert camera.fill(buffer, 0.3) is None and camera.is_alive()
    camera.close()


def test_a_camera_that_somebody_has_taken_meanwhile_is_taken_back_when_they_let_go(
    device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "station_app.devices.recovery")
    changes: list[bool] = []
    camera, other = recovering(changes), open_gige(SERIAL)
    buffer = running(camera)
    device.cut_power()
    with pytest.raises(CameraError):
        camera.trigger()
    camera.step()
    device.switch_on()
    other.open()
    camera.step()
    assert changes == [False] and "another program controls the camera" in caplog.text
    other.close()
    camera.step()
    assert changes == [False, True]
    camera.trigger()
    assert camera.fill(buffer, WAIT_S) is not None
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

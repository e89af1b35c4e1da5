"""Basler cameras through pylon's own emulator: the SDK is real, the sensor is not, and its plug is the test's."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

pytest.importorskip("pypylon.pylon", reason="needs pypylon, the extra [basler]: ./test --cameras")

from pypylon import pylon

from station_app.core.errors import CameraError, ConfigError
from station_app.core.inspection import NoResultReason, PixelFormat
from station_app.devices import basler as basler_room
from station_app.devices.basler import BaslerLink, Layer, list_baslers, open_basler
from station_app.devices.camera import FeatureValue
from station_app.devices.freshness import Freshness
from station_app.devices.genicam.camera import GenicamCamera
from station_app.devices.genicam.link import Wanted
from station_app.devices.genicam.nodes import Nodes
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from station_app.devices.source import open_source
from station_app.engine.feature_desk import Written, write_feature
from tests.devices.fakes import ManualWatch
from tests.devices.genicam_plug import CYCLES, PluggedLink, handles, resident_mb
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

SERIAL = "0815-0001"
WAIT_S = 5.0
FAST: dict[str, FeatureValue] = {"exposure_us": 100.0, "frame_rate": 1000.0}


@pytest.fixture(autouse=True)
def emulated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two emulated cameras, and never a search in the network."""
    monkeypatch.setenv("PYLON_CAMEMU", "2")


@pytest.fixture(params=["mono8", "bgr8", "bayer_rg8", "recovering", "free"])
def camera(request: pytest.FixtureRequest) -> Iterator[object]:
    options = "trigger=off" if request.param == "free" else ""
    pixels = request.param if request.param in tuple(PixelFormat) else "mono8"
    source = ",".join((f"basler:{SERIAL},layer=emulator,width=96,height=72,format={pixels}", *filter(None, [options])))
    made = open_source(source)
    if request.param == "recovering":
        inner = made
        made = RecoveringCamera(lambda: inner, watch=ManualWatch())
    yield made
    made.close()


@pytest.fixture
def basler() -> Iterator[GenicamCamera]:
    camera = open_basler(SERIAL, Layer.EMULATOR, Wanted(size=(96, 72)))
    yield camera
    camera.close()


def running(camera: GenicamCamera | RecoveringCamera, settings: dict[str, FeatureValue] | None = None) -> np.ndarray:
    shape = camera.open().shape
    camera.apply(settings or FAST)
    camera.start()
    return np.zeros(shape, np.uint8)


def test_its_tree_has_categories_and_the_common_settings(basler: GenicamCamera) -> None:
    running(basler)
    shown = {feature.name: feature for feature in basler.features()}
    assert len(shown) > 80
    assert shown["ExposureTimeAbs"].category == "Acquisition Control"
    assert "Image Format Control/Image Compression" in {feature.category for feature in shown.values()}
    assert {f.common.value: f.name for f in shown.values() if f.common} == {
        "exposure_us": "ExposureTimeAbs",
        "gain_db": "Gain",
        "rate_hz": "AcquisitionFrameRateAbs",
        "pixel_format": "PixelFormat",
        "trigger": "trigger_source",
    }
    assert {f.name: f.value for f in basler.common_features()}["ExposureTimeAbs"] == 100.0


def test_features_are_written_and_commands_carried_out_through_the_recovery() -> None:
    camera = RecoveringCamera(lambda: open_basler(SERIAL, Layer.EMULATOR, Wanted(size=(96, 72))), watch=ManualWatch())
    running(camera)
    assert float(write_feature(camera, "Gain", "3.0", "camera").after) == pytest.approx(3, abs=0.01)
    assert write_feature(camera, "ExposureTimeAbs", "250", "camera") == Written("100.0", "250.0")
    assert write_feature(camera, "trigger_source", "off", "camera") == Written("software", "off")
    assert write_feature(camera, "TriggerSoftware", "", "camera") == Written("", "")
    assert write_feature(camera, "Width", "64", "camera") == Written("96", "64")
    for name, value, said in (
        ("ExposureTimeAbs", "-1", "ExposureTimeAbs = -1.0 is refused"),
        ("PixelFormat", "Mono9", "PixelFormat = 'Mono9' is refused"),
        ("Width", "100000", "Width = 100000 is refused"),
        ("DeviceVendorName", "1", "DeviceVendorName cannot be written now"),
        ("Nonsense", "1", "no feature 'Nonsense'"),
    ):
        with pytest.raises(CameraError, match=said):
            write_feature(camera, name, value, "camera")
    camera.trigger()
    assert camera.fill(np.zeros((72, 96), np.uint8), WAIT_S) is not None  # what was refused has left it running
    camera.close()


def test_a_camera_is_found_by_its_serial_number() -> None:
    assert [found.serial for found in list_baslers(Layer.EMULATOR)] == ["0815-0000", SERIAL]
    camera = open_basler(SERIAL, Layer.EMULATOR)
    assert camera.open().serial == SERIAL
    camera.close()
    with pytest.raises(CameraError, match=r"no Basler camera of this serial number answers .*0815-0007"):
        open_basler("0815-0007", Layer.EMULATOR).open()


def test_a_transport_layer_that_this_computer_lacks_has_no_cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the one for USB is missing where there is no USB; it may come later."""
    monkeypatch.setattr(basler_room, "_layers", {})
    monkeypatch.setenv("PYLON_CAMEMU", "0")
    assert pylon.TlFactory.GetInstance().CreateTl("BaslerCamEmu") is None
    assert list_baslers(Layer.EMULATOR) == ()
    with pytest.raises(CameraError, match="no Basler camera of this serial number answers"):
        open_basler(SERIAL, Layer.EMULATOR).open()
    monkeypatch.setenv("PYLON_CAMEMU", "2")
    assert len(list_baslers(Layer.EMULATOR)) == 2


def test_a_source_text_that_names_no_camera_or_half_a_size_is_refused() -> None:
    with pytest.raises(ConfigError, match="no camera is named"):
        open_source("basler:,layer=emulator")
    with pytest.raises(ConfigError, match="width and height belong together"):
        open_source(f"basler:{SERIAL},width=96")
    with pytest.raises(ConfigError, match="unknown option 'index'"):
        open_source(f"basler:{SERIAL},index=0")


def test_settings_are_read_back_and_refused_in_words(basler: GenicamCamera) -> None:
    basler.open()
    answer = basler.apply({"exposure_us": 250.0, "gain": 3.0, "offset_x": 8})
    assert answer["exposure_us"] == 250.0 and answer["offset_x"] == 8
    assert answer["gain"] == pytest.approx(3.0, rel=0.01)
    assert basler.apply({"ReverseX": True}) == {"ReverseX": True}
    for name, value in (("gain", 999), ("width", 0), ("width", "wide"), ("PixelFormat", "Mono9"), ("SensorWidth", 9)):
        with pytest.raises(CameraError, match=str(value) if name != "SensorWidth" else "cannot be written now"):
            basler.apply({name: value})
    assert len(basler.features()) > 50


def test_a_camera_that_waits_for_a_wire_delivers_nothing_and_is_well(basler: GenicamCamera) -> None:
    buffer = running(basler, {"trigger_source": "Line1"})
    basler.trigger()
    assert basler.fill(buffer, 0.1) is None and basler.is_alive()


def test_a_free_running_camera_delivers_what_was_exposed_after_the_trigger(basler: GenicamCamera) -> None:
    buffer = running(basler, {"trigger_source": "off", "exposure_us": 100.0, "frame_rate": 50.0})
    freshness = Freshness()
    for _ in range(5):
        triggered_ns = time.monotonic_ns()
        basler.trigger()
        stamp = basler.fill(buffer, WAIT_S)
        # Two frames at 50 Hz were thrown away, so the third came no earlier than a period after the trigger.
        assert stamp is not None and stamp.captured_at_ns - triggered_ns > 15e6
        assert freshness.fault(stamp, buffer, triggered_ns) is None


def test_own_pictures_come_through_pixel_by_pixel(basler: GenicamCamera, tmp_path: Path) -> None:
    pictures = [np.random.default_rng(i).integers(0, 256, (72, 96), np.uint8) for i in range(3)]
    for number, picture in enumerate(pictures):
        cv2.imwrite(str(tmp_path / f"{number}.png"), picture)
    file_mode = {"TestImageSelector": "Off", "ImageFilename": str(tmp_path), "ImageFileMode": "On"}
    buffer = running(basler, {**FAST, **file_mode})
    for picture in (*pictures, pictures[0]):
        basler.trigger()
        stamp = basler.fill(buffer, WAIT_S)
        assert stamp is not None and stamp.is_complete and (buffer == picture).all()


def test_the_size_is_the_frames_and_not_the_settings(basler: GenicamCamera, tmp_path: Path) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (50, 60), np.uint8)
    cv2.imwrite(str(tmp_path / "small.png"), picture)
    buffer = running(
        basler, {"TestImageSelector": "Off", "ImageFilename": str(tmp_path / "small.png"), "ImageFileMode": "On"}
    )
    basler.trigger()
    stamp = basler.fill(buffer, WAIT_S)
    assert stamp is not None and stamp.shape == (50, 60) and (buffer[:50, :60] == picture).all()


def test_frames_that_were_received_in_part_are_torn_and_keep_their_numbers(basler: GenicamCamera) -> None:
    buffer = running(basler, {**FAST, "ForceFailedBufferCount": 4})
    freshness, faults, ids = Freshness(check_pixels=False), [], []
    for number in range(8):
        if number == 2:
            basler._link.nodes.execute("ForceFailedBuffer")
        triggered_ns = time.monotonic_ns()
        basler.trigger()
        stamp = basler.fill(buffer, WAIT_S)
        assert stamp is not None
        faults.append(freshness.fault(stamp, buffer, triggered_ns))
        ids.append(stamp.frame_id)
    assert faults == [None] * 2 + [NoResultReason.FRAME_TORN] * 4 + [None] * 2
    assert ids == list(range(ids[0], ids[0] + 8))


def test_a_picture_that_cannot_be_loaded_is_no_picture(basler: GenicamCamera, tmp_path: Path) -> None:
    missing = {"TestImageSelector": "Off", "ImageFilename": str(tmp_path / "none.png"), "ImageFileMode": "On"}
    buffer = running(basler, {**FAST, **missing})
    basler.trigger()
    stamp = basler.fill(buffer, WAIT_S)
    assert stamp is None or not stamp.is_complete


def forget(nodes: Nodes) -> None:
    """What a camera that lost its power is like."""
    nodes.write("ExposureTimeAbs", 10000.0)
    nodes.write("GainRaw", 192)
    nodes.write("TriggerMode", "Off")
    nodes.write("Width", 640)


def test_an_unplugged_camera_fails_at_once_and_comes_back_with_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    link = PluggedLink(BaslerLink(SERIAL, Layer.EMULATOR), forget)
    changes: list[bool] = []
    camera = RecoveringCamera(
        lambda: GenicamCamera(link, Wanted(size=(96, 72))), lambda live, _: changes.append(live), watch=ManualWatch()
    )
    buffer = running(camera, {"exposure_us": 250.0, "gain": 6.0})
    camera.trigger()
    before = camera.fill(buffer, WAIT_S)
    link.is_plugged = False
    with pytest.raises(CameraError, match="does not answer"):
        camera.trigger()
    with pytest.raises(CameraError):
        camera.fill(buffer, 3600.0)
    camera.step()
    link.is_plugged = True
    monkeypatch.setenv("PYLON_CAMEMU", "0")  # pylon finds no camera yet
    camera.step()
    assert changes == [False]
    monkeypatch.setenv("PYLON_CAMEMU", "2")
    camera.step()
    assert changes == [False, True]
    camera.trigger()
    after = camera.fill(buffer, WAIT_S)
    assert before is not None and after is not None and after.frame_id == before.frame_id + 1
    exposure, width = (link.nodes.find(name) for name in ("ExposureTimeAbs", "Width"))
    assert exposure is not None and exposure.value == 250.0 and width is not None and width.value == 96
    camera.close()


def kept_by_pylon(cycles: int) -> float:
    """Megabytes that pylon's emulator keeps of devices that it made and destroyed again: 47 kB of each."""
    layer = pylon.TlFactory.GetInstance().CreateTl("BaslerCamEmu")
    before = resident_mb()
    for _ in range(cycles):
        layer.DestroyDevice(layer.CreateDevice(layer.EnumerateDevices()[1]))
    return resident_mb() - before


def test_nothing_piles_up_over_hundreds_of_losses(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "station_app")
    link = PluggedLink(BaslerLink(SERIAL, Layer.EMULATOR))
    policy = RecoveryPolicy(discard=1)
    camera = RecoveringCamera(lambda: GenicamCamera(link, Wanted(size=(96, 72))), policy=policy, watch=ManualWatch())
    buffer = running(camera)
    marks: list[tuple[int, int, float]] = []
    for _ in range(CYCLES):
        camera.trigger()
        assert camera.fill(buffer, WAIT_S) is not None
        link.is_plugged = False
        with pytest.raises(CameraError):
            camera.trigger()
        camera.step()
        link.is_plugged = True
        camera.step()
        marks.append((handles(), threading.active_count(), resident_mb()))
    camera.close()
    first, last = marks[CYCLES // 10], marks[-1]
    log.info("handles, threads, MB: %s -> %s, of which pylon %.1f MB", first, last, kept_by_pylon(CYCLES))
    assert last[:2] == first[:2]
    assert last[2] - first[2] < kept_by_pylon(CYCLES) + 3

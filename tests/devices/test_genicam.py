"""Cameras behind a GenTL producer, each in a process of its own: the GenICam group's producer, which is real, and its
cameras, which play a game."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("genicam.genapi", reason="needs genicam, the extra [genicam]: ./test --cameras")
pytest.importorskip("genicam.gentl", reason="needs genicam, the extra [genicam]: ./test --cameras")
pytest.importorskip("harvesters.core", reason="needs harvesters, the extra [genicam]: ./test --cameras")

import genicam

from station_app.core.errors import CameraError, ConfigError
from station_app.core.setup_messages import CommonSetting
from station_app.devices.camera import Camera
from station_app.devices.freshness import Freshness
from station_app.devices.genicam.harvester_link import HarvesterLink
from station_app.devices.genicam.link import Wanted
from station_app.devices.genicam.producers import SEARCH_PATH, find_producer, list_cameras, list_producers
from station_app.devices.genicam.remote import RemoteCamera
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from station_app.devices.source import open_source
from tests.devices.fakes import ManualWatch
from tests.devices.genicam_plug import CYCLES, handles, resident_mb
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

VIKY = Path(genicam.__file__).parent / "viky.cti"
RED = "VikyTL_DEV_red"
WAIT_S = 5.0


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEARCH_PATH, str(VIKY.parent))


@pytest.fixture(params=["mono8", "bgr8", "recovering"])
def camera(request: pytest.FixtureRequest) -> Iterator[Camera]:
    pixels = "bgr8" if request.param == "bgr8" else "mono8"
    made = open_source(f"genicam:viky.cti,device={RED},width=160,height=120,format={pixels}")
    if request.param == "recovering":
        inner = made
        made = RecoveringCamera(lambda: inner, watch=ManualWatch())
    yield made
    made.close()


@pytest.fixture
def viky() -> Iterator[RemoteCamera]:
    camera = RemoteCamera(VIKY, RED, Wanted(size=(160, 120)), answer_s=1.0)
    yield camera
    camera.close()


def running(camera: RemoteCamera | RecoveringCamera) -> np.ndarray:
    shape = camera.open().shape
    camera.apply({"frame_rate": 100.0})
    camera.start()
    return np.zeros(shape, np.uint8)


def test_every_producer_on_the_search_path_is_offered_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "other.cti").touch()
    monkeypatch.setenv(SEARCH_PATH, os.pathsep.join((str(VIKY.parent), str(tmp_path), str(VIKY.parent), "")))
    assert [producer.name for producer in list_producers(usual=())] == ["viky.cti", "other.cti"]
    assert find_producer("viky.cti") == VIKY.resolve() == find_producer(str(VIKY))
    with pytest.raises(ConfigError, match=r"no GenTL producer 'mine.cti' .*found: viky.cti, other.cti"):
        find_producer("mine.cti")


def test_a_producer_is_found_where_vendors_install_and_only_so_deep(tmp_path: Path) -> None:
    deep = tmp_path / "vendor" / "lib" / "x64"
    deep.mkdir(parents=True)
    (deep / "deep.cti").touch()
    (deep.parent / "near.cti").touch()
    assert [producer.name for producer in list_producers([(tmp_path, 2)])] == ["viky.cti", "near.cti"]
    assert [producer.name for producer in list_producers([(tmp_path, 3)])] == ["viky.cti", "near.cti", "deep.cti"]
    assert list_producers([(tmp_path / "none", 3)]) == (VIKY.resolve(),)


def test_a_producer_lists_its_cameras_and_a_broken_one_says_so(tmp_path: Path) -> None:
    cameras = list_cameras(VIKY)
    assert [camera.device for camera in cameras] == [f"VikyTL_DEV_{c}" for c in ("red", "green", "blue")]
    broken = tmp_path / "broken.cti"
    broken.write_bytes(b"no library")
    with pytest.raises(CameraError):
        RemoteCamera(broken, "any").open()


def test_a_source_text_must_name_the_device() -> None:
    with pytest.raises(ConfigError, match="no device is named"):
        open_source("genicam:viky.cti")


def test_a_camera_that_is_not_there_is_refused_with_those_that_are(viky: RemoteCamera) -> None:
    with pytest.raises(CameraError, match=r"no such camera answers .*offers VikyTL_DEV_red, VikyTL_DEV_green"):
        RemoteCamera(VIKY, "VikyTL_DEV_pink").open()


def test_a_camera_that_somebody_has_is_refused() -> None:
    """In one process: the sample producer keeps no count across two, and hides what is taken."""
    first, second = HarvesterLink(VIKY, RED), HarvesterLink(VIKY, RED)
    first.open()
    with pytest.raises(CameraError, match=r"no such camera answers|already in use"):
        second.open()
    second.close()
    first.close()


def test_settings_are_read_back_and_refused_in_words(viky: RemoteCamera) -> None:
    viky.open()
    assert viky.apply({"frame_rate": 50.0, "BouncingBallSize": 30}) == {"frame_rate": 50.0, "BouncingBallSize": 30}
    with pytest.raises(CameraError, match=r"Width = 9000 is refused .*from 100 to 800"):
        viky.apply({"width": 9000})
    with pytest.raises(CameraError, match="trigger_source = 'software' is refused"):
        viky.apply({"trigger_source": "software"})
    shown = {feature.name: feature for feature in viky.features()}
    assert shown["AcquisitionFrameRate"].category == "Acquisition Control"
    assert {f.common for f in shown.values() if f.common} == {CommonSetting.RATE, CommonSetting.PIXEL_FORMAT}
    assert set(viky.common_features()) <= {replace(feature, category="") for feature in shown.values()}
    viky.execute("AcquisitionStop")
    with pytest.raises(CameraError, match="has no feature 'Nonsense'"):
        viky.execute("Nonsense")
    assert not viky.is_wired


def test_a_frame_is_never_older_than_the_trigger(viky: RemoteCamera) -> None:
    buffer = running(viky)
    freshness = Freshness(check_pixels=False)
    for _ in range(10):
        triggered_ns = time.monotonic_ns()
        viky.trigger()
        stamp = viky.fill(buffer, WAIT_S)
        # At 100 Hz two frames were thrown away: the third came at least a period after the trigger.
        assert stamp is not None and stamp.captured_at_ns - triggered_ns > 8e6
        assert freshness.fault(stamp, buffer, triggered_ns) is None


@pytest.mark.parametrize("end", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_producer_that_crashes_is_a_lost_camera_at_once(viky: RemoteCamera, end: signal.Signals) -> None:
    buffer = running(viky)
    assert viky.pid is not None
    os.kill(viky.pid, end)
    with pytest.raises(CameraError, match=f"process has died, exit code -{end.value}"):
        viky.fill(buffer, 3600.0)
    assert not viky.is_alive()
    buffer = running(viky)
    viky.trigger()
    assert viky.fill(buffer, WAIT_S) is not None


def test_a_producer_that_hangs_is_killed(viky: RemoteCamera) -> None:
    buffer = running(viky)
    assert viky.pid is not None
    os.kill(viky.pid, signal.SIGSTOP)
    with pytest.raises(CameraError, match=r"has not answered for 1.1 s"):
        viky.fill(buffer, 0.1)
    assert not viky.is_alive()
    viky.close()
    assert running(viky).shape == (120, 160)


def test_the_recovery_starts_a_new_producer_with_the_settings(viky: RemoteCamera) -> None:
    camera = RecoveringCamera(lambda: viky, watch=ManualWatch())
    buffer = running(camera)
    camera.trigger()
    first = camera.fill(buffer, WAIT_S)
    before = viky.pid
    assert before is not None
    os.kill(before, signal.SIGSEGV)
    with pytest.raises(CameraError):
        camera.fill(buffer, WAIT_S)
    camera.step()
    camera.step()
    camera.trigger()
    second = camera.fill(buffer, WAIT_S)
    assert first is not None and second is not None and second.frame_id == first.frame_id + 1
    rate = {feature.name: feature.value for feature in viky.features()}["AcquisitionFrameRate"]
    assert rate == 100.0 and viky.pid != before
    camera.close()


def test_the_worker_ends_with_the_engine_even_where_the_engine_is_killed() -> None:
    script = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from station_app.devices.genicam.remote import RemoteCamera\n"
        "if __name__ == '__main__':\n"
        "    camera = RemoteCamera(Path(sys.argv[1]), sys.argv[2])\n"
        "    camera.open()\n"
        "    print(camera.pid, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    engine = subprocess.run(
        [sys.executable, "-c", script, str(VIKY), RED], capture_output=True, text=True, timeout=60, check=False
    )
    assert engine.returncode == -signal.SIGKILL, engine.stderr
    deadline = time.monotonic() + WAIT_S
    while Path(f"/proc/{int(engine.stdout)}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{int(engine.stdout)}").exists()


def test_nothing_piles_up_in_the_engine_over_many_crashes(viky: RemoteCamera, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "station_app")
    camera = RecoveringCamera(lambda: viky, policy=RecoveryPolicy(discard=1), watch=ManualWatch())
    buffer = running(camera)
    marks = []
    for _ in range(max(10, CYCLES // 5)):
        camera.trigger()
        assert camera.fill(buffer, WAIT_S) is not None
        assert viky.pid is not None
        os.kill(viky.pid, signal.SIGSEGV)
        with pytest.raises(CameraError):
            camera.fill(buffer, WAIT_S)
        camera.step()
        camera.step()
        marks.append((handles(), threading.active_count(), resident_mb()))
    camera.close()
    first, last = marks[2], marks[-1]
    log.info("handles, threads, MB after %d crashes: %s -> %s", len(marks), first, last)
    assert last[:2] == first[:2]
    assert last[2] - first[2] < 3


def test_strips_of_a_web_come_under_the_numbers_of_a_camera_that_runs_free() -> None:
    camera = open_source(f"lines:genicam:viky.cti,device={RED},width=160,height=120,part=fixed,lines=300")
    assert isinstance(camera, LineScanCamera)
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    stamps = [camera.fill(buffer, WAIT_S) for _ in range(4)]
    assert [stamp.source for stamp in stamps if stamp is not None] == [
        f"web:{300 * number}-{300 * number + 300}" for number in range(4)
    ]
    assert camera.state.lost_lines == 0
    camera.close()

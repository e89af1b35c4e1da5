"""GigE Vision against the client library's own simulated camera, which can lose packets on purpose."""

import time
from collections.abc import Callable

import numpy as np
import pytest

pytest.importorskip("viva_genicam", reason="needs viva_genicam, the extra [gige]: ./test --cameras")

from viva_genicam.testing import FakeGigeCamera

from station_app.core.errors import CameraError
from station_app.core.inspection import NoResultReason
from station_app.core.setup_messages import CommonSetting
from station_app.devices.freshness import Freshness
from station_app.devices.genicam.camera import GenicamCamera
from station_app.devices.genicam.link import Wanted
from station_app.devices.gige import GigeLink, open_gige
from station_app.devices.recovery import RecoveringCamera
from station_app.engine.feature_desk import write_feature
from tests.devices.fakes import ManualWatch

ADDRESS = "127.0.0.1"
WAIT_S = 5.0


def running(camera: GenicamCamera | RecoveringCamera) -> np.ndarray:
    shape = camera.open().shape
    camera.start()
    return np.zeros(shape, np.uint8)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def faults_of_ten_frames(camera: GenicamCamera) -> list[NoResultReason | None]:
    buffer, freshness, faults = running(camera), Freshness(check_pixels=False), []
    for _ in range(10):
        triggered_ns = time.monotonic_ns()
        camera.trigger()
        stamp = camera.fill(buffer, WAIT_S)
        assert stamp is not None
        faults.append(freshness.fault(stamp, buffer, triggered_ns))
    camera.close()
    return faults


def test_packets_that_can_be_sent_again_cost_nothing() -> None:
    with FakeGigeCamera(width=320, height=240, fps=50, drop_packets=[(4, 1), (7, 3)]):
        assert faults_of_ten_frames(open_gige(ADDRESS)) == [None] * 10


def test_packets_that_are_gone_make_their_frames_torn_and_no_others() -> None:
    with FakeGigeCamera(width=320, height=240, fps=50, drop_packets=[(4, 1), (7, 3)], packet_resend=False):
        faults = faults_of_ten_frames(open_gige(ADDRESS))
    assert [number for number, fault in enumerate(faults, 1) if fault is NoResultReason.FRAME_TORN] == [4, 7]
    assert [fault for fault in faults if fault is not None] == [NoResultReason.FRAME_TORN] * 2


def test_its_tree_is_read_and_written_through_the_recovery_while_frames_come() -> None:
    camera = RecoveringCamera(lambda: open_gige(ADDRESS), watch=ManualWatch())
    with FakeGigeCamera(width=320, height=240, fps=50):
        buffer = running(camera)
        shown = {feature.name: feature for feature in camera.features()}
        assert shown["ExposureTime"].category and shown["ExposureTime"].common is CommonSetting.EXPOSURE
        assert write_feature(camera, "ExposureTime", "250", "camera").after == "250.0"
        with pytest.raises(CameraError, match="no feature 'Nonsense'"):
            write_feature(camera, "Nonsense", "1", "camera")
        camera.trigger()
        assert camera.fill(buffer, WAIT_S) is not None
        camera.close()


def test_a_camera_whose_control_was_taken_away_is_lost_and_comes_back() -> None:
    changes: list[bool] = []
    link = GigeLink(ADDRESS)
    camera = RecoveringCamera(
        lambda: GenicamCamera(link, Wanted(size=(160, 120))),
        lambda is_live, _: changes.append(is_live),
        watch=ManualWatch(),
    )
    with FakeGigeCamera(width=320, height=240, fps=50) as fake:
        buffer = running(camera)
        camera.apply({"exposure_us": 250.0})
        fake.revoke_control()
        wait_for(lambda: not camera.is_alive())
        camera.step()
        assert camera.step() == 0.5 and changes == [False]
        with pytest.raises(CameraError):
            camera.trigger()
        camera.step()
        assert changes == [False, True]
        camera.trigger()
        assert camera.fill(buffer, WAIT_S) is not None
        exposure = link.nodes.find("ExposureTime")
        assert exposure is not None and exposure.value == 250.0
        camera.close()

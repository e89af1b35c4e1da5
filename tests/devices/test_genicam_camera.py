"""The camera that every GenICam driver shares, on a link that obeys the test."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import NoResultReason
from station_app.devices.features import Feature
from station_app.devices.freshness import Freshness
from station_app.devices.genicam import camera as camera_room
from station_app.devices.genicam import told
from station_app.devices.genicam.block_ids import BlockIds
from station_app.devices.genicam.camera import UNDER_WAY, GenicamCamera
from station_app.devices.genicam.link import Wanted
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.wired import as_wired
from tests.devices.fakes import ManualWatch
from tests.devices.genicam_fakes import FakeLink
from tests.devices.test_contract import (  # noqa: F401 - collected here against this module's camera
    test_a_camera_that_is_not_open_refuses_everything,
    test_an_unknown_feature_is_refused_and_named,
    test_frames_fill_the_lent_buffer_with_rising_ids,
    test_it_closes_twice_in_any_state_and_opens_again,
    test_nothing_of_before_a_restart_is_delivered,
    test_the_buffer_is_not_kept,
    test_the_shape_fits_the_pixel_format,
)

WAIT_S = 5.0


@pytest.fixture
def link() -> FakeLink:
    return FakeLink()


@pytest.fixture
def camera(link: FakeLink) -> Iterator[GenicamCamera]:
    camera = GenicamCamera(link, Wanted(size=(6, 4)))
    yield camera
    camera.close()


def running(camera: GenicamCamera, trigger: str = "software") -> np.ndarray:
    shape = camera.open().shape
    camera.apply({"trigger_source": trigger})
    camera.start()
    return np.zeros(shape, np.uint8)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_a_camera_opens_set_as_it_was_wanted(camera: GenicamCamera, link: FakeLink) -> None:
    assert camera.open().shape == (4, 6)
    features = {feature.name: feature.value for feature in camera.features()}
    assert (features["TriggerSelector"], features["TriggerMode"], features["TriggerSource"]) == (
        "FrameStart",
        "On",
        "Software",
    )


def test_a_frame_that_the_wire_triggered_bears_the_time_at_which_it_came(camera: GenicamCamera, link: FakeLink) -> None:
    """Also where it waited to be fetched: so a frame of before the part is seen to be stale."""
    buffer = running(camera, "Line1")
    link.push()
    wait_for(lambda: camera._arrivals is not None and camera._arrivals.count == 1)
    triggered_ns = time.monotonic_ns()
    camera.trigger()
    stamp = camera.fill(buffer, WAIT_S)
    assert stamp is not None and stamp.captured_at_ns < triggered_ns
    assert Freshness().fault(stamp, buffer, triggered_ns) is NoResultReason.FRAME_STALE
    link.push()
    second = camera.fill(buffer, WAIT_S)
    assert second is not None and second.frame_id == stamp.frame_id + 1 and (buffer == 2).all()


def test_a_lost_frame_is_a_gap_in_the_numbers(camera: GenicamCamera, link: FakeLink) -> None:
    buffer = running(camera, "Line1")
    freshness = Freshness()
    faults = []
    for skip in (0, 0, 1, 0):
        link.push(skip=skip)
        stamp = camera.fill(buffer, WAIT_S)
        assert stamp is not None
        faults.append(freshness.fault(stamp, buffer, 0))
    assert faults == [None, None, NoResultReason.FRAME_SLIPPED, None]


def test_a_free_running_camera_hands_out_nothing_that_was_under_way_at_the_trigger(
    camera: GenicamCamera, link: FakeLink
) -> None:
    buffer = running(camera, "off")
    link.push()
    wait_for(lambda: camera._arrivals is not None and camera._arrivals.count == 1)
    camera.trigger()
    for _ in range(UNDER_WAY):
        link.push()
        assert camera.fill(buffer, 0.05) is None
    link.push()
    stamp = camera.fill(buffer, WAIT_S)
    assert stamp is not None and (buffer == 2 + UNDER_WAY).all()
    assert stamp.frame_id == 0 and camera.fill(buffer, 0.0) is None


def test_an_incomplete_frame_is_handed_over_as_torn(camera: GenicamCamera, link: FakeLink) -> None:
    buffer = running(camera, "Line1")
    link.push(is_complete=False)
    stamp = camera.fill(buffer, WAIT_S)
    assert stamp is not None and not stamp.is_complete
    assert Freshness().fault(stamp, buffer, 0) is NoResultReason.FRAME_TORN


def test_the_size_is_the_frames_own(camera: GenicamCamera, link: FakeLink) -> None:
    buffer = running(camera, "Line1")
    link.push(size=(5, 3))
    stamp = camera.fill(buffer, WAIT_S)
    assert stamp is not None and stamp.shape == (3, 5) and (buffer[:3, :5] == 1).all()
    link.push(size=(7, 4))
    with pytest.raises(CameraError, match=r"a frame of \(4, 7\) does not fit \(4, 6\)"):
        camera.fill(buffer, WAIT_S)
    assert link.released == 2


def test_every_frame_goes_back_to_the_sdk(camera: GenicamCamera, link: FakeLink) -> None:
    buffer = running(camera, "Line1")
    for _ in range(9):
        link.push()
    wait_for(lambda: camera._arrivals is not None and camera._arrivals.count == 9)
    assert camera.fill(buffer, 0.0) is not None and (buffer == 6).all()  # four wait, the oldest went first
    camera.stop()
    assert link.released == 9


def test_a_free_running_camera_that_falls_silent_is_lost(
    camera: GenicamCamera, link: FakeLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = running(camera, "off")
    monkeypatch.setattr(camera, "_longest_silence_s", 0.02)
    link.push()
    with pytest.raises(CameraError, match="no frame for"):
        for _ in range(500):
            camera.fill(buffer, 0.01)


def test_a_triggered_camera_may_be_silent_for_as_long_as_it_likes(camera: GenicamCamera) -> None:
    buffer = running(camera)
    assert camera.fill(buffer, 0.0) is None and camera.is_alive()


def test_a_broken_stream_ends_the_wait_at_once(camera: GenicamCamera, link: FakeLink) -> None:
    buffer = running(camera, "Line1")
    link.break_off()
    with pytest.raises(CameraError, match="broke off"):
        camera.fill(buffer, 3600.0)
    assert not camera.is_alive()


def test_a_setting_of_the_shape_pauses_the_frames_and_they_go_on(camera: GenicamCamera, link: FakeLink) -> None:
    buffer = running(camera)
    assert camera.apply({"width": 4, "offset_x": 2}) == {"width": 4, "offset_x": 2}
    camera.trigger()
    stamp = camera.fill(buffer, WAIT_S)
    assert stamp is not None and stamp.shape == (4, 4)


def test_a_camera_that_was_switched_off_gets_its_whole_set_up_back(link: FakeLink) -> None:
    link.nodes.write("DeviceUserID", "north")
    camera = GenicamCamera(link, Wanted(size=(6, 4)))
    camera.open()
    camera.close()
    link.nodes.features = FakeLink().nodes.features
    assert camera.open().shape == (4, 6)
    assert link.nodes.features["DeviceUserID"].value == "north"
    assert link.nodes.features["TriggerMode"].value == "On"
    camera.close()
    link.nodes.write("DeviceUserID", "south")
    link.nodes.forgets.add("DeviceUserID")
    with pytest.raises(CameraError, match="does not hold DeviceUserID"):
        camera.open()


def test_the_recovery_brings_it_back_with_the_recipes_settings(link: FakeLink) -> None:
    camera = RecoveringCamera(lambda: GenicamCamera(link, Wanted(size=(6, 4))), watch=ManualWatch())
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.apply({"exposure_us": 250.0, "gain": 3.0})
    camera.start()
    camera.trigger()
    first = camera.fill(buffer, WAIT_S)
    link.is_plugged = False
    with pytest.raises(CameraError, match="does not answer"):
        camera.trigger()
    camera.step()
    link.nodes.features, link.is_plugged = FakeLink().nodes.features, True
    camera.step()
    camera.trigger()
    second = camera.fill(buffer, WAIT_S)
    assert first is not None and second is not None and second.frame_id == first.frame_id + 1
    assert link.nodes.features["ExposureTime"].value == 250.0 and link.nodes.features["ExposureAuto"].value == "Off"
    camera.close()


def taken_back(link: FakeLink, trigger: str) -> tuple[RecoveringCamera, list[bool], np.ndarray]:
    """A camera that ran with this trigger, lost its power and forgot everything, and is tried once to be taken back."""
    changes: list[bool] = []
    camera = RecoveringCamera(
        lambda: GenicamCamera(link, Wanted(size=(6, 4), trigger=trigger)),
        lambda is_live, _: changes.append(is_live),
        watch=ManualWatch(),
    )
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    link.push()  # a frame of before the loss, which nobody has fetched
    camera.step()
    link.is_plugged = False
    camera.step()
    assert changes == [False]
    link.nodes.features, link.is_plugged = {**FakeLink().nodes.features, **without(link.nodes.features)}, True
    camera.step()
    return camera, changes, buffer


def without(features: dict[str, Feature]) -> dict[str, Feature]:
    """The trigger's sources, which are the camera's nature and no setting."""
    return {"TriggerSource": replace(features["TriggerSource"], value="Line1")}


def test_a_wire_triggered_camera_is_taken_back_while_its_line_stands_still(link: FakeLink) -> None:
    camera, changes, buffer = taken_back(link, "Line1")
    assert changes == [False, True] and link.fired == 3
    nodes = link.nodes.features
    assert (nodes["TriggerSource"].value, nodes["TriggerMode"].value) == ("Line1", "On")
    assert camera.fill(buffer, 0.0) is None  # nothing of before is left
    link.push()
    stamp = camera.fill(buffer, WAIT_S)
    assert stamp is not None and stamp.is_complete
    camera.close()


def test_a_wire_is_known_with_its_transit_time(link: FakeLink) -> None:
    camera = RecoveringCamera(lambda: GenicamCamera(link, Wanted(trigger="Line1", transit_s=0.04)), watch=ManualWatch())
    camera.open()
    camera.start()
    wired = as_wired(camera)
    assert wired is not None and (wired.transit_s, wired.begun_ns > 0) == (0.04, True)
    camera.stop()
    camera.apply({"trigger_source": "software"})
    camera.start()
    assert as_wired(camera) is None
    camera.close()


def test_without_a_command_the_first_frames_that_the_wire_brings_are_torn(link: FakeLink) -> None:
    source = link.nodes.features["TriggerSource"]
    link.nodes.features["TriggerSource"] = replace(source, entries=("Line1",))
    camera, changes, buffer = taken_back(link, "Line1")
    assert changes == [False, True] and link.fired == 0
    stamps = []
    for _ in range(5):
        link.push()
        stamps.append(camera.fill(buffer, WAIT_S))
    assert [stamp.is_complete for stamp in stamps if stamp is not None] == [False] * 3 + [True] * 2
    camera.close()


def test_a_camera_that_is_back_but_delivers_nothing_is_not_taken_back(
    link: FakeLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_room, "_LEAST_PATIENCE_S", 0.01)
    monkeypatch.setattr(told, "LEAST_SILENCE_S", 0.01)
    link.answers = False
    camera, changes, _ = taken_back(link, "Line1")
    assert changes == [False]
    camera.close()


@pytest.mark.parametrize(("rate", "exposure_us", "patience_s"), [(30.0, 5000.0, 3.0), (0.5, 4e5, 6.4)])
def test_a_slow_camera_is_given_its_time(
    camera: GenicamCamera, link: FakeLink, rate: float, exposure_us: float, patience_s: float
) -> None:
    running(camera, "off")
    link.nodes.write("AcquisitionFrameRate", rate)
    link.nodes.write("ExposureTime", exposure_us)
    assert camera.patience_s == pytest.approx(patience_s, abs=0.01)


def test_a_free_running_camera_throws_its_first_frames_away_as_they_come(camera: GenicamCamera, link: FakeLink) -> None:
    buffer = running(camera, "off")
    for _ in range(4):
        link.push()
    camera.settle(3)
    assert link.fired == 0
    stamp = camera.fill(buffer, WAIT_S)
    assert stamp is not None and (buffer == 4).all()


@pytest.mark.parametrize(
    ("sent", "counted"),
    [
        ((65533, 65534, 65535, 1, 2), (0, 1, 2, 3, 4)),
        ((65535, 0, 1), (0, 1, 2)),
        ((65534, 2, 3), (0, 3, 4)),
        ((1, 2, 5), (0, 1, 4)),
        ((70000, 70001, 3), (0, 1, -69997)),
    ],
)
def test_the_numbers_go_on_where_the_cameras_counter_begins_anew(
    sent: tuple[int, ...], counted: tuple[int, ...]
) -> None:
    ids = BlockIds()
    numbers = [ids.continued(block) for block in sent]
    assert tuple(number - numbers[0] for number in numbers) == counted

"""The engineer's tree of a GenICam camera, what stands for the common settings, and what a reconnect has to restore."""

import time
from dataclasses import replace

import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.setup_messages import CommonSetting, FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature, Range, Tunable
from station_app.devices.genicam.camera import GenicamCamera
from station_app.devices.genicam.tree import common_features, features_of, remembered
from station_app.devices.recovery import RecoveringCamera
from tests.devices.fakes import ManualWatch, PlugCamera
from tests.devices.genicam_fakes import FakeLink, FakeNodes

Settings = dict[str, FeatureValue]


def test_every_feature_is_there_once_with_its_category_and_the_trigger_is_one_more() -> None:
    shown = features_of(FakeNodes())
    assert [feature.name for feature in shown] == ["trigger_source", *FakeNodes().categories()]
    by_name = {feature.name: feature for feature in shown}
    assert by_name["TriggerMode"].category == "Camera/Settings"
    trigger = by_name["trigger_source"]
    assert (trigger.value, trigger.entries, trigger.kind) == ("off", ("off", "Line1", "software"), FeatureKind.CHOICE)


def test_each_common_setting_has_its_feature() -> None:
    found = {feature.common: feature.name for feature in common_features(FakeNodes())}
    assert found == {
        CommonSetting.EXPOSURE: "ExposureTime",
        CommonSetting.GAIN: "Gain",
        CommonSetting.RATE: "AcquisitionFrameRate",
        CommonSetting.PIXEL_FORMAT: "PixelFormat",
        CommonSetting.TRIGGER: "trigger_source",
    }
    assert {f.name for f in features_of(FakeNodes()) if f.common} == set(found.values())


def test_what_is_no_decibel_is_no_common_gain() -> None:
    nodes = FakeNodes()
    nodes.features["Gain"] = replace(nodes.features["Gain"], unit="%")
    assert CommonSetting.GAIN not in {feature.common for feature in common_features(nodes)}
    del nodes.features["Gain"]
    nodes.features["GainRaw"] = Feature("GainRaw", FeatureKind.INTEGER, 192, True, Range(0, 1023, 1))
    assert CommonSetting.GAIN not in {feature.common for feature in common_features(nodes)}


def test_a_camera_without_a_trigger_has_no_common_trigger() -> None:
    nodes = FakeNodes()
    del nodes.features["TriggerMode"]
    assert "trigger_source" not in {feature.name for feature in features_of(nodes)}


@pytest.mark.parametrize(
    ("before", "new", "held"),
    [
        ({"exposure_us": 100}, {"ExposureTime": 200}, {"exposure_us": 200}),
        ({"ExposureTimeAbs": 100}, {"exposure_us": 200}, {"exposure_us": 200}),
        ({"width": 32, "gain": 1}, {"Width": 16}, {"gain": 1, "width": 16}),
        ({"Gamma": 1.0}, {"Gamma": 2.0}, {"Gamma": 2.0}),
        ({"exposure_us": 100}, {"ExposureAuto": "Continuous"}, {"ExposureAuto": "Continuous"}),
        ({"exposure_us": 100}, {"ExposureAuto": "Off"}, {"exposure_us": 100, "ExposureAuto": "Off"}),
        ({"GainAuto": "Continuous"}, {"gain": 3}, {"gain": 3}),
        ({"PixelFormat": "Mono8"}, {}, {"PixelFormat": "Mono8"}),
    ],
)
def test_what_a_reconnect_restores_names_each_thing_once(before: Settings, new: Settings, held: Settings) -> None:
    assert remembered(before, new) == held
    assert list(remembered(before, new)) == list(held)


class Bench:
    """A recovering GenICam camera, its link's plug, and the recovery's thread turned by hand."""

    def __init__(self) -> None:
        self.link = FakeLink()
        device = GenicamCamera(self.link)
        self.camera = RecoveringCamera(lambda: device, watch=ManualWatch())
        self.camera.open()

    def come_back_with_nothing(self) -> None:
        """The plug is pulled and put in again; the camera has forgotten everything meanwhile."""
        self.link.is_plugged = False
        self.camera.step()
        self.link.nodes = FakeNodes()
        self.link.is_plugged = True
        for _ in range(3):
            self.camera.step()
        assert self.camera.is_alive()

    def value(self, name: str) -> FeatureValue | None:
        return self.link.nodes.features[name].value


@pytest.mark.parametrize("asked", ["exposure_us", "ExposureTime"])
@pytest.mark.parametrize("before", ["exposure_us", "ExposureTime"])
def test_what_was_written_under_either_name_is_there_after_a_reconnect(before: str, asked: str) -> None:
    bench = Bench()
    bench.camera.apply({before: 250.0, "gain": 2.0})
    bench.camera.apply({asked: 400.0})
    bench.come_back_with_nothing()
    assert (bench.value("ExposureTime"), bench.value("Gain")) == (400.0, 2.0)


def test_an_automatic_that_was_switched_on_is_on_after_a_reconnect() -> None:
    bench = Bench()
    bench.camera.apply({"exposure_us": 250.0})
    bench.camera.apply({"ExposureAuto": "Continuous"})
    bench.come_back_with_nothing()
    assert bench.value("ExposureAuto") == "Continuous"


def test_a_refused_setting_of_the_shape_leaves_the_camera_running() -> None:
    bench = Bench()
    bench.camera.apply({"trigger_source": "software"})
    bench.camera.start()
    with pytest.raises(CameraError, match="PixelFormat = 'Mono9' is refused"):
        bench.camera.apply({"PixelFormat": "Mono9"})
    bench.camera.trigger()
    assert bench.camera.fill(np.zeros((1, 1), np.uint8), 5.0) is not None
    bench.camera.close()


def test_features_and_commands_go_through_the_recovery() -> None:
    bench = Bench()
    assert isinstance(bench.camera, Tunable)
    assert bench.camera.features() == features_of(bench.link.nodes)
    assert bench.camera.common_features() == common_features(bench.link.nodes)
    bench.camera.execute("TriggerSoftware")
    assert bench.link.nodes.written[-1] == "TriggerSoftware"
    for unknown in ("Nonsense", "Gain"):
        with pytest.raises(CameraError, match=f"has no feature '{unknown}'"):
            bench.camera.execute(unknown)


def test_a_frame_that_a_command_exposed_is_taken_for_nobodys() -> None:
    bench = Bench()
    bench.camera.apply({"trigger_source": "software"})
    bench.camera.start()
    buffer = np.zeros((1, 1), np.uint8)
    ids = []
    for _ in range(3):
        bench.link.push()  # what the camera does at the command TriggerSoftware
        bench.camera.execute("TriggerSoftware")
        triggered_ns = time.monotonic_ns()
        bench.camera.trigger()
        stamp = bench.camera.fill(buffer, 5.0)
        assert stamp is not None and stamp.captured_at_ns >= triggered_ns
        ids.append(stamp.frame_id)
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    bench.camera.close()


def test_a_driver_that_shows_none_has_none_through_the_recovery() -> None:
    camera = RecoveringCamera(PlugCamera, watch=ManualWatch())
    with pytest.raises(CameraError, match="not opened"):
        camera.features()
    camera.open()
    assert (camera.features(), camera.common_features()) == ((), ())
    with pytest.raises(CameraError, match="has no feature 'Reset'"):
        camera.execute("Reset")


@pytest.mark.parametrize(("source", "is_wired"), [("off", False), ("software", False), ("Line1", True)])
def test_a_line_of_the_camera_makes_it_a_wired_one(source: str, is_wired: bool) -> None:
    bench = Bench()
    bench.camera.apply({"trigger_source": source})
    bench.camera.start()
    assert bench.camera.is_wired is is_wired
    bench.camera.close()

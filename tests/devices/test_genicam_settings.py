"""Settings by one name for every camera: written in an order that a camera can take, refused in words."""

import pytest

from station_app.core.errors import CameraError
from station_app.core.setup_messages import FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature, Range
from station_app.devices.genicam.settings import apply_settings, trigger_source
from station_app.devices.genicam.snapshot import differences, settled
from tests.devices.genicam_fakes import FakeNodes

WHERE = "camera F1"


def test_the_five_settings_that_matter_are_read_back_under_the_names_they_were_asked_by() -> None:
    nodes = FakeNodes()
    asked: dict[str, FeatureValue] = {"exposure_us": 250, "gain": 2.5, "width": 32, "height": 16, "frame_rate": 60}
    assert apply_settings(nodes, asked, WHERE) == asked
    assert nodes.features["ExposureTime"].value == 250.0 and nodes.features["ExposureAuto"].value == "Off"
    assert nodes.features["AcquisitionFrameRateEnable"].value is True


def test_the_older_name_comes_first_where_a_camera_has_both() -> None:
    nodes = FakeNodes()
    nodes.features["ExposureTimeAbs"] = Feature("ExposureTimeAbs", FeatureKind.FLOAT, 1.0, True, Range(1, 1e6, 0))
    assert apply_settings(nodes, {"exposure_us": 300.0}, WHERE) == {"exposure_us": 300.0}
    assert nodes.features["ExposureTimeAbs"].value == 300.0 and nodes.features["ExposureTime"].value == 5000.0


def test_a_region_grows_past_an_offset_that_lay_in_its_way() -> None:
    nodes = FakeNodes()
    apply_settings(nodes, {"offset_x": 40, "width": 24}, WHERE)
    assert apply_settings(nodes, {"width": 60}, WHERE) == {"width": 60}
    assert nodes.features["OffsetX"].value == 4  # as near to where it was as the new width allows
    assert apply_settings(nodes, {"offset_x": 0, "width": 64}, WHERE) == {"offset_x": 0, "width": 64}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("exposure_weeks", 1, "has no feature 'exposure_weeks'"),
        ("exposure_us", 1, "ExposureTime = 1 is refused .*from 10 to 1e"),
        ("exposure_us", "long", "ExposureTime = 'long' is refused"),
        ("gain", True, "Gain = True is refused"),
        ("width", 10.5, "Width = 10.5 is refused .*in steps of 1"),
        ("PixelFormat", "Mono9", "set one of: Mono8, RGB8"),
        ("AcquisitionFrameRateEnable", 1, "set true or false"),
        ("DeviceTemperature", 20.0, "DeviceTemperature cannot be written now"),
        ("TriggerSoftware", "go", "TriggerSoftware = 'go' is refused"),
        ("trigger_source", "Line9", "set one of: Line1, Software"),
        ("trigger_source", 1, "trigger_source = 1 is refused"),
    ],
)
def test_what_the_camera_cannot_take_is_refused_in_words(name: str, value: FeatureValue, said: str) -> None:
    with pytest.raises(CameraError, match=said):
        apply_settings(FakeNodes(), {name: value}, WHERE)


@pytest.mark.parametrize("source", ["software", "Software", "Line1", "off"])
def test_the_trigger_is_set_at_the_selector_of_frames(source: str) -> None:
    nodes = FakeNodes()
    assert apply_settings(nodes, {"trigger_source": source}, WHERE) == {"trigger_source": source}
    assert nodes.features["TriggerSelector"].value == "FrameStart"
    assert trigger_source(nodes) == ("software" if source == "Software" else source)


def test_a_camera_without_a_trigger_can_only_run_free() -> None:
    nodes = FakeNodes()
    del nodes.features["TriggerMode"]
    assert apply_settings(nodes, {"trigger_source": "off"}, WHERE) == {"trigger_source": "off"}
    with pytest.raises(CameraError, match="trigger_source = 'software' is refused"):
        apply_settings(nodes, {"trigger_source": "software"}, WHERE)


def test_what_changes_by_itself_is_no_part_of_the_set_up() -> None:
    saved = settled("# head\nGain\t1\nTemperature\t41.5\n", "# head\nGain\t1\nTemperature\t41.6\n")
    assert saved == "# head\nGain\t1\n"


def test_differences_are_settings_that_do_not_hold() -> None:
    wanted = "Gain\t10.0\nMode\t{Sel=A}\tOn\nMode\t{Sel=B}\tOff\nSel\tA\nLineSelector\t1\nGamma\t1\n"
    assert differences(wanted, wanted) == ()
    found = "Gain\t10.1\nMode\t{Sel=A}\tOff\nMode\t{Sel=B}\tOff\nSel\tB\nLineSelector\t2\n"
    assert differences(wanted, found) == ("Mode\t{Sel=A}", "Gamma")


def test_what_an_automatic_steers_may_differ() -> None:
    wanted = "ExposureAuto\tContinuous\nExposureTime\t100\nGainAuto\tOff\nGain\t1\n"
    assert differences(wanted, "ExposureAuto\tContinuous\nExposureTime\t900\nGainAuto\tOff\nGain\t1\n") == ()
    assert differences(wanted, "ExposureAuto\tOff\nExposureTime\t100\nGainAuto\tOff\nGain\t2\n") == (
        "ExposureAuto",
        "Gain",
    )

"""The engineer's tree: read as the camera shows it, written with proof, and there again after the camera was away."""

from collections.abc import Iterator
from typing import cast

import pytest

from station_app.core.errors import CameraError
from station_app.core.messages import CommandRefused
from station_app.core.setup_messages import (
    FeatureKind,
    FeatureShown,
    FeaturesRead,
    ReadFeatures,
    WatchCamera,
    WriteFeature,
)
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.faults import Fault, FaultKind
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.rendering.plan import RenderSpec
from tests.engine.conftest import Open
from tests.engine.fakes import FakeLedger, PartCamera
from tests.engine.line import Line

AT_ONCE = RecoveryPolicy(backoff_s=(0.01,), alive_every_s=0.05)


class StubbornCamera(RenderedCamera):
    """Takes every exposure, and holds none above 20 000 µs. Forgets everything while it is away."""

    def open(self) -> CameraInfo:
        described = super().open()
        self.execute("restore_defaults")
        return described

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        asked = settings.get("exposure_us")
        if isinstance(asked, (int, float)) and asked > 20_000:
            settings = settings | {"exposure_us": 20_000}
        return super().apply(settings)


@pytest.fixture
def device() -> RenderedCamera:
    return StubbornCamera(RenderSpec(width=96, height=72))


@pytest.fixture
def line(open_faked: Open, device: RenderedCamera) -> Iterator[Line]:
    made = open_faked(
        cameras={"top": RecoveringCamera(lambda: device, policy=AT_ONCE), "side": PartCamera()}, engineer="wang"
    )
    made.engine.load("A17")
    yield made


def tree(line: Line) -> dict[str, FeatureShown]:
    return {feature.name: feature for feature in line.heard.of(FeaturesRead)[-1].features}


def audited(line: Line) -> list[tuple[str, str, str, str]]:
    return [
        entry for entry in cast(FakeLedger, line.ledger).audits if entry[1] in ("feature_written", "camera_command")
    ]


def test_every_feature_is_told_with_its_limits_its_category_and_what_it_stands_for(line: Line) -> None:
    line.engine.obey(ReadFeatures("top"))
    shown = tree(line)
    assert shown["exposure_us"] == FeatureShown(
        "exposure_us",
        FeatureKind.FLOAT,
        "10000.0",
        True,
        low=20,
        high=100_000,
        step=1,
        unit="us",
        category="Rendered camera",
        common="exposure_us",
    )
    assert {f.common for f in shown.values()} == {"", "exposure_us", "gain_db", "rate_hz", "trigger", "pixel_format"}
    assert shown["restore_defaults"].kind is FeatureKind.COMMAND


def test_a_camera_that_shows_no_features_has_an_empty_tree(line: Line) -> None:
    line.engine.obey(ReadFeatures("side"))
    assert line.heard.of(FeaturesRead) == (FeaturesRead("side", ()),)


def test_what_is_written_is_read_back_audited_and_told(line: Line) -> None:
    line.engine.obey(WriteFeature("top", "exposure_us", "2500", "wang"))
    assert tree(line)["exposure_us"].value == "2500.0"
    assert audited(line) == [("wang", "feature_written", "camera top, exposure_us", "10000.0 -> 2500.0")]
    assert line.refusals() == []


def test_a_command_is_carried_out(line: Line) -> None:
    line.engine.obey(WriteFeature("top", "exposure_us", "2500", "wang"))
    line.engine.obey(WriteFeature("top", "restore_defaults", "", "wang"))
    assert tree(line)["exposure_us"].value == "10000.0"
    assert audited(line)[-1] == ("wang", "camera_command", "camera top, restore_defaults", "")


@pytest.mark.parametrize(
    ("camera_id", "name", "value", "what", "remedy"),
    [
        ("none", "gain", "1", "the recipe has no camera 'none'", "choose one of: top, side"),
        ("top", "focus", "1", "the camera has no feature 'focus'", "choose one that it shows"),
        ("side", "gain", "1", "the camera has no feature 'gain'", "choose one that it shows"),
        ("top", "gain", "loud", "gain = 'loud' is refused", "write a number"),
        ("top", "gain", "nan", "gain = 'nan' is refused", "write a number"),
        ("top", "gain", "99", "gain = 99.0 is refused", "set a number from 0 to 24"),
        ("top", "frame_rate", "5", "frame_rate cannot be written now", "choose another feature"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    line: Line, camera_id: str, name: str, value: str, what: str, remedy: str
) -> None:
    line.engine.obey(WriteFeature(camera_id, name, value, "wang"))
    assert line.heard.of(CommandRefused) == (CommandRefused("WriteFeature", what, remedy),)
    assert audited(line) == []


def test_a_value_that_the_camera_does_not_hold_is_refused_and_the_one_before_holds(line: Line) -> None:
    line.engine.obey(WriteFeature("top", "exposure_us", "5000", "wang"))
    line.engine.obey(WriteFeature("top", "exposure_us", "30000", "wang"))
    assert line.refusals() == ["exposure_us was set to 30000.0 and the camera answers 20000.0"]
    line.engine.obey(ReadFeatures("top"))
    assert tree(line)["exposure_us"].value == "5000.0"
    assert len(audited(line)) == 1


def test_a_running_line_keeps_its_cameras_to_itself(line: Line) -> None:
    line.engine.start()
    line.engine.obey(WriteFeature("top", "gain", "1", "wang"))
    line.engine.obey(ReadFeatures("top"))
    assert line.refusals() == ["the line is running"] * 2
    line.engine.pause()
    line.engine.obey(WriteFeature("top", "gain", "1", "wang"))
    assert tree(line)["gain"].value == "1.0"


def test_it_may_be_written_while_the_camera_is_watched(line: Line) -> None:
    line.engine.obey(WatchCamera("top"))
    for gain in range(5):
        line.engine.obey(WriteFeature("top", "gain", str(gain), "wang"))
    assert line.refusals() == []
    assert tree(line)["gain"].value == "4.0"


def test_what_was_written_is_there_again_after_the_camera_was_away(line: Line, device: RenderedCamera) -> None:
    line.engine.obey(WriteFeature("top", "exposure_us", "2500", "wang"))
    device.inject(Fault(FaultKind.DISCONNECT, 0.0))
    looks = line.engine._loaded.rig.looks("top")  # type: ignore[union-attr]
    with pytest.raises(CameraError):
        looks.ask(lambda _: looks.expose(), 5.0)
    line.heard.wait(lambda _: is_back(line))
    line.engine.obey(ReadFeatures("top"))
    assert tree(line)["exposure_us"].value == "2500.0"


def is_back(line: Line) -> bool:
    return line.cameras["top"].is_alive()

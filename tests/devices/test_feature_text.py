"""Features as text and back: what people read and write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core import wire
from station_app.core.errors import CameraError
from station_app.core.setup_messages import CommonSetting, FeatureKind, FeatureShown, FeaturesRead
from station_app.devices.camera import FeatureValue
from station_app.devices.feature_text import shown, text_of, value_of
from station_app.devices.features import Feature, Range

VALUES = st.one_of(
    st.tuples(st.just(FeatureKind.INTEGER), st.integers(-(2**63), 2**63 - 1)),
    st.tuples(st.just(FeatureKind.FLOAT), st.floats(allow_nan=False, allow_infinity=False)),
    st.tuples(st.just(FeatureKind.BOOLEAN), st.booleans()),
    st.tuples(st.sampled_from((FeatureKind.CHOICE, FeatureKind.TEXT)), st.text()),
)


@given(VALUES)
def test_what_is_shown_is_written_back_as_it_was(entry: tuple[FeatureKind, FeatureValue]) -> None:
    kind, value = entry
    feature = Feature("Any", kind, value, True)
    assert value_of(feature, text_of(value), "camera") == value


@given(VALUES, st.floats(), st.floats(), st.floats())
def test_every_feature_can_be_sent(
    entry: tuple[FeatureKind, FeatureValue], low: float, high: float, step: float
) -> None:
    told = FeaturesRead("top", (shown(Feature("Any", entry[0], entry[1], True, Range(low, high, step))),))
    assert wire.decode(wire.encode(told)) == told


def test_all_that_is_known_is_shown() -> None:
    feature = Feature(
        "Gain", FeatureKind.FLOAT, 1.5, True, Range(0, 24, 0.1), unit="dB", category="Analog", common=CommonSetting.GAIN
    )
    assert shown(feature) == FeatureShown(
        "Gain", FeatureKind.FLOAT, "1.5", True, 0, 24, 0.1, unit="dB", category="Analog", common="gain_db"
    )
    command = shown(Feature("Reset", FeatureKind.COMMAND, None, True))
    assert (command.value, command.low, command.high) == ("", 0, 0)


@pytest.mark.parametrize(
    ("kind", "text", "remedy"),
    [
        (FeatureKind.INTEGER, "1.5", "write a whole number"),
        (FeatureKind.INTEGER, "", "write a whole number"),
        (FeatureKind.FLOAT, "much", "write a number"),
        (FeatureKind.FLOAT, "inf", "write a number"),
        (FeatureKind.BOOLEAN, "1", "write true or false"),
    ],
)
def test_what_is_no_value_of_its_kind_is_refused(kind: FeatureKind, text: str, remedy: str) -> None:
    with pytest.raises(CameraError, match=remedy):
        value_of(Feature("Any", kind, 0, True), text, "camera")

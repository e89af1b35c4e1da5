"""Steps and typed numbers of features, on any limits a camera may tell."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.setup_messages import FeatureKind, FeatureShown
from station_app.gui.setup.stepping import Typo, number_of, stepped, typed

EXPOSURE = FeatureShown("ExposureTime", FeatureKind.FLOAT, "5000", True, low=20.0, high=200_000.0, step=1.0)
WIDTH = FeatureShown("Width", FeatureKind.INTEGER, "1632", True, low=16.0, high=2448.0, step=16.0)
TOLERANCE = 1e-9


@st.composite
def features(draw: st.DrawFn) -> FeatureShown:
    kind = draw(st.sampled_from((FeatureKind.INTEGER, FeatureKind.FLOAT)))
    low = draw(st.integers(-10_000, 10_000))
    span = draw(st.integers(1, 1_000_000))
    step = draw(st.sampled_from((0.0, 1.0, 4.0, 16.0) if kind is FeatureKind.INTEGER else (0.0, 0.1, 0.25, 1.0)))
    return FeatureShown("F", kind, "", True, low=float(low), high=float(low + span), step=step)


@given(features(), st.floats(0, 1), st.sampled_from((-1, 1)))
def test_a_step_stays_within_the_limits_and_goes_its_way(feature: FeatureShown, share: float, direction: int) -> None:
    value = feature.low + share * (feature.high - feature.low)
    value = float(math.floor(value)) if feature.kind is FeatureKind.INTEGER else value
    after = float(stepped(feature, repr(value), direction))
    scale = max(abs(feature.low), abs(feature.high), 1.0) * TOLERANCE
    assert feature.low - scale <= after <= feature.high + scale
    assert (after - value) * direction >= -scale


@given(features(), st.sampled_from((-1, 1)))
def test_many_steps_reach_the_limit_and_stay_there(feature: FeatureShown, direction: int) -> None:
    value = repr((feature.low + feature.high) // 2)
    for _ in range(5_000):
        before, value = value, stepped(feature, value, direction)
        if float(value) == float(before):
            break
    grid = feature.step or (1.0 if feature.kind is FeatureKind.INTEGER else 0.0)
    rest = float(value) - feature.low if direction < 0 else feature.high - float(value)
    assert rest <= max(grid, 1e-6) * (1 + 1e-6), "it stopped before the last step"
    assert stepped(feature, value, direction) == value


@given(features(), st.floats(0, 1), st.sampled_from((-1, 1)))
def test_a_step_lands_on_the_cameras_own_steps(feature: FeatureShown, share: float, direction: int) -> None:
    if not feature.step:
        return
    count = math.floor((feature.high - feature.low) / feature.step + 1e-9)
    value = feature.low + round(share * count) * feature.step
    after = float(stepped(feature, repr(value), direction))
    steps = (after - feature.low) / feature.step
    assert abs(steps - round(steps)) < 1e-4


def test_steps_are_a_twentieth_in_round_numbers() -> None:
    assert stepped(EXPOSURE, "5000", 1) == "5200"
    assert stepped(EXPOSURE, "200000", 1) == "200000"
    assert stepped(EXPOSURE, "100", -1) == "95"
    assert stepped(WIDTH, "1632", -1) == "1584"
    assert stepped(EXPOSURE, "nonsense", 1) == "21"
    assert stepped(replace(EXPOSURE, low=0.0, high=0.0, step=0.0), "0", 1) == "1"


@pytest.mark.parametrize(
    ("feature", "text", "outcome"),
    [
        (EXPOSURE, " 1234,5 ", "1234.5"),
        (EXPOSURE, "fast", Typo.NO_NUMBER),
        (EXPOSURE, "nan", Typo.NO_NUMBER),
        (EXPOSURE, "1e999", Typo.NO_NUMBER),
        (EXPOSURE, "19.9", Typo.TOO_LOW),
        (EXPOSURE, "200001", Typo.TOO_HIGH),
        (WIDTH, "640", "640"),
        (WIDTH, "640.5", Typo.NOT_WHOLE),
        (replace(WIDTH, low=0.0, high=0.0), "99999", "99999"),
    ],
)
def test_what_is_typed(feature: FeatureShown, text: str, outcome: str | Typo) -> None:
    assert typed(feature, text) == outcome


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_it_is_written(number: float) -> None:
    assert number_of(repr(number)) == number

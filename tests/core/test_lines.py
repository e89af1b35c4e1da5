"""Lines and millimetres; the length of a part as evidence."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.decision import CameraEvidence, Evidence, decide
from station_app.core.inspection import VerdictKind
from station_app.core.lines import LengthTolerance, LinePart, LineScale, LineScanInfo, LineSpan, LinesTaken
from station_app.core.lines_encoder import (
    EncoderScale,
    LineTiming,
    aspect_warning,
    line_rate_hz,
    timing_warnings,
    unwrapped,
)
from station_app.core.lines_length import WRONG_LENGTH, with_length
from station_app.core.recipe import Thresholds
from tests.core.strategies import CAMERAS, evidence, recipe

UNTIMED = settings(deadline=None)
SCALE = LineScale(mm_per_line=0.1, mm_per_pixel=0.1)
TOLERANCE = LengthTolerance(99.0, 101.0)
MEASURED = replace(recipe(), thresholds=(*recipe().thresholds, (WRONG_LENGTH, Thresholds(0.5, 0.5))))


def part(lines: int, *, missing: int = 0, is_cut: bool = False) -> LinePart:
    span = LineSpan(500, 500 + lines)
    return LinePart(3, span, span, missing, is_cut)


def test_everything_is_visible_in_millimetres() -> None:
    scale = LineScale(0.05, 0.1)
    assert scale.mm(2000) == pytest.approx(100)
    assert scale.metres(40_000) == pytest.approx(2)
    assert scale.across_mm(512) == pytest.approx(51.2)
    assert scale.lines(100) == 2000
    assert scale.aspect == pytest.approx(0.5)


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_a_scale_that_is_none_cannot_be_built(value: float) -> None:
    with pytest.raises(ValueError, match="is none"):
        LineScale(value, 0.1)
    with pytest.raises(ValueError, match="is none"):
        LineScale(0.1, value)


@pytest.mark.parametrize(("lines", "is_right"), [(989, False), (990, True), (1010, True), (1011, False), (0, False)])
def test_both_ends_of_the_tolerance_are_allowed(lines: int, is_right: bool) -> None:
    assert (TOLERANCE.fault(part(lines), SCALE) is None) == is_right


def test_a_part_that_was_cut_is_wrong_under_every_tolerance() -> None:
    assert "longer than the longest picture" in (LengthTolerance().fault(part(1000, is_cut=True), SCALE) or "")


def test_a_tolerance_that_is_no_number_allows_nothing() -> None:
    assert LengthTolerance(math.nan, 101).fault(part(1000), SCALE) is not None
    assert LengthTolerance(99, math.nan).fault(part(1000), SCALE) is not None


@UNTIMED
@given(evidence(high=0.4), st.integers(1, 3000), st.booleans())
def test_a_part_of_wrong_length_is_a_fail_and_one_of_right_length_passes(
    whole: Evidence, lines: int, is_cut: bool
) -> None:
    measured = part(lines, is_cut=is_cut)
    fault = TOLERANCE.fault(measured, SCALE)
    asked = _measured(whole, measured, fault)
    expected = VerdictKind.PASS if 990 <= lines <= 1010 and not is_cut else VerdictKind.FAIL
    assert decide(asked, MEASURED).kind is expected
    assert all(WRONG_LENGTH in found.label for found in asked.cameras[0].findings[len(whole.cameras[0].findings) :])


@UNTIMED
@given(evidence(high=0.4))
def test_a_part_that_was_not_measured_never_passes_where_the_recipe_asks_for_its_length(whole: Evidence) -> None:
    assert decide(replace(whole, recipe_hash=MEASURED.sha256), MEASURED).kind is VerdictKind.NO_RESULT


@UNTIMED
@given(evidence(), st.integers(1, 3000), st.booleans())
def test_measuring_never_moves_a_part_towards_a_pass(whole: Evidence, lines: int, is_cut: bool) -> None:
    order = [VerdictKind.PASS, VerdictKind.REVIEW, VerdictKind.FAIL, VerdictKind.NO_RESULT]
    measured = part(lines, is_cut=is_cut)
    right, asked = (_measured(whole, measured, fault) for fault in (None, TOLERANCE.fault(measured, SCALE)))
    before, after = decide(whole, recipe()).kind, decide(asked, MEASURED).kind
    assert decide(right, MEASURED).kind is before
    assert order.index(after) >= order.index(before)
    # What no verdict was possible on before has none now either, whatever its length.
    assert (after is VerdictKind.NO_RESULT) == (before is VerdictKind.NO_RESULT)


@UNTIMED
@given(evidence())
def test_a_camera_that_does_not_measure_changes_nothing(whole: Evidence) -> None:
    taken = LinesTaken(part(5), LineScanInfo(SCALE))
    assert with_length(whole.cameras[0], taken, width=2048) is whole.cameras[0]


@UNTIMED
@given(evidence(), st.integers(1, 3000), st.integers(1, 3000))
def test_a_part_with_a_missing_line_never_passes_whatever_its_length(whole: Evidence, lines: int, missing: int) -> None:
    torn = part(lines, missing=missing)
    camera = whole.cameras[0]
    assert camera.stamp is not None
    seen = replace(camera, stamp=replace(camera.stamp, is_complete=torn.is_complete))
    asked = _measured(replace(whole, cameras=(seen, *whole.cameras[1:])), torn, TOLERANCE.fault(torn, SCALE))
    assert decide(asked, MEASURED).kind is VerdictKind.NO_RESULT


def _measured(whole: Evidence, measured: LinePart, fault: str | None) -> Evidence:
    taken = LinesTaken(measured, LineScanInfo(SCALE, measures_length=True), fault)
    cameras: list[CameraEvidence] = [with_length(whole.cameras[0], taken, width=2048), *whole.cameras[1:]]
    assert len(cameras) == len(CAMERAS)
    return replace(whole, recipe_hash=MEASURED.sha256, cameras=tuple(cameras))


def test_a_wheel_and_its_divider_make_the_scale() -> None:
    wheel = EncoderScale(mm_per_rev=200, counts_per_rev=10_000, divider=5)
    assert wheel.mm_per_line == pytest.approx(0.1)
    assert wheel.scale(0.05) == LineScale(wheel.mm_per_line, 0.05)
    assert EncoderScale(200, 10_000, divider=1, multiplier=2).counts_per_line == pytest.approx(0.5)
    with pytest.raises(ValueError, match="above 0"):
        EncoderScale(200, 0)


def test_a_web_faster_than_the_camera_is_told_with_the_speed_that_would_do() -> None:
    timing = LineTiming(line_rate_max_hz=20_000, exposure_us=10)
    assert timing.speed_max_mm_s(SCALE) == pytest.approx(2000)
    assert line_rate_hz(SCALE, 2000) == pytest.approx(20_000)
    assert timing_warnings(timing, SCALE, 1999) == ()
    (warning,) = timing_warnings(timing, SCALE, 2500)
    assert "compressed" in warning and "at most 2000 mm/s" in warning


def test_an_exposure_longer_than_a_line_is_told() -> None:
    (warning,) = timing_warnings(LineTiming(50_000, exposure_us=60), SCALE, 2000)
    assert "longer than a line lasts, 50.0 us" in warning
    assert timing_warnings(LineTiming(50_000, exposure_us=60), SCALE, 0) == ()


def test_pixels_that_are_not_square_are_told() -> None:
    assert aspect_warning(LineScale(0.101, 0.1)) is None
    assert "2.00 times as wide as long" in (aspect_warning(LineScale(0.2, 0.1)) or "")


@UNTIMED
@given(st.integers(0, 2**40), st.integers(-(2**31) + 1, 2**31 - 1))
def test_a_counter_that_wraps_goes_on(before: int, step: int) -> None:
    assert unwrapped(before, (before + step) % 2**32) == before + step

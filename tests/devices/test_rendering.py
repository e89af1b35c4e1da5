"""Rendered parts: decided by seed and frame number alone, with defects that are really there."""

import numpy as np
import pytest

from station_app.core.inspection import PixelFormat
from station_app.devices.rendering.plan import (
    LABELS,
    PlannedDefect,
    RenderSpec,
    defect_box,
    number_source,
    plan_part,
    source_number,
)
from station_app.devices.rendering.render import RenderedPart, render_part

SMALL = RenderSpec(width=320, height=240, defect_rate=1.0)


def test_the_labels_are_those_that_everybody_uses() -> None:
    assert LABELS == ("scratch", "dent", "stain", "chip", "missing_hole", "contamination")


def test_a_plan_is_the_same_in_every_process() -> None:
    plan = plan_part(RenderSpec(seed=7), 3)
    assert plan == plan_part(RenderSpec(seed=7), 3)
    assert (plan.noise_seed, round(plan.light, 6)) == (231249328, 1.027233)
    assert plan != plan_part(RenderSpec(seed=8), 3)


@pytest.mark.parametrize("rate", [0.0, 0.3, 1.0])
def test_the_rate_is_the_share_of_defective_parts(rate: float) -> None:
    spec = RenderSpec(defect_rate=rate)
    share = sum(bool(plan_part(spec, i).defects) for i in range(1000)) / 1000
    assert abs(share - rate) < 0.05


def test_a_bank_repeats_its_parts_under_rising_ids() -> None:
    spec = RenderSpec(bank=16, defect_rate=0.5)
    assert plan_part(spec, 35).defects == plan_part(spec, 3).defects
    assert plan_part(spec, 35).frame_id == 35


def test_the_truth_holds_every_planned_defect_and_no_other() -> None:
    for number in range(60):
        plan = plan_part(SMALL, number)
        truth = render_part(SMALL, plan).truth
        found = {LABELS[value - 1] for value in np.unique(truth) if value}
        assert found == plan.labels or (len(plan.defects) > 1 and found < plan.labels)


@pytest.mark.parametrize("label", LABELS)
def test_a_defect_changes_the_picture_where_the_truth_says(label: str) -> None:
    plans = (plan_part(SMALL, number) for number in range(200))
    plan = next(plan for plan in plans if plan.labels == {label})
    part, good = render_part(SMALL, plan), _without_defects(plan.frame_id)
    change = np.abs(part.pixels.astype(int) - good.pixels)
    assert not good.truth.any()
    assert change[part.truth > 0].mean() > 4
    assert change[part.truth == 0].mean() < 1


@pytest.mark.parametrize("label", LABELS)
def test_the_defect_lies_in_its_box(label: str) -> None:
    plans = (plan_part(SMALL, number) for number in range(300))
    lone = [plan for plan in plans if len(plan.defects) == 1 and plan.labels == {label}][:12]
    assert len(lone) == 12
    for plan in lone:
        box = defect_box(SMALL, plan, plan.defects[0])
        truth = render_part(SMALL, plan).truth
        assert truth[box.y : box.bottom, box.x : box.right].any()
        truth[box.y : box.bottom, box.x : box.right] = 0
        assert not truth.any()


def test_two_missing_holes_are_both_missing() -> None:
    plan = plan_part(SMALL, 0)
    holes = tuple(PlannedDefect("missing_hole", 0, 0, 0.035, 0, -1, hole) for hole in (0, 5))
    object.__setattr__(plan, "defects", holes)
    part = render_part(SMALL, plan)
    good = _without_defects(0)
    for corner in (np.s_[:120, :110], np.s_[120:, 210:]):
        assert good.pixels[corner].astype(int)[part.truth[corner] > 0].min() < 40
        assert part.pixels[corner][part.truth[corner] > 0].min() > 60


@pytest.mark.parametrize(
    ("pixel_format", "shape"), [("mono8", (240, 320)), ("bgr8", (240, 320, 3)), ("bayer_rg8", (240, 320))]
)
def test_formats(pixel_format: str, shape: tuple[int, ...]) -> None:
    spec = RenderSpec(width=320, height=240, pixel_format=PixelFormat(pixel_format))
    part = render_part(spec, plan_part(spec, 1))
    assert part.pixels.shape == shape and part.pixels.dtype == np.uint8
    assert 60 < part.pixels.mean() < 200


def test_a_bayer_mosaic_has_red_at_its_first_pixel() -> None:
    mono = render_part(SMALL, plan_part(SMALL, 2)).pixels.astype(int)
    spec = RenderSpec(width=320, height=240, defect_rate=1.0, pixel_format=PixelFormat.BAYER_RG8)
    mosaic = render_part(spec, plan_part(spec, 2)).pixels.astype(int)
    assert (mosaic - mono)[0::2, 0::2].mean() < -1 < 1 < (mosaic - mono)[1::2, 1::2].mean()
    assert np.array_equal(mosaic[0::2, 1::2], mono[0::2, 1::2])


def test_good_parts_differ_by_light_place_and_noise() -> None:
    first, second = _without_defects(0).pixels.astype(int), _without_defects(60).pixels.astype(int)
    assert np.abs(first - second).mean() > 2


def test_a_rendered_frame_names_its_number() -> None:
    assert source_number(number_source(41)) == 41
    assert [source_number(text) for text in ("", "41", "rendered:", "good/41.png", "rendered:x")] == [None] * 5


def _without_defects(number: int) -> RenderedPart:
    plan = plan_part(SMALL, number)
    object.__setattr__(plan, "defects", ())
    return render_part(SMALL, plan)

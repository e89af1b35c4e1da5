"""The rendered web: what lies on a line is decided by its number, and its faults are what they are called."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.lines import LineSpan
from station_app.devices.linescan.block import Strip
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb, StripFault
from station_app.devices.rendering.web_plan import (
    LANES,
    FlawShape,
    SheetSpec,
    Texture,
    WebSpec,
    flaws_on,
    part_sensor,
    sheets_on,
    web_labels,
)
from station_app.devices.rendering.web_render import BELT, Scene, flaw_mask, render_lines, render_truth
from tests.devices.fakes import FakeClock

SPEC = WebSpec(width=256, flaw_rate=0.6)
RIG = LineRig(strip_lines=32)


def opened(spec: WebSpec = SPEC, rig: LineRig = RIG, **options: object) -> RenderedWeb:
    web = RenderedWeb(spec, rig, clock=FakeClock(), **options)  # type: ignore[arg-type]
    web.open()
    web.start()
    return web


def read(web: RenderedWeb) -> Strip:
    strip = web.read(1.0)
    assert strip is not None
    return strip


@pytest.mark.parametrize("texture", list(Texture))
@pytest.mark.parametrize("is_shaded", [False, True])
def test_a_line_looks_the_same_however_the_web_is_cut(texture: Texture, is_shaded: bool) -> None:
    spec = replace(SPEC, texture=texture, is_shaded=is_shaded)
    whole = render_lines(spec, LineSpan(990, 1200))
    assert (render_lines(spec, LineSpan(1023, 1089)) == whole[33:99]).all()
    assert not (render_lines(spec, LineSpan(990 + 1024, 1200 + 1024)) == whole).all()


@pytest.mark.parametrize("texture", list(Texture))
def test_every_flaw_is_one_region_with_exactly_its_box_and_touches_no_other(texture: Texture) -> None:
    spec, span = replace(SPEC, texture=texture, flaw_rate=1.0), LineSpan(0, 20_480)
    flaws = flaws_on(spec, span)
    _, _, stats, _ = cv2.connectedComponentsWithStats(render_truth(spec, span), connectivity=8)
    boxes = {(x, y, w, h) for x, y, w, h, _ in stats[1:].tolist()}
    assert boxes == {(flaw.left, flaw.start, flaw.width, flaw.length) for flaw in flaws}
    assert len(flaws) == 40 * LANES
    assert {flaw.label for flaw in flaws} == set(web_labels(texture))


@pytest.mark.parametrize("texture", list(Texture))
def test_flaws_can_be_seen_where_the_truth_says(texture: Texture) -> None:
    spec = replace(SPEC, texture=texture, flaw_rate=1.0)
    for flaw in flaws_on(spec, LineSpan(0, 4096)):
        window = (slice(None), slice(flaw.left, flaw.left + flaw.width))
        shown = render_lines(spec, flaw.span)[window].astype(int)
        clean = render_lines(replace(spec, flaw_rate=0.0), flaw.span)[window].astype(int)
        changed = np.abs(shown - clean)
        mask = flaw_mask(flaw)
        assert not changed[~mask].any()
        assert np.median(changed[mask]) >= min(15, abs(flaw.contrast) - 2)


def test_a_line_that_is_wider_than_long_is_one_region_too() -> None:
    flaws = flaws_on(replace(SPEC, texture=Texture.TEXTILE, flaw_rate=1.0), LineSpan(0, 9000))
    assert any(flaw.shape is FlawShape.LINE and flaw.width > flaw.length for flaw in flaws)


def test_sheets_lie_on_a_dark_belt_and_the_sensor_tells_of_them() -> None:
    spec = replace(SPEC, sheets=SheetSpec(pitch=400, length=250, wrong_share=0.3))
    span = LineSpan(100, 2100)
    sensor = part_sensor(spec, span)
    assert sensor is not None and len(sheets_on(spec, span)) == 6
    is_dark = render_lines(spec, span).mean(axis=1) < BELT + 5
    assert (is_dark == ~sensor).all()
    assert not render_truth(spec, span)[~sensor].any()
    assert part_sensor(SPEC, span) is None


def test_the_cap_and_the_white_target_can_be_shown() -> None:
    web = opened(replace(SPEC, is_shaded=True))
    web.scene = Scene.DARK
    assert read(web).pixels.mean() < 12
    web.scene = Scene.WHITE
    assert 90 < read(web).pixels.mean() < 200


def test_strips_follow_each_other_with_their_counts() -> None:
    web = opened()
    strips = [read(web) for _ in range(4)]
    assert [strip.block_id for strip in strips] == [0, 1, 2, 3]
    assert [strip.encoder_start for strip in strips] == [0, 128, 256, 384]
    assert all(strip.encoder_end == (strip.encoder_start or 0) + 128 for strip in strips)
    assert (np.concatenate([strip.pixels for strip in strips]) == render_lines(SPEC, LineSpan(0, 128))).all()


@pytest.mark.parametrize(
    ("fault", "ids", "lines", "is_complete"),
    [
        (StripFault.LOST, [0, 2], 32, True),
        (StripFault.TORN, [0, 1], 16, False),
        (StripFault.DAMAGED, [0, 1], 32, False),
        (StripFault.SHORT, [0, 1], 16, True),
    ],
)
def test_faults_come_when_they_are_planned(fault: StripFault, ids: list[int], lines: int, is_complete: bool) -> None:
    web = opened(faults={1: fault})
    strips = [read(web) for _ in range(2)]
    assert [strip.block_id for strip in strips] == ids
    assert (len(strips[1].pixels), strips[1].is_complete) == (lines, is_complete)


def test_a_web_without_an_encoder_tells_no_counts() -> None:
    strip = read(opened(rig=replace(RIG, has_encoder=False)))
    assert strip.encoder_start is None and strip.encoder_end is None


def test_lines_are_skipped_where_the_web_is_too_fast() -> None:
    web = opened(rig=replace(RIG, speed_mm_s=2000.0, line_rate_max_hz=10_000.0))
    strip = read(web)
    assert len(strip.pixels) == 32 and strip.encoder_end == 2 * 32 * RIG.counts_per_line
    assert (strip.pixels == render_lines(SPEC, LineSpan(0, 64))[::2]).all()


def test_the_exposure_makes_the_web_brighter() -> None:
    web = opened()
    level = float(read(web).pixels.mean())
    assert web.apply({"exposure_us": 5000.0}) == {"exposure_us": 5000.0, "gain": 0.0, "scene": "web"}
    assert float(read(web).pixels.mean()) == pytest.approx(level / 2, rel=0.1)
    with pytest.raises(CameraError, match="no feature 'exposure_weeks'"):
        web.apply({"exposure_weeks": 1})


def test_a_web_that_cannot_be_rendered_cannot_be_planned() -> None:
    with pytest.raises(ValueError, match="at least 128"):
        WebSpec(width=100)
    with pytest.raises(ValueError, match="three quarters"):
        SheetSpec(pitch=100, length=80)


def test_the_cap_and_the_white_target_are_a_setting() -> None:
    web = opened()
    level = float(read(web).pixels.mean())
    assert web.apply({"scene": "dark"})["scene"] == "dark"
    assert float(read(web).pixels.mean()) < 30 < level
    with pytest.raises(CameraError, match="scene = 'grey' is refused"):
        web.apply({"scene": "grey"})
    assert web.scene is Scene.DARK

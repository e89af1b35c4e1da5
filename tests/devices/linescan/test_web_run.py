"""An endless web: exactly the true defects, and no stretch passes over a gap."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.decision import Evidence, decide
from station_app.core.inspection import Pixels, VerdictKind
from station_app.core.lines import LineSpan
from station_app.core.lines_merge import Trace, WebDefect
from station_app.core.web import Stretch
from station_app.devices.linescan.placing import Placing
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb
from station_app.devices.linescan.tiles import Tile
from station_app.devices.linescan.traces import mask_traces
from station_app.devices.linescan.web_run import WebRule, WebRun
from station_app.devices.rendering.web_plan import Texture, WebSpec, flaws_on
from station_app.devices.rendering.web_render import render_truth
from tests.core.strategies import LABELS, evidence, recipe
from tests.devices.fakes import FakeClock
from tests.devices.linescan.strips import FAULTS, CutWeb

WIDTH = 40


def drawn(seed: int, length: int) -> Pixels:
    """A mask with blobs and streaks of any kind, many of them touching."""
    random = np.random.default_rng(seed)
    mask = np.zeros((length, WIDTH), np.uint8)
    for _ in range(int(random.integers(0, 25))):
        x, y, dx, dy = (int(v) for v in random.integers((0, 0, -20, -90), (WIDTH, length, 20, 90)))
        cv2.line(mask, (x, y), (x + dx, y + dy), 255, int(random.integers(1, 4)))
    return mask


def regions(mask: Pixels, first_line: int = 0, label: str = "defect") -> set[tuple[int, int, int, int]]:
    """Start, end, left, right of every connected region of the whole web at once."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return {(first_line + y, first_line + y + h, x, x + w) for x, y, w, h, _ in stats[1:].tolist()}


def as_box(defect: WebDefect) -> tuple[int, int, int, int]:
    return defect.start, defect.end, defect.left, defect.right


def find(tile: Tile) -> list[Trace]:
    return mask_traces(np.ascontiguousarray(tile.pixels), tile.lines, LABELS[0])


def run(web: CutWeb, rule: WebRule) -> list[Stretch]:
    """The whole web, seen by a model that makes no mistake: the pixels are the truth."""
    inspection = WebRun(rule, (web.lines, web.pixels.shape[1]), find, web.first_line)
    stretches = [stretch for block in web.blocks() for stretch in inspection.take(block)]
    return stretches + inspection.stop()


@settings(max_examples=150)
@given(st.integers(0, 2**32 - 1), st.integers(1, 500), FAULTS, st.integers(1, 40), st.integers(1, 120), st.data())
def test_any_defects_tiles_overlaps_and_losses_give_exactly_the_true_defects(
    seed: int, length: int, faults: list[str], lines: int, tile: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(0, tile - 1) if tile < 30 else st.integers(0, tile // 2))
    stretch_lines = data.draw(st.integers(20, 400))
    web = CutWeb(drawn(seed, length), lines, faults)
    if not web.strips:
        return
    stretches = run(web, WebRule(tile, overlap, stretch_lines, most_tiles=10_000))
    received = np.where(web.received[:, None], web.pixels, np.uint8(0))
    found = [defect for stretch in stretches for defect in stretch.defects]
    assert {as_box(defect) for defect in found} == regions(received)
    assert all(defect.span.meets(stretch.span) for stretch in stretches for defect in stretch.defects)
    # A defect is told once on every stretch that it lies on, and on no other.
    on = [LineSpan(*stretch.span) for stretch in stretches]
    assert len(found) == sum(LineSpan(*box[:2]).meets(span) for box in regions(received) for span in on)
    assert [stretch.span.start for stretch in stretches[1:]] == [stretch.span.end for stretch in stretches[:-1]]


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), FAULTS, st.integers(1, 40), st.integers(1, 200), evidence(high=0.4))
def test_no_stretch_passes_over_a_gap_or_a_defect(
    seed: int, faults: list[str], lines: int, stretch_lines: int, whole: Evidence
) -> None:
    web = CutWeb(drawn(seed, 400), lines, faults)
    if not web.strips:
        return
    for stretch in run(web, WebRule(64, 8, stretch_lines)):
        seen = (stretch.evidence(whole.cameras[0]), *whole.cameras[1:])
        kind = decide(replace(whole, cameras=seen), recipe()).kind
        rows = slice(*stretch.span)
        if not web.received[rows].all():
            assert kind is VerdictKind.NO_RESULT
        else:
            assert kind is (VerdictKind.FAIL if web.pixels[rows].any() else VerdictKind.PASS)


def test_a_stretch_is_told_as_soon_as_it_is_certain_and_not_before() -> None:
    mask = np.zeros((600, WIDTH), np.uint8)
    mask[180:330, 5] = 255
    web = CutWeb(mask, 10, [])
    inspection = WebRun(WebRule(50, 10, 100), (10, WIDTH), find)
    told = {}
    for block in web.blocks():
        for stretch in inspection.take(block):
            told[stretch.number] = block.span.end
    # The first needs the tile that holds its last line; the next two wait for the end of the streak on them.
    assert told == {1: 130, 2: 370, 3: 370, 4: 410, 5: 530}


def test_a_streak_without_end_holds_up_nothing_for_long() -> None:
    mask = np.zeros((5000, WIDTH), np.uint8)
    mask[70:, 5:7] = 255
    inspection = WebRun(WebRule(50, 10, 100, most_tiles=4), (10, WIDTH), find)
    waiting = 0
    for block in CutWeb(mask, 10, []).blocks():
        stretches = inspection.take(block)
        waiting = 0 if stretches else waiting + 10
        assert waiting <= 4 * 50 + 100
        assert all(stretch.defects for stretch in stretches)


@pytest.mark.parametrize("texture", list(Texture))
def test_the_flaws_of_a_rendered_web_are_found_exactly(texture: Texture) -> None:
    """With losses and jitter, at the speed of the encoder; a flaw with a lost line on it counts as found in part."""
    spec = WebSpec(texture, width=256, flaw_rate=0.5)
    rig = LineRig(strip_lines=48, counts_per_line=8, jitter_counts=1, loss=0.05)
    web = RenderedWeb(spec, rig, clock=FakeClock())
    web.open()
    web.start()
    placing, end, lost = Placing(48, 8), 20_000, np.zeros(30_000, np.bool_)

    def truth(tile: Tile) -> list[Trace]:
        return mask_traces(render_truth(spec, tile.lines.span), tile.lines)

    inspection, stretches = WebRun(WebRule(512, 64, 1000), (48, 256), truth), []
    while placing.next_line < end:
        strip = web.read(0.0)
        assert strip is not None
        for block in placing.place(strip):
            lost[slice(*block.span)] = ~block.ok
            stretches += inspection.take(block)
    stretches += inspection.stop()
    span = LineSpan(0, placing.next_line)
    whole = {
        flaw.truth for flaw in flaws_on(spec, span) if flaw.span.end <= span.end and not lost[slice(*flaw.span)].any()
    }
    found = {defect for stretch in stretches for defect in stretch.defects}
    assert len(whole) > 20 and lost.any()
    assert whole <= found
    assert {as_box(d) for d in found} == regions(render_truth(spec, span) * ~lost[: span.end, None])
    assert [s.is_complete for s in stretches] == [not lost[slice(*s.span)].any() for s in stretches]

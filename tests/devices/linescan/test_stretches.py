"""An endless web, from strips to stretches: exactly the true defects, whatever was lost and however it was cut."""

from functools import partial

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.inspection import Pixels
from station_app.core.lines import LineScale, LineSpan, LinesTaken
from station_app.core.lines_merge import WebDefect
from station_app.core.web import Stretch
from station_app.core.web_run import WebPicture, WebRule, WebRun
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb
from station_app.devices.linescan.stretches import Stretches
from station_app.devices.rendering.web_plan import Texture, WebSpec, flaws_on
from station_app.devices.rendering.web_render import render_truth
from station_app.inference.traces import mask_traces
from tests.devices.fakes import FakeClock
from tests.devices.linescan.strips import COUNTS, FAULTS, CutWeb, ListSource

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


def web_camera(web: CutWeb, lines: int, overlap: int) -> LineScanCamera:
    """A camera of the station above this web, taking stretches. Its line 0 is the first of the first strip."""
    setup = LineSetup(LineScale(0.1, 0.1), counts_per_line=COUNTS, stretch_lines=lines, overlap=overlap)
    source = ListSource(web.strips, web.lines, web.pixels.shape[1])
    return LineScanCamera(source, partial(Stretches, lines, overlap), setup, FakeClock())


def pictures(camera: LineScanCamera) -> list[tuple[LinesTaken, Pixels]]:
    """Every picture of the web, the last as short as it is."""
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    taken = []
    while stamp := camera.fill(buffer, 0.0) or camera.take_rest(buffer):
        assert stamp.lines is not None
        taken.append((stamp.lines, buffer[: stamp.lines.part.frame.length].copy()))
    return taken


def run(web: CutWeb, rule: WebRule) -> list[Stretch]:
    """The whole web, seen by a model that makes no mistake: the pixels are the truth."""
    inspection, stretches = WebRun(rule, 0), []
    for taken, pixels in pictures(web_camera(web, rule.stretch_lines, rule.overlap)):
        span = taken.part.frame
        traces = mask_traces(pixels, (span.start, 0), taken.gaps)
        stretches += inspection.take(WebPicture(taken.part.body, span, traces, taken.gaps))
    return stretches + inspection.stop()


@given(FAULTS, st.integers(1, 20), st.integers(0, 400), st.integers(1, 60), st.data())
def test_pictures_cover_every_line_in_order_and_tell_their_gaps(
    faults: list[str], lines: int, length: int, height: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(0, height - 1))
    pixels = np.repeat((np.arange(length) % 251).astype(np.uint8)[:, None], 3, axis=1)
    web = CutWeb(pixels, lines, faults)
    if not web.strips:
        return
    next_line = 0
    for number, (taken, shown) in enumerate(pictures(web_camera(web, height, overlap))):
        body, span = taken.part.body, taken.part.frame
        assert (body.start, taken.part.number) == (next_line, number)
        assert body.start - span.start == (overlap if number else 0) and span.end == body.end
        received = web.received[web.first_line + span.start : web.first_line + span.end].copy()
        assert taken.part.missing == np.count_nonzero(~received[body.start - span.start :])
        assert (shown[received] == pixels[web.first_line + span.start : web.first_line + span.end][received]).all()
        for gap in taken.gaps:
            assert not received[gap.start - span.start : gap.end - span.start].any()
            received[gap.start - span.start : gap.end - span.start] = True
        assert received.all()
        next_line = body.end
    assert next_line == web.blocks()[-1].span.end - web.first_line


@settings(max_examples=150)
@given(st.integers(0, 2**32 - 1), st.integers(1, 500), FAULTS, st.integers(1, 40), st.integers(1, 120), st.data())
def test_any_defects_stretches_overlaps_and_losses_give_exactly_the_true_defects(
    seed: int, length: int, faults: list[str], lines: int, height: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(0, height - 1))
    web = CutWeb(drawn(seed, length), lines, faults)
    if not web.strips:
        return
    stretches = run(web, WebRule(height, overlap, most_pictures=10_000))
    received = np.where(web.received[:, None], web.pixels, np.uint8(0))[web.first_line :]
    found = [defect for stretch in stretches for defect in stretch.defects]
    assert {as_box(defect) for defect in found} == regions(received)
    assert all(defect.span.meets(stretch.span) for stretch in stretches for defect in stretch.defects)
    # A defect is told once on every stretch that it lies on, and on no other.
    on = [LineSpan(*stretch.span) for stretch in stretches]
    assert len(found) == sum(LineSpan(*box[:2]).meets(span) for box in regions(received) for span in on)
    assert [stretch.span.start for stretch in stretches[1:]] == [stretch.span.end for stretch in stretches[:-1]]


def told_after(rule: WebRule, mask: Pixels) -> dict[int, int]:
    """After which line each stretch was told, by number, while the web runs."""
    inspection = WebRun(rule, 0)
    told: dict[int, int] = {}
    for taken, pixels in pictures(web_camera(CutWeb(mask, 10, []), rule.stretch_lines, rule.overlap)):
        span = taken.part.frame
        picture = WebPicture(taken.part.body, span, mask_traces(pixels, (span.start, 0)))
        told |= dict.fromkeys((stretch.number for stretch in inspection.take(picture)), span.end)
    return told


def test_a_stretch_is_told_as_soon_as_it_is_certain_and_not_before() -> None:
    mask = np.zeros((600, WIDTH), np.uint8)
    mask[180:330, 5] = 255
    # The first needs the picture that shows its last lines again; the next two wait for the end of the streak on them.
    assert told_after(WebRule(100, 10), mask) == {1: 200, 2: 400, 3: 400, 4: 500, 5: 600}
    # Without an overlap nothing but the streak is waited for.
    assert told_after(WebRule(100, 0), mask) == {1: 100, 2: 400, 3: 400, 4: 400, 5: 500, 6: 600}


def test_a_streak_without_end_holds_up_nothing_for_long() -> None:
    mask = np.zeros((5000, WIDTH), np.uint8)
    mask[70:, 5:7] = 255
    told = told_after(WebRule(50, 10, most_pictures=4), mask)
    assert len(told) >= 95 and all(line - 50 * number <= 4 * 50 for number, line in told.items())


@pytest.mark.parametrize("texture", list(Texture))
def test_the_flaws_of_a_rendered_web_are_found_exactly(texture: Texture) -> None:
    """With losses and jitter, at the speed of the encoder; a flaw with a lost line on it counts as found in part."""
    spec = WebSpec(texture, width=256, flaw_rate=0.5)
    rig = LineRig(strip_lines=48, counts_per_line=8, jitter_counts=1, loss=0.05)
    setup = LineSetup(LineScale(0.1, 0.1), counts_per_line=8, stretch_lines=1000, overlap=64)
    camera = LineScanCamera(RenderedWeb(spec, rig, clock=FakeClock()), partial(Stretches, 1000, 64), setup, FakeClock())
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    inspection, stretches, lost = WebRun(WebRule(1000, 64), 0), [], np.zeros(20_000, np.bool_)
    for _ in range(20):
        stamp = camera.fill(buffer, 1.0)
        assert stamp is not None and stamp.lines is not None
        span = stamp.lines.part.frame
        for gap in stamp.lines.gaps:
            lost[slice(*gap)] = True
        traces = mask_traces(render_truth(spec, span), (span.start, 0), stamp.lines.gaps)
        stretches += inspection.take(WebPicture(stamp.lines.part.body, span, traces, stamp.lines.gaps))
    stretches += inspection.stop()
    span = LineSpan(0, 20_000)
    whole = {
        flaw.truth for flaw in flaws_on(spec, span) if flaw.span.end <= span.end and not lost[slice(*flaw.span)].any()
    }
    found = {defect for stretch in stretches for defect in stretch.defects}
    assert len(whole) > 20 and lost.any()
    assert whole <= found
    assert {as_box(d) for d in found} == regions(render_truth(spec, span) * ~lost[:, None])
    assert [s.is_complete for s in stretches] == [not lost[slice(*s.span)].any() for s in stretches]

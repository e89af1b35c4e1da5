"""The law on an endless web: random defects, stretches, overlaps, losses and failures through the engine's own path."""

from collections.abc import Sequence

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.decision import CameraEvidence
from station_app.core.inspection import (
    Box,
    Finding,
    Frame,
    FrameStamp,
    ImageQuality,
    NoResultReason,
    Pixels,
    VerdictKind,
)
from station_app.core.lines import LineSpan, LinesTaken
from station_app.core.lines_record import RollDefect, StretchRecord
from station_app.engine.deadline_watch import DeadlineWatch
from station_app.engine.inspect import Concluded, conclude
from station_app.engine.part import Examined, Part, Shot
from station_app.engine.settling import WebSettling
from station_app.engine.web_clocks import WebClocks
from tests.devices.linescan.strips import FAULTS, CutWeb
from tests.devices.linescan.test_stretches import drawn, pictures, regions, web_camera
from tests.engine.line import make_recipe

RECIPE = make_recipe("a" * 64)
BAD_LUCK = st.sampled_from([None, None, None, None, NoResultReason.QUALITY, NoResultReason.LATE])


def filled(mask: Pixels) -> Pixels:
    """Without holes: of a defect its outline is told, and what it encloses belongs to it."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(cv2.drawContours(mask.copy(), contours, -1, 255, cv2.FILLED), np.uint8)


def found_on(pixels: Pixels) -> tuple[Finding, ...]:
    """What a model that makes no mistake finds on a picture."""
    contours, _ = cv2.findContours(pixels, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outlines = [tuple((int(x), int(y)) for x, y in contour.reshape(-1, 2)) for contour in contours]
    boxes = [Box(*cv2.boundingRect(contour)) for contour in contours]
    return tuple(Finding("scratch", 0.9, box, "top", polygon=line) for box, line in zip(boxes, outlines, strict=True))


def seen(part: Part, taken: LinesTaken, pixels: Pixels, fault: NoResultReason | None) -> Examined:
    stamp = FrameStamp(taken.part.number, 0, is_complete=taken.part.is_complete, lines=taken)
    own = pixels[taken.part.body.start - taken.part.frame.start :]
    evidence = CameraEvidence(
        part.part_id,
        "top",
        stamp,
        ImageQuality(120.0, 0.0, 0.0, 50.0),
        "a" * 64,
        ("scratch",),
        (("scratch", 0.9 if own.any() else 0.1),),
        () if fault else found_on(pixels),
        fault,
    )
    shot = Shot("top", 0, Frame(part.part_id, "top", stamp, pixels))
    return Examined(shot, evidence, 0)


class Web:
    """The path from pictures to verdicts, step by step on one thread."""

    def __init__(self, web: CutWeb, lines: int, overlap: int) -> None:
        camera = web_camera(web, lines, overlap)
        self.clocks = WebClocks(DeadlineWatch(lambda part: None))
        self.settling = WebSettling(camera.setup.info, self.clocks)
        self.pictures = pictures(camera)
        self.concluded: list[Concluded] = []

    def run(self, luck: Sequence[NoResultReason | None]) -> None:
        for number, (taken, pixels) in enumerate(self.pictures):
            body = taken.part.body
            place = StretchRecord("R", number + 1, 0, body.start, body.end, body.start / 1e4, body.end / 1e4)
            part = Part(number + 1, RECIPE, RECIPE.sha256, "", 0, is_stretch=True, stretch=place)
            self.clocks.taken(part, 10)
            fault = luck[number % len(luck)]
            if fault is NoResultReason.LATE:  # its deadline came before the model looked at it
                self._conclude([part], fault)
                self._conclude(self.settling.skipped(part))
            else:
                part.add(seen(part, taken, pixels, fault))
                self._conclude(self.settling.examined(part))
        self._conclude(self.settling.ended())

    def _conclude(self, parts: Sequence[Part], fault: NoResultReason | None = None) -> None:
        for part in parts:
            concluded = conclude(part, 20, 0, fault)
            if part.claim():
                self.concluded.append(concluded)


def as_box(defect: RollDefect) -> tuple[int, int, int, int]:
    """Start, end, left, right in lines and pixels, of 0.1 mm each."""
    start, left = round(defect.at_metres * 1e4), round(defect.left_mm * 10)
    return start, start + round(defect.length_mm * 10), left, left + round(defect.width_mm * 10)


@settings(max_examples=120)
@given(
    st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 500)),
    FAULTS,
    st.integers(1, 40),
    st.integers(1, 120),
    st.just([None]) | st.lists(BAD_LUCK, min_size=1, max_size=9),
    st.data(),
)
def test_exactly_the_true_defects_are_told_and_nothing_passes_that_was_not_seen(
    painted: tuple[int, int],
    faults: list[str],
    lines: int,
    height: int,
    luck: list[NoResultReason | None],
    data: st.DataObject,
) -> None:
    web = CutWeb(filled(drawn(*painted)), lines, faults)
    if not web.strips:
        return
    overlap = data.draw(st.integers(0, height - 1))
    path = Web(web, height, overlap)
    path.run(luck)
    records = [concluded.inspection for concluded in path.concluded]
    assert sorted(record.part_id for record in records) == list(range(1, len(path.pictures) + 1))
    received = web.received[web.first_line :]
    truth = np.where(received[:, None], web.pixels[web.first_line :], np.uint8(0))
    is_lucky = not any(luck)
    for record in records:
        assert record.stretch is not None
        own = slice(record.stretch.first_line, record.stretch.end_line)
        is_judged = all(luck[n % len(luck)] is None for n in showing(path, record.stretch))
        if not received[own].all() or not is_judged:
            assert record.verdict is VerdictKind.NO_RESULT
        elif is_lucky:
            assert record.verdict is (VerdictKind.FAIL if truth[own].any() else VerdictKind.PASS)
        else:
            assert (record.verdict is VerdictKind.FAIL) or not truth[own].any()
        assert record.verdict is VerdictKind.NO_RESULT or not record.findings or record.verdict is VerdictKind.FAIL
    if is_lucky:
        check_defects(records_of(path), truth, 2 * height)


def showing(path: Web, stretch: StretchRecord) -> list[int]:
    """The pictures that show any line of the stretch."""
    span = LineSpan(stretch.first_line, stretch.end_line)
    return [number for number, (taken, _) in enumerate(path.pictures) if taken.part.frame.meets(span)]


def records_of(path: Web) -> list[StretchRecord]:
    return [record.stretch for record in (c.inspection for c in path.concluded) if record.stretch is not None]


def check_defects(stretches: list[StretchRecord], truth: Pixels, longest: int) -> None:
    """Every true defect on every stretch that it lies on, and no other; one that keeps more stretches waiting than the
    engine lets it is told in pieces."""
    told = {as_box(defect) for stretch in stretches for defect in stretch.defects}
    whole = {box for box in regions(truth) if box[1] - box[0] <= longest}
    assert whole <= told
    covered = np.zeros(truth.shape, np.bool_)
    for start, end, left, right in told:
        covered[start:end, left:right] = True
    assert covered[truth > 0].all()
    for stretch in stretches:
        span = LineSpan(stretch.first_line, stretch.end_line)
        on_it = {box for box in told if LineSpan(box[0], box[1]).meets(span)}
        assert {as_box(defect) for defect in stretch.defects} == on_it


def test_a_picture_that_is_missing_in_between_joins_nothing() -> None:
    mask = np.zeros((400, 40), np.uint8)
    mask[90:310, 5:9] = 255
    path = Web(CutWeb(mask, 10, []), 100, 10)
    del path.pictures[1]
    path.run([None])
    stretches = sorted(records_of(path), key=lambda stretch: stretch.first_line)
    assert [stretch.first_line for stretch in stretches] == [0, 200, 300]
    assert [[as_box(defect)[:2] for defect in stretch.defects] for stretch in stretches] == [
        [(90, 100)],
        [(190, 310)],
        [(190, 310)],
    ]

"""Parts on a web as frames, and the law: no PASS over a gap."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.decision import Evidence, decide
from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, Pixels, VerdictKind
from station_app.core.lines import LengthTolerance, LineScale, LineSpan
from station_app.devices.linescan.flat_field import FlatConditions
from station_app.devices.linescan.line_camera import LineScanCamera, MakeCutter
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.parts import ByEdges, EdgeRule, EveryLines
from station_app.devices.linescan.presence import by_sensor
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb, StripFault
from station_app.devices.linescan.teaching import LEAST_LINES, teach_flat_field
from station_app.devices.rendering.web_plan import SheetSpec, Texture, WebSpec, sheet_span
from station_app.devices.rendering.web_render import Scene, render_lines
from tests.core.strategies import evidence, recipe
from tests.devices.fakes import FakeClock
from tests.devices.linescan.strips import COUNTS, FAULTS, CutWeb, ListSource

SCALE = LineScale(0.1, 0.1)
SPEC = WebSpec(width=128, flaw_rate=0.5)
SHEETS = replace(SPEC, sheets=SheetSpec(pitch=300, length=200))
RIG = LineRig(strip_lines=16)
SETUP = LineSetup(SCALE, counts_per_line=RIG.counts_per_line)


class Station:
    """A started camera above a rendered web, and one part after another."""

    def __init__(
        self, cutter: MakeCutter, spec: WebSpec = SPEC, rig: LineRig = RIG, setup: LineSetup = SETUP, **options: object
    ) -> None:
        self.clock = FakeClock()
        self.web = RenderedWeb(spec, rig, clock=self.clock, **options)  # type: ignore[arg-type]
        self.camera = LineScanCamera(self.web, cutter, setup, self.clock)
        self.buffer = np.zeros(self.camera.open().shape, np.uint8)
        self.camera.start()

    def shoot(self, timeout_s: float = 1.0) -> FrameStamp | None:
        self.camera.trigger()
        return self.camera.fill(self.buffer, timeout_s)

    def shot(self) -> tuple[FrameStamp, Pixels]:
        stamp = self.shoot()
        assert stamp is not None
        return stamp, self.buffer if stamp.shape is None else self.buffer[: stamp.shape[0]]


fixed = partial(EveryLines, 100)


def by_level(first: int) -> ByEdges:
    return ByEdges(EdgeRule(most_body=250, debounce=4, head=8, tail=8), by_sensor)


def test_each_trigger_brings_the_next_part_of_the_web() -> None:
    station = Station(fixed)
    for number in range(5):
        stamp, pixels = station.shot()
        assert (stamp.frame_id, stamp.is_complete, stamp.shape) == (number, True, None)
        assert stamp.source == f"web:{100 * number}-{100 * number + 100}"
        assert (pixels == render_lines(SPEC, LineSpan(100 * number, 100 * number + 100))).all()


def test_without_a_trigger_the_web_stands_still() -> None:
    station = Station(fixed)
    assert station.camera.fill(station.buffer, 0.5) is None
    assert station.web.line == 0 and station.clock.slept == [0.5]


def test_sheets_are_cut_by_their_sensor_with_their_margins() -> None:
    station = Station(by_level, SHEETS)
    for number in range(4):
        stamp, pixels = station.shot()
        assert SHEETS.sheets is not None
        body = sheet_span(SHEETS.sheets, SHEETS.seed, number)
        assert stamp.is_complete and stamp.shape == (216, 128)
        assert (pixels == render_lines(SHEETS, LineSpan(body.start - 8, body.end + 8))).all()


def test_a_bouncing_sensor_cuts_the_same_parts() -> None:
    assert SHEETS.sheets is not None
    calm = Station(by_level, SHEETS)
    bouncing = Station(by_level, replace(SHEETS, sheets=replace(SHEETS.sheets, is_bouncing=True)))
    for _ in range(4):
        assert calm.shot()[0].source == bouncing.shot()[0].source


def test_a_part_may_be_much_shorter_than_a_strip() -> None:
    station = Station(partial(EveryLines, 3))
    for number in range(30):
        stamp, pixels = station.shot()
        assert stamp.is_complete
        assert (pixels == render_lines(SPEC, LineSpan(3 * number, 3 * number + 3))).all()


def test_a_lost_buffer_makes_its_part_incomplete_and_moves_no_other() -> None:
    station = Station(fixed, faults={8: StripFault.LOST})
    stamps = [station.shot() for _ in range(4)]
    assert [stamp.is_complete for stamp, _ in stamps] == [True, False, True, True]
    assert stamps[1][0].source == "web:100-200: 16 of 100 lines are missing"
    assert (station.buffer == render_lines(SPEC, LineSpan(300, 400))).all()
    assert station.camera.state.lost_lines == 16


@pytest.mark.parametrize("fault", [StripFault.TORN, StripFault.DAMAGED])
@pytest.mark.parametrize("has_encoder", [True, False])
def test_a_spoilt_buffer_makes_its_part_incomplete(fault: StripFault, has_encoder: bool) -> None:
    station = Station(fixed, rig=replace(RIG, has_encoder=has_encoder), faults={8: fault})
    assert [station.shot()[0].is_complete for _ in range(4)] == [True, False, True, True]
    assert (station.buffer == render_lines(SPEC, LineSpan(300, 400))).all()


def test_a_buffer_that_ended_early_loses_nothing() -> None:
    station = Station(fixed, faults={3: StripFault.SHORT, 9: StripFault.SHORT})
    for number in range(4):
        stamp, pixels = station.shot()
        assert stamp.is_complete
        assert (pixels == render_lines(SPEC, LineSpan(100 * number, 100 * number + 100))).all()


def test_a_web_too_fast_for_the_camera_gives_no_complete_part() -> None:
    rig = replace(RIG, speed_mm_s=3000.0, line_rate_max_hz=20_000.0)
    station = Station(fixed, rig=rig)
    assert not any(station.shot()[0].is_complete for _ in range(4))
    station.web.rig = replace(rig, speed_mm_s=1500.0)
    assert [station.shot()[0].is_complete for _ in range(4)][-2:] == [True, True]
    assert station.camera.state.speed_mm_s == pytest.approx(1500, rel=0.1)


def test_a_part_of_wrong_length_is_whole_and_says_so() -> None:
    assert SHEETS.sheets is not None
    spec = replace(SHEETS, sheets=replace(SHEETS.sheets, wrong_share=0.5))
    setup = replace(SETUP, tolerance=LengthTolerance(19.0, 21.0))
    station = Station(by_level, spec, setup=setup)
    assert spec.sheets is not None
    for number in range(12):
        stamp, _ = station.shot()
        length = sheet_span(spec.sheets, spec.seed, number).length
        assert stamp.is_complete and stamp.lines is not None
        assert stamp.lines.part.body.length == length and stamp.lines.part.number == stamp.frame_id
        assert (stamp.lines.wrong_length is None) == (length == 200)
        assert length == 200 or f"wrong length: {length / 10:.1f} mm" in stamp.source


@pytest.mark.parametrize("tolerance", [None, LengthTolerance()])
def test_a_part_longer_than_the_longest_picture_is_no_right_one(tolerance: LengthTolerance | None) -> None:
    def short_pictures(first: int) -> ByEdges:
        return ByEdges(EdgeRule(most_body=150, debounce=4), by_sensor)

    stamp, _ = Station(short_pictures, SHEETS, setup=replace(SETUP, tolerance=tolerance)).shot()
    assert stamp.lines is not None and "longer than the longest picture" in stamp.source
    assert stamp.is_complete == (tolerance is not None) == (stamp.lines.wrong_length is not None)


def test_a_running_web_brings_parts_in_its_own_time() -> None:
    station = Station(fixed, rig=replace(RIG, speed_mm_s=100.0))
    assert station.shoot(0.02) is None
    began = station.clock.ns
    stamp = station.shoot(1.0)
    assert stamp is not None and stamp.is_complete
    assert 0.05 < (station.clock.ns - began) / 1e9 < 0.15


def test_a_running_web_that_nobody_reads_loses_lines() -> None:
    station = Station(fixed, rig=replace(RIG, speed_mm_s=1000.0, buffers=4))
    assert station.shot()[0].is_complete
    station.clock.sleep(0.1)
    stamps = [station.shot()[0] for _ in range(12)]
    assert not all(stamp.is_complete for stamp in stamps) and stamps[-1].is_complete


def test_parts_are_corrected_by_the_flat_field() -> None:
    spec = replace(SPEC, is_shaded=True, texture=Texture.FILM, flaw_rate=0.0)
    span = LineSpan(0, LEAST_LINES)
    flat = teach_flat_field(
        render_lines(spec, span, Scene.DARK),
        render_lines(spec, span, Scene.WHITE),
        FlatConditions(10.0, 40_000.0, 1.0),
        "2024-05-02",
    ).proved()
    raw = np.ptp(np.median(Station(fixed, spec).shot()[1], axis=0))
    even = np.ptp(np.median(Station(fixed, spec, setup=replace(SETUP, flat=flat)).shot()[1], axis=0))
    assert raw > 60 and even < 25
    with pytest.raises(CameraError, match="128 columns and the camera has 256"):
        Station(fixed, replace(spec, width=256), setup=replace(SETUP, flat=flat))


def test_frame_and_line_numbers_go_on_over_a_stop() -> None:
    station = Station(fixed)
    station.shot()
    station.camera.trigger()
    station.camera.stop()
    station.camera.start()
    assert station.camera.fill(station.buffer, 0.1) is None
    stamp, pixels = station.shot()
    assert stamp.frame_id == 1 and stamp.is_complete and stamp.source == "web:112-212"
    assert (pixels == render_lines(SPEC, LineSpan(112, 212))).all()


def test_the_newest_lines_are_there_for_a_waterfall() -> None:
    station = Station(fixed)
    assert station.camera.newest(10) is not None
    station.shot()
    lines = station.camera.newest(48)
    assert lines is not None and lines.span == LineSpan(64, 112)
    assert (lines.pixels == render_lines(SPEC, lines.span)).all()
    state = station.camera.state
    assert (state.line, state.encoder) == (112, 112 * RIG.counts_per_line)
    assert state.position_mm == pytest.approx(11.2)


@settings(max_examples=60)
@given(FAULTS, st.integers(1, 20), st.integers(1, 60), evidence(high=0.4), st.booleans())
def test_no_part_passes_over_a_gap(
    faults: list[str], lines: int, length: int, whole: Evidence, has_sensor: bool
) -> None:
    """Complete parts keep the verdict of their pixels; a part with any lost line is NO_RESULT, whatever is seen."""
    sensor = np.arange(600) % (length + 12) >= 12 if has_sensor else None
    web = CutWeb(np.arange(600 * 3, dtype=np.uint8).reshape(600, 3), lines, faults, sensor)
    if not web.strips:
        return
    cutter: MakeCutter = partial(EveryLines, length)
    if has_sensor:
        cutter = lambda first: ByEdges(EdgeRule(most_body=80, debounce=2), by_sensor)  # noqa: E731
    camera = LineScanCamera(ListSource(web.strips, lines, 3), cutter, LineSetup(SCALE, counts_per_line=COUNTS))
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    while stamp := camera.fill(buffer, 0.0):
        assert stamp.lines is not None
        part = stamp.lines.part
        rows = slice(*(web.first_line + line for line in part.frame))
        is_whole = bool(web.received[rows].all())
        seen = (replace(whole.cameras[0], stamp=stamp), *whole.cameras[1:])
        kind = decide(replace(whole, cameras=seen), recipe()).kind
        assert kind is (VerdictKind.PASS if is_whole and not part.is_cut else VerdictKind.NO_RESULT)
        if is_whole:
            assert (buffer[: part.frame.length] == web.pixels[rows]).all()


def test_a_camera_that_answers_no_more_is_not_taken_for_a_web_that_stands_still() -> None:
    source = ListSource([], 8, 4)
    camera = LineScanCamera(source, partial(EveryLines, 8), SETUP, FakeClock())
    buffer = np.zeros(camera.open().shape, np.uint8)
    camera.start()
    assert camera.fill(buffer, 0.1) is None
    source.is_open = False
    with pytest.raises(CameraError, match="does not answer"):
        camera.fill(buffer, 0.1)

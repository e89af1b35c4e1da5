"""Parts on a line-scanned web through the real engine."""

from dataclasses import replace
from functools import partial

from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.lines import LengthTolerance, LineScale
from station_app.devices.linescan.line_camera import LineScanCamera, LineSetup
from station_app.devices.linescan.parts import ByEdges, EdgeRule, EveryLines
from station_app.devices.linescan.presence import by_sensor
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb, StripFault
from station_app.devices.rendering.web_plan import SheetSpec, WebSpec
from tests.engine.conftest import Open

SPEC = WebSpec(width=128, flaw_rate=0.0)
RIG = LineRig(strip_lines=16)
SETUP = LineSetup(LineScale(0.1, 0.1), counts_per_line=RIG.counts_per_line)


def darkened(web: RenderedWeb) -> RenderedWeb:
    """The model of these tests takes bright for a defect."""
    web.open()
    web.apply({"exposure_us": 3000.0})
    return web


def test_every_part_has_its_verdict_and_one_with_a_lost_line_has_no_result(open_faked: Open) -> None:
    web = darkened(RenderedWeb(SPEC, RIG, faults={8: StripFault.LOST, 26: StripFault.TORN}))
    line = open_faked(cameras={"top": LineScanCamera(web, partial(EveryLines, 100), SETUP)})
    line.run()
    parts = line.inspect(6)
    assert [part.verdict for part in parts] == [
        VerdictKind.PASS,
        VerdictKind.NO_RESULT,
        VerdictKind.PASS,
        VerdictKind.PASS,
        VerdictKind.NO_RESULT,
        VerdictKind.PASS,
    ]
    assert {part.reason for part in parts if part.verdict is VerdictKind.NO_RESULT} == {NoResultReason.FRAME_TORN}


def test_a_part_of_wrong_length_never_passes(open_faked: Open) -> None:
    sheets = SheetSpec(pitch=300, length=200, wrong_share=0.5)
    web = darkened(RenderedWeb(replace(SPEC, sheets=sheets), RIG))
    setup = replace(SETUP, tolerance=LengthTolerance(19.9, 20.1))
    rule = EdgeRule(most_body=250, debounce=4)

    def cutter(first_line: int) -> ByEdges:
        return ByEdges(rule, by_sensor)

    camera = LineScanCamera(web, cutter, setup)
    line = open_faked(cameras={"top": camera})
    line.run()
    lengths, verdicts = [], []
    for _ in range(12):
        (part,) = line.inspect()
        assert camera.last_part is not None
        lengths.append(camera.last_part.body.length)
        verdicts.append(part.verdict)
    assert verdicts == [VerdictKind.PASS if length == 200 else VerdictKind.NO_RESULT for length in lengths]
    assert len(set(verdicts)) == 2

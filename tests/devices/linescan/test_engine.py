"""Parts on a line-scanned web through the real engine."""

from dataclasses import replace
from functools import partial

import pytest

from station_app.core.errors import ConfigError
from station_app.core.inspection import Box, NoResultReason, VerdictKind
from station_app.core.lines import LengthTolerance, LineScale
from station_app.core.lines_length import WRONG_LENGTH
from station_app.core.recipe import Region, Thresholds
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.parts import ByEdges, EdgeRule, EveryLines
from station_app.devices.linescan.presence import by_sensor
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb, StripFault
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.rendering.web_plan import SheetSpec, WebSpec, sheet_span
from tests.engine.conftest import Open
from tests.engine.fakes import FakeLedger
from tests.engine.line import Line

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


def test_parts_of_a_web_that_moves_by_itself_take_their_time(open_faked: Open) -> None:
    """No wire's frames: a part is cut once its last line has passed, however long that is after its trigger."""
    web = darkened(RenderedWeb(SPEC, replace(RIG, speed_mm_s=100.0)))
    moving = RecoveringCamera(lambda: LineScanCamera(web, partial(EveryLines, 200), SETUP))
    line = open_faked(cameras={"top": moving})
    line.run()
    assert {(part.verdict, part.reason) for part in line.inspect(3)} == {(VerdictKind.PASS, None)}


def level(first_line: int) -> ByEdges:
    return ByEdges(EdgeRule(most_body=250, debounce=4), by_sensor)


def sheets_line(open_faked: Open, wrong: float = 0.5, **web: object) -> Line:
    """A line on sheets of 20 mm, some of another length; its recipe says what that is worth."""
    sheets = SheetSpec(pitch=300, length=200, wrong_share=wrong)
    rendered = darkened(RenderedWeb(replace(SPEC, sheets=sheets), RIG, **web))  # type: ignore[arg-type]
    setup = replace(SETUP, tolerance=LengthTolerance(19.9, 20.1))
    line = open_faked(cameras={"top": LineScanCamera(rendered, level, setup)})
    thresholds = (*line.recipe.thresholds, (WRONG_LENGTH, Thresholds(0.5, 0.5)))
    line.recipe = replace(line.recipe, thresholds=thresholds)
    line.write_recipe(line.recipe)
    return line


def test_a_part_of_wrong_length_fails_and_its_length_is_recorded(open_faked: Open) -> None:
    line = sheets_line(open_faked)
    line.run()
    parts = line.inspect(12)
    assert isinstance(line.ledger, FakeLedger)
    records = [line.ledger.records[part.part_id] for part in parts]
    lengths = [sheet_span(SheetSpec(300, 200, 0.5), SPEC.seed, number).length for number in range(12)]
    assert [part.verdict for part in parts] == [
        VerdictKind.PASS if length == 200 else VerdictKind.FAIL for length in lengths
    ]
    assert {part.verdict for part in parts} == {VerdictKind.PASS, VerdictKind.FAIL}
    for length, part, record in zip(lengths, parts, records, strict=True):
        assert [finding.label for finding in part.findings] == [WRONG_LENGTH] * (length != 200)
        assert length == 200 or f"wrong length: {length / 10:.1f} mm" in record.cameras[0].source
    assert line.engine.describe().labels == ("scratch", WRONG_LENGTH)


def test_a_part_with_a_missing_line_has_no_result_whatever_its_length(open_faked: Open) -> None:
    line = sheets_line(open_faked, wrong=1.0, faults={10: StripFault.LOST})
    line.run()
    assert [part.verdict for part in line.inspect(2)] == [VerdictKind.NO_RESULT, VerdictKind.FAIL]


def test_a_short_part_fails_although_a_region_reaches_beyond_it(open_faked: Open) -> None:
    line = sheets_line(open_faked, wrong=1.0)
    setup = replace(line.recipe.cameras[0], regions=(Region("middle", Box(8, 0, 100, 195)),))
    line.recipe = replace(line.recipe, cameras=(setup,))
    line.write_recipe(line.recipe)
    line.run()
    assert {part.verdict for part in line.inspect(12)} == {VerdictKind.FAIL}


def test_a_recipe_that_does_not_say_what_a_wrong_length_is_worth_is_refused(open_faked: Open) -> None:
    line = sheets_line(open_faked)
    line.write_recipe(replace(line.recipe, thresholds=line.recipe.thresholds[:1]))
    with pytest.raises(ConfigError, match="measures the length of parts and the recipe has no thresholds"):
        line.engine.load(line.recipe.name)

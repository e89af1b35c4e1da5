"""Where rooms meet: setting up beside the line, serial numbers beside the records, rolls beside the start."""

import threading
import time
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

import pytest

from station_app.core.inspection import Inspection, NoResultReason, VerdictKind
from station_app.core.lines import LengthTolerance
from station_app.core.lines_length import WRONG_LENGTH
from station_app.core.messages import EngineState, Start
from station_app.core.recipe import Thresholds
from station_app.core.setup_messages import FlatFieldStep, FlatFieldTaught, ShotJudged, TakeTestShot, TeachFlatField
from station_app.devices.linescan.block import Strip
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.parts import EveryLines
from station_app.engine.looks import Looks
from station_app.engine.showing import Showing
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, DISK_FULL, PATIENCE_S, Misdeed
from tests.engine.line import Line
from tests.engine.test_engine_faults import slow_model
from tests.engine.test_serials import STRICT, coded_camera, image_rules, ledger_of, told
from tests.engine.test_web import _wait, open_web, wait_stretches
from tests.engine.webs import COUNTS, SCALE, PaintedWeb

PASS, FAIL, NO_RESULT = VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.NO_RESULT


def shoot(line: Line) -> ShotJudged:
    line.engine.obey(TakeTestShot("top", "wang"))
    assert line.refusals() == []
    return line.heard.of(ShotJudged)[-1]


class TimedWeb(PaintedWeb):
    """As the painted web, and its strips arrive when they are read."""

    def read(self, timeout_s: float) -> Strip | None:
        strip = super().read(timeout_s)
        return strip and replace(strip, received_ns=time.monotonic_ns())


def part_camera(web: PaintedWeb, tolerance: LengthTolerance | None = None) -> LineScanCamera:
    setup = LineSetup(SCALE, counts_per_line=COUNTS, tolerance=tolerance)
    return LineScanCamera(web, partial(EveryLines, 50), setup)


def test_a_web_is_taken_after_a_pause_that_is_over_at_once(open_faked: Open) -> None:
    web = PaintedWeb()
    line = open_web(open_faked, web)
    line.run()
    for _ in range(3):
        line.engine.pause()
        line.engine.start()
    time.sleep(0.5)  # all that was asked before has been carried out
    web.give(200)
    assert wait_stretches(line, 3)[0].verdict is PASS
    line.engine.pause()
    assert line.engine.tally.counters().is_reconciled


def test_the_line_does_not_start_while_a_flat_field_is_taught(
    open_faked: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines that a lesson takes are missing to the parts that pass meanwhile: theirs would be the next ones."""
    monkeypatch.setattr(Looks.hold, "__defaults__", (0.05,))
    web = TimedWeb()
    line = open_faked(cameras={"top": part_camera(web)}, engineer="wang")
    line.engine.load("A17")
    line.engine.obey(TeachFlatField("top", FlatFieldStep.DARK))
    web.give(100)
    until = time.monotonic() + PATIENCE_S
    while web._next < 100 and time.monotonic() < until:
        time.sleep(0.001)
    line.engine.obey(Start())
    assert line.refusals() == ["the camera is busy and does not answer"]
    assert line.engine.state is EngineState.READY
    web.give(10_000)
    line.heard.wait(lambda events: any(isinstance(event, FlatFieldTaught) for event in events))
    line.engine.start()
    assert [part.verdict for part in line.inspect(2)] == [PASS, PASS]


def test_a_test_shot_needs_no_serial_number(open_faked: Open) -> None:
    line = open_faked(serial=STRICT)
    line.engine.load("A17")
    assert (shoot(line).verdict, shoot(line).reason) == (PASS, None)


def test_a_test_shot_needs_no_code_on_what_is_shown(open_faked: Open) -> None:
    line = open_faked(serial=image_rules(), cameras={"top": coded_camera("")})
    line.engine.load("A17")
    assert shoot(line).verdict is PASS


@pytest.mark.parametrize(("most_mm", "verdict"), [(6.0, PASS), (4.0, FAIL)])
def test_a_test_shot_of_a_camera_that_measures_the_length(
    open_faked: Open, most_mm: float, verdict: VerdictKind
) -> None:
    web = TimedWeb()
    line = open_faked(cameras={"top": part_camera(web, LengthTolerance(1.0, most_mm))})
    labels = (*line.recipe.thresholds, (WRONG_LENGTH, Thresholds(0.5, 0.5)))
    line.write_recipe(replace(line.recipe, thresholds=labels))
    line.engine.load("A17")
    web.give(1000)
    assert (shoot(line).verdict, shoot(line).reason) == (verdict, None)


def test_the_number_of_a_reject_that_waits_for_its_record_is_not_free(open_faked: Open) -> None:
    line = open_faked(serial=STRICT)
    line.top.greys = {0: BAD}
    line.run()
    ledger = ledger_of(line)
    record, is_refusing = ledger.record, [True]

    def refuse_the_first(inspection: Inspection) -> Future[None]:
        ledger.refusal = DISK_FULL if is_refusing[0] and inspection.part_id == 1 else None
        answer = record(inspection)
        ledger.refusal = None
        return answer

    ledger.record = refuse_the_first  # type: ignore[method-assign]
    line.engine.trigger("SN1")
    line.heard.wait_parts(1)
    line.engine.trigger("SN1")
    line.heard.wait_parts(2)
    assert [told(part) for part in line.heard.parts] == [
        (FAIL, None, "SN1"),
        (NO_RESULT, NoResultReason.SERIAL_DUPLICATE, "SN1"),
    ]
    is_refusing[0] = False
    line.heard.wait(lambda events: len(ledger.records) == 2)


def test_a_bug_in_showing_a_part_costs_no_record(open_faked: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(showing: Showing, concluded: object) -> int:
        raise ZeroDivisionError("a bug in the preview")

    monkeypatch.setattr(Showing, "show", broken)
    line = open_faked()
    line.run()
    line.engine.trigger()
    line.heard.wait_parts(1)
    assert set(ledger_of(line).records) == {1}
    assert line.engine.tally.counters().is_reconciled
    line.heard.wait(lambda events: [alarm.code for alarm in line.engine.alarms.standing()] == ["bug"])


def test_a_test_shot_that_nobody_waited_for_gives_its_buffer_back(
    open_faked: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station_app.engine.trial_shot.EXPOSED_S", 1.0)
    line = open_faked()
    line.top.misdeeds[0] = Misdeed.HANGING
    line.engine.load("A17")
    line.engine.obey(TakeTestShot("top", "wang"))
    assert line.refusals() == ["the camera does not answer in time"]
    assert line.top.hanging.is_set() and _lent(line) == 1
    line.top.free.set()
    line.engine.start()
    assert _lent(line) == 0


def test_a_test_shot_that_the_model_kept_gives_its_buffer_back(
    open_faked: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station_app.engine.trial_shot.JUDGED_S", -19.95)
    free = threading.Event()
    line = open_faked(makers=slow_model(partial(_wait, free)))
    line.engine.load("A17")
    line.engine.obey(TakeTestShot("top", "wang"))
    assert line.refusals() == ["the model does not answer"]
    assert _lent(line) == 1
    free.set()
    line.engine.start()
    line.inspect()
    until = time.monotonic() + PATIENCE_S
    while _lent(line) and time.monotonic() < until:
        time.sleep(0.001)
    assert _lent(line) == 0


def _lent(line: Line) -> int:
    loaded = line.engine._loaded
    assert loaded is not None
    return sum(acquire.looks._pool.lent for acquire in loaded.rig._acquires)

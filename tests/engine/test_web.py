"""An endless web through the real engine: stretches, rolls, losses, and what is told of them."""

import threading
import time

import pytest

from station_app.core.errors import ConfigError
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.messages import AlarmCleared, AlarmRaised, CommandRefused, Event, TriggerPart
from station_app.core.recipe import QualityLimits
from station_app.core.serial import NO_SERIALS, CodeInput, CodeRefusal
from station_app.core.serial_messages import CodeRefused
from station_app.core.web_messages import LinesReported, StartRoll, StopRoll, StretchInspected, WebDefectFound
from station_app.devices.linescan.line_scan import line_scan_of
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from station_app.engine.triggers import TriggerKind, TriggerSetup
from tests.devices.fakes import ManualWatch
from tests.engine.conftest import Open
from tests.engine.fakes import PATIENCE_S, FakeLedger
from tests.engine.line import Line
from tests.engine.test_engine_faults import slow_model
from tests.engine.trials import on_trial, scaled_package
from tests.engine.webs import PaintedWeb, web_camera

PASS, FAIL, NO_RESULT = VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.NO_RESULT


def open_web(open_faked: Open, web: PaintedWeb, limit: int = 0, overlap: int = 10) -> Line:
    trigger = TriggerSetup(TriggerKind.SOFTWARE, limit=limit)
    return open_faked(cameras={"top": web_camera(web, overlap=overlap)}, trigger=trigger)


def stretches(line: Line) -> tuple[StretchInspected, ...]:
    return line.heard.of(StretchInspected)


def wait_stretches(line: Line, count: int) -> tuple[StretchInspected, ...]:
    def is_met(events: object) -> bool:
        return len(stretches(line)) >= count

    line.heard.wait(is_met)
    return stretches(line)


def wait_taken(line: Line, web: PaintedWeb, end: int) -> None:
    """The web moves on to this line, and every line of it is taken, the last ones by a stretch under way."""
    web.give(end)
    scan, until = line_scan_of(line.cameras["top"]), time.monotonic() + PATIENCE_S
    assert scan is not None
    begun = -(-end // scan.setup.stretch_lines)
    while (scan.state.line, line.engine.tally.counters().triggers) != (end, begun) and time.monotonic() < until:
        time.sleep(0.002)
    assert scan.state.line == end


def test_a_web_is_taken_in_stretches_and_a_defect_on_two_of_them_is_one(open_faked: Open) -> None:
    web = PaintedWeb([(60, 70, 10, 20), (140, 160, 30, 40)])
    line = open_web(open_faked, web, limit=5)
    line.run()
    web.give(1000)
    told = wait_stretches(line, 5)
    assert [stretch.verdict for stretch in told] == [PASS, FAIL, FAIL, FAIL, PASS]
    assert [(stretch.number, stretch.part_id) for stretch in told] == [(n, n) for n in range(1, 6)]
    assert [(round(s.from_metres, 4), round(s.to_metres, 4)) for s in told][1] == (0.005, 0.01)
    (first,), (second,), (again,) = (stretch.defects for stretch in told[1:4])
    assert second == again and first != second
    places = (second.at_metres, second.length_mm, second.left_mm, second.width_mm)
    assert second.roll == "" and second.label == "scratch" and places == pytest.approx((0.014, 2.0, 6.0, 2.0))
    assert line.engine.tally.counters().is_reconciled
    parts = line.heard.parts
    assert [part.serial for part in parts][:2] == ["0.000-0.005 m", "0.005-0.010 m"]
    assert [len(part.findings) for part in parts] == [0, 1, 1, 1, 0]
    # In pixels of the picture, which begins ten lines before the stretch.
    assert parts[1].findings[0].box == (10, 20, 10, 10) and parts[3].findings[0].box == (30, 0, 10, 20)
    line.engine.pause()
    assert line.engine.tally.counters().in_flight == 0


def test_a_stretch_is_in_flight_until_nothing_on_it_can_change(open_faked: Open) -> None:
    web = PaintedWeb([(45, 50, 10, 20)])
    line = open_web(open_faked, web)
    line.run()
    web.give(90)
    line.heard.wait(lambda events: line.engine.tally.counters().triggers == 2)
    assert stretches(line) == () and line.engine.tally.counters().in_flight == 2
    web.give(100)
    assert wait_stretches(line, 1)[0].verdict is FAIL
    line.engine.pause()
    assert [(s.verdict, s.number) for s in stretches(line)] == [(FAIL, 1), (PASS, 2)]


def test_a_web_that_stands_still_makes_no_stretch_late(open_faked: Open) -> None:
    web = PaintedWeb()
    line = open_faked(cameras={"top": web_camera(web)}, deadline_ms=300.0)
    line.run()
    web.give(80)
    line.heard.wait(lambda events: sum(isinstance(event, LinesReported) for event in events) >= 3)
    web.give(200)
    assert {stretch.verdict for stretch in wait_stretches(line, 3)} == {PASS}
    line.engine.pause()


def test_missing_lines_are_no_result_on_their_stretch_alone_and_defects_beside_them_are_told(open_faked: Open) -> None:
    # Strip 6 is lines 60 to 70; the scratch lies on both sides of it.
    web = PaintedWeb([(55, 80, 10, 20)], lost={6})
    line = open_web(open_faked, web, limit=4)
    line.run()
    web.give(1000)
    told = wait_stretches(line, 4)
    assert [stretch.verdict for stretch in told] == [PASS, NO_RESULT, PASS, PASS]
    assert [stretch.missing_lines for stretch in told] == [0, 10, 0, 0]
    assert [round(defect.length_mm, 3) for defect in told[1].defects] == [0.5, 1.0]
    assert line.heard.parts[1].reason is NoResultReason.FRAME_TORN


def test_a_picture_that_cannot_be_judged_takes_the_stretch_before_with_it(open_faked: Open) -> None:
    web = PaintedWeb([(110, 150, 0, 64)])  # so bright that the picture is refused
    cameras = {"top": web_camera(web)}
    line = open_faked(cameras=cameras, trigger=TriggerSetup(limit=5), quality=QualityLimits(mean_max=120.0))
    line.run()
    web.give(1000)
    told = wait_stretches(line, 5)
    assert [stretch.verdict for stretch in told] == [PASS, NO_RESULT, NO_RESULT, PASS, PASS]
    assert {part.reason for part in line.heard.parts if part.verdict is NO_RESULT} == {NoResultReason.QUALITY}
    assert "shows the last lines of this one again" in line.heard.parts[1].detail


def test_a_roll_has_its_name_in_every_record_and_ends_with_the_last_line(open_faked: Open) -> None:
    web = PaintedWeb([(205, 208, 10, 20)])
    line = open_web(open_faked, web)
    line.run()
    wait_taken(line, web, 120)
    line.engine.obey(StartRoll("R-77", "wang"))
    told = wait_stretches(line, 3)  # the third is cut where the roll begins
    assert [stretch.roll for stretch in told] == ["", "", ""] and round(told[2].to_metres, 4) == 0.012
    wait_taken(line, web, 260)
    line.engine.obey(StopRoll("wang"))
    told = wait_stretches(line, 6)[3:]
    assert [(s.roll, s.number) for s in told] == [("R-77", 1), ("R-77", 2), ("R-77", 3)]
    assert [round(s.to_metres, 4) for s in told] == [0.005, 0.01, 0.014]
    assert told[1].verdict is FAIL
    assert told[1].defects == (WebDefectFound("R-77", "scratch", *_place(told[1], 0.0085, 0.3, 2.0, 2.0)),)
    assert line.heard.parts[4].serial == "R-77 0.005-0.010 m"
    line.engine.pause()
    ledger = line.ledger
    assert isinstance(ledger, FakeLedger)
    assert [entry[:3] for entry in ledger.audits if "roll" in entry[1]] == [
        ("wang", "roll_started", "R-77"),
        ("wang", "roll_stopped", "R-77"),
    ]
    assert ledger.records[5].stretch is not None and ledger.records[5].stretch.roll == "R-77"


def _place(stretch: StretchInspected, *wanted: float) -> tuple[float, ...]:
    (defect,) = stretch.defects
    place = (defect.at_metres, defect.length_mm, defect.left_mm, defect.width_mm)
    assert place == pytest.approx(wanted)
    return (defect.score, *place)


def test_what_passes_during_a_pause_belongs_to_no_stretch(open_faked: Open) -> None:
    web = PaintedWeb()
    line = open_web(open_faked, web)
    line.run()
    wait_taken(line, web, 120)
    line.engine.pause()
    assert [round(stretch.to_metres, 4) for stretch in stretches(line)] == [0.005, 0.01, 0.012]
    web.lost = set(range(12, 40))
    line.engine.start()
    web.give(520)
    told = wait_stretches(line, 4)
    assert (round(told[3].from_metres, 4), told[3].number, told[3].verdict) == (0.04, 4, PASS)
    line.engine.pause()


def test_a_model_that_answers_too_late_leaves_no_stretch_without_verdict(open_faked: Open) -> None:
    web = PaintedWeb()
    line = open_faked(cameras={"top": web_camera(web)}, trigger=TriggerSetup(limit=4), deadline_ms=1.0)
    line.run()
    web.give(1000)
    line.heard.wait_parts(4)
    line.engine.pause()
    counters = line.engine.tally.counters()
    assert counters.triggers == 4 and counters.is_reconciled and not counters.in_flight


def test_without_an_overlap_a_stretch_is_told_at_once(open_faked: Open) -> None:
    web = PaintedWeb([(95, 105, 10, 20)])
    line = open_web(open_faked, web, overlap=0)
    line.run()
    web.give(50)
    assert wait_stretches(line, 1)[0].verdict is PASS
    web.give(150)
    told = wait_stretches(line, 3)
    assert [stretch.verdict for stretch in told] == [PASS, FAIL, FAIL] and told[1].defects == told[2].defects
    line.engine.pause()


def test_a_streak_without_end_is_told_in_pieces(open_faked: Open) -> None:
    web = PaintedWeb([(20, 3000, 10, 20)])
    line = open_web(open_faked, web)
    line.run()
    web.give(1000)
    assert {stretch.verdict for stretch in wait_stretches(line, 12)} == {FAIL}
    line.engine.pause()
    assert line.engine.tally.counters().is_reconciled


def test_where_the_web_stands_is_told_with_the_health(open_faked: Open) -> None:
    web = PaintedWeb(lost={3})
    line = open_web(open_faked, web)
    line.engine.obey(StartRoll("early"))
    line.run()
    line.engine.obey(StartRoll("R-1"))
    web.give(60)

    def is_there(event: Event) -> bool:
        return isinstance(event, LinesReported) and event.line == 60 and event.roll == "R-1"

    line.heard.wait(lambda events: any(map(is_there, events)))
    report = line.heard.of(LinesReported)[-1]
    assert (report.camera_id, report.lost_lines, report.encoder, report.is_forward) == ("top", 10, 240, True)
    assert (report.mm_per_line, report.mm_per_pixel) == (0.1, 0.2)
    line.engine.pause()
    assert [refusal.what for refusal in line.heard.of(CommandRefused)] == ["no camera looks at an endless web"]


def test_a_stretch_takes_no_serial_number(open_faked: Open) -> None:
    line = open_web(open_faked, PaintedWeb())
    line.run()
    line.engine.set_serial("SN1")
    line.engine.pause()
    assert line.heard.of(CodeRefused) == (CodeRefused("SN1", CodeRefusal.NOT_ASKED, CodeInput.SCANNED),)
    assert line.engine.describe().serial == NO_SERIALS


def test_what_cannot_be_done_with_rolls_is_refused(open_faked: Open) -> None:
    line = open_web(open_faked, PaintedWeb())
    line.run()
    for command in (StopRoll(), StartRoll("  "), StartRoll("a\x07"), StartRoll("r" * 101), TriggerPart()):
        line.engine.obey(command)
    assert len(line.refusals()) == 5 and "no roll runs" in line.refusals()[0]
    line.engine.pause()


def test_stretches_shorter_than_a_strip_are_taken_one_by_one(open_faked: Open) -> None:
    web = PaintedWeb([(30, 33, 10, 20)])
    line = open_faked(cameras={"top": web_camera(web, lines=7, overlap=3)}, trigger=TriggerSetup(limit=12))
    line.run()
    web.give(90)
    told = wait_stretches(line, 12)
    assert [stretch.verdict for stretch in told] == [FAIL if number == 5 else PASS for number in range(1, 13)]
    line.engine.pause()
    line.engine.obey(StartRoll("next"))
    assert line.engine.tally.counters().is_reconciled


def test_a_camera_that_is_lost_ends_its_stretch_and_goes_on_with_the_roll_when_it_is_back(open_faked: Open) -> None:
    web, watch = PaintedWeb(), ManualWatch()
    camera = RecoveringCamera(lambda: web_camera(web), policy=RecoveryPolicy(), watch=watch)
    line = open_faked(cameras={"top": camera})
    line.engine.obey(StartRoll("none yet"))
    line.run()
    line.engine.obey(StartRoll("R-1"))
    wait_taken(line, web, 70)
    web.is_gone = True
    line.heard.wait_parts(2)
    line.heard.wait(lambda events: any(isinstance(event, AlarmRaised) for event in events))
    camera.step()
    web.is_gone = False
    camera.step()
    web.give(400)
    told = wait_stretches(line, 4)
    line.heard.wait(lambda events: any(isinstance(event, AlarmCleared) for event in events))
    line.engine.pause()
    assert {stretch.roll for stretch in told} == {"R-1"} and [stretch.number for stretch in told][:4] == [1, 2, 3, 4]
    lost = [part for part in line.heard.parts if part.verdict is NO_RESULT]
    assert [(part.serial, part.reason) for part in lost] == [("R-1 0.007 m", NoResultReason.CAMERA_LOST)]
    assert line.engine.tally.counters().is_reconciled


def test_a_model_that_hangs_makes_late_what_it_could_have_settled_and_no_more(open_faked: Open) -> None:
    web, free = PaintedWeb(), threading.Event()
    free.set()
    makers = slow_model(lambda: _wait(free))
    line = open_faked(cameras={"top": web_camera(web)}, deadline_ms=1500.0, makers=makers)
    line.run()
    web.give(100)
    assert wait_stretches(line, 1)[0].verdict is PASS
    free.clear()
    web.give(150)
    told = wait_stretches(line, 3)  # the second waits for the third picture, before which the model hangs
    assert [(stretch.number, stretch.verdict) for stretch in told[1:]] == [(2, NO_RESULT), (3, NO_RESULT)]
    free.set()
    web.give(400)
    told = wait_stretches(line, 6)
    line.engine.pause()
    reasons = line.heard.reasons()
    assert (reasons[2], reasons[3]) == (NoResultReason.LATE, NoResultReason.LATE)
    assert told[-1].verdict is PASS and line.engine.tally.counters().is_reconciled


def _wait(free: threading.Event) -> None:
    assert free.wait(PATIENCE_S)


def test_a_web_refuses_a_candidate_and_goes_on(open_faked: Open) -> None:
    line = open_web(open_faked, web := PaintedWeb(), limit=2)
    line.run()
    package = scaled_package(line.folder / "packages")
    with pytest.raises(ConfigError, match="no candidate can be tried on it"):
        line.engine.trials.set_candidate(on_trial(line, package))
    web.give(1000)
    assert [stretch.verdict for stretch in wait_stretches(line, 2)] == [PASS, PASS]

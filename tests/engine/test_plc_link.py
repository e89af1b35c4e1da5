"""A real engine on a PLC: every trigger has its one result, with its own id, and nothing passes by itself."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest

from station_app.core.handshake_bits import Control, OfflineReason, ResultCode, Status
from station_app.core.handshake_map import LineReport
from station_app.core.handshake_state import Asked, Handshake
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.messages import AlarmCleared, AlarmRaised, CameraChanged, PartInspected
from station_app.devices.plc import LinkChanged, OnNews
from station_app.engine.plc_line import EngineLine
from station_app.engine.plc_link import PlcLink, PlcRules
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, PATIENCE_S, FakeLedger, Misdeed, PartCamera
from tests.engine.line import Line

ENABLE, TRIGGER, ACK = Control.TRIGGER_ENABLE, Control.TRIGGER, Control.RESULTS_ACK
BUFFER = Control.BUFFER_RESULTS
HELD = ENABLE | BUFFER


@dataclass(slots=True)
class DeskPlc:
    """A PLC without a wire."""

    state: Handshake = field(default_factory=Handshake)
    report: LineReport = field(default_factory=LineReport)
    on_news: OnNews | None = None
    states: list[Handshake] = field(default_factory=list)

    def start(self, on_news: OnNews) -> None:
        self.on_news = on_news

    def publish(self, state: Handshake, report: LineReport) -> None:
        self.state, self.report = state, report
        self.states.append(state)

    def stop(self) -> None:
        """Nothing to let go of."""

    def write(self, control: Control, **more: object) -> None:
        assert self.on_news is not None
        self.on_news(Asked(control, **more))  # type: ignore[arg-type]

    def until(self, is_there: Callable[[Handshake], bool]) -> Handshake:
        end = time.monotonic() + PATIENCE_S
        while not is_there(self.state):
            assert time.monotonic() < end, f"{self.state}"
            time.sleep(0.001)
        return self.state

    def part(self) -> Handshake:
        """One part, through all four phases; what was told of it."""
        self.until(lambda state: state.is_ready)
        self.write(HELD | TRIGGER)
        self.until(lambda state: Status.TRIGGER_ACK in state.status)
        self.write(HELD)
        told = self.until(lambda state: state.is_valid)
        self.write(HELD | ACK)
        self.until(lambda state: not state.is_valid)
        self.write(HELD)
        return told


@dataclass(slots=True)
class Wired:
    line: Line
    plc: DeskPlc
    link: PlcLink
    camera: PartCamera


OpenWired = Callable[..., Wired]


@pytest.fixture
def open_wired(open_faked: Open) -> Iterator[OpenWired]:
    links: list[PlcLink] = []

    def open_one(rules: PlcRules = PlcRules()) -> Wired:  # noqa: B008 - frozen
        camera, plc = PartCamera(), DeskPlc()
        line = open_faked(cameras={"top": camera})
        link = PlcLink(plc, EngineLine(line.engine), rules, line.engine.books)
        line.heard.relay = link.hear
        link.hear(line.engine.describe())
        links.append(link)
        link.start()
        assert plc.on_news is not None
        plc.on_news(LinkChanged(is_linked=True))
        plc.write(Control(0))
        plc.write(HELD)
        return Wired(line, plc, link, camera)

    yield open_one
    for link in links:
        link.stop()


def test_good_and_bad_parts_are_told_with_their_ids(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.camera.greys[1] = BAD
    wired.line.run()
    told = [wired.plc.part() for _ in range(3)]
    shown = [state.shown for state in told if state.shown is not None]
    assert [(one.acquisition_id, one.part_id, one.code) for one in shown] == [
        (1, 1, ResultCode.PASS),
        (2, 2, ResultCode.FAIL),
        (3, 3, ResultCode.PASS),
    ]
    assert [Status.JOB_PASS in state.status for state in told] == [True, False, True]
    assert wired.plc.report.sequence == 3


def test_the_part_may_move_before_its_result_is_there(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.line.run()
    ledger = cast(FakeLedger, wired.line.ledger)
    ledger.is_held = True
    wired.plc.until(lambda state: state.is_ready)
    wired.plc.write(HELD | TRIGGER)
    told = wired.plc.until(lambda state: Status.EXPOSURE_COMPLETE in state.status)
    assert not told.is_valid and told.in_flight == (1,)
    ledger.let_go()
    wired.plc.until(lambda state: state.is_valid)


def test_a_lost_frame_is_told_as_no_result(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.camera.misdeeds[0] = Misdeed.LOST
    wired.line.run()
    told = wired.plc.part()
    assert told.code is ResultCode.NO_RESULT and Status.JOB_PASS not in told.status


def test_no_record_no_pass_for_the_plc_either(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.line.run()
    ledger = cast(FakeLedger, wired.line.ledger)
    ledger.is_held = True
    wired.plc.until(lambda state: state.is_ready)
    wired.plc.write(HELD | TRIGGER)
    wired.plc.until(lambda state: bool(state.in_flight))
    time.sleep(0.05)
    assert not wired.plc.state.is_valid
    ledger.is_held = False
    ledger.let_go()
    told = wired.plc.until(lambda state: state.is_valid)
    assert told.shown is not None and told.shown.part_id == 1


def test_the_line_is_not_ready_while_it_does_not_run(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.plc.until(lambda state: OfflineReason.STARTING in state.offline)
    wired.plc.write(HELD | TRIGGER)
    wired.plc.until(lambda state: state.missed == 1)
    assert not wired.line.heard.of(PartInspected)
    wired.plc.write(HELD)
    wired.line.run()
    assert wired.plc.part().code is ResultCode.PASS
    wired.line.engine.pause()
    wired.plc.until(lambda state: OfflineReason.OPERATOR in state.offline and not state.is_online)


def test_a_lost_camera_takes_the_line_offline(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.line.run()
    wired.plc.until(lambda state: state.is_ready)
    wired.link.hear(CameraChanged("top", is_live=False))
    wired.plc.until(lambda state: OfflineReason.CAMERA_LOST in state.offline and not state.is_ready)
    wired.link.hear(CameraChanged("top", is_live=True))
    wired.plc.until(lambda state: state.is_ready)


def test_a_plc_that_goes_is_an_alarm_and_its_result_waits(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.line.run()
    wired.plc.until(lambda state: state.is_ready)
    wired.plc.write(HELD | TRIGGER)
    wired.plc.until(lambda state: bool(state.in_flight))
    assert wired.plc.on_news is not None
    wired.plc.on_news(LinkChanged(is_linked=False, detail="it is silent"))
    wired.plc.until(lambda state: state.seen is None)
    told = wired.plc.until(lambda state: state.is_valid)
    assert told.shown is not None and told.shown.acquisition_id == 1
    assert [alarm.what for alarm in wired.line.heard.of(AlarmRaised)] == [
        "no PLC has asked for anything yet",
        "the PLC is gone: it is silent",
    ]
    wired.plc.on_news(LinkChanged(is_linked=True))
    wired.plc.write(HELD)
    wired.plc.until(lambda state: state.seen == HELD and Status.JOB_PASS in state.status)
    assert wired.line.heard.of(AlarmCleared)[-1] == AlarmCleared("plc")


def test_a_pass_that_nobody_takes_in_time_expires(open_wired: OpenWired) -> None:
    wired = open_wired(PlcRules(window_s=0.3))
    wired.line.run()
    wired.plc.until(lambda state: state.is_ready)
    wired.plc.write(HELD | TRIGGER)
    wired.plc.until(lambda state: Status.JOB_PASS in state.status)
    told = wired.plc.until(lambda state: Status.JOB_PASS not in state.status)
    assert told.is_valid and told.code is ResultCode.NO_RESULT


def test_a_pass_that_comes_after_its_time_is_never_told(open_wired: OpenWired) -> None:
    wired = open_wired(PlcRules(window_s=0.05))
    wired.line.run()
    ledger = cast(FakeLedger, wired.line.ledger)
    ledger.is_held = True
    wired.plc.until(lambda state: state.is_ready)
    wired.plc.write(HELD | TRIGGER)
    wired.plc.until(lambda state: bool(state.in_flight))
    time.sleep(0.2)
    ledger.let_go()
    wired.plc.until(lambda state: state.is_valid)
    assert wired.line.heard.of(PartInspected)[0].verdict is VerdictKind.PASS
    assert not any(Status.JOB_PASS in state.status for state in wired.plc.states)


def test_a_camera_that_was_lost_is_forgotten_when_a_recipe_is_loaded_anew(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.line.run()
    wired.plc.until(lambda state: state.is_ready)
    wired.link.hear(CameraChanged("top", is_live=False))
    wired.plc.until(lambda state: OfflineReason.CAMERA_LOST in state.offline)
    wired.line.engine.load("A17")
    wired.line.engine.start()
    wired.plc.until(lambda state: state.is_ready)


def test_a_bug_while_a_recipe_is_loaded_is_told_once_and_not_tried_again(
    open_wired: OpenWired, monkeypatch: pytest.MonkeyPatch
) -> None:
    wired, tries = open_wired(PlcRules(recipes=((7, "A17"),))), list[str]()
    wired.line.run()

    def stumble(name: str) -> None:
        tries.append(name)
        raise RuntimeError("a bug")

    monkeypatch.setattr(wired.line.engine, "load", stumble)
    wired.plc.until(lambda state: state.is_ready)
    wired.plc.write(HELD | Control.EXECUTE_COMMAND, command=7)
    wired.plc.until(lambda state: Status.COMMAND_FAILED in state.status)
    wired.plc.write(HELD)
    wired.plc.until(lambda state: state.is_ready)
    time.sleep(0.3)
    assert tries == ["A17"]


def test_the_number_of_a_part_goes_with_it(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.line.run()
    wired.plc.until(lambda state: state.is_ready)
    wired.plc.write(HELD | TRIGGER | Control.SET_USER_DATA, user_data="SN-7")
    wired.plc.until(lambda state: state.is_valid)
    assert wired.plc.report.serial == "SN-7"
    assert wired.line.heard.of(PartInspected)[0].serial == "SN-7"


def test_a_part_that_somebody_else_triggered_is_no_result_of_the_plc(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.line.run()
    wired.line.inspect()
    told = wired.plc.part()
    assert told.shown is not None and (told.shown.acquisition_id, told.shown.part_id) == (1, 2)


def test_a_recipe_is_changed_by_its_number(open_wired: OpenWired) -> None:
    wired = open_wired(PlcRules(recipes=((7, "A17"),)))
    wired.line.run()
    wired.plc.until(lambda state: state.is_ready)
    wired.plc.write(HELD | Control.EXECUTE_COMMAND, command=7)
    wired.plc.until(lambda state: Status.COMMAND_COMPLETED in state.status)
    wired.plc.write(HELD)
    assert wired.plc.part().code is ResultCode.PASS
    assert wired.plc.report.recipe == 7
    wired.plc.write(HELD | Control.EXECUTE_COMMAND, command=8)
    wired.plc.until(lambda state: Status.COMMAND_FAILED in state.status)


def test_every_trigger_of_many_has_its_one_result(open_wired: OpenWired) -> None:
    wired = open_wired()
    for number in range(0, 60, 7):
        wired.camera.greys[number] = BAD
    for number in range(3, 60, 11):
        wired.camera.misdeeds[number] = Misdeed.TORN
    wired.line.run()
    told = [wired.plc.part().shown for _ in range(60)]
    events = {event.part_id: event for event in wired.line.heard.of(PartInspected)}
    assert [one.acquisition_id for one in told if one is not None] == list(range(1, 61))
    for one in told:
        assert one is not None
        verdict = events[one.part_id].verdict
        assert one.code.name == verdict.name
        if events[one.part_id].reason is NoResultReason.FRAME_TORN:
            assert verdict is VerdictKind.NO_RESULT
    assert wired.line.engine.tally.counters().is_reconciled


def test_after_the_end_the_station_is_offline_and_nothing_passes(open_wired: OpenWired) -> None:
    wired = open_wired()
    wired.line.run()
    wired.plc.until(lambda state: state.is_ready)
    wired.plc.write(HELD | TRIGGER)
    wired.plc.until(lambda state: Status.JOB_PASS in state.status)
    wired.link.stop()
    assert not wired.plc.state.is_online and Status.JOB_PASS not in wired.plc.state.status

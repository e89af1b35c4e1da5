"""The line on a PLC: its triggers become parts, their verdicts its results. One thread steps the handshake.

Everything comes in by one queue, in the order in which it happened: what the PLC wrote, and what the engine has told.
The line goes on whether the PLC is there or not; without it no trigger comes.
"""

import logging
import time
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import Protocol

from station_app.core import handshake
from station_app.core.errors import StationError
from station_app.core.handshake_bits import OfflineReason, ResultCode
from station_app.core.handshake_map import LineReport
from station_app.core.handshake_state import Asked, CommandAsked, Effect, Handshake, LineResult, Overrun, Triggered
from station_app.core.inspection import VerdictKind
from station_app.core.messages import (
    CameraChanged,
    EngineState,
    Event,
    PartExposed,
    PartInspected,
    StateChanged,
    StationDescribed,
)
from station_app.devices.plc import LinkChanged, Plc
from station_app.engine.books import Books
from station_app.engine.worker import Worker

log = logging.getLogger(__name__)

ALARM = ACTOR = "plc"
OVERRUN_ALARM = "plc results"
_LOOK_S = 0.005
"""A part that makes room tells nobody: so often it is looked whether there is some."""
_BEAT_S = 1.0
_CHECK = "check its cable and its program; no part is triggered meanwhile"
_CODES = {
    VerdictKind.PASS: ResultCode.PASS,
    VerdictKind.FAIL: ResultCode.FAIL,
    VerdictKind.REVIEW: ResultCode.REVIEW,
    VerdictKind.NO_RESULT: ResultCode.NO_RESULT,
}


class PlcLine(Protocol):
    """What a PLC may do to the engine."""

    def trigger(self, serial: str = "") -> int:
        """One part is in front of the cameras; its id, 0 where the line does not run."""
        ...

    def wait_ready(self, timeout_s: float) -> bool:
        """Whether a trigger would not be an overrun."""
        ...

    def change_recipe(self, name: str) -> None:
        """Finish what runs, load this one and go on as before. StationError where that cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class PlcRules:
    """`recipes` are pairs of a number and the recipe that it selects. A PASS that the PLC has not acknowledged in
    `window_s` seconds after its trigger expires."""

    recipes: tuple[tuple[int, str], ...] = ()
    window_s: float = 5.0


@dataclass(frozen=True, slots=True)
class _Executed:
    is_done: bool


@dataclass(frozen=True, slots=True)
class _InFlight:
    """After `until_s`, on the monotonic clock, it may not be told as passed any more."""

    acquisition_id: int
    until_s: float


class PlcLink:
    """Between `start` and `stop`; `hear` every event of the engine."""

    def __init__(
        self,
        plc: Plc,
        line: PlcLine,
        rules: PlcRules,
        books: Books,
    ) -> None:
        self._plc = plc
        self._line = line
        self._rules = rules
        self._books = books
        self._inbox: SimpleQueue[object] = SimpleQueue()
        self._state = Handshake()
        self._report = LineReport()
        self._told: tuple[Handshake, LineReport] | None = None
        self._engine_state = EngineState.OFFLINE
        self._lost_cameras: set[str] = set()
        self._labels: tuple[str, ...] = ()
        self._parts: dict[int, _InFlight] = {}
        self._reports: dict[int, LineReport] = {}
        self._windows: dict[int, float] = {}
        self._beat_s = time.monotonic()
        self._worker = Worker("plc", self._step, books.note_bug)

    def start(self) -> None:
        """PlcError where the wire cannot be had."""
        self._books.alarms.raise_alarm(ALARM, "no PLC has asked for anything yet", remedy=_CHECK)
        self._plc.publish(self._state, self._report)
        self._plc.start(self._inbox.put)
        self._worker.start()

    def stop(self) -> None:
        """The PLC sees the station offline, then its connection end."""
        self._worker.stop()
        self._books.alarms.clear_family(ALARM)
        state = handshake.changed(self._state, frozenset({OfflineReason.STARTING}), has_room=False, may_pass=False)
        self._plc.publish(state, self._report)
        self._plc.stop()

    def hear(self, event: Event) -> None:
        """Any thread; never waits."""
        if isinstance(event, (PartExposed, PartInspected, StateChanged, CameraChanged, StationDescribed)):
            self._inbox.put(event)

    def _step(self) -> None:
        try:
            news = self._inbox.get(timeout=_LOOK_S)
        except Empty:
            news = None
        self._take(news)
        self._expire()
        self._settle()

    def _take(self, news: object) -> None:
        match news:
            case Asked():
                self._follow(*handshake.saw(self._state, news))
            case LinkChanged():
                self._link(news)
            case PartExposed(part_id=part_id) if part_id in self._parts:
                self._state = handshake.exposed(self._state, self._parts[part_id].acquisition_id)
            case PartInspected():
                self._conclude(news)
            case StateChanged(state=state):
                self._engine_state = state
                if state is EngineState.OFFLINE:  # its cameras are closed, and the next are new ones
                    self._lost_cameras.clear()
            case CameraChanged(camera_id=camera_id, is_live=is_live):
                (self._lost_cameras.discard if is_live else self._lost_cameras.add)(camera_id)
            case StationDescribed():
                self._describe(news)
            case _Executed(is_done=is_done):
                self._state = handshake.executed(self._state, is_done=is_done)

    def _follow(self, state: Handshake, effects: tuple[Effect, ...]) -> None:
        self._state = state
        for effect in effects:
            match effect:
                case Triggered():
                    self._trigger(effect)
                case CommandAsked(command=number):
                    self._execute(number)
                case Overrun(result=result):
                    what = f"the PLC did not take the result of part {result.part_id}"
                    self._books.alarms.raise_alarm(
                        OVERRUN_ALARM, what, remedy="see why the PLC does not acknowledge results"
                    )

    def _trigger(self, triggered: Triggered) -> None:
        """The part first: its exposure is waited for, the acknowledgement is not."""
        until_s = self._windows[triggered.acquisition_id] = time.monotonic() + self._rules.window_s
        part_id = self._line.trigger(triggered.serial)
        if part_id:
            self._parts[part_id] = _InFlight(triggered.acquisition_id, until_s)
        else:  # the line was stopped in between: whoever waits for this part must not wait for ever
            self._tell(LineResult(triggered.acquisition_id, 0, ResultCode.NO_RESULT), LineReport())

    def _conclude(self, event: PartInspected) -> None:
        part = self._parts.pop(event.part_id, None)
        if part is None:  # triggered by somebody else
            return
        worst = max(event.findings, key=lambda finding: finding.score, default=None)
        report = LineReport(
            defects=len(event.findings),
            worst_class=self._labels.index(worst.label) + 1 if worst is not None and worst.label in self._labels else 0,
            worst_score=worst.score if worst is not None else 0.0,
            sequence=event.part_id,
            total_ms=round(event.total_ms),
            serial=event.serial,
        )
        is_late = event.verdict is VerdictKind.PASS and time.monotonic() >= part.until_s
        code = ResultCode.NO_RESULT if is_late else _CODES[event.verdict]
        self._tell(LineResult(part.acquisition_id, event.part_id, code), report)

    def _tell(self, result: LineResult, report: LineReport) -> None:
        self._reports[result.acquisition_id] = report
        self._state = handshake.exposed(self._state, result.acquisition_id)
        self._follow(*handshake.concluded(self._state, result))

    def _link(self, link: LinkChanged) -> None:
        if link.is_linked:
            self._books.alarms.clear(ALARM)
            return
        self._follow(*handshake.lost(self._state))
        self._books.alarms.raise_alarm(ALARM, f"the PLC is gone: {link.detail}", remedy=_CHECK)

    def _describe(self, station: StationDescribed) -> None:
        numbers = {name: number for number, name in self._rules.recipes}
        self._labels, self._engine_state = station.labels, station.state
        self._report = replace(
            self._report, recipe=numbers.get(station.recipe, 0), recipe_revision=station.recipe_revision
        )

    def _execute(self, number: int) -> None:
        """A recipe takes seconds to load: beside this thread, which goes on answering."""
        name = dict(self._rules.recipes).get(number)
        if name is None:
            self._inbox.put(_Executed(is_done=False))
            return
        self._books.audit.note(ACTOR, "recipe_asked", name, f"number {number}")

        def load_once() -> None:
            executor.ask_to_stop()
            is_done = False
            try:
                self._line.change_recipe(name)
                is_done = True
            except StationError as error:
                log.warning("the PLC's recipe %d: %s", number, error)
            finally:  # also after a bug: who waits for an answer gets one
                self._inbox.put(_Executed(is_done))

        executor = Worker("plc-recipe", load_once, self._books.note_bug)
        executor.start()

    def _expire(self) -> None:
        now = time.monotonic()
        for number in [number for number, until in self._windows.items() if until <= now]:
            del self._windows[number]
            self._state = handshake.expired(self._state, number)

    def _settle(self) -> None:
        """Publish what holds now."""
        now = time.monotonic()
        if now >= self._beat_s + _BEAT_S:
            self._beat_s = now
            self._report = replace(self._report, heartbeat=(self._report.heartbeat + 1) & 0xFFFF)
        has_room = self._engine_state is EngineState.RUNNING and self._line.wait_ready(0.0)
        self._state = handshake.changed(self._state, self._offline(), has_room=has_room)
        told = (self._state, self._shown_report())
        if told != self._told:
            self._plc.publish(*told)
            self._told = told

    def _shown_report(self) -> LineReport:
        """Of the station, and of the part that is shown. Of what is neither shown nor waits nothing is kept."""
        shown = self._state.shown
        kept = {result.acquisition_id for result in self._state.waiting}
        kept |= {shown.acquisition_id} if shown is not None else set()
        self._reports = {number: report for number, report in self._reports.items() if number in kept}
        part = self._reports.get(shown.acquisition_id, LineReport()) if shown is not None else LineReport()
        station = self._report
        return replace(
            part, recipe=station.recipe, recipe_revision=station.recipe_revision, heartbeat=station.heartbeat
        )

    def _offline(self) -> frozenset[OfflineReason]:
        reasons = {OfflineReason.CAMERA_LOST} if self._lost_cameras else set()
        match self._engine_state:
            case EngineState.OFFLINE:
                reasons.add(OfflineReason.RECIPE_CHANGE if self._state.is_executing else OfflineReason.STARTING)
            case EngineState.FAULTED:
                reasons.add(OfflineReason.STORAGE)
            case EngineState.READY | EngineState.PAUSED:
                reasons.add(OfflineReason.OPERATOR)
        return frozenset(reasons)

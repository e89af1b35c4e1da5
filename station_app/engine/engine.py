"""The engine's state machine: commands in, events out, one rig at a time.

OFFLINE -> (recipe loaded) READY -> RUNNING <-> PAUSED; FAULTED where a person is needed. Commands come from any thread
and are obeyed one after the other under one lock; triggers come from the trigger source's thread.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import CameraError, StationError
from station_app.core.inspection import NoResultReason
from station_app.core.messages import (
    AcknowledgeAlarm,
    Command,
    CommandRefused,
    EngineState,
    Event,
    HealthReported,
    Pause,
    RecordOverride,
    SelectRecipe,
    SetSerial,
    Shutdown,
    SignIn,
    Start,
    StateChanged,
    StationDescribed,
    TriggerPart,
    UndoOverride,
)
from station_app.core.recipe import Recipe
from station_app.engine.alarms import AlarmBoard
from station_app.engine.image_stage import ImageStage
from station_app.engine.inspect import Concluded, conclude
from station_app.engine.ledger import Ledger
from station_app.engine.overriding import Overriding
from station_app.engine.part import NS_PER_MS, Part
from station_app.engine.recorder import Recorder
from station_app.engine.rig import Makers, Rig, RigHooks, labels_of
from station_app.engine.showing import Showing
from station_app.engine.tally import Tally
from station_app.engine.triggers import TriggerSetup, TriggerThread

log = logging.getLogger(__name__)

HEALTH_INTERVAL_S = 0.5


@dataclass(frozen=True, slots=True)
class EngineSetup:
    """What does not change while the engine lives. Paths are told to clients; `recipes` lists and reads recipes."""

    station: str
    trigger: TriggerSetup
    max_in_flight: int
    preview: Path
    database: Path
    images: Path
    recipe_names: Callable[[], tuple[str, ...]]
    read_recipe: Callable[[str], Recipe]
    free_bytes: Callable[[], int]


class Engine:
    """Runs the line. `publish` gets every event; it must not block."""

    def __init__(self, setup: EngineSetup, ledger: Ledger, makers: Makers, publish: Callable[[Event], None]) -> None:
        self._setup = setup
        self._ledger = ledger
        self._makers = makers
        self._publish = publish
        self._lock = threading.RLock()
        self._state = EngineState.OFFLINE
        self._rig: Rig | None = None
        self._trigger_thread: TriggerThread | None = None
        self._operator = ""
        self._next_serial = ""
        self._part_id = ledger.next_part_id() - 1
        self.tally = Tally()
        self.alarms = AlarmBoard(publish)
        self.ended = threading.Event()
        ledger.audit("station", "engine_started", setup.station)
        self._health = threading.Thread(target=self._report_health, name="health", daemon=True)
        self._health.start()

    @property
    def state(self) -> EngineState:
        return self._state

    def load(self, name: str) -> None:
        """Build the rig of the recipe `name`. StationError where it cannot be; the state is FAULTED then."""
        with self._lock:
            self._unload()
            try:
                recipe = self._setup.read_recipe(name)
                self._ledger.register(recipe).result()
                self._build(recipe)
            except StationError as error:
                self.alarms.raise_error("recipe", error)
                self._enter(EngineState.FAULTED, str(error))
                raise
            self.alarms.clear("recipe")
            self._ledger.audit(self._operator or "station", "recipe_loaded", recipe.name, recipe.sha256)
            self._enter(EngineState.READY)
            self._publish(self.describe())

    def start(self) -> None:
        """Take triggers. Does nothing where it already does; StationError from the cameras."""
        with self._lock:
            if self._state not in (EngineState.READY, EngineState.PAUSED):
                return
            self._enter(EngineState.RUNNING)
            self._trigger_thread = TriggerThread(self._setup.trigger, self, self._on_bug)
            self._trigger_thread.start()

    def pause(self, detail: str = "") -> None:
        """Take no more triggers and wait until every part in flight has its verdict."""
        with self._lock:
            if self._state is not EngineState.RUNNING:
                return
            self._enter(EngineState.PAUSED, detail)
            thread, self._trigger_thread = self._trigger_thread, None
        if thread is not None:
            thread.stop()
        self.tally.wait_settled(10.0)

    def close(self) -> None:
        """End in good order: parts in flight get their verdicts, images are written, the end is audited."""
        self.pause()
        with self._lock:
            self._unload()
            self._enter(EngineState.OFFLINE)
            self.ended.set()
        self._health.join()
        self._ledger.audit("station", "engine_stopped", self._setup.station).exception()

    def trigger(self, serial: str = "") -> int:
        """One part is in front of the cameras now; returns its part id, or 0 where the line is not running."""
        with self._lock:
            rig = self._rig
            if self._state is not EngineState.RUNNING or rig is None:
                return 0
            self._part_id += 1
            part = Part(self._part_id, rig.recipe, serial or self._take_serial(), time.monotonic_ns())
            self._ledger.issue(part.part_id)
            self.tally.triggered(part.part_id)
            if rig.admission.admit():
                rig.submit(part)
            else:
                self._record_overrun(part)
            return part.part_id

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait until a trigger would not be an overrun."""
        rig = self._rig
        return rig is not None and rig.admission.wait_ready(timeout_s)

    def obey(self, command: Command) -> None:
        """Carry out a client's command; what cannot be done is told by `CommandRefused`."""
        try:
            self._obey(command)
        except StationError as error:
            self._publish(CommandRefused(type(command).__name__, error.what, error.remedy))

    def welcome(self) -> tuple[Event, ...]:
        """What a new client needs to know first."""
        return (self.describe(), StateChanged(self._state), *self.alarms.standing(), self._measure_health())

    def describe(self) -> StationDescribed:
        """The station as it is now."""
        rig = self._rig
        inspectors = rig.inspectors if rig else {}
        first = next(iter(inspectors.values()), None)
        return StationDescribed(
            station=self._setup.station,
            state=self._state,
            recipe=rig.recipe.name if rig else "",
            recipe_revision=rig.recipe.revision if rig else 0,
            recipes=self._setup.recipe_names(),
            model=f"{first.package.manifest.name} {first.package.manifest.version}" if first else "",
            model_hash=first.package.sha256 if first else "",
            provider=first.provider if first else "",
            camera_ids=tuple(inspectors),
            labels=labels_of(inspectors),
            database=str(self._setup.database),
            images=str(self._setup.images),
            preview=str(self._setup.preview) if rig else "",
            operator=self._operator,
            pid=os.getpid(),
        )

    def _obey(self, command: Command) -> None:
        match command:
            case Start():
                self.start()
            case Pause():
                self.pause()
            case TriggerPart(serial):
                self._software_trigger(serial)
            case SelectRecipe(name, operator):
                self._select(name, operator)
            case RecordOverride() | UndoOverride():
                self._override(command)
            case SetSerial(serial):
                self._next_serial = serial
            case SignIn(operator):
                self._sign_in(operator)
            case AcknowledgeAlarm(code, operator):
                self._ledger.audit(operator, "alarm_acknowledged", code)
            case Shutdown(operator):
                self._ledger.audit(operator or "station", "shutdown_asked", self._setup.station)
                self.ended.set()

    def _software_trigger(self, serial: str) -> None:
        if not self.trigger(serial):
            remedy = "start the line first"
            self._publish(CommandRefused("TriggerPart", "the line is not running", remedy))

    def _select(self, name: str, operator: str) -> None:
        if self._state is EngineState.RUNNING:
            self._publish(CommandRefused("SelectRecipe", "the line is running", "pause the line first"))
            return
        self._operator = operator or self._operator
        self.load(name)

    def _override(self, command: RecordOverride | UndoOverride) -> None:
        with self._lock:
            if self._rig is None:
                self._publish(CommandRefused(type(command).__name__, "no recipe is loaded", "choose a recipe"))
                return
            self._overriding.record(command)

    def _sign_in(self, operator: str) -> None:
        self._operator = operator.strip()
        self._ledger.audit(operator or "station", "signed_in" if operator else "signed_out", self._setup.station)
        self._publish(self.describe())

    def _build(self, recipe: Recipe) -> None:
        hooks = RigHooks(self._on_concluded, self._on_lost, self._on_bug)
        rig = Rig(recipe, self._makers, self._setup.max_in_flight, hooks)
        image_stage = ImageStage(rig.images, self._ledger, rig.admission, self.alarms)
        self._recorder = Recorder(self._ledger, self.tally, rig.admission, self.alarms, rig.images, self._publish)
        self._overriding = Overriding(self._ledger, self._publish, image_stage.keep_recent)
        self._showing = Showing(self._setup.preview, rig.frame_bytes)
        rig.start(image_stage)
        self._rig = rig

    def _unload(self) -> None:
        rig, self._rig = self._rig, None
        if rig is not None:
            rig.stop()
            self._showing.close()

    def _enter(self, state: EngineState, detail: str = "") -> None:
        log.info("engine %s -> %s %s", self._state, state, detail)
        self._state = state
        self._publish(StateChanged(state, detail))

    def _take_serial(self) -> str:
        serial, self._next_serial = self._next_serial, ""
        return serial

    def _record_overrun(self, part: Part) -> None:
        """A trigger that found the line busy is a part of its own, without a result."""
        concluded = conclude(part, time.monotonic_ns(), time.time_ns() // NS_PER_MS, NoResultReason.OVERRUN)
        self._recorder.record_unadmitted(concluded)

    def _on_concluded(self, concluded: Concluded) -> None:
        self._recorder.record(concluded, self._showing.show(concluded))

    def _on_lost(self, camera_id: str, error: CameraError) -> None:
        self.alarms.raise_error(f"camera {camera_id}", error)

    def _on_bug(self, where: str, error: BaseException) -> None:
        what = f"a fault in the program, its parts have no result: {error!r}"
        self.alarms.raise_alarm("bug", what, where=where, remedy="call support and send the log")

    def _report_health(self) -> None:
        while not self.ended.wait(HEALTH_INTERVAL_S):
            self._publish(self._measure_health())
            rig = self._rig
            if rig is not None and not self._recorder.retry_unrecorded() and self._state is EngineState.RUNNING:
                detail = "too many verdicts wait for the database: make room on the disk, then start again"
                self.pause(detail)
                self._enter(EngineState.FAULTED, detail)

    def _measure_health(self) -> HealthReported:
        rig = self._rig
        return HealthReported(
            at_ms=time.time_ns() // NS_PER_MS,
            counters=self.tally.counters(),
            queues=rig.levels() if rig else (),
            free_bytes=self._setup.free_bytes(),
            inspect_median_ms=self._recorder.times.quantile(0.5) if rig else 0.0,
            inspect_p99_ms=self._recorder.times.quantile(0.99) if rig else 0.0,
        )

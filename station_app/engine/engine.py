"""The engine's state machine: one recipe at a time, from OFFLINE over READY to RUNNING and PAUSED.

OFFLINE -> (recipe loaded) READY -> RUNNING <-> PAUSED; FAULTED where a person is needed. Two locks: under `_steering`
commands are carried out one after the other, which may take seconds; under `_line`, held for an instant only, stand the
state and the part ids, so that a trigger is answered at once whatever a person is doing.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from station_app.core.audit_view import Change
from station_app.core.errors import ConfigError, StationError, StorageError
from station_app.core.messages import Command, EngineState, Event, HealthReported, StateChanged, StationDescribed
from station_app.core.people_messages import SessionChanged
from station_app.core.serial import CodeInput
from station_app.core.setup_messages import SetupCommand
from station_app.engine.alarms import AlarmBoard
from station_app.engine.audit_trail import STATION
from station_app.engine.background import background
from station_app.engine.books import keep_books
from station_app.engine.commands import Commands
from station_app.engine.engine_setup import EngineSetup, describe
from station_app.engine.fittings import Makers
from station_app.engine.flat_teaching import Teachable
from station_app.engine.health import HEALTH_INTERVAL_S, measure_health
from station_app.engine.ledger import Ledger
from station_app.engine.lines_report import LinesWatch
from station_app.engine.loaded_recipe import LoadedRecipe
from station_app.engine.model_desk import open_models
from station_app.engine.models import MODEL_FAULTS
from station_app.engine.port_scans import PortScans
from station_app.engine.recipe_desk import open_recipes
from station_app.engine.setting_up import SettingUp
from station_app.engine.setup_checks import SetupChecks
from station_app.engine.tally import Tally
from station_app.engine.triggers import TriggerSource
from station_app.engine.web_acquire import WebAcquireStage
from station_app.engine.worker import Worker

__all__ = ["Engine", "EngineSetup"]

log = logging.getLogger(__name__)

RECORDING_S = 10.0
"""How long after its deadline a part may still wait for the database before a pause stops waiting for it."""
_TOO_MANY = "too many verdicts wait for the database"
_MAKE_ROOM = "make room on the disk, then start again"


class Engine:
    """Runs the line. `publish` gets every event; it must not block."""

    def __init__(self, setup: EngineSetup, ledger: Ledger, makers: Makers, publish: Callable[[Event], None]) -> None:
        self._setup = setup
        self._ledger = ledger
        self._makers = makers
        self._publish = publish
        self._steering = threading.RLock()
        self._line = threading.Lock()
        self._state = EngineState.OFFLINE
        self._loaded: LoadedRecipe | None = None
        self._part_id = ledger.next_part_id() - 1
        self.tally = Tally()
        self.ended = threading.Event()
        self._books = keep_books(ledger, setup.crew, self.tally, self._tell, self._on_overflow, setup.sending)
        self.trials = self._books.trials
        self.trials.on_changed = self._describe_again
        self._checks = SetupChecks(self._books, setup, self._stop_for_setup)
        self._setting_up = SettingUp(self._books, self._checks, setup.preview)
        self._lines_watch = LinesWatch(self.alarms)
        self._recipes = open_recipes(setup, self._books, self._describe_again)
        self._models = open_models(setup, self._books, self._recipes)
        self._commands = Commands(self, self._books, setup, self._recipes, self._models)
        self._triggers = TriggerSource(setup.trigger, self, self._books.note_bug)
        self._books.audit.note(STATION, "engine_started", setup.station)
        self._workers = (
            Worker("health", self._report_health, self._books.note_bug, HEALTH_INTERVAL_S),
            *background(self._books, self._recipe_name, setup.local_now),
            *self._models.workers(),
        )
        self._scans = PortScans(setup.scanner, setup.meaning_of, self.obey, self._books)
        for worker in self._workers:
            worker.start()
        self._scans.start()

    @property
    def state(self) -> EngineState:
        return self._state

    @property
    def web(self) -> WebAcquireStage | None:
        """The endless web that the loaded recipe's camera looks at, None where it is about parts."""
        return loaded.rig.web if (loaded := self._loaded) is not None else None

    def teachable(self, camera_id: str) -> Teachable | None:
        """The loaded camera of this id, None where there is none."""
        return loaded.rig.teachable(camera_id) if (loaded := self._loaded) is not None else None

    @property
    def alarms(self) -> AlarmBoard:
        return self._books.alarms

    def load(self, name: str) -> None:
        """Finish what runs and build the rig of the recipe `name`. StationError where that cannot be: FAULTED."""
        who = self._books.crew.session.name  # who asks, and not who has signed in by the time it is loaded
        with self._steering:
            self.pause()
            before = self._loaded.title if self._loaded is not None else ""
            self._unload(f"loading {name}")
            try:
                loaded = self._build(name)
            except BaseException as error:
                if isinstance(error, StationError):
                    self.alarms.raise_error("recipe", error)
                self._enter(EngineState.FAULTED, str(error) or repr(error))
                self._publish(self.describe())
                raise
            self.alarms.clear("recipe")
            recipe, change = loaded.recipe, Change(before, loaded.title)
            self._books.audit.note(who, "recipe_loaded", recipe.name, recipe.sha256, change)
            self._loaded = loaded
            self._books.serials.follow(loaded.serial)
            self._checks.recall(recipe)
            self._recipes.note_loaded(name, recipe.revision)
            self._models.follow_loaded(recipe)
            self._enter(EngineState.READY)
            self._publish(self.describe())

    def start(self) -> None:
        """Take triggers. Does nothing where it already does; StationError where it cannot, and why."""
        with self._steering:
            if self._state is EngineState.RUNNING:
                return
            if self._loaded is None:
                raise ConfigError("no recipe is loaded", remedy="choose a recipe first")
            if self._books.unrecorded.is_too_many:
                raise StorageError(_TOO_MANY, remedy=_MAKE_ROOM)
            self._checks.before_start(self._loaded)
            self._loaded.rig.hold_looks()
            self._enter(EngineState.RUNNING)
            self._loaded.take_lines()
            self._triggers.start(is_web=self._loaded.is_web)

    def pause(self, detail: str = "") -> None:
        """Take no more triggers and wait until every part in flight has its verdict."""
        with self._steering:
            if self._state is EngineState.RUNNING:
                self._finish(EngineState.PAUSED, detail)

    def close(self) -> None:
        """End in good order: parts in flight get their verdicts, images are written, the end is audited."""
        self._scans.stop()  # before anything else: a scanned recipe would be loaded behind our back
        with self._steering:
            self.pause()
            self._unload()
            self.ended.set()
        for worker in self._workers:
            worker.stop()
        self._books.close(self._setup.station)

    def trigger(self, serial: str = "") -> int:
        """One part is in front of the cameras now; returns its part id, or 0 where the line is not running."""
        with self._line:
            loaded = self._loaded
            if loaded is None:
                return 0
            turn = loaded.turns.next(time.monotonic_ns())  # also while the line does not run: a wire moves all the same
            if self._state is not EngineState.RUNNING:
                return 0
            self._part_id += 1
            part_id = self._part_id
            self._books.issue(part_id)
            # A stretch of a web has its metres for a serial number.
            serial = "" if loaded.is_web else serial or self._books.serials.take()
            refused = loaded.admit(part_id, serial, turn)
        if refused is not None:
            loaded.refuse(refused)
        return part_id

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait until a trigger would not be an overrun."""
        return (loaded := self._loaded) is not None and loaded.rig.wait_ready(timeout_s)

    def triggers_spent(self) -> None:
        """The limit of the triggers is reached: no stretch of a web comes after the one under way."""
        if (loaded := self._loaded) is not None:
            loaded.end_run(is_cutting=False)

    def obey(self, command: Command) -> None:
        """Carry out a client's command; what cannot be done is told by `CommandRefused`."""
        self._commands.obey(command)

    def welcome(self) -> tuple[Event, ...]:
        """What a new client needs to know first."""
        loaded = self._loaded
        failed = () if loaded is None else self._checks.failed(loaded.recipe)
        now = (self.describe(), StateChanged(self._state), self._books.serials.waiting)
        desks = (*self._books.crew.welcome(), self._models.told(), self._books.sync.report, self._books.lots.present)
        return (*now, *desks, *self.alarms.standing(), *failed, self._measure_health())

    def describe(self) -> StationDescribed:
        """The station as it is now."""
        return describe(self._setup, self._state, self._loaded, self._books.crew.session.name)

    def set_serial(self, serial: str, source: CodeInput = CodeInput.SCANNED) -> None:
        """The serial number of the next part that comes without one; empty forgets the one that waits."""
        self._books.serials.offer(serial, source)

    def set_up(self, command: SetupCommand) -> None:
        """Do what the set-up screen asks. StationError where that cannot be."""
        with self._steering:
            self._setting_up.obey(command, self._loaded)

    def shut_down(self) -> None:
        """Ask whoever runs this engine to close it."""
        self.ended.set()

    def _describe_again(self) -> None:
        self._publish(self.describe())

    def _recipe_name(self) -> str:
        return loaded.recipe.name if (loaded := self._loaded) is not None else ""

    def _build(self, name: str) -> LoadedRecipe:
        recipe = self._recipes.read(name)
        self._ledger.register(recipe).result()
        on_checked = partial(self._checks.on_checked, recipe)
        try:
            return LoadedRecipe(recipe, self._makers, self._setup, self._books, on_checked)
        except MODEL_FAULTS as error:
            if not self._models.give_way(recipe, error):
                raise
        return self._build(name)

    def _unload(self, detail: str = "") -> None:
        if self._state is not EngineState.OFFLINE:
            self._enter(EngineState.OFFLINE, detail)
        loaded, self._loaded = self._loaded, None
        if loaded is not None:
            loaded.close()

    def _finish(self, state: EngineState, detail: str) -> None:
        self._triggers.stop()
        self._enter(state, detail)
        if self._loaded is not None:
            self._loaded.end_run(is_cutting=True)
        deadline_s = self._loaded.recipe.deadline_ms / 1000 if self._loaded else 0.0
        if not self.tally.wait_settled(deadline_s + RECORDING_S):
            log.error("parts still wait for the database after %.0f s", deadline_s + RECORDING_S)
        if self._loaded is not None:
            self._loaded.rig.let_go_looks()

    def _enter(self, state: EngineState, detail: str = "") -> None:
        log.info("engine %s -> %s %s", self._state, state, detail)
        with self._line:
            self._state = state
        self._publish(StateChanged(state, detail))

    def _on_overflow(self) -> None:
        with self._steering:
            if self._state is EngineState.RUNNING:
                self._finish(EngineState.FAULTED, f"{_TOO_MANY}: {_MAKE_ROOM}")

    def _stop_for_setup(self, detail: str) -> None:
        """Told by the onlooker's thread, which must not wait until parts have settled: another one does."""

        def stop() -> None:
            with self._steering:
                loaded = self._loaded
                if self._state is not EngineState.RUNNING or loaded is None or self._checks.may_run(loaded.recipe):
                    return
                self._finish(EngineState.PAUSED, detail)

        threading.Thread(target=stop, name="stop-for-setup", daemon=True).start()

    def _tell(self, event: Event) -> None:
        """What the station says of itself names who is signed in."""
        self._publish(event)
        if isinstance(event, SessionChanged):
            self._publish(self.describe())

    def _report_health(self) -> None:
        self._books.crew.look_at_the_clock()
        self._publish(self._measure_health())
        loaded = self._loaded
        for report in loaded.lines() if loaded is not None else ():
            self._publish(report)
        self._lines_watch.look(loaded.rig.fittings.scans if loaded is not None else {})

    def _measure_health(self) -> HealthReported:
        return measure_health(self.tally, self._loaded, self._setup.free_bytes)

"""Carries out what people decide about models: shadow, the two signatures of a promotion, roll back. Any thread.

A promotion is recorded first and then done on the line: what decides parts is always found in the records. A roll back
is done on the line first: it waits for no disk.
"""

import threading
import time
from dataclasses import replace
from typing import Protocol

from station_app.core.errors import ConfigError, ModelOutputError, ModelPackageError, StationError
from station_app.core.messages import Priority
from station_app.core.model_messages import (
    FetchModels,
    ModelCommand,
    ModelsReported,
    ModelStage,
    ModelState,
    PromoteModel,
    RollBackModel,
    StartShadow,
    StopShadow,
)
from station_app.core.people import Act
from station_app.core.recipe import Recipe
from station_app.core.rollout import after
from station_app.core.rollout_deeds import DeedKind, Terms
from station_app.core.rollout_models import AT_WORK, Model, candidate_of, find, is_older, is_signed, state_of
from station_app.engine.audit_trail import STATION
from station_app.engine.books import Books
from station_app.engine.engine_setup import EngineSetup
from station_app.engine.model_changes import ModelChanges, deed_of
from station_app.engine.model_line import ModelLine
from station_app.engine.model_looks import ModelLooks
from station_app.engine.model_room import ModelRoom
from station_app.engine.recipe_desk import Recipes
from station_app.engine.recipe_shelf import RecipeShelf
from station_app.engine.worker import Worker

MODEL_FAULTS = (ModelPackageError, ModelOutputError)
"""Why a recipe may not be loaded for its models alone."""
ALARM = "model"
"""First word of the alarms about models; the second is the package."""


class Models(Protocol):
    """The models of a station, as far as the engine uses them."""

    def obey(self, command: ModelCommand) -> None:
        """Do it and tell what has changed. StationError, in one sentence, where it cannot be."""
        ...

    def told(self) -> ModelsReported:
        """How the packages stand, the newest first."""
        ...

    def follow_loaded(self, recipe: Recipe) -> None:
        """This recipe is loaded now: what is on trial for it runs again."""
        ...

    def give_way(self, recipe: Recipe, error: StationError) -> bool:
        """This recipe's models cannot be loaded: whether another revision of it is active now, because a promoted one
        was to blame."""
        ...

    def workers(self) -> tuple[Worker, ...]:
        """Not yet started."""
        ...


class NoModels:
    """Of a station whose recipe was given by hand."""

    def obey(self, command: ModelCommand) -> None:
        what = "the recipe was given by hand, and takes no models from a channel"
        raise ConfigError(what, remedy="start the station with its recipe folder")

    def told(self) -> ModelsReported:
        return ModelsReported()

    def follow_loaded(self, recipe: Recipe) -> None:
        """Nothing can be on trial."""

    def give_way(self, recipe: Recipe, error: StationError) -> bool:
        return False

    def workers(self) -> tuple[Worker, ...]:
        return ()


class ModelDesk:
    """Of an engine with a room that keeps models. It is the listener of what the line does by itself."""

    def __init__(self, room: ModelRoom, shelf: RecipeShelf, recipes: Recipes, books: Books) -> None:
        self._room, self._recipes, self._books = room, recipes, books
        self._changes = ModelChanges(room, shelf, books)
        self._line = ModelLine(books.trials, room)
        self._lock = threading.RLock()
        self._passed: dict[str, str] = {}
        self._looks = ModelLooks(room, self._changes.active, books, self._report)
        self.workers = self._looks.workers
        books.trials.listener = self

    def obey(self, command: ModelCommand) -> None:
        match command:
            case FetchModels(operator, folder):
                self._looks.ask(folder, operator)
                return
            case StartShadow(sha256, recipe, camera, operator):
                self._start_shadow((sha256, recipe, camera), operator)
            case StopShadow(sha256, recipe, camera, operator):
                self._stop_shadow((sha256, recipe, camera), operator)
            case PromoteModel():
                self._sign(command)
            case RollBackModel():
                self._roll_back(command)
        self._report()

    def told(self) -> ModelsReported:
        """Nothing where the records cannot be read: an alarm says so."""
        try:
            models = self._changes.models
        except StationError as error:
            self._books.alarms.raise_error("storage", error)
            return ModelsReported()
        return ModelsReported(tuple(self._state(model) for model in reversed(models)))

    def follow_loaded(self, recipe: Recipe) -> None:
        with self._lock:
            models = self._changes.models
            for model in models:
                if model.stage is ModelStage.ACTIVE and model.recipe == recipe.name:
                    self._follow_active(model, recipe)
            candidate = candidate_of(models, recipe.name)
            if candidate is not None:
                try:
                    self._run(candidate)
                except StationError as error:
                    self._warn(candidate, f"its trial is over: {error.what}", error)
        self._report()

    def give_way(self, recipe: Recipe, error: StationError) -> bool:
        with self._lock:
            named = {setup.camera_id: setup.model.sha256 for setup in recipe.cameras}
            blamed = [
                model
                for model in self._changes.models
                if model.stage is ModelStage.ACTIVE and model.recipe == recipe.name
                if named.get(model.camera) == model.sha256
            ]
            model = max(blamed, key=lambda one: one.since_ms, default=None)
            if model is None or not self._can_take_back(model, f"it cannot be loaded: {error}"):
                return False
        self._warn(model, "it cannot be loaded: the line goes on with the one before it", error, Priority.HIGH)
        return True

    def on_rollback(self, package_sha256: str, reason: str) -> None:
        """The line has taken it out of service by itself: that is recorded, by another thread than the line's."""
        self._looks.do(lambda: self._note_rollback(package_sha256, reason))

    def on_canary_passed(self, package_sha256: str, reason: str) -> None:
        """People may promote it: that is told with the package."""
        self._passed[package_sha256] = reason
        self._looks.do(self._report)

    def _start_shadow(self, key: tuple[str, str, str], operator: str) -> None:
        with self._lock:
            self._run(self._changes.record(deed_of(DeedKind.SHADOW_STARTED, key, operator, "")))

    def _stop_shadow(self, key: tuple[str, str, str], operator: str) -> None:
        with self._lock:
            self._line.end(self._changes.record(deed_of(DeedKind.SHADOW_STOPPED, key, operator, "")))

    def _sign(self, command: PromoteModel) -> None:
        person = self._books.crew.verify(command.signature, Act.APPROVE_RECIPE)
        key = (command.sha256, command.recipe, command.camera)
        with self._lock:
            model = self._let_in(key, command, person.name)
            plan = self._changes.plan(model)
            self._line.refuse_other_base(plan.base)
            terms = Terms(float(command.share), command.stop_rule, plan.sha256)
            deed = deed_of(DeedKind.SIGNED, key, person.name, command.reason)
            signed = replace(deed, terms=terms, role=person.role)
            ready = find(after(self._changes.models, signed), *key)
            if is_signed(ready, terms):
                self._run(self._changes.promote(signed, ready, plan))
            else:
                self._changes.record(signed)

    def _let_in(self, key: tuple[str, str, str], command: PromoteModel, person: str) -> Model:
        """The package as it stands; an older one once this person allows it."""
        models = self._changes.models
        model = find(models, *key)
        if command.allows_older and is_older(models, model) and not model.is_older_allowed:
            model = self._changes.record(deed_of(DeedKind.OLDER_ALLOWED, key, person, command.reason))
        if model.stage is not ModelStage.OFFERED or not model.is_older_allowed:
            return model
        self._room.prove(model, next(active for _, active in self._changes.active() if active.name == model.recipe))
        return find(self._changes.models, *key)

    def _run(self, model: Model) -> None:
        """On the line; what cannot run is taken back, and the error says why."""
        try:
            self._line.put(model, self._changes.history(model.recipe))
        except StationError as error:
            self._changes.take_back(model, STATION, f"it cannot run: {error}")
            raise
        finally:
            self._tell_loaded(model.recipe)

    def _roll_back(self, command: RollBackModel) -> None:
        key, reason = (command.sha256, command.recipe, command.camera), command.reason
        with self._lock:
            models = self._changes.models
            model = find(models, *key)
            after(models, deed_of(DeedKind.ROLLED_BACK, key, command.operator, reason))
            try:
                if model.stage is ModelStage.ACTIVE:
                    self._line.go_back(model, models, self._changes.history(model.recipe), reason)
                else:
                    self._line.end(model, reason)
            finally:  # where the line cannot change now, its next start does
                self._changes.take_back(model, command.operator, reason)
                self._tell_loaded(model.recipe)

    def _note_rollback(self, package_sha256: str, reason: str) -> None:
        with self._lock:
            for model in self._changes.models:
                if model.sha256 == package_sha256 and model.stage in AT_WORK and self._line.runs(model.recipe):
                    self._can_take_back(model, reason)
        self._report()

    def _can_take_back(self, model: Model, reason: str) -> bool:
        """By the station itself; False where the rules know no way back."""
        try:
            self._changes.take_back(model, STATION, reason)
        except ConfigError:
            return False
        self._tell_loaded(model.recipe)
        return True

    def _follow_active(self, model: Model, recipe: Recipe) -> None:
        """An active package that the loaded recipe does not name is none any more; one that it names is watched."""
        named = {setup.camera_id: setup.model.sha256 for setup in recipe.cameras}
        if named.get(model.camera) != model.sha256:
            why = f"revision {recipe.revision} of the recipe has another model"
            self._changes.record(deed_of(DeedKind.RETIRED, model.key, STATION, why))
            return
        history, now_ms = self._changes.history(model.recipe), time.time_ns() // 1_000_000
        try:
            self._line.watch_active(model, self._changes.models, history, now_ms)
        except StationError as error:
            self._warn(model, f"it decides, and the one before it is not ready: {error.what}", error)

    def _warn(self, model: Model, what: str, error: StationError, priority: Priority = Priority.LOW) -> None:
        self._books.alarms.raise_alarm(
            f"{ALARM} {model.sha256[:12]}",
            f"model {model.title}: {what}",
            where=error.where,
            remedy=error.remedy,
            priority=priority,
        )

    def _report(self) -> None:
        self._books.publish(self.told())

    def _state(self, model: Model) -> ModelState:
        state = state_of(model)
        passed = self._passed.get(model.sha256, "") if model.stage is ModelStage.CANARY else ""
        return replace(state, detail=passed) if passed else state

    def _tell_loaded(self, recipe: str) -> None:
        """What the line decides by may be another revision now."""
        loaded = self._line.recipe
        if loaded is not None and loaded.name == recipe:
            self._recipes.note_loaded(self._changes.shelf_name(recipe), loaded.revision)


def open_models(setup: EngineSetup, books: Books, recipes: Recipes) -> Models:
    """Where the set-up has a room for them."""
    if setup.models is None or setup.shelf is None:
        return NoModels()
    return ModelDesk(setup.models, setup.shelf, recipes, books)

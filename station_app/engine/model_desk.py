"""Carries out what people decide about models: shadow, the two signatures of a promotion, roll back. Any thread.

A promotion is recorded first and then done on the line: what decides parts is always found in the records. A roll back
is done on the line first: it waits for no disk.
"""

import threading
import time
from dataclasses import replace

from station_app.core.errors import ConfigError, StationError
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
from station_app.engine.models import Models, NoModels
from station_app.engine.recipe_desk import Recipes
from station_app.engine.recipe_shelf import RecipeShelf

ALARM = "model"
"""First word of the alarms about models; the second is the package."""


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
        if isinstance(command, FetchModels):
            self._looks.ask(command.folder, command.operator)
            return
        try:
            self._decide(command)
        finally:  # what was refused may have been recorded in part, as what cannot run
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
                if model.recipe == recipe.name:
                    self._follow(model, _package_for(recipe, model) == model.sha256)
            candidate = candidate_of(models, recipe.name)
            if candidate is not None:
                try:
                    self._run(candidate)
                except StationError as error:
                    self._warn(candidate, f"its trial is over: {error.what}", error)
        self._report()

    def give_way(self, recipe: Recipe, error: StationError) -> bool:
        with self._lock:
            active = (model for model in self._changes.models if model.stage is ModelStage.ACTIVE)
            ours = (model for model in active if model.recipe == recipe.name)
            blamed = [model for model in ours if _package_for(recipe, model) == model.sha256]
            model = max(blamed, key=lambda one: one.since_ms, default=None)
            if model is None or not self._can_take_back(model, f"it cannot be loaded: {error}"):
                return False
        self._warn(model, "it cannot be loaded: the line goes on with the one before it", error, Priority.HIGH)
        return True

    def on_rollback(self, package_sha256: str, camera_id: str, reason: str) -> None:
        """The line has taken it out of service by itself: that is recorded, by another thread than the line's."""
        self._looks.do(lambda: self._note_rollback(package_sha256, camera_id, reason))

    def on_canary_passed(self, package_sha256: str, reason: str) -> None:
        """People may promote it: that is told with the package."""
        self._passed[package_sha256] = reason
        self._looks.do(self._report)

    def _decide(self, command: StartShadow | StopShadow | PromoteModel | RollBackModel) -> None:
        match command:
            case StartShadow(sha256, recipe, camera, operator):
                self._start_shadow((sha256, recipe, camera), operator)
            case StopShadow(sha256, recipe, camera, operator):
                self._stop_shadow((sha256, recipe, camera), operator)
            case PromoteModel():
                self._sign(command)
            case RollBackModel():
                self._roll_back(command)

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
            beside = candidate_of(models, model.recipe)
            if beside is not None and beside.key != model.key:  # what it was compared with goes
                self._line.end(beside)
                self._changes.take_back(beside, command.operator, f"{model.title} was rolled back: {reason}")
            try:
                if model.stage is ModelStage.ACTIVE:
                    self._line.go_back(model, models, self._changes.history(model.recipe), reason)
                else:
                    self._line.end(model, reason)
            finally:  # where the line cannot change now, its next start does
                self._changes.take_back(model, command.operator, reason)
                self._tell_loaded(model.recipe)

    def _note_rollback(self, package_sha256: str, camera_id: str, reason: str) -> None:
        with self._lock:
            for model in self._changes.models:
                is_it = (model.sha256, model.camera) == (package_sha256, camera_id)
                if is_it and model.stage in AT_WORK and self._line.runs(model.recipe):
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

    def _follow(self, model: Model, is_named: bool) -> None:
        """What the loaded recipe says of a package that was a champion, or is one: people may have made another
        revision active at the recipes' desk."""
        if model.stage is ModelStage.ACTIVE and not is_named:
            why = "the recipe was loaded with another model"
            self._changes.record(deed_of(DeedKind.RETIRED, model.key, STATION, why))
        elif model.stage is ModelStage.ACTIVE:
            self._watch(model)
        elif is_named and model.stage is ModelStage.RETIRED and model.was_active:
            why = "its revision of the recipe is active again"
            self._watch(self._changes.record(deed_of(DeedKind.RESTORED, model.key, STATION, why)))
        elif is_named and model.stage is ModelStage.ROLLED_BACK:
            what = "it was rolled back, and a revision of the recipe that names it was made active again"
            remedy = "make another revision active, and choose the recipe again"
            self._warn(model, what, ConfigError(what, where=f"recipe {model.recipe}", remedy=remedy))

    def _watch(self, model: Model) -> None:
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


def _package_for(recipe: Recipe, model: Model) -> str:
    """The hash of the package that the recipe names for the model's camera."""
    return next((setup.model.sha256 for setup in recipe.cameras if setup.camera_id == model.camera), "")


def open_models(setup: EngineSetup, books: Books, recipes: Recipes) -> Models:
    """Where the set-up has a room for them."""
    if setup.models is None or setup.shelf is None:
        return NoModels()
    return ModelDesk(setup.models, setup.shelf, recipes, books)

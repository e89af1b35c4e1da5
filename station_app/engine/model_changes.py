"""Records what happens to models together with the revisions of their recipes, and tells what has changed by it."""

import time
from dataclasses import replace

from station_app.core.errors import ConfigError
from station_app.core.model_messages import ModelStage
from station_app.core.recipe import Recipe
from station_app.core.recipe_history import RecipeHistory
from station_app.core.recipe_messages import RevisionChanged, RevisionState
from station_app.core.rollout_deeds import DeedKind, ModelDeed
from station_app.core.rollout_models import Model, Models, Recorded, find
from station_app.engine.audit_trail import STATION
from station_app.engine.books import Books
from station_app.engine.model_room import ModelRoom
from station_app.engine.promotion import Plan, approval, package_of, plan_revision, revision_before, turn
from station_app.engine.recipe_shelf import RecipeShelf, understood


class ModelChanges:
    """One caller at a time. StorageError, from each, where the disk does not answer."""

    def __init__(self, room: ModelRoom, shelf: RecipeShelf, books: Books) -> None:
        self._room, self._shelf, self._books = room, shelf, books

    @property
    def models(self) -> Models:
        """Every package as it stands."""
        return self._room.books.models()

    def active(self) -> tuple[tuple[str, Recipe], ...]:
        """Each managed recipe by the shelf's name, as its active revision has it."""
        saved = ((name, self._shelf.active(name)) for name in self._shelf.names())
        recipes = ((name, understood(one.text)) for name, one in saved if one is not None)
        return tuple((name, recipe) for name, recipe in recipes if recipe is not None)

    def shelf_name(self, recipe: str) -> str:
        """Under which name the shelf keeps the recipe that is recorded with parts under this one."""
        return next((name for name, active in self.active() if active.name == recipe), recipe)

    def history(self, recipe: str) -> RecipeHistory:
        return self._shelf.history(self.shelf_name(recipe))

    def record(self, deed: ModelDeed) -> Model:
        """The package after the deed. ConfigError where the rules refuse it."""
        return find(self._room.books.record([deed]).result().models, *deed.key)

    def plan(self, model: Model) -> Plan:
        """The revision that people sign for."""
        return plan_revision(self.history(model.recipe), model, self._room.reference(model))

    def promote(self, signed: ModelDeed, ready: Model, plan: Plan) -> Model:
        """With the second signature: its revision is approved, and at a share of 1 active. ConfigError where the
        package does not fit the recipe any more."""
        if signed.terms is None:
            raise ValueError("a signature without its terms")
        reports = self._shelf.look(plan.recipe, is_proving=True)
        faults = [fault for report in reports for fault in report.faults]
        if faults:
            what = f"it does not fit the recipe: {'; '.join(faults)}"
            raise ConfigError(what, where=f"model {ready.title}", remedy="put the right package in its place")
        is_all, at_ms = signed.terms.share == 1, signed.at_ms
        why = signed.reason or f"promotion of model {ready.title}"
        kind = DeedKind.ACTIVE if is_all else DeedKind.CANARY
        promoted = replace(signed, kind=kind, role=None, revision=plan.number)
        revising = approval(plan, ready.signatures, reports, why, at_ms)
        if is_all:
            revising.append(turn(plan.name, plan.number, RevisionState.ACTIVE, signed.person, why, at_ms))
        recorded = self._shelf.follow(plan.name, lambda: self._room.books.record([signed, promoted], revising).result())
        self._tell(recorded, signed.person)
        return find(recorded.models, *signed.key)

    def take_back(self, model: Model, person: str, reason: str) -> None:
        """The package decides nothing any more: in the records, and in the revisions of its recipe. ConfigError where
        there is no champion before it, or it decides nothing."""
        name, models, deed = (
            self.shelf_name(model.recipe),
            self.models,
            deed_of(DeedKind.ROLLED_BACK, model.key, person, reason),
        )
        history, deeds, revising = self._shelf.history(name), [deed], []
        revision = history.revision_of(model.revision)
        if model.stage is ModelStage.CANARY and revision is not None and revision.state is RevisionState.APPROVED:
            revising.append(turn(name, model.revision, RevisionState.RETIRED, deed.person, reason, deed.at_ms))
        active = history.active
        names_it = active is not None and package_of(history, active.number, model.camera) == model.sha256
        if model.stage is ModelStage.ACTIVE and names_it:
            back = revision_before(history, model, models)
            revising.append(turn(name, back, RevisionState.ACTIVE, deed.person, reason, deed.at_ms))
            deeds += _restored(model, models, package_of(history, back, model.camera), deed.person)
        recorded = self._shelf.follow(name, lambda: self._room.books.record(deeds, revising).result())
        self._tell(recorded, deed.person)

    def _tell(self, recorded: Recorded, person: str) -> None:
        for revision in recorded.revisions:
            told = (revision.recipe, revision.number, revision.state, revision.sha256, person)
            self._books.publish(RevisionChanged(*told))


def deed_of(kind: DeedKind, key: tuple[str, str, str], person: str, reason: str) -> ModelDeed:
    """A deed of now; without a person it is the station's own."""
    return ModelDeed(kind, *key, person or STATION, reason, time.time_ns() // 1_000_000)


def _restored(model: Model, models: Models, package_sha256: str, person: str) -> list[ModelDeed]:
    """The champion of before is the champion again, where it came through a channel itself."""
    key = (package_sha256, model.recipe, model.camera)
    is_known = any(other.key == key and other.stage is ModelStage.RETIRED for other in models)
    why = f"{model.title} was rolled back"
    return [deed_of(DeedKind.RESTORED, key, person, why)] if is_known else []

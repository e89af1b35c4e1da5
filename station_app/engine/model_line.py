"""Puts on the loaded line what the records say of models: the candidate of its recipe, or the champion of before."""

from typing import Protocol

from station_app.core.candidate_recipe import candidate_recipe
from station_app.core.errors import ConfigError
from station_app.core.model_messages import ModelStage
from station_app.core.recipe import Recipe
from station_app.core.recipe_history import RecipeHistory
from station_app.core.recipe_toml import parse_recipe
from station_app.core.rollout_models import Model, Models
from station_app.engine.candidate import Candidate
from station_app.engine.model_room import ModelRoom
from station_app.engine.promotion import revision_before

WATCHED_MS = 7 * 86_400_000
"""How long an active model is watched beside the champion of before it: its model stays loaded so long."""


class Trials(Protocol):
    """The models of the loaded recipe; `TrialDesk` is one."""

    @property
    def recipe(self) -> Recipe | None:
        """The recipe that decides most parts now; None where none is loaded."""
        ...

    @property
    def candidate(self) -> Candidate | None: ...

    def set_candidate(self, candidate: Candidate | None) -> None:
        """StationError where it cannot run: then nothing changes."""
        ...

    def roll_back(self, package_sha256: str, reason: str) -> bool:
        """At once; False where the package is not on trial."""
        ...


class ModelLine:
    """One caller at a time. Each may take as long as a model takes to load; the line goes on meanwhile."""

    def __init__(self, trials: Trials, room: ModelRoom) -> None:
        self._trials, self._room = trials, room

    @property
    def recipe(self) -> Recipe | None:
        """What the line decides most parts by."""
        return self._trials.recipe

    def runs(self, recipe: str) -> bool:
        """Whether the recipe of this name is loaded."""
        return (loaded := self._trials.recipe) is not None and loaded.name == recipe

    def refuse_other_base(self, base: Recipe) -> None:
        """ConfigError where the line runs another revision than `base`, the active one: what is promoted now follows
        from that, and could not take over between two parts."""
        loaded = self._trials.recipe
        if loaded is not None and loaded.name == base.name and loaded.sha256 != base.sha256:
            what = f"the line still runs revision {loaded.revision}, and revision {base.revision} is active"
            where = f"recipe {base.name}"
            raise ConfigError(what, where=where, remedy="choose the recipe again when the line may pause")

    def put(self, model: Model, history: RecipeHistory) -> None:
        """Let the model run as it stands; does nothing where another recipe is loaded. StationError where it cannot
        run: then nothing of it does."""
        loaded = self._trials.recipe
        if loaded is None or loaded.name != model.recipe:
            return
        candidate = self._candidate(model, loaded, history)
        running = self._trials.candidate
        if running is not None and running.stage is ModelStage.ACTIVE and not self._is_on_trial(model):
            self._trials.set_candidate(None)  # it stays the champion, unwatched from now on
        self._trials.set_candidate(candidate)

    def watch_active(self, model: Model, models: Models, history: RecipeHistory, now_ms: int) -> None:
        """After its revision was loaded: keep the champion of before beside it, while it is new. StationError where
        that cannot be: the model goes on unwatched."""
        loaded = self._trials.recipe
        if loaded is not None and now_ms - model.since_ms < WATCHED_MS:
            self._trials.set_candidate(self._beside(model, models, loaded, history))

    def end(self, model: Model, reason: str = "") -> None:
        """A model in shadow or on a share of the parts runs no more; with a `reason` it was taken out, and an alarm
        tells it."""
        if not self._is_on_trial(model):
            return
        if not reason or not self._trials.roll_back(model.sha256, reason):
            self._trials.set_candidate(None)

    def go_back(self, model: Model, models: Models, history: RecipeHistory, reason: str) -> None:
        """The champion of before decides from the next part on: at once where its model is still loaded. StationError
        where it cannot be loaded, or the line runs by none of the two: then what runs goes on."""
        loaded = self._trials.recipe
        if loaded is None or loaded.name != model.recipe:
            return
        if self._is_on_trial(model) and self._trials.roll_back(model.sha256, reason):
            return
        self._trials.set_candidate(self._beside(model, models, loaded, history))
        self._trials.roll_back(model.sha256, reason)

    def _is_on_trial(self, model: Model) -> bool:
        """For its own camera: the same package may decide for another one as well."""
        running = self._trials.candidate
        return running is not None and (running.package_sha256, running.camera_id) == (model.sha256, model.camera)

    def _candidate(self, model: Model, loaded: Recipe, history: RecipeHistory) -> Candidate:
        if model.stage is ModelStage.SHADOW:
            thresholds = dict(model.offer.thresholds)
            reference = self._room.reference(model)
            recipe = candidate_recipe(loaded, model.camera, reference, thresholds, loaded.revision)
        else:
            recipe = _recipe(history, model.revision)
        return Candidate(
            recipe=recipe,
            camera_id=model.camera,
            package_sha256=model.sha256,
            stage=model.stage,
            share=model.share,
            stop_rule=model.stop_rule,
            since_ms=model.since_ms,
        )

    def _beside(self, model: Model, models: Models, loaded: Recipe, history: RecipeHistory) -> Candidate:
        """The loaded recipe as a trial of the model, with the champion of before to fall back on."""
        before = _recipe(history, revision_before(history, model, models))
        return Candidate(
            recipe=loaded,
            camera_id=model.camera,
            package_sha256=model.sha256,
            stage=ModelStage.ACTIVE,
            share=1.0,
            stop_rule=model.stop_rule,
            since_ms=model.since_ms,
            fallback=before,
        )


def _recipe(history: RecipeHistory, number: int) -> Recipe:
    saved = history.text_of(number)
    if saved is None:
        raise ConfigError(f"there is no revision {number}", where=f"recipe {history.recipe}")
    return parse_recipe(saved.text)

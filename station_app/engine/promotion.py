"""The revision of a recipe by which a promoted package decides, and the one that a roll back goes back to. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from station_app.core.audit_view import NO_CHANGE, Change
from station_app.core.candidate_recipe import candidate_recipe
from station_app.core.errors import ConfigError
from station_app.core.model_messages import ModelStage
from station_app.core.recipe import ModelReference, Recipe
from station_app.core.recipe_deeds import (
    PackageReport,
    RevisionDeed,
    SavedText,
    SaveText,
    Sign,
    Signed,
    Turn,
    text_sha256,
)
from station_app.core.recipe_differences import after_text, before_text, differences
from station_app.core.recipe_edit import with_recipe
from station_app.core.recipe_history import RecipeHistory
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import next_number
from station_app.core.recipe_toml import parse_recipe
from station_app.core.rollout_models import Given, Model, Models


@dataclass(frozen=True, slots=True)
class Plan:
    """The very text that two people sign for, as revision `number`. `base` is the active recipe that it follows from;
    with `is_recorded` a canary has been running by this revision, which is approved already."""

    name: str
    number: int
    text: str
    base: Recipe
    is_recorded: bool

    @property
    def sha256(self) -> str:
        return text_sha256(self.text)

    @property
    def recipe(self) -> Recipe:
        return parse_recipe(self.text)


def plan_revision(history: RecipeHistory, model: Model, reference: ModelReference) -> Plan:
    """The active revision with this package and the thresholds that were offered with it. The same for the same
    records: so two people sign for one text. ConfigError where the recipe has no active revision, or does not fit."""
    active = history.active
    if active is None:
        raise ConfigError("no revision of this recipe is active", where=f"recipe {history.recipe}")
    standing = history.revision_of(model.revision) if model.stage is ModelStage.CANARY else None
    if standing is not None and standing.state is RevisionState.APPROVED:
        text = _text(active, model, reference, standing.number)
        if text_sha256(text) == standing.sha256:
            return Plan(history.recipe, standing.number, text, parse_recipe(active.text), is_recorded=True)
    number = next_number(history.revisions)
    text = _text(active, model, reference, number)
    return Plan(history.recipe, number, text, parse_recipe(active.text), is_recorded=False)


def approval(
    plan: Plan, signers: Sequence[Given], reports: tuple[PackageReport, ...], reason: str, at_ms: int
) -> list[tuple[RevisionDeed, Change]]:
    """The draft and its two signatures; nothing where it is approved already."""
    if plan.is_recorded:
        return []
    saved = SavedText(plan.name, plan.number, plan.text, signers[0].name, reason, at_ms, reports)
    changed = differences(plan.base, plan.recipe)
    signed = [Signed(given.name, given.role, plan.sha256, reason, at_ms) for given in signers]
    return [
        (SaveText(saved), Change(before_text(changed), after_text(changed), reason)),
        *((Sign(plan.name, plan.number, one), NO_CHANGE) for one in signed),
    ]


def turn(name: str, number: int, state: RevisionState, person: str, reason: str, at_ms: int) -> tuple[Turn, Change]:
    """A revision that becomes active or is withdrawn with a deed about a model."""
    return Turn(name, number, state, person, reason, at_ms), NO_CHANGE


def revision_before(history: RecipeHistory, model: Model, models: Models) -> int:
    """The revision that was active last with another package for this camera, and none that was rolled back itself.
    ConfigError where there is none."""
    bad = {one.sha256 for one in models if one.stage in (ModelStage.ROLLED_BACK, ModelStage.REFUSED)} | {model.sha256}
    for change in reversed(history.changes):
        if change.state is RevisionState.ACTIVE and package_of(history, change.number, model.camera) not in {"", *bad}:
            return change.number
    what = "no earlier revision with another model was ever active"
    raise ConfigError(what, where=f"recipe {history.recipe}", remedy="have one approved and made active")


def package_of(history: RecipeHistory, number: int, camera_id: str) -> str:
    """The hash of the package that a revision names for this camera, "" where it has no such camera or is damaged."""
    saved = history.text_of(number)
    try:
        cameras = parse_recipe(saved.text).cameras if saved is not None else ()
    except ConfigError:
        return ""
    return next((setup.model.sha256 for setup in cameras if setup.camera_id == camera_id), "")


def _text(active: SavedText, model: Model, reference: ModelReference, number: int) -> str:
    recipe = parse_recipe(active.text)
    return with_recipe(
        active.text, candidate_recipe(recipe, model.camera, reference, dict(model.offer.thresholds), number)
    )

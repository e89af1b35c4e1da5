"""The recipe by which an offered package would decide: the active one, but for one camera's package and its thresholds.
Pure."""

from collections.abc import Mapping
from dataclasses import replace

from station_app.core.errors import ConfigError
from station_app.core.recipe import ModelReference, Recipe, Thresholds


def candidate_recipe(
    recipe: Recipe, camera_id: str, model: ModelReference, thresholds: Mapping[str, Thresholds], revision: int
) -> Recipe:
    """`model` in place of that camera's, `thresholds` in place of those of the same labels. ConfigError where the
    recipe has no such camera or label: then a person makes the revision."""
    where = f"recipe {recipe.name}, revision {recipe.revision}"
    if camera_id not in [setup.camera_id for setup in recipe.cameras]:
        raise ConfigError(f"it has no camera {camera_id}", where=where, remedy="offer the model for another recipe")
    unknown = ", ".join(label for label in thresholds if label not in recipe.labels)
    if unknown:
        remedy = "make a new revision of the recipe with them first"
        raise ConfigError(f"it knows nothing of the offered labels {unknown}", where=where, remedy=remedy)
    now = recipe.camera(camera_id).model
    wanted = replace(model, provider=now.provider)
    cameras = tuple(replace(c, model=wanted) if c.camera_id == camera_id else c for c in recipe.cameras)
    changed = tuple((label, thresholds.get(label, at)) for label, at in recipe.thresholds)
    return replace(recipe, cameras=cameras, thresholds=changed, revision=revision)

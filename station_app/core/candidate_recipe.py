"""The recipe by which an offered package would decide: the active one, but for one camera's package and its thresholds.
Pure."""

from collections.abc import Mapping
from dataclasses import replace

from station_app.core.errors import ConfigError
from station_app.core.recipe import ModelReference, Recipe, Thresholds


def candidate_recipe(
    recipe: Recipe, camera_id: str, model: ModelReference, thresholds: Mapping[str, Thresholds], revision: int
) -> Recipe:
    """`model` in place of that camera's, `thresholds` in place of those of the same labels, and beside them where the
    model tells a kind that the recipe did not know: whoever signs for it signs for these too. ConfigError where the
    recipe has no such camera."""
    where = f"recipe {recipe.name}, revision {recipe.revision}"
    if camera_id not in [setup.camera_id for setup in recipe.cameras]:
        raise ConfigError(f"it has no camera {camera_id}", where=where, remedy="offer the model for another recipe")
    now = recipe.camera(camera_id).model
    wanted = replace(model, provider=now.provider)
    cameras = tuple(replace(c, model=wanted) if c.camera_id == camera_id else c for c in recipe.cameras)
    known = tuple((label, thresholds.get(label, at)) for label, at in recipe.thresholds)
    new = tuple((label, at) for label, at in thresholds.items() if label not in recipe.labels)
    return replace(recipe, cameras=cameras, thresholds=known + new, revision=revision)

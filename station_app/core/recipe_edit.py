"""Changes to the TOML text of a recipe that keep what people wrote beside it. Pure; each result is read back."""

from collections.abc import Mapping
from dataclasses import replace

from station_app.core.errors import ConfigError
from station_app.core.recipe import CameraSetup, QualityLimits, Recipe, Region, Thresholds
from station_app.core.recipe_text import recipe_text
from station_app.core.recipe_toml import parse_recipe
from station_app.core.toml_edit import carried_over, leading_comments


def with_recipe(text: str, wanted: Recipe) -> str:
    """`text`, a valid recipe, so that it means `wanted`. Comments and order stay where the text is written line by
    line, as ours are; else it is written anew below its first comment. ConfigError where `text` is no
    recipe, or `wanted` is none that may be."""
    before = parse_recipe(text)
    edited = carried_over(text, recipe_text(before), recipe_text(wanted))
    if _means(edited, wanted):
        return edited
    plain = leading_comments(text) + recipe_text(wanted)
    parse_recipe(plain)
    return plain


def with_revision(text: str, revision: int) -> str:
    """The same recipe under another revision number."""
    return with_recipe(text, replace(parse_recipe(text), revision=revision))


def with_thresholds(text: str, thresholds: Mapping[str, Thresholds], revision: int | None = None) -> str:
    """Other thresholds for the labels that are named, under `revision`, or the number after the text's own."""
    recipe = parse_recipe(text)
    changed = tuple((label, thresholds.get(label, now)) for label, now in recipe.thresholds)
    return with_recipe(text, replace(recipe, thresholds=changed, revision=revision or recipe.revision + 1))


def with_quality(text: str, camera_id: str, limits: QualityLimits) -> str:
    """Other quality limits for one camera. KeyError where the recipe does not name it."""
    recipe = parse_recipe(text)
    return with_recipe(text, _with_camera(recipe, replace(recipe.camera(camera_id), quality=limits)))


def with_regions(text: str, camera_id: str, regions: tuple[Region, ...]) -> str:
    """Other regions for one camera. KeyError where the recipe does not name it."""
    recipe = parse_recipe(text)
    return with_recipe(text, _with_camera(recipe, replace(recipe.camera(camera_id), regions=regions)))


def _with_camera(recipe: Recipe, changed: CameraSetup) -> Recipe:
    cameras = tuple(changed if setup.camera_id == changed.camera_id else setup for setup in recipe.cameras)
    return replace(recipe, cameras=cameras)


def _means(text: str, wanted: Recipe) -> bool:
    try:
        return parse_recipe(text) == wanted
    except ConfigError:
        return False

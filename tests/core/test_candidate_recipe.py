"""The recipe by which an offered package would decide: one package and thresholds changed, kinds added, none taken."""

import pytest

from station_app.core.candidate_recipe import candidate_recipe
from station_app.core.errors import ConfigError
from station_app.core.recipe import CameraSetup, ModelReference, Recipe, Thresholds
from station_app.core.recipe_edit import with_recipe
from station_app.core.recipe_text import recipe_text
from station_app.core.recipe_toml import parse_recipe

OWN = ModelReference("own", "aa" * 32, "CPUExecutionProvider")
NEW = ModelReference("new", "bb" * 32)
AT, OFFERED = Thresholds(0.4, 0.6), Thresholds(0.3, 0.5)
RECIPE = Recipe("housing", 3, (CameraSetup("top", OWN), CameraSetup("side", OWN)), (("dent", AT), ("stain", AT)))


def test_one_camera_gets_the_package_and_its_labels_the_offered_thresholds() -> None:
    changed = candidate_recipe(RECIPE, "top", NEW, {"dent": OFFERED}, 4)
    assert changed.camera("top").model == ModelReference("new", "bb" * 32, "CPUExecutionProvider")
    assert changed.camera("side").model == OWN
    assert (changed.revision, changed.thresholds) == (4, (("dent", OFFERED), ("stain", AT)))


def test_a_kind_that_the_recipe_did_not_know_comes_with_its_thresholds_into_the_text_that_people_sign() -> None:
    changed = candidate_recipe(RECIPE, "top", NEW, {"mouse bite": OFFERED, "dent": AT, "stain": AT}, 4)
    assert changed.labels == {"dent": AT, "stain": AT, "mouse bite": OFFERED}
    text = f"# About the housing.\n{recipe_text(RECIPE)}"
    signed = with_recipe(text, changed)
    assert signed.startswith("# About the housing.")
    assert parse_recipe(signed) == changed


def test_a_camera_that_the_recipe_does_not_have_is_refused() -> None:
    with pytest.raises(ConfigError, match="it has no camera below"):
        candidate_recipe(RECIPE, "below", NEW, {}, 4)

"""Edited recipe texts mean what was asked for, and keep their comments where they are written line by line."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.errors import ConfigError
from station_app.core.inspection import Box
from station_app.core.recipe import CameraSetup, ModelReference, QualityLimits, Recipe, Region, Thresholds
from station_app.core.recipe_differences import FieldChange, after_text, before_text, differences
from station_app.core.recipe_edit import with_quality, with_recipe, with_regions, with_revision, with_thresholds
from station_app.core.recipe_text import recipe_text
from station_app.core.recipe_toml import parse_recipe

FOLDER = Path(__file__).parents[2] / "configs" / "recipes"
SHIPPED = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))}
HOUSING = SHIPPED["housing"]


def comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


def test_thresholds_move_and_comments_stay() -> None:
    edited = with_thresholds(HOUSING, {"scratch": Thresholds(0.4, 0.7)})
    recipe = parse_recipe(edited)
    assert (recipe.revision, recipe.labels["scratch"]) == (2, Thresholds(0.4, 0.7))
    assert recipe.labels["dent"] == parse_recipe(HOUSING).labels["dent"]
    assert comments(edited) == comments(HOUSING)
    changed = [pair for pair in zip(HOUSING.splitlines(), edited.splitlines(), strict=True) if pair[0] != pair[1]]
    assert changed == [
        ("revision = 1", "revision = 2"),
        ("review = 0.563", "review = 0.4"),
        ("fail = 0.769", "fail = 0.7"),
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_recipe_takes_every_edit_with_its_comments(name: str) -> None:
    text = SHIPPED[name]
    edited = with_revision(text, 7)
    edited = with_quality(edited, "top", QualityLimits(31.0, 222.0, 0.25, 0.75, 12.5))
    regions = (Region("lid", Box(1, 2, 30, 40)), Region("screw", Box(5, 6, 7, 8), is_excluded=True))
    edited = with_regions(edited, "top", regions)
    recipe = parse_recipe(edited)
    assert (recipe.revision, recipe.camera("top").regions) == (7, regions)
    assert recipe.camera("top").quality.focus_min == 12.5
    assert comments(edited) == comments(text)
    assert parse_recipe(with_regions(edited, "top", regions[:1])).camera("top").regions == regions[:1]
    assert parse_recipe(with_regions(edited, "top", ())).camera("top").regions == ()


def test_a_comment_behind_a_value_stays() -> None:
    edited = with_thresholds(
        HOUSING.replace("review = 0.563", "review = 0.563  # asked by the customer", 1),
        {"scratch": Thresholds(0.4, 0.769)},
    )
    assert "review = 0.4  # asked by the customer" in edited


def test_a_text_written_otherwise_is_written_anew_below_its_first_comment() -> None:
    inline = "# Ours.\n" + HOUSING.split("[labels.scratch]")[0] + "[labels]\nscratch = {review = 0.5, fail = 0.6}\n"
    edited = with_thresholds(inline, {"scratch": Thresholds(0.4, 0.6)}, revision=9)
    assert edited.startswith("# Ours.\n")
    assert parse_recipe(edited).labels == {"scratch": Thresholds(0.4, 0.6)}
    assert parse_recipe(edited).revision == 9


def test_what_is_no_recipe_is_not_edited() -> None:
    with pytest.raises(ConfigError):
        with_revision("schema = 1", 2)


NAMES = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=6)
BOXES = st.builds(Box, st.integers(0, 99), st.integers(0, 99), st.integers(1, 99), st.integers(1, 99))
REGIONS = st.lists(st.builds(Region, NAMES, BOXES, st.just(False)), max_size=3).map(tuple)
SHARES = st.floats(0.01, 1.0)
LIMITS = st.builds(QualityLimits, st.floats(0, 99), st.floats(100, 255), SHARES, SHARES, st.floats(0, 1e6))
CAMERAS = st.builds(
    CameraSetup, NAMES, st.just(ModelReference("p", "ab" * 32)), REGIONS, st.just((("gain", 1),)), LIMITS
)
THRESHOLDS = st.tuples(SHARES, SHARES).map(lambda pair: Thresholds(min(pair), max(pair)))
RECIPES = st.builds(
    Recipe,
    st.just("A17"),
    st.integers(1, 99),
    st.lists(CAMERAS, min_size=1, max_size=3, unique_by=lambda c: c.camera_id).map(tuple),
    st.dictionaries(NAMES, THRESHOLDS, min_size=1, max_size=3).map(lambda table: tuple(table.items())),
)


@settings(max_examples=40)
@given(RECIPES, RECIPES)
def test_an_edited_text_always_means_what_was_asked(before: Recipe, wanted: Recipe) -> None:
    edited = with_recipe("# Kept.\n" + recipe_text(before), wanted)
    assert parse_recipe(edited) == wanted
    assert edited.startswith("# Kept.\n")
    tomllib.loads(edited)


@settings(max_examples=40)
@given(RECIPES, RECIPES)
def test_differences_are_none_exactly_where_nothing_but_the_number_differs(one: Recipe, other: Recipe) -> None:
    assert differences(one, replace(one, revision=one.revision + 1)) == ()
    is_same = replace(one, revision=1).sha256 == replace(other, revision=1).sha256
    assert (differences(one, other) == ()) == is_same


def test_differences_name_the_field_before_and_after() -> None:
    before = parse_recipe(HOUSING)
    region = Region("lid", Box(1, 2, 3, 4))
    after = parse_recipe(with_regions(with_thresholds(HOUSING, {"dent": Thresholds(0.563, 0.8)}), "top", (region,)))
    found = differences(before, after)
    assert FieldChange(("labels", "dent", "fail"), "0.769", "0.8") in found
    assert FieldChange(("cameras", "top", "regions", "lid", "box"), None, "1, 2, 3, 4") in found
    assert "labels.dent.fail 0.769" in before_text(found)
    assert "labels.dent.fail 0.8" in after_text(found)
    assert "lid.box -" in before_text(found)

"""A recipe says exactly what is meant, or is refused with every mistake named."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

import pytest

from station_app.core.errors import ConfigError
from station_app.core.inspection import Box
from station_app.core.recipe import FingerprintLimits, KeepImages, OnDifference, Thresholds, canonical_json
from station_app.core.recipe_labels import check_labels_seen, check_measured_length, check_package_labels
from station_app.core.recipe_toml import parse_recipe

GOOD = f"""
schema = 1
name = "A17"
revision = 3
deadline_ms = 800
[labels.scratch]
review = 0.4
fail = 0.6
[keep]
images = "all"
[[cameras]]
id = "top"
settings.exposure_us = 500
quality.mean_min = 20
model = {{ package = "demo", sha256 = "{"ab" * 32}" }}
regions = [ {{ name = "lid", box = [10, 20, 30, 40] }}, {{ name = "edge", box = [0, 0, 5, 5], exclude = true }} ]
"""


def test_a_good_recipe_is_read_completely() -> None:
    recipe = parse_recipe(GOOD)
    camera = recipe.camera("top")
    assert (recipe.name, recipe.revision, recipe.deadline_ms) == ("A17", 3, 800.0)
    assert recipe.keep.images is KeepImages.ALL
    assert camera.settings == (("exposure_us", 500),)
    assert camera.regions[0].box == Box(10, 20, 30, 40)
    assert camera.regions[1].is_excluded
    assert camera.quality.mean_min == 20


def test_the_hash_follows_the_meaning_and_not_the_layout() -> None:
    assert parse_recipe(GOOD).sha256 == parse_recipe("# a comment\n" + GOOD).sha256
    assert parse_recipe(GOOD).sha256 != parse_recipe(GOOD.replace("0.6", "0.61")).sha256


def test_what_recipes_learned_to_say_later_leaves_the_hash_of_older_ones_alone() -> None:
    recorded = "16a112583dc84a1a22eda789643a9522acb5d2eefd200b19d3dadbd0b26b9455"
    assert parse_recipe(GOOD).sha256 == recorded
    assert parse_recipe(GOOD + "[cameras.fingerprint]\n").sha256 != recorded


def test_a_fingerprint_is_checked_where_the_recipe_speaks_of_it() -> None:
    assert parse_recipe(GOOD).camera("top").fingerprint is None
    assert parse_recipe(GOOD + "[cameras.fingerprint]\n").camera("top").fingerprint == FingerprintLimits()
    strict = parse_recipe(GOOD + '[cameras.fingerprint]\non_difference = "stop"\nshift_px = 3\n').camera("top")
    assert strict.fingerprint == FingerprintLimits(OnDifference.STOP, shift_px=3.0)
    with pytest.raises(ConfigError, match=r"cameras\[0\]\.fingerprint\.shift: unknown key"):
        parse_recipe(GOOD + "[cameras.fingerprint]\nshift = 3\n")


LABELS = {"scratch": (0.4, 0.6), "dent": (0.1, 0.2), "stain": (0.5, 0.5)}


def with_labels(order: Iterable[str]) -> str:
    tables = "".join(f"[labels.{label}]\nfail = {LABELS[label][1]}\nreview = {LABELS[label][0]}\n" for label in order)
    return GOOD.replace("[labels.scratch]\nreview = 0.4\nfail = 0.6\n", tables)


@pytest.mark.parametrize("order", list(permutations(LABELS)))
def test_the_order_of_labels_and_keys_does_not_change_the_hash(order: tuple[str, ...]) -> None:
    assert parse_recipe(with_labels(order)).sha256 == parse_recipe(with_labels(LABELS)).sha256


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "A17"', 'name = "A18"'),
        ("revision = 3", "revision = 4"),
        ("deadline_ms = 800", "deadline_ms = 801"),
        ("review = 0.4", "review = 0.39"),
        ('images = "all"', 'images = "evidence"'),
        ('id = "top"', 'id = "side"'),
        ("exposure_us = 500", "exposure_us = 501"),
        ("mean_min = 20", "mean_min = 21"),
        ("ab" * 32, "ba" * 32),
        ('package = "demo"', 'package = "demo2"'),
        ("[10, 20, 30, 40]", "[10, 20, 30, 41]"),
        ("exclude = true", "exclude = false"),
        ("labels.scratch", "labels.dent"),
    ],
)
def test_whatever_changes_the_meaning_changes_the_hash(old: str, new: str) -> None:
    assert old in GOOD
    assert parse_recipe(GOOD.replace(old, new)).sha256 != parse_recipe(GOOD).sha256


def test_the_recorded_form_is_what_the_hash_was_made_of() -> None:
    recipe = parse_recipe(GOOD)
    assert hashlib.sha256(canonical_json(recipe).encode()).hexdigest() == recipe.sha256
    assert replace(recipe, revision=4).sha256 != recipe.sha256
    assert replace(recipe) == recipe


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("deadline_ms", "dedline_ms", "dedline_ms: unknown key"),
        ("revision = 3", "revision = true", "revision: must be a whole number"),
        ("review = 0.4", "review = 0.7", "labels.scratch.review: must be above 0 and not above fail"),
        ("review = 0.4", "review = nan", "labels.scratch.review"),
        ('images = "all"', 'images = "some"', "keep.images: must be one of all, evidence"),
        ("ab" * 32, "ab", "cameras[0].model.sha256"),
        ("[10, 20, 30, 40]", "[10, 20, 0, 40]", "cameras[0].regions[0].box"),
        ("[10, 20, 30, 40]", "[10, -20, 9, 40]", "none negative"),
        ("schema = 1", "schema = 2", "schema"),
        ("mean_min = 20", "mean_min = 251", "mean_min: must be below mean_max"),
        ('id = "top"', "", "cameras[0].id: missing"),
    ],
)
def test_each_mistake_is_named(old: str, new: str, named: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_recipe(GOOD.replace(old, new), "a17.toml")
    assert named in str(caught.value)
    assert "a17.toml" in str(caught.value)


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_recipe("schema = 1\nname = 5\nfoo = 1\n")
    for named in ("name: must be text", "foo: unknown key", "revision: missing", "cameras: at least one", "labels"):
        assert named in str(caught.value)


def test_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(ConfigError, match="not valid TOML"):
        parse_recipe("= = =")


def test_two_cameras_of_one_id_are_refused() -> None:
    camera = GOOD[GOOD.index("[[cameras]]") :]
    with pytest.raises(ConfigError, match="same id"):
        parse_recipe(GOOD + camera)


def test_a_model_label_without_thresholds_is_refused() -> None:
    recipe = parse_recipe(GOOD)
    check_package_labels(recipe, "top", ("scratch",))
    with pytest.raises(ConfigError, match="no thresholds"):
        check_package_labels(recipe, "top", ("scratch", "dent"))


def test_a_label_that_no_model_ever_reports_is_refused() -> None:
    recipe = parse_recipe(with_labels(("scratch", "dent")))
    check_labels_seen(recipe, ("dent", "scratch", "stain"))
    with pytest.raises(ConfigError, match="thresholds for dent and no model of its cameras ever reports it"):
        check_labels_seen(recipe, ("scratch",))


def test_a_measured_length_needs_its_thresholds_and_only_then_has_them() -> None:
    plain = parse_recipe(GOOD)
    measuring = replace(plain, thresholds=(*plain.thresholds, ("wrong_length", Thresholds(0.5, 0.5))))
    check_measured_length(measuring, "top", ("scratch",))
    check_labels_seen(measuring, ("scratch", "wrong_length"))
    with pytest.raises(ConfigError, match="measures the length of parts and the recipe has no thresholds"):
        check_measured_length(plain, "top", ("scratch",))
    with pytest.raises(ConfigError, match="both the model and the camera"):
        check_measured_length(measuring, "top", ("scratch", "wrong_length"))
    with pytest.raises(ConfigError, match="no camera of it measures the length"):
        check_labels_seen(measuring, ("scratch",))

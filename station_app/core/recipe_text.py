"""A recipe as TOML text that `recipe_toml.parse_recipe` reads back to the same recipe. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields

from station_app.core.recipe import SCHEMA, CameraSetup, FingerprintLimits, Recipe, Region
from station_app.core.serial import CodeReading, SerialRules

_FINGERPRINT = tuple(field.name for field in fields(FingerprintLimits) if field.name != "on_difference")


def recipe_text(recipe: Recipe) -> str:
    """The whole recipe, every value written out: a file to be read and changed by people."""
    return "\n".join(_lines(recipe)) + "\n"


def _lines(recipe: Recipe) -> Iterator[str]:
    yield f"schema = {SCHEMA}"
    yield f"name = {_text(recipe.name)}"
    yield f"revision = {recipe.revision}"
    yield f"deadline_ms = {recipe.deadline_ms!r}"
    if recipe.codes:
        yield f"codes = {_list(recipe.codes)}"
    for camera in recipe.cameras:
        yield from _camera(camera)
    for label, thresholds in recipe.thresholds:
        yield f"\n[labels.{_text(label)}]"
        yield f"review = {thresholds.review!r}"
        yield f"fail = {thresholds.fail!r}"
    yield from _serial(recipe.serial)
    yield "\n[keep]"
    yield f"images = {_text(recipe.keep.images)}"
    yield f"pass_share = {recipe.keep.pass_share!r}"


def _camera(camera: CameraSetup) -> Iterator[str]:
    yield "\n[[cameras]]"
    yield f"id = {_text(camera.camera_id)}"
    yield "\n[cameras.model]"
    yield f"package = {_text(camera.model.package)}"
    yield f"sha256 = {_text(camera.model.sha256)}"
    if camera.model.provider:
        yield f"provider = {_text(camera.model.provider)}"
    if camera.settings:
        yield "\n[cameras.settings]"
        yield from (f"{_text(name)} = {_value(value)}" for name, value in camera.settings)
    yield "\n[cameras.quality]"
    limits = camera.quality
    for name in ("mean_min", "mean_max", "dark_share_max", "bright_share_max", "focus_min"):
        yield f"{name} = {getattr(limits, name)!r}"
    if camera.fingerprint is not None:
        yield "\n[cameras.fingerprint]"
        yield f"on_difference = {_text(camera.fingerprint.on_difference)}"
        yield from (f"{name} = {getattr(camera.fingerprint, name)!r}" for name in _FINGERPRINT)
    for region in camera.regions:
        yield from _region(region)


def _region(region: Region) -> Iterator[str]:
    yield "\n[[cameras.regions]]"
    yield f"name = {_text(region.name)}"
    yield f"box = [{', '.join(str(extent) for extent in region.box)}]"
    if region.is_excluded:
        yield "exclude = true"


def _serial(rules: SerialRules) -> Iterator[str]:
    yield "\n[serial]"
    yield f"source = {_text(rules.source)}"
    yield f"pattern = {_text(rules.pattern)}"
    yield f"unique = {_value(rules.is_unique)}"
    yield f"required = {_value(rules.is_required)}"
    if rules.reading is not None:
        yield from _reading(rules.reading)


def _reading(reading: CodeReading) -> Iterator[str]:
    yield "\n[serial.image]"
    yield f"camera = {_text(reading.camera_id)}"
    yield f"box = [{', '.join(str(extent) for extent in reading.box)}]"
    yield f"formats = {_list(reading.formats)}"
    yield f"budget_ms = {reading.budget_ms!r}"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(_text(text) for text in texts)}]"


def _value(value: bool | int | float | str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

"""Turns typed options into the station's `Options`: data folder, recipe or package, cameras, trigger."""

import re
from argparse import Namespace
from pathlib import Path

from station_app.app import Options
from station_app.command_line.arguments import data_dir_of
from station_app.config import read_recipe_file
from station_app.core.errors import ConfigError
from station_app.core.recipe import CameraSetup, ModelReference, Recipe
from station_app.engine.triggers import TriggerSetup, parse_trigger
from station_app.inference.package import ModelPackage, load_package

_NAMED_SOURCE = re.compile(r"^([\w.-]+)=(.+)$", re.DOTALL)
PACKAGE_DEADLINE_MS = 10_000.0
"""Replaying images nobody waits at the end of a conveyor; a part still must not wait for ever."""


def station_options(arguments: Namespace) -> Options:
    """What was asked for. ConfigError where it cannot be understood."""
    recipe = _given_recipe(arguments)
    return Options(
        data_dir=data_dir_of(arguments),
        config=arguments.config,
        recipe="" if recipe else arguments.recipe,
        given_recipe=recipe,
        cameras=_cameras(arguments.camera, recipe),
        trigger=parse_trigger(arguments.trigger) if arguments.trigger else None,
        packages=arguments.packages,
    )


def recipe_from_package(package: ModelPackage, reference: str, name: str, camera_id: str) -> Recipe:
    """A first recipe: whole frame, the package's own thresholds. `reference` is how the recipe names the package."""
    model = ModelReference(reference, package.sha256)
    return Recipe(
        name=name,
        revision=1,
        cameras=(CameraSetup(camera_id, model),),
        thresholds=package.manifest.thresholds,
        deadline_ms=PACKAGE_DEADLINE_MS,
    )


def _given_recipe(arguments: Namespace) -> Recipe | None:
    if arguments.package and arguments.recipe:
        raise ConfigError("both a recipe and a package are given", where="command line", remedy="give one of them")
    if arguments.package:
        package = load_package(arguments.package)
        return recipe_from_package(package, str(arguments.package.resolve()), package.manifest.name, "camera")
    if arguments.recipe and (arguments.recipe.endswith(".toml") or "/" in arguments.recipe):
        return read_recipe_file(Path(arguments.recipe))
    return None


def _cameras(texts: list[str], recipe: Recipe | None) -> tuple[tuple[str, str], ...]:
    only = recipe.cameras[0].camera_id if recipe and len(recipe.cameras) == 1 else ""
    return tuple(_camera(text, only) for text in texts)


def _camera(text: str, only: str) -> tuple[str, str]:
    named = _NAMED_SOURCE.match(text)
    return (named[1], named[2]) if named else (only, text)


def with_limit(trigger: TriggerSetup, limit: int) -> TriggerSetup:
    """The same trigger, ending after `limit` parts."""
    return TriggerSetup(trigger.kind, trigger.parts_per_s, limit)

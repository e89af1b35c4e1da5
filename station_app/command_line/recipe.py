"""`station-app recipe`: a first recipe for a model package, to be changed and approved by people."""

import sys
from argparse import Namespace
from pathlib import Path

from station_app.command_line.choices import recipe_from_package
from station_app.core.errors import ConfigError
from station_app.core.recipe_text import recipe_text
from station_app.inference.package import load_package

_HEAD = (
    "# Written for model package {name} {version}. Thresholds are the package's own; regions judge the whole frame.\n"
)


def run_recipe(arguments: Namespace) -> int:
    """Write the recipe file. ConfigError where it exists already or cannot be written."""
    out: Path = arguments.out
    package = load_package(arguments.package)
    reference = str(arguments.package.resolve())
    recipe = recipe_from_package(package, reference, arguments.name or out.stem, arguments.camera)
    head = _HEAD.format(name=package.manifest.name, version=package.manifest.version)
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(head + recipe_text(recipe))
    except OSError as error:
        what = f"the recipe cannot be written: {error.strerror}"
        raise ConfigError(what, where=str(out), remedy="name another file with --out") from error
    sys.stdout.write(f"{out}\n")
    return 0

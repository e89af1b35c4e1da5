"""`station-app recipe`: a first recipe for a model package, to be changed and approved by people."""

import sys
from argparse import Namespace
from pathlib import Path

from station_app.command_line.choices import recipe_from_package
from station_app.command_line.revisions import USAGE, WORDS, run_revisions
from station_app.core.errors import ConfigError
from station_app.core.recipe_text import recipe_text
from station_app.inference.package import load_package

_HEAD = (
    "# Written for model package {name} {version}. Thresholds are the package's own; regions judge the whole frame.\n"
)


def run_recipe(arguments: Namespace) -> int:
    """Write the recipe file, or tell of recorded revisions. ConfigError where the file exists already or cannot be
    written."""
    out: Path | None = arguments.out
    if out is None and arguments.words[0] in WORDS:
        return run_revisions(arguments)
    if out is None or len(arguments.words) > 1:
        raise ConfigError("these words make no question", where="command line", remedy=USAGE)
    path = Path(arguments.words[0])
    package = load_package(path)
    reference = str(path.resolve())
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

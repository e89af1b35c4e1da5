"""A few parts of the demo line, recorded by the real engine with every image."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from station_app.app import Options
from station_app.command_line.batch import inspect_parts
from station_app.config import read_recipe
from station_app.core.inspection import Inspection, Pixels
from station_app.core.recipe import Keep, KeepImages, Recipe
from station_app.engine.triggers import TriggerKind, TriggerSetup
from station_app.inference.inspector import Inspector
from station_app.inference.package import load_package
from station_app.store.archive import StationArchive

PROJECT = Path(__file__).resolve().parents[2]
PARTS = 8


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, by which recipe, and the model that did it."""

    folder: Path
    recipe: Recipe
    parts: tuple[Inspection, ...]
    inspector: Inspector

    def images(self, part_id: int) -> dict[str, Pixels]:
        return dict(StationArchive(self.folder).images(part_id))


@pytest.fixture(scope="package")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    """Half of them with a defect."""
    folder = tmp_path_factory.mktemp("recorded")
    demo = read_recipe(PROJECT / "configs" / "recipes", "housing")
    recipe = replace(demo, keep=Keep(KeepImages.ALL), deadline_ms=60_000.0)
    trigger = TriggerSetup(TriggerKind.FREE, limit=PARTS)
    cameras = (("top", "rendered:seed=5,rate=0.5"),)
    run = inspect_parts(Options(folder, given_recipe=recipe, cameras=cameras, trigger=trigger), PARTS)
    package = load_package(PROJECT / "assets" / "models" / recipe.cameras[0].model.package)
    with Inspector(package) as inspector:
        yield Recorded(folder, recipe, run.inspections, inspector)

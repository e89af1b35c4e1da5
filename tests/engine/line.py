"""A whole line for the tests: a real engine with a real model, on cameras that obey."""

import time as time_module
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import partial
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

from station_app.config import read_recipe, recipe_codes, recipe_names
from station_app.core.inspection import Frame, FrameStamp, NoResultReason, VerdictKind
from station_app.core.messages import CommandRefused, PartInspected
from station_app.core.people import SecretKind
from station_app.core.people_messages import SignInWith
from station_app.core.recipe import CameraSetup, Keep, KeepImages, ModelReference, QualityLimits, Recipe, Thresholds
from station_app.core.recipe_text import recipe_text
from station_app.core.serial import SerialRules
from station_app.devices.camera import Camera
from station_app.devices.freshness import Freshness
from station_app.engine.engine import Engine, EngineSetup
from station_app.engine.engine_setup import local_now, utc_ms
from station_app.engine.fittings import Makers
from station_app.engine.ledger import Ledger
from station_app.engine.live_camera import StampCheck
from station_app.engine.port_scans import CodeScanner
from station_app.engine.roster import Roster
from station_app.engine.triggers import TriggerSetup
from station_app.inference.dry_run import ProvedPackages
from station_app.inference.inspector import Inspector
from station_app.inference.package import ModelPackage, load_package
from station_app.inference.package_writer import write_package
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE
from station_app.store.references import ReferenceFiles
from tests.engine.fakes import Heard, PartCamera
from tests.engine.people import Clock, FakeRoster, engineer, password_of
from tests.inference.models import constant, draft, float_output, model, pointwise_package, ramp, serialized

LABELS = (("scratch", Thresholds(0.4, 0.6)),)
NO_PASSES = Keep(KeepImages.EVIDENCE, 0.0)
AMPLE_MS = 20_000.0
"""A deadline that no loaded machine misses."""


class AlreadyProved(ProvedPackages):
    """Remembers every package, so that no child process is needed."""

    def knows(self, key: str) -> bool:
        return True


def make_package(folder: Path) -> ModelPackage:
    """The package `package` in `folder`: grey level / 255 is the score of the one label, scratch."""
    return pointwise_package(folder)


def nan_package(folder: Path) -> ModelPackage:
    """As the usual package, but a white pixel makes its answer NaN."""
    nodes = [
        helper.make_node("Cast", ["image"], ["grey"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["grey"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Sub", ["white", "planes"], ["below"]),
        helper.make_node("Div", ["below", "below"], ["one"]),
        helper.make_node("Mul", ["planes", "one"], ["same"]),
        helper.make_node("Div", ["same", "white"], ["scores"]),
    ]
    body = model(nodes, [float_output([1, 1, 32, 32])], [1, 32, 32, 1], [constant("white", 255.0)])
    return write_package(folder, draft(), serialized(body), [np.minimum(ramp(), 254)])


def make_recipe(
    package_hash: str,
    *,
    name: str = "A17",
    cameras: tuple[str, ...] = ("top",),
    deadline_ms: float = AMPLE_MS,
    keep: Keep = NO_PASSES,
    quality: QualityLimits | None = None,
) -> Recipe:
    model = ModelReference("package", package_hash)
    setups = tuple(CameraSetup(camera_id, model, quality=quality or QualityLimits()) for camera_id in cameras)
    return Recipe(name, 1, setups, LABELS, deadline_ms, keep)


@dataclass
class Line:
    """An engine and all that stands around it. `recipes` is a folder of recipe files."""

    engine: Engine
    ledger: Ledger
    heard: Heard
    cameras: Mapping[str, Camera]
    folder: Path
    recipe: Recipe

    @property
    def recipes(self) -> Path:
        return self.folder / "recipes"

    @property
    def top(self) -> PartCamera:
        camera = self.cameras["top"]
        assert isinstance(camera, PartCamera)
        return camera

    def write_recipe(self, recipe: Recipe) -> None:
        (self.recipes / f"{recipe.name}.toml").write_text(recipe_text(recipe), encoding="utf-8")

    def run(self) -> None:
        """Load and start."""
        self.engine.load(self.recipe.name)
        self.engine.start()

    def inspect(self, parts: int = 1) -> tuple[PartInspected, ...]:
        """Trigger so many parts, each when the line is ready, and wait until all have their verdict."""
        for _ in range(parts):
            assert self.engine.wait_ready(20)
            assert self.engine.trigger() > 0
        assert self.engine.tally.wait_settled(20)
        return self.heard.parts[-parts:]

    def sign_in(self, name: str) -> None:
        """With the password, as at the screen."""
        self.engine.obey(SignInWith(name, SecretKind.PASSWORD, password_of(name)))
        assert self.engine.describe().operator == name

    def refusals(self) -> list[str]:
        return [event.what for event in self.heard.of(CommandRefused)]


@dataclass
class LineSettings:
    """What may differ between lines. `makers` and `setup` get the usual ones and give those that are used. There are no
    accounts unless `roster` has some; `engineer` is one who has signed in. `clock` is that of sessions and locks."""

    cameras: Mapping[str, Camera] = field(default_factory=lambda: {"top": PartCamera()})
    trigger: TriggerSetup = field(default_factory=TriggerSetup)
    deadline_ms: float = AMPLE_MS
    keep: Keep = NO_PASSES
    quality: QualityLimits | None = None
    max_in_flight: int = 3
    serial: SerialRules = field(default_factory=SerialRules)
    scanner: CodeScanner | None = None
    makers: Callable[[Makers], Makers] = lambda makers: makers
    shifts: tuple[time, ...] = ()
    local_now: Callable[[], datetime] = local_now
    setup: Callable[[EngineSetup], EngineSetup] = lambda setup: setup
    roster: Roster | None = None
    engineer: str = ""
    clock: Clock | None = None


def open_line(folder: Path, ledger: Ledger, settings: LineSettings) -> Line:
    """The line, nothing loaded yet. Whoever opens it closes `engine`, then the ledger."""
    packages = folder / "packages"
    package_folder = packages / "package"
    package = load_package(package_folder) if package_folder.exists() else make_package(packages)
    recipe = make_recipe(
        package.sha256,
        cameras=tuple(settings.cameras),
        deadline_ms=settings.deadline_ms,
        keep=settings.keep,
        quality=settings.quality,
    )
    recipe = replace(recipe, serial=settings.serial)
    recipes = folder / "recipes"
    recipes.mkdir(exist_ok=True)
    (recipes / f"{recipe.name}.toml").write_text(recipe_text(recipe), encoding="utf-8")
    heard = Heard()
    makers = Makers(
        camera=lambda setup: settings.cameras[setup.camera_id],
        inspector=partial(_make_inspector, packages),
        stamp_check=_make_check,
        references=ReferenceFiles(folder / "references"),
    )
    setup = EngineSetup(
        station="Test 1",
        trigger=settings.trigger,
        max_in_flight=settings.max_in_flight,
        preview=folder / "preview",
        database=folder / DATABASE,
        images=folder / "images",
        flat_fields=folder / "flat-fields",
        roster=settings.roster or (engineer(settings.engineer) if settings.engineer else FakeRoster()),
        recipe_names=partial(recipe_names, recipes),
        read_recipe=partial(read_recipe, recipes),
        free_bytes=lambda: 1,
        shifts=settings.shifts,
        local_now=settings.local_now,
        recipe_codes=partial(recipe_codes, recipes),
        scanner=settings.scanner,
        monotonic_s=settings.clock.monotonic_s if settings.clock else time_module.monotonic,
        utc_ms=settings.clock.utc_ms if settings.clock else utc_ms,
    )
    engine = Engine(settings.setup(setup), ledger, settings.makers(makers), heard)
    line = Line(engine, ledger, heard, settings.cameras, folder, recipe)
    if settings.engineer:
        line.sign_in(settings.engineer)
    return line


def _make_inspector(packages: Path, setup: CameraSetup) -> Inspector:
    package = load_package(packages / setup.model.package, expected_sha256=setup.model.sha256)
    return Inspector(package, proved=AlreadyProved(packages / "proved.json"))


def _make_check(camera_id: str) -> StampCheck:
    freshness = Freshness()

    def check(stamp: FrameStamp, frame: Frame, triggered_ns: int) -> NoResultReason | None:
        return freshness.fault(stamp, frame.pixels, triggered_ns)

    return check


def with_camera_maker(makers: Makers, camera: Callable[[CameraSetup], Camera]) -> Makers:
    return replace(makers, camera=camera)


def released(folder: Path) -> dict[int, tuple[VerdictKind, NoResultReason | None]]:
    """What the records say that was told of each part: as recorded, but for a PASS that was recorded after its
    deadline, which the audit chain says was withheld."""
    with closing(open_reader(folder / DATABASE)) as reader:
        rows = reader.execute("SELECT subject FROM audit WHERE action = 'pass_withheld'").fetchall()
    withheld = {int(row[0].removeprefix("part ")) for row in rows}
    told = recorded(folder)
    assert all(told[part_id] == (VerdictKind.PASS, None) for part_id in withheld)
    return told | dict.fromkeys(withheld, (VerdictKind.NO_RESULT, NoResultReason.LATE))


def recorded(folder: Path) -> dict[int, tuple[VerdictKind, NoResultReason | None]]:
    """What the database of `folder` says of each part."""
    with closing(open_reader(folder / DATABASE)) as reader:
        rows = reader.execute("SELECT part_id, verdict, reason FROM inspections ORDER BY part_id").fetchall()
    return {row[0]: (VerdictKind(row[1]), NoResultReason(row[2]) if row[2] else None) for row in rows}

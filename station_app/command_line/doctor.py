"""`station-app doctor`: is this computer and this set-up fit to inspect? One line a check, each with what to do."""

import os
import platform
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

import numpy as np

from station_app.app import Options, camera_sources
from station_app.command_line.arguments import data_dir_of
from station_app.command_line.engine_process import engine_answers
from station_app.config import (
    ScannerSetup,
    StationConfig,
    find_config,
    read_config,
    read_recipe,
    recipe_codes,
    recipe_names,
)
from station_app.core.errors import StationError
from station_app.core.recipe import CameraSetup, Recipe
from station_app.devices.scanner_port import ScannerPort
from station_app.devices.source import open_source
from station_app.inference import providers
from station_app.inference.package import load_package
from station_app.store.image_files import write_durably
from station_app.store.ledger import DATABASE
from station_app.store.references import REFERENCES, ReferenceFiles
from station_app.store.retention import measure_space
from station_app.store.verification import verify

LOW_BYTES = 2 << 30
SLOW_SYNC_MS = 30.0
_SYNCS = 9


class Level(StrEnum):
    """OK: fit. WARN: it runs, but look at it. FAIL: the station cannot inspect like this."""

    OK = "OK"
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line: what was looked at, what was found, and what to do where it is not OK."""

    level: Level
    what: str
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" -> {self.remedy}" if self.remedy else ""
        return f"{self.level:4}  {self.what:16} {self.found}{remedy}"


def run_doctor(arguments: Namespace) -> int:
    """Print every diagnosis; 1 where anything fails."""
    options = Options(data_dir_of(arguments), arguments.config)
    is_fit = True
    for diagnosis in diagnose(options):
        sys.stdout.write(f"{diagnosis}\n")
        is_fit &= diagnosis.level is not Level.FAIL
    return 0 if is_fit else 1


def diagnose(options: Options) -> Iterator[Diagnosis]:
    """Every check in turn; a check that the world fails is itself a diagnosis."""
    yield from _guarded("computer", _computer)
    yield from _guarded("engine", partial(_engine, options.data_dir))
    yield from _guarded("data folder", partial(_data_folder, options.data_dir))
    yield from _guarded("records", partial(_records, options.data_dir))
    yield from _guarded("station file", partial(_station, options))


def _guarded(what: str, check: Callable[[], Iterator[Diagnosis]]) -> Iterator[Diagnosis]:
    try:
        yield from check()
    except StationError as error:
        place = f" ({error.where})" if error.where else ""
        yield Diagnosis(Level.FAIL, what, f"{error.what}{place}", error.remedy)


def _computer() -> Iterator[Diagnosis]:
    python = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    yield Diagnosis(Level.OK, "computer", python)
    yield Diagnosis(Level.OK, "providers", ", ".join(providers.offered()))


def _engine(data_dir: Path) -> Iterator[Diagnosis]:
    state = "runs" if engine_answers(data_dir) else "does not run now"
    yield Diagnosis(Level.OK, "engine", state)


def _data_folder(folder: Path) -> Iterator[Diagnosis]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        took_ms = _sync_ms(folder)
    except OSError as error:
        remedy = "give this user the right to write there, or choose another folder with --data-dir"
        yield Diagnosis(Level.FAIL, "data folder", f"{folder}: {error.strerror}", remedy)
        return
    yield Diagnosis(Level.OK, "data folder", str(folder))
    slow = took_ms > SLOW_SYNC_MS
    remedy = "use a local solid-state disk: every verdict waits for it" if slow else ""
    yield Diagnosis(Level.WARN if slow else Level.OK, "disk", f"a record takes {took_ms:.1f} ms to be safe", remedy)
    free = measure_space(folder, 0).free
    is_low = free < LOW_BYTES
    yield Diagnosis(
        Level.WARN if is_low else Level.OK, "space", f"{free / 1e9:.1f} GB free", "make room" if is_low else ""
    )


def _sync_ms(folder: Path) -> float:
    """Median milliseconds of writing a small file so that it survives a power cut."""
    probe = folder / f".probe-{os.getpid()}"
    took = []
    try:
        for number in range(_SYNCS):
            started = time.perf_counter()
            write_durably(probe, bytes(4096 + number))
            took.append(time.perf_counter() - started)
    finally:
        probe.unlink(missing_ok=True)
    return float(np.median(took)) * 1e3


def _records(folder: Path) -> Iterator[Diagnosis]:
    if not (folder / DATABASE).exists():
        yield Diagnosis(Level.OK, "records", "none yet")
        return
    problems = verify(folder)
    for problem in problems:
        yield Diagnosis(Level.FAIL, "records", f"{problem.what} ({problem.where})", problem.remedy)
    if not problems:
        yield Diagnosis(Level.OK, "records", "database, audit chain, counters and images agree")


def _station(options: Options) -> Iterator[Diagnosis]:
    path = find_config(options.data_dir, options.config)
    config = read_config(path)
    yield Diagnosis(Level.OK, "station file", f"{path}: {config.name}")
    recipe = read_recipe(config.recipes, config.recipe)
    yield Diagnosis(Level.OK, "recipe", f"{recipe.name}, revision {recipe.revision}")
    yield from _guarded("model", partial(_models, config, recipe))
    yield from _recipe_codes(config)
    for setup in recipe.cameras:
        yield from _guarded("reference", partial(_reference, options.data_dir, recipe, setup))
    is_in_use = engine_answers(options.data_dir)
    yield from _plc(config)
    if config.scanner is not None and not is_in_use:
        yield from _guarded("scanner", partial(_scanner, config.scanner))
    for camera_id, source in camera_sources(options).items():
        if is_in_use:
            yield Diagnosis(Level.OK, f"camera {camera_id}", "in use by the engine that runs")
        else:
            yield from _guarded(f"camera {camera_id}", partial(_camera, camera_id, source))


def _models(config: StationConfig, recipe: Recipe) -> Iterator[Diagnosis]:
    for setup in recipe.cameras:
        package = load_package(config.packages / setup.model.package, expected_sha256=setup.model.sha256)
        providers.choose(setup.model.provider)
        manifest = package.manifest
        yield Diagnosis(Level.OK, "model", f"{manifest.name} {manifest.version}, package {package.sha256[:12]}")


def _recipe_codes(config: StationConfig) -> Iterator[Diagnosis]:
    """A code of several recipes selects none of them."""
    codes = Counter(code for code, _ in recipe_codes(config.recipes))
    for code in (code for code, count in codes.items() if count > 1):
        remedy = "leave it in one of them"
        yield Diagnosis(Level.WARN, "recipe codes", f"several recipes have the code {code!r}", remedy)


def _plc(config: StationConfig) -> Iterator[Diagnosis]:
    """Whether its set-up is whole; whether it answers shows at its own side."""
    setup = config.plc
    if setup is None:
        return
    yield Diagnosis(Level.OK, "PLC", f"Modbus TCP at {setup.address}, port {setup.port}")
    known = recipe_names(config.recipes)
    for number, name in setup.recipes:
        if name not in known:
            remedy = "correct [plc.recipes], or make that recipe"
            yield Diagnosis(Level.WARN, "PLC", f"number {number} selects {name!r}, of which there is no file", remedy)


def _scanner(setup: ScannerSetup) -> Iterator[Diagnosis]:
    scanner = ScannerPort(setup)
    try:
        scanner.open()
    finally:
        scanner.close()
    yield Diagnosis(Level.OK, "scanner", f"{setup.port} opens")


def _reference(folder: Path, recipe: Recipe, setup: CameraSetup) -> Iterator[Diagnosis]:
    """Only where the recipe asks for a fingerprint, or somebody has saved one all the same."""
    found = ReferenceFiles(folder / REFERENCES).load(recipe.name, setup.camera_id)
    if found is not None:
        saved = time.strftime("%Y-%m-%d %H:%M", time.localtime(found.note.saved_at_ms / 1000))
        yield Diagnosis(Level.OK, "reference", f"camera {setup.camera_id}: saved {saved} by {found.note.operator}")
    elif setup.fingerprint is not None:
        remedy = "save one at the set-up screen"
        yield Diagnosis(Level.WARN, "reference", f"camera {setup.camera_id}: none, so nothing is compared", remedy)


def _camera(camera_id: str, source: str) -> Iterator[Diagnosis]:
    camera = open_source(source, camera_id)
    try:
        described = camera.open()
    finally:
        camera.close()
    height, width = described.shape[:2]
    found = f"{described.model} {described.serial}, {width} x {height} {described.pixel_format}"
    yield Diagnosis(Level.OK, f"camera {camera_id}", found)

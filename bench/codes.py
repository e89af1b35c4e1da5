"""Reading codes: how long a decoder takes in its region, and what the line loses by it.

    python -m bench.codes [--rounds 5] [--parts 60]

The line runs as it is shipped, without a window: rendered housings of 1280 x 960 from files, the demo's model on one
thread, every image kept. Recipes without a code, with one that is read, and with a region of 700 x 600 in which there
is none to be read (the dearest case) take turns. Printed are medians over the rounds.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from station_app.app import Options, open_station
from station_app.codes.drawing import draw_code
from station_app.codes.reading import read_codes
from station_app.config import DEMO_CONFIG, read_config, read_recipe
from station_app.core.inspection import Box, Pixels
from station_app.core.messages import Event, PartInspected
from station_app.core.recipe import Keep, KeepImages, Recipe
from station_app.core.recipe_text import recipe_text
from station_app.core.serial import CodeFormat, CodeReading, SerialRules, SerialSource
from station_app.devices.rendering.label import label_box
from station_app.devices.rendering.plan import RenderSpec, plan_part
from station_app.devices.rendering.render import render_part
from station_app.engine.engine import Engine
from station_app.engine.triggers import TriggerKind, TriggerSetup
from station_app.store.archive import StationArchive

REGION = (600, 700)
SCENES = 40
FRAMES = 16
FORMATS = {CodeFormat.DATA_MATRIX: 8, CodeFormat.QR: 7, CodeFormat.CODE_128: 3}
"""Pixels of a module."""
STATION = """schema = 1
name = "bench"
recipe = "plain"
recipes = "recipes"
packages = "{packages}"
[cameras]
top = "folder:{images},loop=yes"
[images]
max_bytes = 100_000_000_000
disk_share = 0.98
"""


def bench_decoder() -> None:
    """Print median and 95th percentile for a clean print, a poor one (blur of 2 px, noise of 15) and none at all."""
    print(f"one code in a region of {REGION[1]} x {REGION[0]}, one format asked for, {SCENES} scenes each")
    for code_format, module_px in FORMATS.items():
        code = draw_code("SN000123", code_format, module_px)
        for name, blur, noise in (("clean", 0.0, 3.0), ("poor", 2.0, 15.0), ("none", 0.0, 15.0)):
            took, read = [], 0
            for seed in range(SCENES):
                scene = _scene(code if name != "none" else None, blur, noise, seed)
                started = time.perf_counter()
                read += read_codes(scene, [code_format]) == ("SN000123",)
                took.append((time.perf_counter() - started) * 1e3)
            median, late = np.median(took), np.percentile(took, 95)
            print(f"  {code_format:12} {name:6} median {median:6.1f} ms, p95 {late:6.1f} ms, read {read}/{SCENES}")


def _scene(code: Pixels | None, blur: float, noise: float, seed: int) -> Pixels:
    random = np.random.default_rng(seed)
    scene = np.asarray(cv2.blur(150 + random.normal(0, 6, REGION).astype(np.float32), (15, 1)), np.float32)
    if code is not None:
        top, left = (int(random.integers(0, room - size)) for room, size in zip(REGION, code.shape, strict=True))
        scene[top : top + code.shape[0], left : left + code.shape[1]] = np.where(code > 0, 190, 40)
    if blur:
        scene = np.asarray(cv2.GaussianBlur(scene, (0, 0), blur), np.float32)
    return np.asarray(np.clip(scene + random.normal(0, noise, REGION), 0, 255), np.uint8)


@dataclass(frozen=True, slots=True)
class Round:
    """Parts a second, and medians of a part's milliseconds."""

    rate: float
    inspect_ms: float
    total_ms: float
    code_ms: float


class Parts:
    """Hears of verdicts and waits for so many."""

    def __init__(self) -> None:
        self._told: list[PartInspected] = []
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        if isinstance(event, PartInspected):
            with self._changed:
                self._told.append(event)
                self._changed.notify_all()

    def next(self, count: int) -> tuple[PartInspected, ...]:
        with self._changed:
            self._told.clear()
            assert self._changed.wait_for(lambda: len(self._told) >= count, 120)
            return tuple(self._told[:count])


def bench_line(folder: Path, rounds: int, parts: int) -> None:
    """Print what a part and the line cost with each recipe, and the ratios to the one without a code."""
    recipes = prepare(folder)
    told: dict[str, list[Round]] = {name: [] for name in recipes}
    heard = Parts()
    station = open_station(Options(folder, trigger=TriggerSetup(TriggerKind.FREE)), heard)
    with closing(station):
        for _ in range(rounds):
            for name in recipes:
                told[name].append(line_round(station.engine, name, heard, folder, parts))
    plain = _middle(told["plain"])
    for name in recipes:
        middle = _middle(told[name])
        print(
            f"  {name:8} {middle.rate:5.1f} parts/s ({middle.rate / plain.rate:.3f} x), inspection"
            f" {middle.inspect_ms:5.1f} ms ({middle.inspect_ms / plain.inspect_ms:.3f} x), trigger to verdict"
            f" {middle.total_ms:5.1f} ms, reading {middle.code_ms:4.1f} ms"
        )


def line_round(engine: Engine, recipe: str, heard: Parts, folder: Path, parts: int) -> Round:
    engine.load(recipe)
    engine.start()
    heard.next(10)  # to warm up
    started = time.perf_counter()
    told = heard.next(parts)
    seconds = time.perf_counter() - started
    engine.pause()
    records = StationArchive(folder).inspections(part.part_id for part in told)
    return Round(
        parts / seconds,
        statistics.median(record.times.inspect_ms for record in records),
        statistics.median(part.total_ms for part in told),
        statistics.median(record.times.code_ms for record in records),
    )


def _middle(rounds: list[Round]) -> Round:
    names = ("rate", "inspect_ms", "total_ms", "code_ms")
    return Round(*(statistics.median(getattr(entry, name) for entry in rounds) for name in names))


def prepare(folder: Path) -> tuple[str, ...]:
    """Images, recipes and the station file; the recipes' names."""
    spec = RenderSpec(defect_rate=0.0, has_codes=True)
    images = folder / "frames"
    images.mkdir()
    for number in range(FRAMES):
        cv2.imwrite(str(images / f"{number:02d}.bmp"), render_part(spec, plan_part(spec, number)).pixels)
    demo = read_config(DEMO_CONFIG)
    shipped = replace(read_recipe(demo.recipes, "housing"), deadline_ms=5000.0, keep=Keep(KeepImages.ALL, 1.0))
    (folder / "recipes").mkdir()
    for recipe in _recipes(shipped, spec):
        (folder / "recipes" / f"{recipe.name}.toml").write_text(recipe_text(recipe), encoding="utf-8")
    text = STATION.format(packages=demo.packages, images=images)
    (folder / "station.toml").write_text(text, encoding="utf-8")
    return "plain", "code", "no code"


def _recipes(shipped: Recipe, spec: RenderSpec) -> Iterator[Recipe]:
    formats = (CodeFormat.DATA_MATRIX,)
    code = CodeReading("top", label_box(spec), formats, 1000.0)
    nothing = CodeReading("top", Box(20, 20, 700, 600), formats, 1000.0)
    cameras = tuple(replace(camera, settings=()) for camera in shipped.cameras)
    plain = replace(shipped, name="plain", cameras=cameras)
    yield plain
    yield replace(plain, name="code", serial=SerialRules(SerialSource.IMAGE, is_required=True, reading=code))
    yield replace(plain, name="no code", serial=SerialRules(SerialSource.IMAGE, reading=nothing))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", type=int, default=60)
    arguments = parser.parse_args()
    bench_decoder()
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(prefix="station-bench-") as folder:
        print("the line, as fast as it goes")
        bench_line(Path(folder), arguments.rounds, arguments.parts)
    print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()

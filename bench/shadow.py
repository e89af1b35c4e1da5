"""What a model in shadow costs the champion's verdict: the demo line with and without one, in turn in the same run.

    python -m bench.shadow [--rounds 12] [--scale 1.0] [--rates 1 5]

The engine is the real one with the rendered camera, the shipped model and all its records; the candidate is the same
model under another version, so that it costs what the champion does. A round is three stretches of parts: without, with
and without again; the two stretches without say how much is chance. Printed are median and 99th percentile over all
parts, from the frame to the verdict, and from the trigger until the verdict has left; and how many parts were looked at
in shadow. Goal: at the demo's rate (1 part/s) p99 at most 1.05 times that without.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from station_app.app import OpenStation, Options, open_station
from station_app.core.messages import Event, PartInspected
from station_app.core.model_messages import ModelStage
from station_app.core.recipe import ModelReference
from station_app.engine.candidate import Candidate
from station_app.engine.triggers import TriggerKind, TriggerSetup
from station_app.inference.package import load_package
from station_app.store.archive import StationArchive
from station_app.store.shadow_view import Trial, pair_counts

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "assets" / "models"
GOAL = 1.05
WARM_UP = 2
STRETCH_S = 10.0
"""Short, so that what else the machine does falls on all stretches alike."""


@dataclass
class Took:
    """Milliseconds of each part."""

    judged: list[float] = field(default_factory=list)
    left: list[float] = field(default_factory=list)


class Ear:
    """Hears the engine's verdicts."""

    def __init__(self) -> None:
        self._parts: list[PartInspected] = []
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        if isinstance(event, PartInspected):
            with self._changed:
                self._parts.append(event)
                self._changed.notify_all()

    def next_parts(self, count: int) -> list[PartInspected]:
        """The next `count` from now on."""
        with self._changed:
            begun = len(self._parts)
            if not self._changed.wait_for(lambda: len(self._parts) >= begun + count, 600):
                raise SystemExit("the engine does not answer")
            return self._parts[begun : begun + count]


def second_version(packages: Path) -> ModelReference:
    """The shipped package under another version: the same model, another hash."""
    shutil.copytree(MODELS, packages)
    (shipped,) = (entry for entry in packages.iterdir() if entry.is_dir())
    copy = packages / "candidate"
    shutil.copytree(shipped, copy)
    manifest = copy / "manifest.json"
    told = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**told, "version": "9.9.9"}), encoding="utf-8")
    return ModelReference(copy.name, load_package(copy).sha256)


@contextmanager
def running(rate: float, packages: Path, folder: Path) -> Iterator[tuple[OpenStation, Ear]]:
    ear = Ear()
    trigger = TriggerSetup(TriggerKind.TIMER, rate)
    options = Options(folder, ROOT / "configs" / "station.toml", trigger=trigger, packages=packages)
    with closing(open_station(options, ear)) as station:
        station.engine.load(station.recipe)
        station.engine.start()
        yield station, ear


def stretch(ear: Ear, folder: Path, took: Took, parts: int) -> None:
    ear.next_parts(WARM_UP)
    told = ear.next_parts(parts)
    took.left += [part.total_ms for part in told]
    took.judged += [record.times.inspect_ms for record in StationArchive(folder).inspections(p.part_id for p in told)]


def measure(rate: float, rounds: int, scale: float, reference: ModelReference, packages: Path) -> None:
    parts = round(scale * STRETCH_S * rate)
    before, shadowed, after = Took(), Took(), Took()
    folder = Path(tempfile.mkdtemp(prefix="station-shadow-"))
    try:
        with running(rate, packages, folder) as (station, ear):
            trials = station.engine.trials
            recipe = trials.recipe
            assert recipe is not None
            (setup,) = recipe.cameras
            shown = replace(recipe, revision=recipe.revision + 1, cameras=(replace(setup, model=reference),))
            candidate = Candidate(shown, setup.camera_id, reference.sha256, ModelStage.SHADOW)
            for _ in range(rounds):
                stretch(ear, folder, before, parts)
                trials.set_candidate(candidate)
                stretch(ear, folder, shadowed, parts)
                trials.set_candidate(None)
                stretch(ear, folder, after, parts)
            time.sleep(0.5)
            trial = Trial(reference.sha256, recipe.name)
            counts = StationArchive(folder).read(lambda reader: pair_counts(reader, trial))
        told = before.left + after.left
        print(f"{rate:g} parts/s, {len(shadowed.left)} parts with and {len(told)} without")
        print(f"  looked at in shadow: {counts.compared} of {counts.compared + counts.dropped}")
        tell("frame to verdict", before.judged, shadowed.judged, after.judged)
        tell("trigger until it has left", before.left, shadowed.left, after.left)
        sys.stdout.flush()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tell(what: str, before: list[float], shadowed: list[float], after: list[float]) -> None:
    without = before + after
    for name, share in (("median", 50), ("p95", 95), ("p99", 99)):
        bare, ours = float(np.percentile(without, share)), float(np.percentile(shadowed, share))
        one, other = float(np.percentile(before, share)), float(np.percentile(after, share))
        chance = max(one, other) / min(one, other)
        print(f"  {what}, {name}: {bare:.1f} ms without, {ours:.1f} ms with: {ours / bare:.3f} x (chance {chance:.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--scale", type=float, default=1.0, help="times as many parts in each stretch")
    parser.add_argument("--rates", type=float, nargs="+", default=[1.0, 5.0], help="parts per second")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        packages = Path(scratch) / "models"
        reference = second_version(packages)
        for rate in options.rates:
            measure(rate, options.rounds, options.scale, reference, packages)
    print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; goal {GOAL:.2f} x")


if __name__ == "__main__":
    main()

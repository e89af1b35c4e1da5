"""The whole line against the bare `session.run`: camera, model, rows with FULL durability, every image, a busy window.

    python -m bench.line [--rounds 5] [--parts 60] [--threads 1] [--folder DIR]

The engine and the window are the real programs in processes of their own; this process runs the bare loop on the same
model, the same kind of frames (5 MP mono8) and as many threads, in turn with them, while the line is paused. Printed
are medians over the rounds.

The time of a part is that from its frame to its verdict, on the inspect thread. Beside it stands, without a bare
counterpart, the time from the trigger until the verdict has left: exposure, waiting for the parts before and the commit
included.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.inference_path import HEIGHT, LABELS, WIDTH, Case, bare_loop, build_package, scratched_frames
from station_app.core.errors import LinkError
from station_app.core.inspection import Frame
from station_app.core.messages import EngineState, Event, PartInspected, Pause, Shutdown, Start, StateChanged
from station_app.core.recipe import CameraSetup, Keep, KeepImages, ModelReference, Recipe, Thresholds
from station_app.core.recipe_text import recipe_text
from station_app.engine.client import EngineClient
from station_app.inference.manifest import Fit
from station_app.inference.package import ModelPackage
from station_app.store.archive import StationArchive

HEAVY = Case("heavy", Fit.AREA, 256, 0, 64, 8)
LIGHT = Case("light", Fit.AREA, 256, 0, 36, 4)
WARM_UP = 10
PATIENCE_S = 120.0
STATION = """schema = 1
name = "bench"
recipe = "bench"
trigger = "{trigger}"
recipes = "."
packages = "."
[cameras]
top = "rendered:width={width},height={height},bank=12"
[inference]
threads = {threads}
[images]
max_bytes = 100_000_000_000
disk_share = 0.98
"""


@dataclass(frozen=True, slots=True)
class Round:
    """Parts a second, the median and 99th percentile of a part's milliseconds, and both until it has left."""

    rate: float
    median_ms: float
    p99_ms: float
    left_ms: float = 0.0
    left_p99_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Job:
    """A model, a trigger, and the goals: throughput at least, median and p99 at most, as multiples of bare."""

    case: Case
    trigger: str
    goals: tuple[float, float, float]

    @property
    def period_s(self) -> float:
        """Seconds from part to part, 0 at full speed."""
        _, _, rate = self.trigger.partition(":")
        return 1 / float(rate) if rate else 0.0


JOBS = (
    Job(HEAVY, "free", (0.95, 1.05, 1.10)),
    Job(LIGHT, "timer:15", (0.0, 1.10, 1.25)),
    Job(LIGHT, "free", (0.70, 0.0, 0.0)),
)


def measure(job: Job, arguments: argparse.Namespace, folder: Path) -> None:
    package = build_package(job.case, folder)
    frames = scratched_frames(4)
    bare = bare_loop(package, arguments.threads, frames)
    prepare(folder, job, package, arguments.threads)
    ours: list[Round] = []
    theirs: list[Round] = []
    with running(folder) as client:
        for _ in range(arguments.rounds):
            theirs.append(bare_round(bare, frames, job, arguments.parts))
            ours.append(line_round(client, job, arguments.parts, folder))
    tell(job, ours, theirs)


def bare_round(bare: Callable[[Frame], None], frames: list[Frame], job: Job, parts: int) -> Round:
    """The bare loop, at the job's pace where it has one: a processor that waits is slower afterwards for both sides."""
    took = []
    started = due = time.perf_counter()
    for index in range(parts):
        due += job.period_s
        before = time.perf_counter()
        bare(frames[index % len(frames)])
        took.append((time.perf_counter() - before) * 1e3)
        time.sleep(max(0.0, due - time.perf_counter()) if job.period_s else 0)
    return Round(parts / (time.perf_counter() - started), *quantiles(took))


def line_round(client: EngineClient, job: Job, parts: int, folder: Path) -> Round:
    """Run the line for so many parts after a few to warm up."""
    client.send(Start())
    for _ in range(WARM_UP):
        next_part(client)
    started = time.perf_counter()
    told = [next_part(client) for _ in range(parts)]
    seconds = time.perf_counter() - started
    client.send(Pause())
    wait_for(client, lambda event: isinstance(event, StateChanged) and event.state is EngineState.PAUSED)
    records = StationArchive(folder).inspections(part.part_id for part in told)
    took = [record.times.inspect_ms for record in records]
    return Round(parts / seconds, *quantiles(took), *quantiles([part.total_ms for part in told]))


def quantiles(took: list[float]) -> tuple[float, float]:
    return float(np.median(took)), float(np.percentile(took, 99))


def tell(job: Job, ours: list[Round], theirs: list[Round]) -> None:
    def middle(rounds: list[Round], name: str) -> float:
        return statistics.median(getattr(r, name) for r in rounds)

    ratios = [middle(ours, name) / middle(theirs, name) for name in ("rate", "median_ms", "p99_ms")]
    goals = [f"(goal {goal:.2f})" if goal else "" for goal in job.goals]
    print(f"{job.case.name} model, {job.trigger}, {middle(ours, 'rate'):.1f} parts/s")
    for name, rounds in (("bare", theirs), ("line", ours)):
        print(f"  {name}: median {middle(rounds, 'median_ms'):.1f} ms, p99 {middle(rounds, 'p99_ms'):.1f} ms")
    print(f"  trigger to verdict that has left: median {middle(ours, 'left_ms'):.1f} ms")
    words = zip(("throughput", "median", "p99"), ratios, goals, strict=True)
    print("  line / bare: " + ", ".join(f"{word} {ratio:.2f} x {goal}".rstrip() for word, ratio, goal in words))
    sys.stdout.flush()


def prepare(folder: Path, job: Job, package: ModelPackage, threads: int) -> None:
    model = ModelReference(Path(package.where).name, package.sha256)
    thresholds = tuple((label, Thresholds(0.99, 1.0)) for label in LABELS)  # parts pass, as nearly all on a line do
    keep = Keep(KeepImages.ALL, 1.0)
    recipe = Recipe("bench", 1, (CameraSetup("top", model),), thresholds, 5000.0, keep)
    (folder / "bench.toml").write_text(recipe_text(recipe), encoding="utf-8")
    text = STATION.format(trigger=job.trigger, width=WIDTH, height=HEIGHT, threads=threads)
    (folder / "station.toml").write_text(text, encoding="utf-8")


@contextmanager
def running(folder: Path) -> Iterator[EngineClient]:
    """The engine, the window (without a display, but drawing all it would draw) and a client."""
    program = [sys.executable, "-P", "-m", "station_app"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    engine = subprocess.Popen([*program, "engine", "--data-dir", str(folder)])
    client = connect(folder)
    wait_for(client, lambda event: isinstance(event, StateChanged) and event.state is EngineState.READY)
    window = subprocess.Popen([*program, "--data-dir", str(folder)], env=environment)
    time.sleep(3)
    try:
        yield client
    finally:
        window.terminate()
        window.wait()
        client.send(Shutdown())
        engine.wait(60)
        client.close()


def connect(folder: Path) -> EngineClient:
    until = time.monotonic() + PATIENCE_S
    while True:
        client = EngineClient(folder)
        try:
            client.connect()
        except LinkError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return client


def next_part(client: EngineClient) -> PartInspected:
    event = wait_for(client, lambda event: isinstance(event, PartInspected))
    assert isinstance(event, PartInspected)
    return event


def wait_for(client: EngineClient, is_it: Callable[[Event], bool]) -> Event:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        event = client.receive(1.0)
        if event is not None and is_it(event):
            return event
    raise SystemExit("the engine does not answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", type=int, default=60)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where records and images go, instead of the temporary folder")
    arguments = parser.parse_args()
    for job in JOBS:
        folder = Path(tempfile.mkdtemp(prefix="station-bench-", dir=arguments.folder))
        try:
            measure(job, arguments, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()

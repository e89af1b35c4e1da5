"""The line's latency while somebody browses the records of years beside it, against the same line left alone.

    python -m bench.browsing [--rounds 6] [--parts 60] [--pause 0.1] [--history DB] [--folder DIR]

Engine and window are the real programs, as in bench.line; a process of its own browses as a busy quality engineer
does, ten questions a second: pages of the history in random filters, what the chart tabs read, review queues, images
and small pictures. It is stopped and let go on in turn, so that both sides meet the same machine. With `--history` a
large database, as bench.history builds it, lies under the line from the start; it is copied and not changed.
"""

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.history import drawn_filter
from bench.history_line import Line
from bench.inference_path import build_package
from bench.line import HEAVY, LIGHT, Job, Round, line_round, prepare, running
from station_app.core.errors import StorageError
from station_app.core.history import EVERYTHING
from station_app.core.review import Queue
from station_app.gui.charts.pareto_figures import ParetoQuestion, pareto_figures
from station_app.gui.charts.spc_figures import SpcQuestion, spc_figures
from station_app.gui.charts.yield_figures import yield_figures
from station_app.store.archive import StationArchive
from station_app.store.drift_figures import drift_figures
from station_app.store.history import choices, newer, page
from station_app.store.ledger import DATABASE
from station_app.store.review_queues import queue_counts, queue_page
from station_app.store.schema import prepare_schema

GOAL = 1.05
JOBS = (Job(LIGHT, "timer:15", (0.0, 0.0, 0.0)), Job(HEAVY, "free", (0.0, 0.0, 0.0)))
NICENESS = 5
FIGURES = {
    "trigger to verdict that has left, median": "left_ms",
    "the same, p99": "left_p99_ms",
    "frame to verdict, median": "median_ms",
    "the same, p99 ": "p99_ms",
}


@dataclass(frozen=True, slots=True)
class Side:
    """The rounds of one side."""

    rounds: list[Round]

    def middle(self, name: str) -> float:
        """The median of one figure over the rounds."""
        return statistics.median(getattr(one, name) for one in self.rounds)


def browse(folder: Path, pause_s: float) -> None:
    """Read until this process is ended. As the window, it gives way to the engine."""
    os.nice(NICENESS)
    archive, draw = StationArchive(folder), random.Random(0)
    newest = max((row.part_id for row in archive.read(partial(page, where=EVERYTHING))), default=1)
    line = Line(newest)
    while True:
        for question in _questions(archive, line, draw):
            try:
                question()
            except StorageError as error:
                print(f"browsing: {error}", file=sys.stderr)
            time.sleep(pause_s)


def _questions(archive: StationArchive, line: Line, draw: random.Random) -> Iterator[Callable[[], object]]:
    """One look around: mostly pages, now and then a chart, a queue or a part."""
    for _ in range(20):
        where = drawn_filter(line, draw, draw.randint(1, 3))
        yield partial(archive.read, partial(page, where=where))
        yield partial(archive.read, partial(page, where=where, before=draw.randint(1, line.rows)))
        yield partial(archive.read, partial(newer, where=where, after=line.rows - 1_000))
    yield partial(archive.read, choices)
    for row in archive.read(partial(page, where=EVERYTHING))[:12]:
        yield partial(archive.thumbnail, row.part_id)
    yield partial(archive.images, archive.read(partial(page, where=EVERYTHING))[0].part_id)
    yield partial(archive.read, partial(queue_counts, reviewer="li"))
    yield partial(archive.read, partial(queue_page, queue=Queue.BLIND, reviewer="li"))
    yield partial(archive.read, partial(spc_figures, question=SpcQuestion(EVERYTHING)))
    yield partial(archive.read, partial(yield_figures, where=EVERYTHING))
    yield partial(archive.read, partial(drift_figures, where=EVERYTHING))
    yield partial(pareto_figures, archive, ParetoQuestion(EVERYTHING))


@contextmanager
def browsing(folder: Path, pause_s: float) -> Iterator[subprocess.Popen[bytes]]:
    """Somebody who browses, stopped for now."""
    command = [sys.executable, "-m", "bench.browsing", "--browse", str(folder), "--pause", str(pause_s)]
    process = subprocess.Popen(command)
    process.send_signal(signal.SIGSTOP)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def measure(job: Job, arguments: argparse.Namespace, folder: Path) -> None:
    package = build_package(job.case, folder)
    if arguments.history is not None:
        shutil.copyfile(arguments.history, folder / DATABASE)
        prepare_schema(folder / DATABASE)
    prepare(folder, job, package, 1)
    alone, beside = Side([]), Side([])
    largest = 0
    with running(folder) as client:
        line_round(client, job, 5, folder)  # something to look at
        with browsing(folder, arguments.pause) as person:
            for turn in range(2 * arguments.rounds):
                is_browsing = turn % 4 in (1, 2)
                person.send_signal(signal.SIGCONT if is_browsing else signal.SIGSTOP)
                side = beside if is_browsing else alone
                side.rounds.append(line_round(client, job, arguments.parts, folder))
                largest = max(largest, (folder / f"{DATABASE}-wal").stat().st_size)
    tell(job, alone, beside, largest)


def tell(job: Job, alone: Side, beside: Side, largest: int) -> None:
    print(f"{job.case.name} model, {job.trigger}, {alone.middle('rate'):.1f} and {beside.middle('rate'):.1f} parts/s")
    for words, name in FIGURES.items():
        before, after = alone.middle(name), beside.middle(name)
        print(f"  {words}: alone {before:.1f} ms, beside {after:.1f} ms = {after / before:.3f} x (goal {GOAL})")
    print(f"  largest log of the database: {largest / 1e6:.1f} MB")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=6, help="of each side")
    parser.add_argument("--parts", type=int, default=60)
    parser.add_argument("--history", type=Path, help="a large database to lie under the line")
    parser.add_argument("--folder", type=Path, help="where records and images go, instead of the temporary folder")
    parser.add_argument("--pause", type=float, default=0.1, help="seconds between two questions of who browses")
    parser.add_argument("--browse", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.browse is not None:
        browse(arguments.browse, arguments.pause)
        return
    for job in JOBS:
        folder = Path(tempfile.mkdtemp(prefix="station-bench-", dir=arguments.folder))
        try:
            measure(job, arguments, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()

"""How long the tabs of charts read and reckon over a year of hourly counts: `python bench/charts.py [FOLDER]`.

The counts are written directly, as 10,000,000 parts a year would have left them; the parts themselves are not there.
The times are of the reader's thread; goal: a tab is painted 300 ms after it was opened.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np

from station_app.core.bins import SCORE_BINS, SCORE_EDGES, TIME_BINS, TIME_EDGES_MS
from station_app.core.history import EVERYTHING
from station_app.gui.charts.drift_figures import DriftQuestion, drift_figures
from station_app.gui.charts.pareto_figures import ParetoQuestion, pareto_figures
from station_app.gui.charts.sample_figures import SampleQuestion, sample_figures
from station_app.gui.charts.spc_figures import SpcQuestion, spc_figures
from station_app.gui.charts.team_figures import team_figures
from station_app.gui.charts.yield_figures import yield_figures
from station_app.store.archive import StationArchive
from station_app.store.connection import open_writer
from station_app.store.ledger import DATABASE
from station_app.store.rollups import Records
from station_app.store.schema import prepare_schema

HOURS, PARTS_AN_HOUR, FIRST_HOUR = 8760, 1141, 483_000
LABELS = ("blowhole", "chip", "dent", "scratch", "stain")
TURNS = 7


def build(folder: Path) -> None:
    """A year of counts in a new database."""
    prepare_schema(folder / DATABASE)
    rng = np.random.default_rng(1)
    with closing(open_writer(folder / DATABASE)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        connection.execute("INSERT INTO recipes (id, sha256, name, revision) VALUES (1, 'ab', 'A17', 1)")
        connection.execute("INSERT INTO streams VALUES (1, 1, 'cd')")
        for hour in range(FIRST_HOUR, FIRST_HOUR + HOURS):
            _write_hour(connection, rng, hour)
        connection.execute("COMMIT")


def _write_hour(connection: Records, rng: np.random.Generator, hour: int) -> None:
    parts = int(rng.poisson(PARTS_AN_HOUR))
    bad = int(rng.binomial(parts, 0.012))
    counts = (1, hour, parts - bad, bad, 0, 1, parts - bad)
    connection.execute("INSERT INTO hour_counts VALUES (?, ?, ?, ?, ?, ?, ?)", counts)
    scores = _packed(SCORE_EDGES, rng.beta(1.2, 14, parts), SCORE_BINS)
    times = _packed(TIME_EDGES_MS, rng.lognormal(np.log(48), 0.15, parts), TIME_BINS)
    rows = [("score", label, scores) for label in ("", *LABELS)] + [
        (kind, "", times) for kind in ("total_ms", "inspect_ms")
    ]
    for kind, label, packed in rows:
        connection.execute("INSERT INTO hour_histograms VALUES (1, ?, ?, ?, ?)", (kind, label, hour, packed))
    for camera in ("side", "top"):
        sums = [
            value
            for mean in (120, 0.02, 0.01, 40)
            for value in (mean * parts * rng.normal(1, 0.01), mean * mean * parts)
        ]
        connection.execute(f"INSERT INTO hour_quality VALUES (1, ?, ?, ?{', ?' * 8})", (camera, hour, parts, *sums))  # noqa: S608
    spots = rng.integers(0, (len(LABELS), 5, 30, 20), (bad, 4)).tolist()
    for label, zone, x, y in sorted({tuple(spot) for spot in spots}):
        row = (hour, "top", LABELS[label], f"zone {zone}", x, y)
        connection.execute("INSERT INTO hour_places VALUES (1, ?, ?, ?, ?, ?, ?, 1)", row)
    viewed = _packed(TIME_EDGES_MS, rng.lognormal(np.log(2600), 0.6, bad), TIME_BINS)
    connection.execute("INSERT INTO hour_decisions VALUES (1, ?, 'agree', ?, ?)", (hour, bad, viewed))


def _packed(edges: tuple[float, ...], values: np.ndarray, bins: int) -> bytes:
    return np.bincount(np.searchsorted(edges, values, "right"), minlength=bins).astype("<u4").tobytes()


def measure(folder: Path) -> None:
    archive = StationArchive(folder)
    tabs: dict[str, Callable[[], object]] = {
        "SPC by day": partial(archive.read, partial(spc_figures, question=SpcQuestion(EVERYTHING))),
        "SPC by hour": partial(archive.read, partial(spc_figures, question=SpcQuestion(EVERYTHING, "hour"))),
        "Pareto": partial(pareto_figures, archive, ParetoQuestion(EVERYTHING)),
        "Yield": partial(archive.read, partial(yield_figures, where=EVERYTHING)),
        "Escapes": partial(archive.read, partial(sample_figures, question=SampleQuestion(EVERYTHING))),
        "Drift": partial(archive.read, partial(drift_figures, question=DriftQuestion(EVERYTHING))),
        "Team": partial(archive.read, partial(team_figures, where=EVERYTHING)),
    }
    for name, tab in tabs.items():
        wall, cpu = zip(*(_timed(tab) for _ in range(TURNS)), strict=True)
        print(f"{name:12} {statistics.median(wall):6.0f} ms, of the processor {statistics.median(cpu):6.0f} ms")


def _timed(tab: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.thread_time()
    tab()
    return (time.perf_counter() - wall) * 1e3, (time.thread_time() - cpu) * 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="keep the database there, and use one that is there")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as made:
        where = folder or Path(made)
        where.mkdir(parents=True, exist_ok=True)
        if not (where / DATABASE).exists():
            build(where)
        measure(where)


if __name__ == "__main__":
    main()

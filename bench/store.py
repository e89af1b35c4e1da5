"""What recording costs: rows against bare sqlite3, the screens' queries at a million parts, and image files.

Both sides of every ratio are measured in turn in the same run, on the same disk, so that whatever else the machine does
meets both. Targets: over 200 parts/s with every commit on disk; the queries below 5 ms each at 1,000,000 rows; a part
at 1,000,000 rows at most 1.1 x one at 1,000; lossless images at 350 MB/s a core or more.

    python bench/store.py [--rows 1000000] [--parts 2000] [--rounds 5] [--folder DIR]
"""

import argparse
import hashlib
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from station_app.core.inspection import (
    Box,
    CameraRecord,
    Finding,
    ImageQuality,
    Inspection,
    NoResultReason,
    Pixels,
    StageTimes,
    VerdictKind,
)
from station_app.core.review import Queue
from station_app.quality.review_plan import ReviewPlan
from station_app.store.connection import open_reader, open_writer
from station_app.store.image_files import StoredImage
from station_app.store.image_rows import note_image
from station_app.store.inspections import (
    by_serial,
    by_serial_prefix,
    day_by_verdict,
    has_result,
    page,
    record_inspection,
)
from station_app.store.ledger import StationLedger
from station_app.store.part_states import renew_queues
from station_app.store.png import encode_png
from station_app.store.retention import Limits
from station_app.store.review_queues import queue_counts, queue_page
from station_app.store.samples import strata
from station_app.store.sampling import Sampling
from station_app.store.schema import prepare_schema
from station_app.store.tiff import decode_tiff, encode_tiff

START_MS = 1_700_000_000_000
PART_MS = 500
ROOMY = Limits(max_bytes=10**15, disk_share=1.0, ballast_bytes=0)
SCRATCH = Finding("scratch", 0.9, Box(10, 20, 300, 4), "top", "lid", ((10, 20), (310, 20), (310, 24), (10, 24)))
SAMPLING = Sampling("5" * 64, ReviewPlan(), {f"{n:064d}": {"scratch": (0.3, 0.6)} for n in range(100)})
CAMERAS = (CameraRecord("top", 1, "", "cd" * 32, ImageQuality(120.0, 0.0, 0.0, 40.0)),)


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        _tell(f"disk: {folder}")
        bench_commits(Path(folder), options.parts, options.rounds)
        bench_million(Path(folder), options.rows, options.parts, options.rounds)
        bench_draws(Path(folder), options.parts, options.rounds)
        bench_images(Path(folder), options.rounds)


def bench_commits(folder: Path, parts: int, rounds: int) -> None:
    """Parts a second with FULL durability: each waited for, and sixteen in flight; beside bare sqlite3."""
    ledger = StationLedger(folder / "commits", ROOMY)
    ids = iter(range(1, 10**9))
    bare = _open_bare(folder / "bare.db")
    with closing(bare):
        sides: dict[str, Callable[[], None]] = {
            "bare sqlite3, one row a commit": partial(_insert_bare, bare, parts, 1),
            "station, each part waited for": lambda: _record(ledger, ids, parts, in_flight=1),
            "bare sqlite3, 16 rows a commit": partial(_insert_bare, bare, parts, 16),
            "station, 16 parts in flight": lambda: _record(ledger, ids, parts, in_flight=16),
        }
        seconds = _in_turn(sides, rounds)
    ledger.close()
    for name, took in seconds.items():
        _tell(f"{name:34} {parts / took:10,.0f} parts/s")
    one, grouped = list(seconds.values())[:2], list(seconds.values())[2:]
    name = "seconds a part, station over bare"
    _tell(f"{name:34} {one[1] / one[0]:10.2f} x, {grouped[1] / grouped[0]:.2f} x in flight")


def bench_million(folder: Path, rows: int, parts: int, rounds: int) -> None:
    """The screens' queries and the cost of one more part, on a large database and on a small one."""
    small, large = folder / "small.db", folder / "large.db"
    built = time.perf_counter()
    for path, count in ((small, 1_000), (large, rows)):
        _build(path, count)
    _tell(f"{rows:,} parts: {large.stat().st_size / 1e6:,.0f} MB, built in {time.perf_counter() - built:.0f} s")
    with closing(open_reader(large)) as reader:
        _time_queries(reader, rows)
    cpu: dict[str, list[float]] = {"small": [], "large": []}
    wall: dict[str, list[float]] = {"small": [], "large": []}
    with closing(open_writer(small)) as on_small, closing(open_writer(large)) as on_large:
        for turn in range(rounds):
            for name, connection, first in (("small", on_small, 1_001), ("large", on_large, rows + 1)):
                took = _append(connection, first + turn * parts, parts, SAMPLING)
                cpu[name].append(took[0])
                wall[name].append(took[1])
    for name, rounds_of in (("CPU", cpu), ("wall", wall)):
        few, many = (statistics.median(rounds_of[side]) * 1e6 / parts for side in ("small", "large"))
        _tell(f"one more part, {name:4}  at 1,000: {few:6.0f} us  at {rows:,}: {many:6.0f} us  = {many / few:.2f} x")


def bench_draws(folder: Path, parts: int, rounds: int) -> None:
    """What the draw for the blind sample adds to one more part."""
    with_draw, without = folder / "drawn.db", folder / "undrawn.db"
    cpu: dict[str, list[float]] = {"drawn": [], "undrawn": []}
    wall: dict[str, list[float]] = {"drawn": [], "undrawn": []}
    for path in (with_draw, without):
        prepare_schema(path)
    with closing(open_writer(with_draw)) as on_drawn, closing(open_writer(without)) as on_undrawn:
        for turn in range(rounds):
            for name, connection, sampling in (("drawn", on_drawn, SAMPLING), ("undrawn", on_undrawn, None)):
                took = _append(connection, 1 + turn * parts, parts, sampling)
                cpu[name].append(took[0])
                wall[name].append(took[1])
    for name, rounds_of in (("CPU", cpu), ("wall", wall)):
        plain, drawn = (statistics.median(rounds_of[side]) * 1e6 / parts for side in ("undrawn", "drawn"))
        _tell(f"one more part, {name:4}  undrawn: {plain:6.0f} us  drawn: {drawn:6.0f} us  = {drawn / plain:.2f} x")


def bench_images(folder: Path, rounds: int) -> None:
    """One core: the recorded TIFF, its hash and its reading, PNG for export, and a plain copy of the bytes."""
    cv2.setNumThreads(1)
    pixels = _textured()
    body = encode_tiff(pixels)
    ledger = StationLedger(folder / "images", ROOMY)
    ledger.record(_inspection(1)).result()
    fresh = iter(range(10**9))
    sides: dict[str, Callable[[], object]] = {
        "copy": pixels.copy,
        "TIFF zstd": lambda: encode_tiff(pixels),
        "TIFF zstd + SHA-256": lambda: hashlib.sha256(encode_tiff(pixels)).digest(),
        "TIFF, reading": lambda: decode_tiff(body),
        "PNG for export": lambda: encode_png(pixels),
        "PNG, level 1": lambda: cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1]),
    }
    cpu = _in_turn(sides, max(rounds, 5), clock=time.thread_time)
    kept = _in_turn({"kept": lambda: _keep(ledger, pixels, next(fresh))}, max(rounds, 5))["kept"]
    ledger.close()
    size = pixels.nbytes / 1e6
    _tell(f"image of {size:.1f} MB, TIFF {len(body) / 1e6:.2f} MB, PNG {len(encode_png(pixels)) / 1e6:.2f} MB")
    for name, took in cpu.items():
        _tell(f"{name:34} {took * 1e3:8.2f} ms CPU {size / took:10,.0f} MB/s  {took / cpu['copy']:7.1f} x copy")
    _tell(f"{'kept: file and row, both on disk':34} {kept * 1e3:8.2f} ms wall {size / kept:9,.0f} MB/s")


def _inspection(part_id: int) -> Inspection:
    """Of a hundred parts five fail, two are to be reviewed and one has no result."""
    made = Inspection(
        part_id=part_id,
        inspected_at_ms=START_MS + part_id * PART_MS,
        recipe="A17",
        recipe_revision=1,
        recipe_hash=f"{part_id // 250_000:064d}",
        verdict=VerdictKind.PASS,
        reason=None,
        serial=f"SN{part_id:09d}",
        # Two of a hundred lie within 0.02 of the threshold.
        scores=(("scratch", 0.29 if part_id % 50 == 9 else 0.1), ("dent", 0.02), ("stain", 0.03)),
        cameras=CAMERAS,
        times=StageTimes(1.0, 0.5, 20.0, 22.0),
    )
    place = part_id % 100
    if place < 5:
        return replace(made, verdict=VerdictKind.FAIL, findings=(SCRATCH, SCRATCH))
    if place < 7:
        return replace(made, verdict=VerdictKind.REVIEW, findings=(SCRATCH,))
    return replace(made, verdict=VerdictKind.NO_RESULT, reason=NoResultReason.LATE) if place == 7 else made


def _build(path: Path, rows: int) -> None:
    prepare_schema(path)
    with closing(open_writer(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        for start in range(1, rows + 1, 50_000):
            connection.execute("BEGIN")
            for part_id in range(start, min(start + 50_000, rows + 1)):
                record_inspection(connection, _inspection(part_id), SAMPLING)
                if SAMPLING.is_drawn(_inspection(part_id)):
                    note_image(connection, part_id, "top", StoredImage("", f"{part_id}", 1), is_evidence=True)
                    renew_queues(connection, part_id)
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _time_queries(reader: sqlite3.Connection, rows: int) -> None:
    middle = rows // 2
    recipe = reader.execute("SELECT recipe_id FROM inspections WHERE part_id = ?", (middle,)).fetchone()[0]
    day_ms = START_MS + middle * PART_MS - 43_200_000
    queries: dict[str, Callable[[], object]] = {
        "last page": lambda: page(reader),
        "page in the middle": lambda: page(reader, middle),
        "one serial": lambda: by_serial(reader, f"SN{middle:09d}"),
        "one serial known": lambda: has_result(reader, f"SN{middle:09d}"),
        "serial prefix": lambda: by_serial_prefix(reader, f"SN{middle:09d}"[:9]),
        "one day, recipe, FAIL": lambda: day_by_verdict(reader, recipe, VerdictKind.FAIL, day_ms),
        "one day, recipe, PASS": lambda: day_by_verdict(reader, recipe, VerdictKind.PASS, day_ms),
        "sizes of the review queues": lambda: queue_counts(reader, "li"),
        "page of the blind queue": lambda: queue_page(reader, Queue.BLIND, "li"),
        "page of the parts near": lambda: queue_page(reader, Queue.NEAR, "li"),
        "page without a result": lambda: queue_page(reader, Queue.NO_RESULT, "li"),
        "strata of everything": lambda: strata(reader, 0, 2**60, "A17", is_rejected=False),
        "strata of a shift": lambda: strata(reader, day_ms, day_ms + 28_800_000, "A17", is_rejected=False),
    }
    for name, query in queries.items():
        first = time.perf_counter()
        found = query()
        first = time.perf_counter() - first
        took = _in_turn({name: query}, 51)[name]
        count = len(found) if isinstance(found, tuple) else 0
        _tell(f"{name:34} {took * 1e3:8.2f} ms, the first time {first * 1e3:.2f} ms ({count} rows)")


def _append(
    connection: sqlite3.Connection, first: int, parts: int, sampling: Sampling | None = None
) -> tuple[float, float]:
    """CPU and wall seconds of `parts` records, each committed to disk by itself as a slow line does it."""
    cpu, wall = time.thread_time(), time.perf_counter()
    for part_id in range(first, first + parts):
        connection.execute("BEGIN IMMEDIATE")
        record_inspection(connection, _inspection(part_id), sampling)
        connection.execute("COMMIT")
    took = time.thread_time() - cpu, time.perf_counter() - wall
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return took


def _record(ledger: StationLedger, ids: Iterator[int], parts: int, in_flight: int) -> None:
    for _ in range(parts // in_flight):
        futures = [ledger.record(_inspection(next(ids))) for _ in range(in_flight)]
        for future in futures:
            future.result()


def _open_bare(path: Path) -> sqlite3.Connection:
    """One table with one index and no more: the least that could be called a record."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE parts (id INTEGER PRIMARY KEY, at_ms INTEGER, verdict TEXT, serial TEXT)")
    connection.execute("CREATE INDEX parts_serial ON parts (serial)")
    return connection


def _insert_bare(connection: sqlite3.Connection, parts: int, group: int) -> None:
    for _ in range(parts // group):
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(group):
            connection.execute("INSERT INTO parts (at_ms, verdict, serial) VALUES (1, 'PASS', 'SN000000001')")
        connection.execute("COMMIT")


def _keep(ledger: StationLedger, pixels: Pixels, number: int) -> None:
    pixels[0, 0] = number % 256
    ledger.keep_image(_inspection(1), f"camera {number}", pixels)


def _textured() -> Pixels:
    """5 MP of brushed metal: soft shading under the noise of a sensor."""
    rng = np.random.default_rng(0)
    shading = cv2.GaussianBlur(rng.normal(0, 40, (2048, 2448)).astype(np.float32), (0, 0), 4) * 6 + 128
    return np.asarray(np.clip(shading + rng.normal(0, 2, shading.shape), 0, 255), np.uint8)


def _in_turn(
    sides: "dict[str, Callable[[], None]] | dict[str, Callable[[], object]]",
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """The median seconds of each side, all sides once a round."""
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            start = clock()
            side()
            seconds[name].append(clock() - start)
    return {name: statistics.median(took) for name, took in seconds.items()}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--parts", type=int, default=2_000, help="parts recorded a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="a folder on the disk to measure, instead of the temporary one")
    return parser.parse_args()


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

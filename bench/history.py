"""The history at ten million inspections: pages of any selection, against a bare look-up by primary key.

Builds a line of years (kept in the folder, and used again): recipes in revisions, models that follow one another,
labels of which one ended half-way, lots, four families of serial numbers, people's decisions on 2 % of the parts.
Target: every question of the store within 10 ms in 95 of 100 cases. "new connection" opens the file for the
question, as the screens do; "cold" has the file's pages dropped from the system's memory before that.

    python -m bench.history --folder DIR [--rows 10000000] [--filters 300] [--seed 1]
"""

import argparse
import os
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.history_line import START_MS, Line, build
from station_app.core.history import EVERYTHING, HistoryFilter
from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.store.connection import open_reader
from station_app.store.history import choices, newer, page, page_after

SIZE = 50
GOAL_MS = 10.0


class Took(NamedTuple):
    """What one question took, on the clock and of the processor."""

    wall_ms: float
    cpu_ms: float


Question = Callable[[sqlite3.Connection], object]


def main() -> None:
    options = _options()
    line = Line(options.rows)
    path = options.folder / f"history-{options.rows}.db"
    if not path.exists():
        started = time.perf_counter()
        build(path, line, _tell)
        _tell(f"built in {time.perf_counter() - started:.0f} s")
    _tell(f"{options.rows:,} parts, {path.stat().st_size / 1e9:.1f} GB")
    draw = random.Random(options.seed)
    for name, questions in _questions(line, draw, options.filters):
        _measure(path, name, questions)


def _questions(line: Line, draw: random.Random, filters: int) -> Iterator[tuple[str, list[Question]]]:
    ids = [draw.randint(1, line.rows) for _ in range(100)]
    bare = "SELECT part_id, serial FROM inspections WHERE part_id = ?"
    yield "bare look-up by primary key", [_bare(bare, part_id) for part_id in ids]
    yield "newest page", [partial(page, where=EVERYTHING)] * 100
    yield "page deep inside", [partial(page, where=EVERYTHING, before=part_id) for part_id in ids]
    yield "page back, deep inside", [partial(page_after, where=EVERYTHING, after=part_id) for part_id in ids]
    serials = [line.serial(part_id) for part_id in ids]
    yield "one serial number", [_page_of(serial=serial) for serial in serials]
    for short in (1, 2, 3, 5, 7, 9):
        yield f"serial prefix of {short}", [_page_of(serial=serial[:short]) for serial in serials]
    chosen = [_filter(line, draw) for _ in range(filters)]
    yield "a filter, first page", [partial(page, where=where) for where in chosen]
    yield "a filter, a page inside", [partial(page, where=where, before=draw.randint(1, line.rows)) for where in chosen]
    yield (
        "a filter, a page back",
        [partial(page_after, where=where, after=draw.randint(1, line.rows)) for where in chosen],
    )
    yield "newer, a filter, last 10,000", [partial(newer, where=where, after=line.rows - 10_000) for where in chosen]
    yield "newer, a filter, since the middle", [partial(newer, where=where, after=line.rows // 2) for where in chosen]
    yield (
        "a prefix and one member",
        [
            partial(page, where=replace(_filter(line, draw, 1), serial=serial[: draw.randint(1, 9)]))
            for serial in serials
        ],
    )
    yield "choices", [choices] * 20
    for name, where in _skewed(line).items():
        yield name, [partial(page, where=where)] * 20


def _skewed(line: Line) -> dict[str, HistoryFilter]:
    last_ms = START_MS + line.rows * line.part_ms
    return {
        "label of a year ago": HistoryFilter(label="stain"),
        "label and model never together": HistoryFilter(label="stain", model=line.models[-1]),
        "nothing: unknown lot": HistoryFilter(lot="none"),
        "nothing: FAIL that people call missed": HistoryFilter(
            verdict=VerdictKind.FAIL, disposition=Disposition.MISSED_DEFECT
        ),
        "the oldest lot, FAIL": HistoryFilter(lot=line.lot(1), verdict=VerdictKind.FAIL),
        "operator, reason and label": HistoryFilter(operator="operator 7", reason=NoResultReason.LATE, label="scratch"),
        "rare reason": HistoryFilter(reason=NoResultReason.CRASH),
        "the last day, rare reason": HistoryFilter(from_ms=last_ms - 86_400_000, reason=NoResultReason.CRASH),
        "all but the last day": HistoryFilter(until_ms=last_ms - 86_400_000),
        "a prefix of long ago": HistoryFilter(serial="SN0001"),
        "a prefix of long ago, rare reason": HistoryFilter(serial="SN0001", reason=NoResultReason.CRASH),
    }


def _filter(line: Line, draw: random.Random, members: int = 0) -> HistoryFilter:
    """Members as somebody would choose them for one part that is there, or any: some find nothing."""
    part_id = int(line.rows * draw.random() ** 0.5) or 1
    at_ms = START_MS + part_id * line.part_ms
    far = draw.choice((3_600_000, 8 * 3_600_000, 7 * 86_400_000, 365 * 86_400_000))
    full = HistoryFilter(
        from_ms=at_ms - far,
        until_ms=at_ms + draw.choice((3_600_000, far)),
        recipe=draw.choice(line.recipes),
        verdict=draw.choice(list(VerdictKind)),
        disposition=draw.choice([said for said in Disposition if said is not Disposition.UNDO]),
        label=draw.choice(line.labels),
        serial=line.serial(part_id)[: draw.randint(1, 9)],
        lot=line.lot(part_id),
        model=draw.choice(line.models)[: draw.choice((8, 64))],
        operator=f"operator {draw.randint(1, 40)}",
        reason=draw.choice((NoResultReason.LATE, NoResultReason.CRASH, NoResultReason.QUALITY)),
    )
    names = [member.name for member in fields(HistoryFilter)]
    count = members or draw.randint(1, len(names))
    return replace(EVERYTHING, **{name: getattr(full, name) for name in draw.sample(names, count)})


def _page_of(serial: str) -> Question:
    return partial(page, where=HistoryFilter(serial=serial))


def _bare(query: str, part_id: int) -> Question:
    return lambda reader: reader.execute(query, (part_id,)).fetchone()


def _measure(path: Path, name: str, questions: list[Question]) -> None:
    with closing(open_reader(path)) as reader:
        for question in questions:
            question(reader)
        warm = [_asked(reader, question) for question in questions]
    fresh = [_timed(path, question) for question in questions]
    cold = [_timed(path, question) for question in questions[:5] if _drop(path)]
    wall, cpu = [took.wall_ms for took in fresh], [took.cpu_ms for took in fresh]
    figures = "   ".join(
        f"{words} {statistics.median(taken):7.2f} / {_p95(taken):7.2f} / {max(taken):7.2f}"
        for words, taken in (("warm", [took.wall_ms for took in warm]), ("new connection", wall), ("its CPU", cpu))
    )
    sign = "" if _p95(wall) <= GOAL_MS else "  MISSED" if _p95(cpu) > GOAL_MS else "  missed on the clock alone"
    _tell(f"{name:36} {figures}   cold {statistics.median(took.wall_ms for took in cold):7.2f} ms{sign}")
    worst = max(zip(cpu, questions, strict=True), key=lambda pair: pair[0])
    if worst[0] > GOAL_MS and isinstance(worst[1], partial):
        _tell(f"    the worst: {_told(worst[1])}")


def _told(question: "partial[object]") -> str:
    where = question.keywords.get("where", EVERYTHING)
    members = (f"{one.name}={getattr(where, one.name)!s:.12}" for one in fields(where) if getattr(where, one.name))
    return f"{', '.join(members)}; {' '.join(f'{k}={v}' for k, v in question.keywords.items() if k != 'where')}"


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _timed(path: Path, question: Question) -> Took:
    wall, cpu = time.perf_counter(), time.thread_time()
    with closing(open_reader(path)) as reader:
        question(reader)
    return Took((time.perf_counter() - wall) * 1e3, (time.thread_time() - cpu) * 1e3)


def _asked(reader: sqlite3.Connection, question: Question) -> Took:
    wall, cpu = time.perf_counter(), time.thread_time()
    question(reader)
    return Took((time.perf_counter() - wall) * 1e3, (time.thread_time() - cpu) * 1e3)


def _drop(path: Path) -> bool:
    """Let the system forget the file's pages."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)
    return True


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where the database is kept")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--filters", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""What the outbox costs: rows beside records, cutting, and the look at it every second with a long outage behind it.

Both sides of a ratio are measured in turn in the same run; rows in processor time, the best of each. Targets: a part of
the usual sampling plan at most 1.05 x one without rows; a decision at most 1.20 x; a look at 100,000 waiting records
below 100 ms; the median of a part's record at most 1.05 x while a batch a second is cut, as fast as a store takes 200
images (on a machine that does nothing else: both sides wait for the same disk).

    python -m bench.outbox [--parts 3000] [--rounds 9] [--backlog 100000] [--folder DIR]
"""

import argparse
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from unittest.mock import patch

from station_app.core.inspection import Disposition, Override
from station_app.core.outgoing import Cutting, Sender
from station_app.quality.review_plan import ReviewPlan
from station_app.store import ledger_writes, sampling
from station_app.store.connection import open_writer
from station_app.store.inspections import record_inspection, register_recipe
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.outbox import Outbox
from station_app.store.sampling import Sampling
from station_app.store.schema import prepare_schema
from tests.store.records import RECIPE, ROOMY, inspection

AT_ONCE = Cutting(linger_ms=0, grace_ms=0, history_ms=0)
SCORES = tuple((n * 7919 % 1000) / 1000 for n in range(1000))
GROUP = 50


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        bench_rows(Path(folder), options.parts, options.rounds)
        bench_backlog(Path(folder) / "backlog", options.backlog)


def bench_rows(folder: Path, parts: int, rounds: int) -> None:
    """A part and a decision, with the outbox's rows and without."""
    (folder / "rows").mkdir()
    prepare_schema(folder / "rows" / DATABASE)
    drawn = Sampling("5" * 64, ReviewPlan())
    drawn.learn(RECIPE)
    ids, decided = count(1), count(1)
    with closing(open_writer(folder / "rows" / DATABASE)) as connection:
        register_recipe(connection, RECIPE)
        took: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, without in (("with", False), ("without", True)):
                with _no_rows(without=without):
                    took.setdefault(f"part {name}", []).append(
                        _processor_s(partial(_record, connection, drawn, ids, parts))
                    )
                    took.setdefault(f"decision {name}", []).append(
                        _processor_s(partial(_decide, connection, decided, parts))
                    )
        size = connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
    for what in ("part", "decision"):
        us = [min(took[f"{what} {name}"]) / parts * 1e6 for name in ("with", "without")]
        _tell(f"{what}: {us[0]:.0f} us with its rows, {us[1]:.0f} us without = {us[0] / us[1]:.3f} x")
    _tell(f"rows in the outbox: {size:,} of {parts * rounds * 2:,} parts and as many decisions")


def bench_backlog(folder: Path, waiting: int) -> None:
    """Looks and cuts with many records behind, and how long a part waits for its record meanwhile."""
    ledger = StationLedger(folder, ROOMY, plan=ReviewPlan(passed=(1, 1, 1), rejected=(1, 1, 1)))
    try:
        ledger.register(RECIPE).result()
        futures = [ledger.record(inspection(part_id)) for part_id in range(1, waiting + 1)]
        futures[-1].result()
        outbox = ledger.open_outbox(Sender("p1", "s1"), AT_ONCE)
        looks = [_timed(outbox.backlog) for _ in range(9)]
        _tell(f"a look at {waiting:,} waiting records: {statistics.median(looks) * 1e3:.0f} ms")
        alone = _latencies(ledger, waiting + 1, partial(time.sleep, 12.0))
        cuts: list[float] = []
        beside = _latencies(ledger, waiting + 1 + len(alone), partial(_cut_for, outbox, cuts, 12.0))
        _tell(f"a batch cut and sent: {statistics.median(cuts) * 1e3:.0f} ms, {len(cuts)} of them")
        for name, ms in (("alone", alone), ("beside the cutting", beside)):
            _tell(f"record of a part, {name}: median {statistics.median(ms):.2f} ms, p99 {_p99(ms):.2f} ms")
        _tell(f"record beside the cutting: {statistics.median(beside) / statistics.median(alone):.3f} x")
    finally:
        ledger.close()


def _cut_for(outbox: Outbox, cuts: list[float], seconds: float) -> None:
    """Cut and send a batch a second."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        cuts.append(_timed(partial(_send_one, outbox)))
        time.sleep(1.0)


def _send_one(outbox: Outbox) -> None:
    batch = outbox.next_batch(None)
    if batch is not None:
        outbox.batch_sent(batch.number, "etag")


def _latencies(ledger: StationLedger, first: int, work: Callable[[], None]) -> list[float]:
    """Milliseconds from a part to its record on disk, one part every 20 ms, while `work` runs on a thread beside."""
    beside = threading.Thread(target=work)
    beside.start()
    ms: list[float] = []
    for part_id in count(first):
        if not beside.is_alive():
            return ms
        ms.append(_timed(partial(_recorded, ledger, part_id)) * 1e3)
        time.sleep(0.02)
    return ms


def _no_rows(*, without: bool) -> AbstractContextManager[None]:
    """Where `without`, the records are written without their rows of the outbox."""
    return _patched() if without else nullcontext()


@contextmanager
def _patched() -> Iterator[None]:
    with patch.object(sampling, "tell", _nothing), patch.object(ledger_writes, "tell_override", _nothing):
        yield


def _nothing(*_: object) -> None:
    pass


def _record(connection: sqlite3.Connection, drawn: Sampling, ids: "count[int]", parts: int) -> None:
    for _ in range(parts // GROUP):
        connection.execute("BEGIN IMMEDIATE")
        for part_id in (next(ids) for _ in range(GROUP)):
            made = replace(inspection(part_id), scores=(("scratch", SCORES[part_id % 1000] * 0.3),))
            record_inspection(connection, made, drawn)
        connection.execute("COMMIT")


def _decide(connection: sqlite3.Connection, decided: "count[int]", parts: int) -> None:
    for _ in range(parts // GROUP):
        connection.execute("BEGIN IMMEDIATE")
        for part_id in (next(decided) for _ in range(GROUP)):
            ledger_writes.write_override(connection, Override(part_id, Disposition.MISSED_DEFECT, "wang", part_id))
        connection.execute("COMMIT")


def _recorded(ledger: StationLedger, part_id: int) -> None:
    ledger.record(inspection(part_id)).result()


def _processor_s(call: Callable[[], object]) -> float:
    """Of this thread: what others do at the time is not in it."""
    started = time.thread_time()
    call()
    return time.thread_time() - started


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--backlog", type=int, default=100_000)
    parser.add_argument("--folder", default=None)
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""Gathers the history: what has come since the last run becomes Parquet, in partitions by plant and day."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from station_app.core.outgoing import Stream
from station_app.lake.parquet import write_parquet
from station_app.lake.plans import HISTORY, LakePart, next_plan, read_plans, write_plan
from station_app.sync.arrived import BatchName, apart, batches, gaps, named, read_body
from station_app.sync.remote import Remote

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Compacted:
    """Parquet files that were written, the lines in them, and numbers that have not come, in words."""

    parts: int
    lines: int
    gaps: tuple[str, ...]


def compact(remote: Remote, tell: Told) -> Compacted:
    """Make the files of every plan that are missing, then plan and make those of what has come since. `tell` hears of
    each file. LakeError, ArrivedError and RemoteError leave everything so that the next run goes
    on."""
    found = apart(batches(remote, Stream.HISTORY))
    plans = read_plans(remote)
    plan = next_plan(plans, found)
    if plan is not None:
        write_plan(remote, plan)
        plans = (*plans, plan)
    made = frozenset(_made(remote))
    missing = [part for plan in plans for part in plan.parts if part.key not in made]
    lines = sum(_make(remote, part, tell) for part in missing)
    return Compacted(len(missing), lines, tuple(gaps(found)))


def _made(remote: Remote) -> Iterable[str]:
    for plant in remote.folders(HISTORY):
        if plant.startswith("plant="):
            yield from remote.names(f"{HISTORY}{plant}/")


def _make(remote: Remote, part: LakePart, tell: Told) -> int:
    with tempfile.TemporaryDirectory(prefix="station-lake-") as scratch:
        folder = Path(scratch)
        files = [
            _fetched(remote, named(key), folder / f"{number:06d}.jsonl.gz") for number, key in enumerate(part.batches)
        ]
        out = folder / "part.parquet"
        lines = write_parquet(files, out)
        remote.create(part.key, out.read_bytes())
    tell(f"{part.key}: {lines} lines")
    return lines


def _fetched(remote: Remote, batch: BatchName, path: Path) -> tuple[BatchName, Path]:
    path.write_bytes(read_body(remote, batch))
    return batch, path

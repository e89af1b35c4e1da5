"""What it takes to gather a million inspections: Parquet by DuckDB, rows by PostgreSQL, against plain unpacking.

python -m bench.lake [--stations 20] [--batches 25] [--postgres ADDRESS]
"""

import argparse
import gzip
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from station_app.lake.compact import compact
from station_app.lake.postgres import load
from station_app.sync.folder_remote import FolderRemote
from tests.lake.sent import SendingStation

PARTS = 2_000
"""In a batch, as a station cuts them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stations", type=int, default=20)
    parser.add_argument("--batches", type=int, default=25, help="of each station")
    parser.add_argument("--postgres", default="", help="an empty database, as libpq takes it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        remote = FolderRemote(Path(scratch))
        lines = options.stations * options.batches * PARTS
        _send(remote, options.stations, options.batches)
        bare = _timed("unpacking alone", lines, lambda: _unpack(Path(scratch)), 0.0)
        _timed("lake compact", lines, lambda: compact(remote, _silent), bare)
        _sizes(Path(scratch), lines)
        if options.postgres:
            _timed("lake load", lines, lambda: load(remote, options.postgres), bare)


def _send(remote: FolderRemote, stations: int, batches: int) -> None:
    for number in range(stations):
        station = SendingStation(remote, station=f"s{number}")
        for batch in range(batches):
            station.send("history", station.inspections(PARTS, first=batch * PARTS + 1))


def _unpack(folder: Path) -> None:
    for path in folder.rglob("*.jsonl.gz"):
        gzip.decompress(path.read_bytes())


def _timed(name: str, lines: int, work: Callable[[], object], bare_s: float) -> float:
    started = time.perf_counter()
    work()
    took_s = time.perf_counter() - started
    ratio = f", {took_s / bare_s:.1f} x unpacking" if bare_s else ""
    print(f"{name:16} {lines:,} lines in {took_s:.1f} s, {lines / took_s:,.0f} a second{ratio}", flush=True)
    return took_s


def _sizes(folder: Path, lines: int) -> None:
    for kind in ("jsonl.gz", "parquet"):
        size = sum(path.stat().st_size for path in folder.rglob(f"*.{kind}"))
        print(f"{kind:16} {size / lines:.0f} bytes a line")


def _silent(_: str) -> None:
    """Nobody listens."""


if __name__ == "__main__":
    main()

"""Death at every point on the way out: nothing lost, nothing twice, nothing that dangles, every chain whole."""

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from station_app.core.cloud_event import GENESIS, line_hash
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE
from station_app.store.verification import verify
from tests.store.crashing_outbox import DIED, POINTS
from tests.store.outgoing_line import outgoing_line

ROUNDS = int(os.environ.get("STATION_KILLS", "1"))
"""How often each point is met; a night's run does hundreds."""
ROOT = Path(__file__).resolve().parents[2]


def _run(folder: Path, point: str) -> int:
    command = [sys.executable, "-m", "tests.store.crashing_outbox", str(folder), point]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode


def test_whatever_the_point_at_which_the_station_dies_the_store_gets_everything_once(tmp_path: Path) -> None:
    draw = random.Random(5)
    points = [point for point in POINTS for _ in range(ROUNDS)]
    draw.shuffle(points)
    for point in points:
        assert _run(tmp_path, point) == (DIED if point else 0), point
        told = {problem.what for problem in verify(tmp_path)}
        assert told <= {"a file of the outbox that no batch names", "an image that no record names"}, (point, told)
    assert _run(tmp_path, "") == 0
    with outgoing_line(tmp_path):
        pass  # what the last one left in the spool is swept
    assert verify(tmp_path) == ()
    records = [event for event in _sent(tmp_path / "sent") if event["type"] != "station.inspection.v1"]
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        expected = [row[0] for row in reader.execute("SELECT part_id FROM overrides ORDER BY id")]
    assert len(expected) == len(set(expected)) >= len(points)
    assert sorted(event["data"]["part"]["id"] for event in records) == expected
    for image in (image for event in records for image in event["data"]["images"]):
        assert (tmp_path / "sent" / "v1/plant=p1/station=s1" / image["uri"]).is_file()


def _sent(folder: Path) -> list[dict[str, Any]]:
    """Every event in the store; the names, hashes, numbers and chains of its batches are looked at on the way."""
    bodies = sorted(folder.rglob("*.jsonl.gz"), key=lambda path: path.name)
    events: list[dict[str, Any]] = []
    for stream in ("captures", "history"):
        events += _chain([body for body in bodies if f"/{stream}/" in body.as_posix()])
    assert len({(event["source"], event["id"]) for event in events}) == len(events)
    return events


def _chain(bodies: list[Path]) -> Iterator[dict[str, Any]]:
    prev, seq = GENESIS, 0
    for body in bodies:
        _, _, first, last = body.name.split(".")[0].rsplit("-", 3)
        lines = gzip.decompress(body.read_bytes()).splitlines()
        assert (int(first), int(last)) == (seq + 1, seq + len(lines))
        for line in lines:
            event = json.loads(line)
            seq += 1
            assert (event["data"]["prev"], event["data"]["seq"]) == (prev, seq)
            prev = line_hash(line)
            yield event

"""kill -9 at random moments, again and again on one data folder: nothing that was acknowledged is lost.

`STATION_KILLS` sets how often; a night's run does thousands.
"""

import os
import random
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.overrides import standing_disposition
from station_app.store.verification import verify
from tests.store.killed_line import KINDS
from tests.store.records import ROOMY

KILLS = int(os.environ.get("STATION_KILLS", "8"))
ROOT = Path(__file__).resolve().parents[2]


def _run_and_kill(folder: Path, lines: int) -> list[tuple[str, int]]:
    """Let the line run until it has told `lines` things, kill it, and give all that it had told by then."""
    command = [sys.executable, "-m", "tests.store.killed_line", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as line:
        assert line.stdout is not None
        told = [line.stdout.readline() for _ in range(lines)]
        line.kill()
        told += line.stdout.read().splitlines(keepends=True)
    words = [entry.decode().split() for entry in told if entry.endswith(b"\n")]
    return [(what, int(part_id)) for what, part_id in words]


def test_killed_at_any_moment_every_acknowledged_record_is_there(tmp_path: Path) -> None:
    draw = random.Random(20_26)
    told: list[tuple[str, int]] = []
    for _ in range(KILLS):
        told += _run_and_kill(tmp_path, draw.choice((1, 2, 5, draw.randrange(10, 400))))
    ledger = StationLedger(tmp_path, ROOMY)
    next_part_id = ledger.next_part_id()
    ledger.close()
    issued = [part_id for what, part_id in told if what == "issued"]
    assert Counter(issued).most_common(1)[0][1] == 1, "a part id was used twice"
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        rows = reader.execute("SELECT part_id, verdict, reason FROM inspections").fetchall()
        decided = {n: standing_disposition(reader, n) for what, n in told if what == "decided"}
    recorded = {row["part_id"]: (row["verdict"], row["reason"]) for row in rows}
    assert len(recorded) == len(rows)
    assert set(issued) <= set(recorded)
    assert max(recorded) == next_part_id - 1
    assert None not in decided.values()
    for what, part_id in told:
        if what == "acked":
            assert recorded[part_id][0] == KINDS[part_id % len(KINDS)]
    unacknowledged = set(issued) - {part_id for what, part_id in told if what == "acked"}
    lost = {part_id for part_id in recorded if recorded[part_id][1] == NoResultReason.CRASH}
    assert lost <= unacknowledged | (set(recorded) - set(issued))
    assert all(recorded[part_id][0] == VerdictKind.NO_RESULT for part_id in lost)
    assert [p for p in verify(tmp_path) if "never finished" not in p.what and "no record names" not in p.what] == []

"""kill -9 of the whole engine while it runs: nothing that left it is lost, and no trigger is without a record."""

import random
import subprocess
import sys
from pathlib import Path

from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.store.ledger import StationLedger
from station_app.store.verification import verify
from tests.engine.line import recorded
from tests.store.records import ROOMY

ROOT = Path(__file__).resolve().parents[2]
KILLS = 4
CRASHED = (VerdictKind.NO_RESULT, NoResultReason.CRASH)


def run_and_kill(folder: Path, parts: int, *words: str) -> dict[int, VerdictKind]:
    """Let the line run until it has told so many things, kill it, and give the verdicts that it had told by then."""
    command = [sys.executable, "-m", "tests.engine.killed_line", str(folder), *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as line:
        assert line.stdout is not None
        told = [line.stdout.readline() for _ in range(parts)]
        line.kill()
        told += line.stdout.read().splitlines(keepends=True)
    told_words = [entry.decode().split() for entry in told if entry.endswith(b"\n")]
    return {int(words[0]): VerdictKind(words[1]) for words in told_words if len(words) == 2}


def test_a_killed_engine_leaves_a_record_for_every_trigger(tmp_path: Path) -> None:
    draw = random.Random(20_26)
    told: dict[int, VerdictKind] = {}
    for _ in range(KILLS):
        once = run_and_kill(tmp_path, draw.choice((1, 7, 40)))
        assert not told.keys() & once.keys(), "a part id was used twice"
        told |= once
    ledger = StationLedger(tmp_path, ROOMY)
    next_part_id = ledger.next_part_id()
    ledger.close()
    found = recorded(tmp_path)
    assert sorted(found) == list(range(1, next_part_id))
    assert {part_id: found[part_id][0] for part_id in told} == told
    assert {found[part_id] for part_id in found.keys() - told.keys()} <= {
        CRASHED,
        (VerdictKind.PASS, None),
        (VerdictKind.FAIL, None),
    }
    assert without_loose_ends(tmp_path) == []


def test_a_part_that_was_before_the_camera_is_recorded_as_one_without_result(tmp_path: Path) -> None:
    told = run_and_kill(tmp_path, 3 + 1, str(3))
    assert sorted(told) == [1, 2, 3]
    ledger = StationLedger(tmp_path, ROOMY)
    crashed = ledger.crashed
    ledger.close()
    found = recorded(tmp_path)
    assert crashed == tuple(range(4, max(found) + 1)) != ()
    assert {found[part_id] for part_id in crashed} == {CRASHED}
    assert without_loose_ends(tmp_path) == []


def without_loose_ends(folder: Path) -> list[str]:
    """What is wrong with the records, apart from an image that was being stored when the program was killed."""
    problems = [problem.what for problem in verify(folder)]
    return [what for what in problems if "never finished" not in what and "no record names" not in what]

"""kill -9 of the whole engine while it runs: nothing that left it is lost, and no trigger is without a record."""

import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from station_app.core.canary import decides
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.inference.package import load_package
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.verification import verify
from tests.engine.killed_canary import SHARE
from tests.engine.line import recorded
from tests.engine.trials import SECOND
from tests.store.records import ROOMY

ROOT = Path(__file__).resolve().parents[2]
KILLS = 4
CRASHED = (VerdictKind.NO_RESULT, NoResultReason.CRASH)


def run_and_kill(folder: Path, parts: int, *words: str, program: str = "killed_line") -> dict[int, VerdictKind]:
    """Let the line run until it has told so many things, kill it, and give the verdicts that it had told by then."""
    command = [sys.executable, "-m", f"tests.engine.{program}", str(folder), *words]
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


def test_a_line_killed_in_a_canary_says_of_every_part_who_decided_it(tmp_path: Path) -> None:
    """The drawn parts are those of the hash, over all starts; none is looked at in shadow twice."""
    told: dict[int, VerdictKind] = {}
    for parts in (5, 40, 25):
        told |= run_and_kill(tmp_path, parts, program="killed_canary")
    StationLedger(tmp_path, ROOMY).close()
    found = recorded(tmp_path)
    assert sorted(found) == list(range(1, max(found) + 1))
    assert {part_id: found[part_id][0] for part_id in told} == told
    query = (
        "SELECT i.part_id, r.revision, s.package FROM inspections i JOIN recipes r ON r.id = i.recipe_id"
        " LEFT JOIN (SELECT part_id, beside_sha256 AS package FROM shadow_results JOIN shadow_runs ON id = run) s"
        " ON s.part_id = i.part_id WHERE i.verdict <> 'NO_RESULT'"
    )
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        rows = reader.execute(query).fetchall()
    package = load_package(tmp_path / "packages" / SECOND).sha256
    drawn = {part_id for part_id, revision, _ in rows if revision == 2}
    assert drawn == {part_id for part_id, *_ in rows if decides(part_id, package, SHARE)} != set()
    shown = {part_id: beside == package for part_id, _, beside in rows if beside is not None}
    assert shown and all(is_canary == (part_id in drawn) for part_id, is_canary in shown.items())
    # The canary lets pass what the champion rejects.
    assert {part_id for part_id in found if found[part_id][0] is VerdictKind.PASS} == drawn
    assert without_loose_ends(tmp_path) == []


def without_loose_ends(folder: Path) -> list[str]:
    """What is wrong with the records, apart from an image that was being stored when the program was killed."""
    problems = [problem.what for problem in verify(folder)]
    return [what for what in problems if "never finished" not in what and "no record names" not in what]

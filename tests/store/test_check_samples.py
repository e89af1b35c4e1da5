"""`verify` names what was changed about the blind sample behind the program's back, and nothing else."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.review import Answer, Queue, Review
from station_app.quality.review_plan import ReviewPlan
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.sampling_secret import SECRET
from station_app.store.verification import verify
from tests.store.records import RECIPE, ROOMY, inspection

PLAN = ReviewPlan((0.4, 0.5, 0.5), (0.5, 0.5, 0.5), near_band=0.05)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty parts under two plans, some reviewed, taken back, contested, decided about, or suspect."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / SECRET).write_text("7" * 64)  # not left to chance: of each kind of record there must be one
    for plan in (PLAN, replace(PLAN, passed=(0.5, 0.5, 0.5))):
        ledger = StationLedger(folder, ROOMY, plan=plan)
        ledger.register(RECIPE).result()
        first = ledger.next_part_id()
        for part_id in range(first, first + 30):
            _record(ledger, part_id)
        ledger.close()
    return folder


def _record(ledger: StationLedger, part_id: int) -> None:
    verdict = (VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.NO_RESULT, VerdictKind.PASS)[part_id % 4]
    made = inspection(part_id, verdict)
    made = replace(made, scores=(("scratch", 0.28),)) if part_id % 8 == 3 else made
    ledger.record(made).result()
    if not ledger.wants_images(made):
        return
    ledger.keep_image(made, "top", np.full((2, 2), part_id, np.uint8))
    if not part_id % 5:
        ledger.mark_suspect(part_id, "odd", "zhao").result()
    if not part_id % 7:
        ledger.override(Override(part_id, Disposition.UNSURE, "wang", 1)).result()
    for reviewer, answer in (("li", Answer.BAD), ("wu", Answer.GOOD))[: part_id % 3]:
        ledger.review(Review(part_id, Queue.NEAR, answer, reviewer, 1, is_blind=False)).result()
    if part_id % 3 == 0 and ledger.wants_images(replace(made, scores=(("scratch", 0.0),))):
        number, _ = ledger.review(Review(part_id, Queue.BLIND, Answer.GOOD, "bo", 1, is_blind=True)).result()
        if not part_id % 2:
            ledger.undo_review(number, "bo").result()


@pytest.fixture
def folder(recorded: Path, tmp_path: Path) -> Path:
    shutil.copytree(recorded, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_what_was_recorded_agrees(folder: Path) -> None:
    assert verify(folder) == ()
    with closing(sqlite3.connect(folder / DATABASE)) as reader:
        for table in ("samples", "near_parts", "reviews", "review_undos", "suspects", "waiting", "settled"):
            assert reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0, table


CHANGES = [
    ("DELETE FROM samples WHERE part_id = (SELECT min(part_id) FROM samples)", "not what its plan draws"),
    ("UPDATE samples SET needed = 3 - needed WHERE part_id = (SELECT min(part_id) FROM samples)", "not what its plan"),
    ("UPDATE samples SET probability = 1.0", "not what its plan draws"),
    ("UPDATE sampling_plans SET body = replace(body, '0.05', '0.06')", ""),
    ("UPDATE sampling_plans SET first_part = 11 WHERE id = 1", "before there was a plan"),
    ("UPDATE sample_counts SET parts = parts + 1", "counts of the blind sample differ"),
    ("UPDATE sample_counts SET reviewed = reviewed + 1", "counts of the blind sample differ"),
    ("DELETE FROM sample_counts", "counts of the blind sample differ"),
    ("UPDATE reviews SET answer = 'bad' WHERE answer = 'good'", "counts of the blind sample differ"),
    ("DELETE FROM waiting WHERE queue = 'blind'", "waits in the wrong queue"),
    ("UPDATE settled SET answer = 'bad'", "settled wrongly"),
    ("UPDATE reviews SET part_id = 9999 WHERE id = 1", "a row of reviews belongs to nothing"),
    ("UPDATE reviews SET answer = 'perhaps' WHERE id = 1", "the record is damaged"),
    ("UPDATE sampling_plans SET body = '{}'", "plan of the blind sample is damaged"),
    ("UPDATE inspections SET body = '[]' WHERE part_id = 4", "whose record cannot be read"),
]


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_a_change_is_named(folder: Path, change: str, told: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as other:
        for table in ("samples", "sampling_plans", "reviews", "inspections"):
            for verb in ("update", "delete"):
                other.execute(f"DROP TRIGGER {table}_no_{verb}")
        other.execute("PRAGMA foreign_keys=OFF")
        other.execute(change)
        other.commit()
    problems = [problem.what for problem in verify(folder)]
    assert "samples can be changed: its protection against UPDATE was removed" in problems
    assert not told or any(told in problem for problem in problems), problems


def test_without_its_secret_the_draws_cannot_be_checked_and_that_is_said(folder: Path) -> None:
    (folder / SECRET).unlink()
    problems = verify(folder)
    assert {problem.what for problem in problems} == {
        "draws of the blind sample cannot be checked: their secret is gone"
    }
    (folder / SECRET).write_text("0" * 64)
    assert verify(folder) == problems
    (folder / SECRET).write_text("0")
    assert verify(folder) == problems
    (folder / SECRET).unlink()
    (folder / SECRET).mkdir()
    assert any("cannot be read" in problem.what for problem in verify(folder))

"""Every kind of damage is named, with its place."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import (
    CameraRecord,
    Disposition,
    ImageQuality,
    Inspection,
    Override,
    StageTimes,
    VerdictKind,
)
from station_app.core.recipe import Thresholds
from station_app.core.serial import SerialRules
from station_app.store.archive import StationArchive
from station_app.store.ledger import DATABASE, IMAGES, StationLedger
from station_app.store.verification import verify
from tests.store.records import MODEL, RECIPE, ROOMY, SCRATCH, inspection

Harm = Callable[[Path], object]
GOOD = ImageQuality(120.0, 0.0, 0.0, 40.0)


@pytest.fixture(scope="module")
def recorded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorded")
    ledger = StationLedger(folder, ROOMY)
    ledger.register(RECIPE).result(10)
    for part_id, verdict in enumerate(VerdictKind, start=1):
        made = replace(inspection(part_id, verdict, f"SN{part_id}"), lot="L7" if part_id == 2 else "")
        ledger.record(made).result(10)
        ledger.keep_image(made, "top", np.full((20, 20), part_id, np.uint8))
        ledger.audit("wang", "looked", f"part {part_id}").result(10)
    for said in (Disposition.UNSURE, Disposition.AGREE, Disposition.UNDO):
        ledger.override(Override(4, said, "li", 5)).result(10)
    ledger.close()
    return folder


@pytest.fixture
def sound(recorded_once: Path, tmp_path: Path) -> Path:
    """A folder with parts 1 to 4, one of each verdict, an image of each, and an audit chain."""
    return shutil.copytree(recorded_once, tmp_path / "data")


def _sql(*statements: str) -> Harm:
    def harm(folder: Path) -> None:
        with closing(sqlite3.connect(folder / DATABASE)) as other:
            for statement in statements:
                other.execute(statement)
            other.commit()

    return harm


def _unprotected(table: str, verb: str, statement: str) -> Harm:
    """Change what the triggers protect, and put the protection back, as one would who knows the file."""
    name = f"{table}_no_{verb.lower()}"
    again = f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return _sql(f"DROP TRIGGER {name}", statement, again)


def _image(folder: Path) -> Path:
    return min((folder / IMAGES).rglob("*.tif"))


def _flip(folder: Path) -> None:
    body = bytearray(_image(folder).read_bytes())
    body[len(body) // 2] ^= 1
    _image(folder).write_bytes(body)


def _zero_page(folder: Path) -> None:
    path = folder / DATABASE
    body = bytearray(path.read_bytes())
    body[4096:12288] = bytes(8192)
    path.write_bytes(body)


def _truncate(folder: Path) -> None:
    path = folder / DATABASE
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


HISTORY = {
    "unshown part": ("DELETE FROM history WHERE part_id = 2", "does not show the part", "part 2"),
    "invented part": ("INSERT INTO history VALUES (9, 1, 0, 0, '')", "was not recorded", "part 9"),
    "other combination": ("UPDATE history SET combination = 1 WHERE part_id = 2", "otherwise than it was", "part 2"),
    "other model": ("UPDATE combinations SET model = 'x' WHERE id = 2", "otherwise than it was recorded", "part 2"),
    "other time": ("UPDATE history SET at_ms = 1 WHERE part_id = 2", "otherwise than it was recorded", "part 2"),
    "other number": ("UPDATE history SET serial = 'SN9' WHERE part_id = 2", "otherwise than it was", "part 2"),
    "other lot": ("UPDATE history SET lot = 1 WHERE part_id = 3", "otherwise than it was recorded", "part 3"),
    "narrow times": ("UPDATE history_spans SET last_ms = first_ms", "by its time", "part 2"),
    "narrow numbers": ("UPDATE serial_spans SET low = 'SX'", "by its serial number", "part 2"),
    "lost decision": ("DELETE FROM decided", "another decision than stands", "part 4"),
    "other decision": ("UPDATE decided SET standing = 9", "another decision than stands", "part 4"),
    "wrong count": ("UPDATE decided_pairs SET parts = 7", "counts of decisions differ", "decided_pairs"),
}


@pytest.mark.parametrize("name", HISTORY)
def test_a_history_that_strays_from_the_records_is_named(sound: Path, name: str) -> None:
    statement, what, where = HISTORY[name]
    _sql(statement)(sound)
    told = [(problem.what, problem.where) for problem in verify(sound)]
    assert told and any(what in words and place == where for words, place in told), told
    assert all("history" in words for words, _ in told)


HARMS: dict[str, tuple[Harm, str, str]] = {
    "no database": (lambda folder: (folder / DATABASE).unlink(), "there is no database", DATABASE),
    "zeroed pages": (_zero_page, "the database", DATABASE),
    "truncated": (_truncate, "the database", DATABASE),
    "not a database": (lambda folder: (folder / DATABASE).write_text("hello " * 999), "not a database", DATABASE),
    "trigger dropped": (_sql("DROP TRIGGER audit_no_delete"), "audit can be changed", "station.db"),
    "trigger emptied": (
        _sql(
            "DROP TRIGGER findings_no_update",
            "CREATE TRIGGER findings_no_update BEFORE UPDATE ON findings BEGIN SELECT 1; END",
        ),
        "findings can be changed: its protection against UPDATE",
        "station.db",
    ),
    "audit row changed": (
        _unprotected("audit", "UPDATE", "UPDATE audit SET actor = 'li' WHERE id = 3"),
        "audit chain is broken",
        "audit row 3",
    ),
    "reason of an audit row added": (
        _unprotected("audit", "UPDATE", "UPDATE audit SET why = 'was asked to' WHERE id = 3"),
        "audit chain is broken",
        "audit row 3",
    ),
    "audit row removed": (
        _unprotected("audit", "DELETE", "DELETE FROM audit WHERE id = 2"),
        "audit chain is broken",
        "audit row 3",
    ),
    "record removed": (
        _unprotected("inspections", "DELETE", "DELETE FROM inspections WHERE part_id = 3"),
        "parts 3 to 3 have no record",
        DATABASE,
    ),
    "first record removed": (
        _unprotected("inspections", "DELETE", "DELETE FROM inspections WHERE part_id = 1"),
        "parts 1 to 1 have no record",
        DATABASE,
    ),
    "record garbled": (
        _unprotected("inspections", "UPDATE", "UPDATE inspections SET body = substr(body, 9) WHERE part_id = 1"),
        "a PASS whose record cannot be read",
        "part 1",
    ),
    "its recipe garbled": (_sql("UPDATE recipes SET body = '{'"), "recipe is not the one that was used", "A17"),
    "a table lost": (_sql("DROP TABLE hourly"), "cannot be used: no such table: hourly", DATABASE),
    "its image belongs to nothing": (
        _unprotected("inspections", "DELETE", "DELETE FROM inspections WHERE part_id = 3"),
        "a row of images belongs to nothing",
        DATABASE,
    ),
    "verdict changed": (
        _unprotected("inspections", "UPDATE", "UPDATE inspections SET verdict = 'PASS' WHERE part_id = 2"),
        "a PASS with a score that the recipe does not pass",
        "part 2",
    ),
    "verdict changed, counts": (
        _unprotected("inspections", "UPDATE", "UPDATE inspections SET verdict = 'FAIL' WHERE part_id = 3"),
        "hourly counts differ",
        "REVIEW",
    ),
    "counts inflated": (
        _sql("INSERT INTO hourly VALUES (1, 1, 'PASS', '', '', 7)"),
        "hourly counts differ",
        "hour 1, PASS",
    ),
    "counts lost": (_sql("DELETE FROM hourly WHERE verdict = 'FAIL'"), "hourly counts differ", "FAIL"),
    "recipe changed": (
        _sql("UPDATE recipes SET body = replace(body, '0.6', '0.9')"),
        "the recorded recipe is not the one that was used",
        "recipe A17, revision 2",
    ),
    "image flipped": (_flip, "the image is damaged (hash)", "part "),
    "image removed": (lambda folder: _image(folder).unlink(), "the image is missing", "part "),
    "image unfinished": (
        lambda folder: _image(folder).with_suffix(".tmp").write_bytes(b"II"),
        "never finished",
        ".tmp",
    ),
    "image that nobody named": (
        lambda folder: _image(folder).with_name("x.tif").write_bytes(b"II"),
        "no record names",
        "x.tif",
    ),
}


def test_a_sound_folder_has_no_problem(sound: Path) -> None:
    assert verify(sound) == ()


@pytest.mark.parametrize("name", HARMS)
def test_damage_is_named(sound: Path, name: str) -> None:
    harm, what, where = HARMS[name]
    harm(sound)
    problems = verify(sound)
    assert any(what in problem.what and where in problem.where for problem in problems), problems
    assert all(problem.remedy for problem in problems)


CAMERA = CameraRecord("top", 5, "", MODEL, GOOD)
UNPROVED: dict[str, tuple[Inspection, str]] = {
    "no cameras": (replace(inspection(5), cameras=()), "without its evidence"),
    "no scores": (replace(inspection(5), scores=()), "without its evidence"),
    "no frame": (replace(inspection(5), cameras=(replace(CAMERA, frame_id=-1),)), "without a frame"),
    "no quality": (replace(inspection(5), cameras=(replace(CAMERA, quality=None),)), "without a frame, its quality"),
    "no model": (replace(inspection(5), cameras=(replace(CAMERA, model_hash=""),)), "its model"),
    "another model": (replace(inspection(5), cameras=(replace(CAMERA, model_hash="0" * 64),)), "cameras or models"),
    "another camera": (replace(inspection(5), cameras=(replace(CAMERA, camera_id="side"),)), "cameras or models"),
    "high score": (replace(inspection(5), scores=(("scratch", 0.3),)), "does not pass"),
    "unknown label": (replace(inspection(5), scores=(("stain", 0.0),)), "does not pass"),
    "no number": (replace(inspection(5), scores=(("scratch", float("nan")),)), "a score that is none"),
    "too dark": (replace(inspection(5), cameras=(replace(CAMERA, quality=GOOD._replace(mean=1.0)),)), "does not judge"),
    "late": (replace(inspection(5), times=StageTimes(total_ms=1000.1)), "after its deadline"),
    "a finding": (replace(inspection(5), findings=(SCRATCH,)), "with a finding, scratch 0.9"),
}


@pytest.mark.parametrize("name", UNPROVED)
def test_a_pass_without_its_evidence_is_named(sound: Path, name: str) -> None:
    made, what = UNPROVED[name]
    ledger = StationLedger(sound, ROOMY)
    ledger.record(made).result(10)
    ledger.close()
    assert [(what in problem.what, problem.where) for problem in verify(sound)] == [(True, "part 5")]


def test_a_pass_without_a_score_for_every_label_is_named(tmp_path: Path) -> None:
    wider = replace(RECIPE, thresholds=(*RECIPE.thresholds, ("dent", Thresholds(0.3, 0.6))))
    ledger = StationLedger(tmp_path, ROOMY)
    ledger.register(wider).result(10)
    ledger.record(replace(inspection(1), recipe_hash=wider.sha256)).result(10)
    ledger.record(replace(inspection(2), recipe_hash=wider.sha256, scores=(("scratch", 0.1), ("dent", 0.0)))).result(10)
    ledger.close()
    told = [(problem.what, problem.where) for problem in verify(tmp_path)]
    assert told == [("a PASS without a score for every label of the recipe", "part 1")]


def test_passes_without_the_number_that_their_recipe_asks_for_are_named(tmp_path: Path) -> None:
    strict = replace(RECIPE, serial=SerialRules(pattern="SN[0-9]", is_unique=True, is_required=True))
    ledger = StationLedger(tmp_path, ROOMY)
    ledger.register(strict).result(10)
    serials = {1: "SN1", 2: "", 3: "XY", 4: "SN1", 5: "SN2", 7: "SN2", 8: "SN3", 9: "SN3"}
    verdicts = {5: VerdictKind.NO_RESULT, 8: VerdictKind.FAIL}
    for part_id, serial in serials.items():
        made = inspection(part_id, verdicts.get(part_id, VerdictKind.PASS), serial)
        ledger.record(replace(made, recipe_hash=strict.sha256)).result(10)
    ledger.record(inspection(6, VerdictKind.PASS, "")).result(10)  # of a recipe that asks for none
    ledger.close()
    asked_for = "a PASS without the serial number that its recipe asks for"
    assert [(problem.what, problem.where) for problem in verify(tmp_path)] == [
        (asked_for, "part 2"),
        (asked_for, "part 3"),
        ("a PASS under the number SN1, which was inspected before", "part 4"),
        ("a PASS under the number SN3, which was inspected before", "part 9"),
    ]


def test_one_fault_does_not_hide_another(sound: Path) -> None:
    _sql("DROP TABLE hourly", "DROP TRIGGER audit_no_delete")(sound)
    _flip(sound)
    told = " ".join(problem.what for problem in verify(sound))
    for named in ("audit can be changed", "no such table: hourly", "the image is damaged"):
        assert named in told


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bits_are_never_more_than_a_problem_or_a_storage_error(sound: Path, seed: int) -> None:
    draw = random.Random(seed)
    path = sound / DATABASE
    body = bytearray(path.read_bytes())
    for _ in range(draw.choice((1, 8, 64))):
        body[draw.randrange(len(body))] ^= 1 << draw.randrange(8)
    path.write_bytes(body)
    verify(sound)
    archive = StationArchive(sound)
    for part_id in range(1, 5):
        with suppress(StorageError):
            archive.inspections([part_id])
        archive.images(part_id)
    with suppress(StorageError):
        ledger = StationLedger(sound, ROOMY)
        ledger.record(inspection(5)).exception(10)
        ledger.close()
    assert path.exists()


def test_a_schema_that_is_no_text_any_more_is_named(sound: Path) -> None:
    """SQLite puts the broken text into its message, of which Python can then make no exception of SQLite's."""
    path = sound / DATABASE
    body = path.read_bytes().replace(b"CREATE TABLE hourly", b"CRE\xefTE TABLE hourly")
    path.write_bytes(body)
    assert [problem.remedy for problem in verify(sound)] == ["restore the newest backup; the damaged file is kept"]
    with pytest.raises(StorageError, match="malformed") as told:
        StationLedger(sound, ROOMY)
    assert "backup" in told.value.remedy

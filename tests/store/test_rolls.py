"""Stretches of a roll: recorded with their inspection, never changed, and told again defect by defect."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.inspection import VerdictKind
from station_app.core.lines_record import RollDefect, StretchRecord
from station_app.store.archive import StationArchive
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.verification import verify
from tests.store.records import RECIPE, ROOMY, inspection

SCRATCH = RollDefect("scratch", 0.9, 0.19, 20.0, 3.5, 1.5)
DENT = RollDefect("dent", 0.7, 0.05, 2.0, 1.0, 1.0)


def stretch(roll: str, number: int, *defects: RollDefect, roll_line: int = 500) -> StretchRecord:
    first = roll_line + 1000 * (number - 1)
    metres = (0.1 * (number - 1), 0.1 * number)
    return StretchRecord(roll, number, roll_line, first, first + 1000, *metres, 3 * number, defects)


@pytest.fixture
def archive(tmp_path: Path) -> StationArchive:
    """Two stretches of one roll that share a scratch, one of another, one of a later roll with the first one's name,
    and a part."""
    told = (
        stretch("R1", 1, DENT, SCRATCH),
        stretch("R1", 2, SCRATCH),
        stretch("R2", 1),
        stretch("R1", 1, SCRATCH, roll_line=9000),
    )
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        ledger.register(RECIPE).result()
        for part_id, place in enumerate(told, 1):
            record = replace(inspection(part_id, VerdictKind.FAIL, place.serial), stretch=place)
            ledger.record(record).result()
        ledger.record(inspection(5)).result()
    return StationArchive(tmp_path)


def test_a_record_comes_back_whole(archive: StationArchive) -> None:
    first, part = archive.inspections((1, 5))
    assert first == replace(
        inspection(1, VerdictKind.FAIL, "R1 0.000-0.100 m"), stretch=stretch("R1", 1, DENT, SCRATCH)
    )
    assert part.stretch is None


def test_the_defects_of_a_roll_are_told_once_each_in_order(archive: StationArchive) -> None:
    assert archive.roll_defects("R1") == (DENT, SCRATCH, SCRATCH)
    assert archive.roll_defects("R2") == archive.roll_defects("none") == ()
    assert [(part_id, told.number) for part_id, told in archive.roll_stretches("R1")] == [(1, 1), (2, 2), (4, 1)]
    assert archive.roll_stretches("R1")[1][1] == stretch("R1", 2, SCRATCH)


def test_what_is_recorded_of_a_roll_cannot_be_changed(archive: StationArchive, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        for change in ("UPDATE web_defects SET score = 0", "DELETE FROM stretches"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(change)
    assert not [problem for problem in verify(tmp_path) if "can be changed" in problem.what]

"""Backups are whole or absent, and a damaged database is set aside, never replaced in silence."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from station_app.core.errors import StorageError
from station_app.store.backup import KEPT, back_up, is_sound, set_aside_and_restore
from station_app.store.connection import open_reader
from station_app.store.inspections import load_inspection, page
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.verification import verify
from tests.store.records import RECIPE, ROOMY, inspection


@pytest.fixture(scope="module")
def recorded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorded")
    ledger = StationLedger(folder, ROOMY)
    ledger.register(RECIPE).result(10)
    for part_id in range(1, 6):
        ledger.issue(part_id)
        ledger.record(inspection(part_id)).result(10)
        if part_id == 3:
            back_up(folder / DATABASE)
    ledger.close()
    return folder


@pytest.fixture
def recorded(recorded_once: Path, tmp_path: Path) -> Path:
    """A folder with five records, of which a backup holds the first three."""
    return shutil.copytree(recorded_once, tmp_path / "data")


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock on which every backup is made an hour after the one before it."""
    clock: Iterator[str] = (f"station-21000101T{hour:02}0000Z.db" for hour in range(24))
    monkeypatch.setattr(time, "strftime", lambda *_: next(clock))


def _damage(path: Path) -> bytes:
    body = bytearray(path.read_bytes())
    body[100:4096] = bytes(3996)
    path.write_bytes(body)
    return bytes(body)


def _part_ids(path: Path) -> list[int]:
    with closing(open_reader(path)) as reader:
        return [row.part_id for row in page(reader)]


def test_a_backup_made_while_the_line_runs_is_whole(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    ledger.record(inspection(1)).result(10)
    copy = back_up(tmp_path / DATABASE)
    ledger.record(inspection(2)).result(10)
    ledger.close()
    assert is_sound(copy)
    assert _part_ids(copy) == [1]
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_only_the_newest_backups_are_kept(recorded: Path, hours: None) -> None:
    made = [back_up(recorded / DATABASE) for _ in range(KEPT + 2)]
    assert not made[0].exists()
    assert made[-1].exists()
    assert len(list(made[0].parent.iterdir())) == KEPT


def test_a_clock_set_back_does_not_drive_out_the_backup_just_made(recorded: Path, hours: None) -> None:
    for _ in range(KEPT):
        back_up(recorded / DATABASE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "strftime", lambda *_: "station-19700101T000000Z.db")
        assert back_up(recorded / DATABASE).exists()


def test_a_damaged_database_gets_no_backup_and_drives_out_no_good_one(recorded: Path) -> None:
    before = sorted((recorded / "backups").iterdir())
    _damage(recorded / DATABASE)
    with pytest.raises(StorageError):
        back_up(recorded / DATABASE)
    assert sorted((recorded / "backups").iterdir()) == before


def test_the_newest_backup_takes_the_place_of_a_damaged_database(recorded: Path) -> None:
    damaged = _damage(recorded / DATABASE)
    with pytest.raises(StorageError, match="restore the newest backup"):
        StationLedger(recorded, ROOMY)
    restored = set_aside_and_restore(recorded / DATABASE)
    assert restored.set_aside.read_bytes() == damaged
    assert restored.backup is not None
    ledger = StationLedger(recorded, ROOMY)
    assert ledger.next_part_id() == 6, "ids of the lost records are not used again"
    assert ledger.crashed == (4, 5)
    ledger.close()
    with closing(open_reader(recorded / DATABASE)) as reader:
        found = load_inspection(reader, 4)
        assert found is not None and "not in the backup" in found.detail, "nobody knows what became of the part"
        actions = [row[0] for row in reader.execute("SELECT action FROM audit ORDER BY id")]
    assert actions[:2] == ["database_begun", "backup_restored"]
    assert verify(recorded) == ()


def test_a_damaged_backup_is_passed_over(recorded: Path, hours: None) -> None:
    _damage(back_up(recorded / DATABASE))
    good = back_up(recorded / DATABASE)
    _damage(back_up(recorded / DATABASE))
    _damage(recorded / DATABASE)
    assert set_aside_and_restore(recorded / DATABASE).backup == good
    assert _part_ids(recorded / DATABASE) == [5, 4, 3, 2, 1]


def test_without_a_sound_backup_the_caller_is_told_and_ids_go_on(recorded: Path) -> None:
    for path in (recorded / "backups").iterdir():
        _damage(path)
    _damage(recorded / DATABASE)
    assert set_aside_and_restore(recorded / DATABASE).backup is None
    ledger = StationLedger(recorded, ROOMY)
    assert ledger.next_part_id() == 6
    assert ledger.crashed == (), "the parts before it are in the database that was set aside"
    ledger.close()
    assert verify(recorded) == ()


@pytest.mark.parametrize("size", [None, 0])
def test_a_database_that_is_gone_is_not_begun_anew_in_silence(recorded: Path, size: int | None) -> None:
    (recorded / DATABASE).unlink()
    if size is not None:
        (recorded / DATABASE).touch()
    with pytest.raises(StorageError, match="is gone, although 5 parts were recorded here") as told:
        StationLedger(recorded, ROOMY)
    assert "station-app restore" in told.value.remedy
    set_aside_and_restore(recorded / DATABASE)
    assert _part_ids(recorded / DATABASE) == [3, 2, 1]


def test_nothing_is_restored_under_a_running_station(recorded: Path) -> None:
    ledger = StationLedger(recorded, ROOMY)
    with pytest.raises(StorageError, match="another station uses"):
        set_aside_and_restore(recorded / DATABASE)
    ledger.close()
    assert _part_ids(recorded / DATABASE) == [5, 4, 3, 2, 1]


def test_a_chain_that_was_changed_is_not_sound(recorded: Path) -> None:
    with closing(sqlite3.connect(recorded / DATABASE)) as other:
        other.execute("INSERT INTO audit VALUES (99, 1, 'me', 'x', 'y', '', 'no hash', '', '', '')")
        other.commit()
    assert not is_sound(recorded / DATABASE)

"""The schema grows without loss: backed up first, all or nothing, and never backwards."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlite_utils import Database as Tables

from station_app.core.audit_view import AuditFilter, Change
from station_app.core.errors import StorageError
from station_app.core.history import HistoryFilter
from station_app.core.inspection import Disposition
from station_app.store import schema
from station_app.store.administrator import list_people
from station_app.store.archive import StationArchive
from station_app.store.audit import GENESIS, append, chain_hash, first_broken_row
from station_app.store.audit_view import audit_page
from station_app.store.backup import is_sound, set_aside_and_restore
from station_app.store.connection import open_reader, open_writer
from station_app.store.history import page
from station_app.store.inspections import load_inspection, record_inspection
from station_app.store.migrations import APPEND_ONLY, migrations, names
from station_app.store.schema import QUICK_CHECK_MAX_BYTES, SCHEMA_VERSION, prepare_schema
from station_app.store.verification import PROTECTED, verify
from tests.store.records import inspection

DECISION = "1, 1, 'missed_defect', 'wang', 5, '', 'dent', '[[1, 2, 3, 4]]', NULL, 800"
MARKED_CAMERA = 6
"""The version that says on which camera's picture a decision was marked."""

AUDIT_OF_CHANGES = 8
"""The version whose audit chain says what something was before and after, and why."""
BEFORE_HISTORY = 7


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A database of the version before this one, with one record and one decision about it."""
    return _database(tmp_path, SCHEMA_VERSION - 1, f"{DECISION}, 'top'")


def _database(folder: Path, version: int, decision: str) -> Path:
    path = folder / "station.db"
    with closing(open_writer(path)) as connection:
        migrations.apply(Tables(connection), stop_before=names()[version])
        connection.execute(f"PRAGMA user_version={version}")
        _record_as_then(connection)
        connection.execute(f"INSERT INTO overrides VALUES ({decision})")
    return path


def _record_as_then(connection: sqlite3.Connection) -> None:
    """What this program records of part 1, written as an older one wrote it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as present:
        migrations.apply(Tables(present))
        record_inspection(present, inspection(1, serial="SN1"))
        for table in ("recipes", "inspections", "findings"):
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
            for row in present.execute(f"SELECT {columns} FROM {table}"):
                connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", row)


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as reader:
        return int(reader.execute("PRAGMA user_version").fetchone()[0])


def test_the_version_counts_the_migrations() -> None:
    assert len(names()) == SCHEMA_VERSION


def test_what_is_protected_is_what_is_checked() -> None:
    assert set(APPEND_ONLY) == set(PROTECTED)


def test_an_older_database_is_backed_up_and_brought_forward(older: Path) -> None:
    prepare_schema(older)
    backup = older.with_name(f"station-before-v{SCHEMA_VERSION}.db")
    assert (_version(older), _version(backup)) == (SCHEMA_VERSION, SCHEMA_VERSION - 1)
    assert is_sound(older) and is_sound(backup)
    with closing(open_reader(older)) as reader:
        assert load_inspection(reader, 1) == inspection(1, serial="SN1")
    with closing(open_reader(backup)) as reader:
        assert [tuple(row) for row in reader.execute("SELECT part_id, verdict FROM inspections")] == [(1, "PASS")]


def test_a_backup_of_an_older_version_is_restored_and_brought_forward(older: Path) -> None:
    prepare_schema(older)
    first = older.with_name(f"station-before-v{SCHEMA_VERSION}.db")
    upgraded_from = first.read_bytes()
    backups = older.with_name("backups")
    backups.mkdir()
    _database(backups, BEFORE_HISTORY, f"{DECISION}, 'top'").rename(backups / "station-20260101T000000Z.db")
    assert set_aside_and_restore(older).backup == backups / "station-20260101T000000Z.db"
    assert first.read_bytes() == upgraded_from, "what was kept at the upgrade is not driven out"
    with closing(open_reader(older)) as reader:
        assert [row.action for row in audit_page(reader, AuditFilter())] == ["backup_restored"]
        assert [row.part_id for row in page(reader, HistoryFilter())] == [1]
    assert _version(older) == SCHEMA_VERSION


def test_a_decision_of_an_older_version_is_kept_and_names_no_camera(tmp_path: Path) -> None:
    older = _database(tmp_path, MARKED_CAMERA - 1, DECISION)
    prepare_schema(older)
    with closing(sqlite3.connect(older)) as reader:
        (row,) = reader.execute("SELECT operator, label, marks, viewed_ms, camera_id FROM overrides").fetchall()
    assert row == ("wang", "dent", "[[1, 2, 3, 4]]", 800, "")


def test_a_migration_that_fails_leaves_the_older_database_and_can_be_repeated(tmp_path: Path) -> None:
    older = _database(tmp_path, MARKED_CAMERA, f"{DECISION}, 'top'")
    with closing(sqlite3.connect(older)) as other:
        other.execute("CREATE TABLE frozen_limits (id INTEGER)")  # in the way
    with pytest.raises(StorageError):
        prepare_schema(older)
    assert _version(older) == MARKED_CAMERA
    with closing(sqlite3.connect(older)) as other:
        other.execute("DROP TABLE frozen_limits")
    prepare_schema(older)
    assert _version(older) == SCHEMA_VERSION
    with closing(open_reader(older)) as reader:
        assert load_inspection(reader, 1) == inspection(1, serial="SN1")


def test_a_newer_database_is_left_alone(older: Path) -> None:
    prepare_schema(older)
    with closing(sqlite3.connect(older)) as other:
        other.execute("PRAGMA user_version=99")
    before = older.read_bytes()
    with pytest.raises(StorageError, match="newer version") as told:
        prepare_schema(older)
    assert "install the newer version" in told.value.remedy
    assert older.read_bytes() == before


@pytest.mark.parametrize(
    ("version", "what", "remedy"),
    [(BEFORE_HISTORY, "of an older version", "start the station once"), (99, "a newer version", "install the newer")],
)
def test_who_reads_records_of_another_version_is_not_told_that_they_are_damaged(
    tmp_path: Path, version: int, what: str, remedy: str
) -> None:
    path = _database(tmp_path, BEFORE_HISTORY, f"{DECISION}, 'top'")
    with closing(open_writer(path)) as connection:
        connection.execute(f"PRAGMA user_version={version}")
    archive = StationArchive(tmp_path)
    for read in (partial(archive.inspections, (1,)), partial(list_people, tmp_path)):
        with pytest.raises(StorageError, match=what) as told:
            read()
        assert remedy in told.value.remedy


def test_an_older_audit_chain_stays_whole_and_is_continued(tmp_path: Path) -> None:
    path = _database(tmp_path, AUDIT_OF_CHANGES - 1, f"{DECISION}, 'top'")
    with closing(open_writer(path)) as connection:
        row = (1, 1_700_000_000_000, "wang", "override", "part 1", "missed_defect")
        connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, chain_hash(GENESIS, row)))
    assert is_sound(path)
    prepare_schema(path)
    with closing(open_writer(path)) as connection:
        append(connection, "li", "feature_written", "camera top, gain", "", Change("1", "2", "too dark"))
    with closing(open_reader(path)) as reader:
        assert first_broken_row(reader) is None
        assert [row.change for row in audit_page(reader, AuditFilter())] == [Change("1", "2", "too dark"), Change()]


@pytest.mark.parametrize("checked_bytes", [QUICK_CHECK_MAX_BYTES, 0])
def test_a_text_that_the_disk_has_spoilt_does_not_stop_the_station(
    tmp_path: Path, checked_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _database(tmp_path, BEFORE_HISTORY, f"{DECISION}, 'top'")
    spoilt = "SELECT 2, inspected_at_ms, recipe_id, verdict, reason, CAST(x'ff41' AS TEXT), detail, label, score, body"
    with closing(open_writer(path)) as connection:
        connection.execute(f"INSERT INTO inspections {spoilt} FROM inspections")
    monkeypatch.setattr(schema, "QUICK_CHECK_MAX_BYTES", checked_bytes)
    prepare_schema(path)
    with closing(open_reader(path)) as reader:
        assert [row.part_id for row in page(reader, HistoryFilter(), size=2, before=2)] == [1]


def test_the_history_of_an_older_database_is_filled_in(tmp_path: Path) -> None:
    older = _database(tmp_path, BEFORE_HISTORY, f"{DECISION}, 'top'")
    prepare_schema(older)
    with closing(open_reader(older)) as reader:
        (row,) = page(reader, HistoryFilter(operator="wang", serial="SN", model="cd"))
        assert (row.part_id, row.disposition, row.operator, row.lot) == (1, Disposition.MISSED_DEFECT, "wang", "")
    assert not [problem for problem in verify(tmp_path) if "history" in problem.what]

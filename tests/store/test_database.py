"""The writer: groups, refusals, full disks and closing."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from station_app.core.errors import StorageError
from station_app.store import database as module
from station_app.store.commit import Write
from station_app.store.connection import open_reader, open_writer
from station_app.store.database import Database
from station_app.store.inspections import page, record_inspection
from tests.store.records import inspection


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "station.db")
    yield opened
    opened.close()


def _record(part_id: int) -> Write[None]:
    return lambda connection: record_inspection(connection, inspection(part_id))


def _recorded(path: Path) -> list[int]:
    with closing(open_reader(path)) as reader:
        return sorted(row.part_id for row in page(reader))


def _in_one_group(database: Database, *writes: Write[object]) -> list[BaseException | None]:
    gate = threading.Event()
    database.submit(lambda _: gate.wait())
    futures = [database.submit(write) for write in writes]
    gate.set()
    return [future.exception(10) for future in futures]


@pytest.mark.parametrize("statement", ["INSERT INTO nowhere VALUES (1)", "SELECT", "INSERT INTO audit VALUES (1)"])
def test_a_bug_in_one_record_takes_no_other_with_it(database: Database, statement: str) -> None:
    errors = _in_one_group(database, _record(1), lambda connection: connection.execute(statement), _record(2))
    assert [error is None for error in errors] == [True, False, True]
    assert _recorded(database.path) == [1, 2]


def test_half_of_a_record_is_never_left(database: Database) -> None:
    def fail_after_writing(connection: sqlite3.Connection) -> None:
        record_inspection(connection, inspection(1))
        raise ZeroDivisionError

    assert isinstance(_in_one_group(database, fail_after_writing)[0], ZeroDivisionError)
    assert _recorded(database.path) == []


def test_what_was_handed_over_cannot_be_cancelled(database: Database) -> None:
    gate = threading.Event()
    database.submit(lambda _: gate.wait())
    future = database.submit(_record(1))
    is_cancelled = future.cancel()
    gate.set()
    assert not is_cancelled
    assert future.exception(10) is None


def test_a_closed_database_refuses(database: Database) -> None:
    database.close()
    assert isinstance(database.submit(_record(1)).exception(10), StorageError)


def test_what_comes_in_while_it_closes_is_answered(database: Database) -> None:
    gate = threading.Event()
    database.submit(lambda _: gate.wait())
    closer = threading.Thread(target=database.close)
    closer.start()
    futures = [database.submit(_record(part_id)) for part_id in range(1, 9)]
    gate.set()
    closer.join()
    told = [future.exception(10) for future in futures]
    assert all(error is None or isinstance(error, StorageError) for error in told)
    assert _recorded(database.path) == [n for n, error in enumerate(told, start=1) if error is None]


def test_what_came_in_behind_the_end_is_refused_and_not_forgotten(database: Database) -> None:
    gate = threading.Event()
    database.submit(lambda _: gate.wait())
    database._waiting.put(None)  # as `close` does, a moment before another thread hands something over
    future = database.submit(_record(1))
    gate.set()
    assert isinstance(future.exception(10), StorageError)
    assert _recorded(database.path) == []


def _open_impatient(path: Path) -> sqlite3.Connection:
    connection = open_writer(path)
    connection.execute("PRAGMA busy_timeout=0")
    return connection


def test_a_file_that_another_program_holds_is_told_and_taken_again_later(tmp_path: Path) -> None:
    database = Database(tmp_path / "station.db", _open_impatient)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        error = database.submit(_record(1)).exception(10)
        assert isinstance(error, StorageError)
        assert "close the other program" in error.remedy
        other.execute("ROLLBACK")
        database.submit(_record(1)).result(10)
    database.close()


def _open_small(path: Path) -> sqlite3.Connection:
    connection = open_writer(path)
    connection.execute("PRAGMA max_page_count=40")
    return connection


def _fill(database: Database) -> tuple[int, StorageError]:
    for part_id in range(1, 2000):
        large = inspection(part_id, serial="S" * 3000)
        error = database.submit(partial(record_inspection, inspection=large)).exception(10)
        if error is not None:
            assert isinstance(error, StorageError)
            return part_id, error
    raise AssertionError("never full")


def test_a_full_disk_is_told_and_what_was_recorded_stays(tmp_path: Path) -> None:
    database = Database(tmp_path / "station.db", _open_small)
    refused, error = _fill(database)
    database.close()
    assert "disk is full" in str(error)
    assert "make room" in error.remedy
    with closing(sqlite3.connect(database.path)) as reader:
        assert reader.execute("SELECT count(*) FROM inspections").fetchone() == (refused - 1,)


def test_the_record_that_meets_the_full_disk_is_tried_again_after_room_was_made(tmp_path: Path) -> None:
    rooms: list[bool] = []

    def open_growing(path: Path) -> sqlite3.Connection:
        connection = open_writer(path)
        connection.execute(f"PRAGMA max_page_count={280 if rooms else 240}")
        return connection

    def make_room() -> bool:
        rooms.append(True)
        return len(rooms) == 1

    database = Database(tmp_path / "station.db", open_growing, make_room)
    refused, _ = _fill(database)
    database.close()
    assert len(rooms) == 2, "asked once for the first full disk, and once, in vain, for the second"
    with closing(sqlite3.connect(database.path)) as reader:
        assert reader.execute("SELECT count(*) FROM inspections").fetchone() == (refused - 1,)


def test_a_large_log_is_folded_although_the_line_never_rests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAL_MAX_BYTES", 0)
    monkeypatch.setattr(module, "_WAL_RETRY_S", 0.0)
    database = Database(tmp_path / "station.db")
    database.submit(_record(1)).result(10)
    database.submit(lambda _: None).result(10)  # the fold after the first group is done when the second one is
    wal = tmp_path / "station.db-wal"
    assert wal.stat().st_size == 0
    database.close()


def test_a_reader_in_the_way_of_the_fold_does_not_hold_up_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def open_watched(path: Path) -> sqlite3.Connection:
        connection = open_writer(path)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(module, "WAL_MAX_BYTES", 0)
    monkeypatch.setattr(module, "_WAL_RETRY_S", 0.0)
    database = Database(tmp_path / "station.db", open_watched)
    database.submit(_record(1)).result(10)
    database.submit(lambda _: None).result(10)
    database.close()
    folds = [n for n, statement in enumerate(asked) if "wal_checkpoint" in statement]
    assert folds
    assert all("busy_timeout=0" in asked[n - 1] for n in folds)
    assert all("busy_timeout=2000" in asked[n + 1] for n in folds)


class _NoCheckpoint(sqlite3.Connection):
    """A disk on which the log cannot be folded back."""

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        if "wal_checkpoint" in sql:
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(sql, *values)  # type: ignore[arg-type]


def _open_without_checkpoint(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=_NoCheckpoint)


def test_a_disk_that_cannot_fold_the_log_back_does_not_spoil_the_end(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    opened = Database(path, _open_without_checkpoint)
    opened.submit(_record(1)).result()
    opened.close()
    assert _recorded(path) == [1]

"""What the line hands over is on disk, whole, once; and what cannot be is said."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import Box, Disposition, Override, VerdictKind
from station_app.store.archive import StationArchive
from station_app.store.connection import open_reader, open_writer
from station_app.store.inspections import by_serial, by_serial_prefix, day_by_verdict, load_inspection, page
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.retention import Limits
from station_app.store.verification import verify
from tests.store.records import ROOMY, inspection


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[StationLedger]:
    opened = StationLedger(tmp_path, ROOMY)
    yield opened
    opened.close()


def test_an_inspection_comes_back_equal(ledger: StationLedger, tmp_path: Path) -> None:
    made = inspection(1, VerdictKind.FAIL, "SN1")
    ledger.record(made).result()
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        assert load_inspection(reader, 1) == made
        assert load_inspection(reader, 2) is None


def test_a_number_is_known_as_soon_as_its_record_is_safe(ledger: StationLedger, tmp_path: Path) -> None:
    assert not ledger.has_result("SN1")
    ledger.record(inspection(1, VerdictKind.PASS, "SN1")).result()
    assert ledger.has_result("SN1")
    ledger.close()
    (tmp_path / DATABASE).write_bytes(b"not a database" * 100)
    with pytest.raises(StorageError):
        ledger.has_result("SN1")


def test_pages_follow_one_another_without_gap(ledger: StationLedger, tmp_path: Path) -> None:
    for part_id in range(1, 26):
        ledger.record(inspection(part_id)).result()
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        seen: list[int] = []
        before = None
        while rows := page(reader, before, 10):
            seen += [row.part_id for row in rows]
            before = rows[-1].part_id
    assert seen == list(range(25, 0, -1))


def test_parts_are_found_by_serial_day_and_verdict(ledger: StationLedger, tmp_path: Path) -> None:
    for part_id, serial in enumerate(("SN10", "SN11", "SN2", ""), start=1):
        ledger.record(inspection(part_id, VerdictKind.FAIL if part_id == 2 else VerdictKind.PASS, serial)).result()
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        assert [row.part_id for row in by_serial(reader, "SN11")] == [2]
        assert [row.serial for row in by_serial_prefix(reader, "SN1")] == ["SN10", "SN11"]
        rows = day_by_verdict(reader, 1, VerdictKind.FAIL, 1_700_000_000_000)
        assert [(row.part_id, row.label) for row in rows] == [(2, "scratch")]


def test_a_part_has_one_record_only(ledger: StationLedger) -> None:
    ledger.record(inspection(1)).result()
    with pytest.raises(StorageError):
        ledger.record(inspection(1, VerdictKind.FAIL)).result()


def test_a_refused_record_takes_no_other_with_it(ledger: StationLedger, tmp_path: Path) -> None:
    ledger.record(inspection(1)).result()
    futures = [ledger.record(inspection(part_id)) for part_id in (2, 1, 3)]
    assert [future.exception() is None for future in futures] == [True, False, True]
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        assert [row.part_id for row in page(reader)] == [3, 2, 1]


def test_records_are_never_changed_or_erased(ledger: StationLedger, tmp_path: Path) -> None:
    ledger.record(inspection(1)).result()
    ledger.audit("me", "test", "x").result()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as other:
        for statement in ("UPDATE inspections SET verdict = 'PASS'", "DELETE FROM inspections", "DELETE FROM audit"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(statement)


def test_decisions_stand_until_they_are_taken_back(ledger: StationLedger) -> None:
    ledger.record(inspection(1, VerdictKind.FAIL)).result()
    mark = (Box(1, 2, 3, 4),)
    first = ledger.override(Override(1, Disposition.FALSE_REJECT, "wang", 5, "dust", marks=mark)).result()
    second = ledger.override(Override(1, Disposition.UNSURE, "wang", 6)).result()
    undone = ledger.override(Override(1, Disposition.UNDO, "wang", 7)).result()
    assert first[1] is Disposition.FALSE_REJECT
    assert second[1] is Disposition.UNSURE
    assert undone[1] is Disposition.FALSE_REJECT
    assert ledger.override(Override(1, Disposition.UNDO, "wang", 8)).result()[1] is None
    with pytest.raises(StorageError, match="no decision to take back"):
        ledger.override(Override(1, Disposition.UNDO, "wang", 9)).result()


def test_a_part_without_record_cannot_be_decided(ledger: StationLedger) -> None:
    with pytest.raises(StorageError, match="no record"):
        ledger.override(Override(99, Disposition.AGREE, "wang", 5)).result()


@pytest.mark.parametrize("shape", [(40, 60), (40, 60, 3)])
def test_images_and_thumbnails_come_back(ledger: StationLedger, tmp_path: Path, shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    made = inspection(1)
    ledger.record(made).result()
    ledger.keep_image(made, "top", pixels)
    ledger.keep_thumbnail(1, np.full((12, 16), 77, np.uint8))
    archive = StationArchive(tmp_path)
    ((camera_id, kept),) = archive.images(1)
    small = archive.thumbnail(1)
    assert camera_id == "top"
    assert small is not None
    assert np.array_equal(kept, pixels)
    assert abs(int(small.mean()) - 77) < 3
    assert not archive.images(2)
    assert archive.thumbnail(2) is None


def test_ids_are_never_used_twice_and_lost_parts_are_recorded(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    ledger.record(inspection(1)).result()
    ledger.issue(3)
    ledger.close()
    again = StationLedger(tmp_path, ROOMY)
    try:
        assert again.crashed == (2, 3)
        assert again.next_part_id() == 4
        with closing(open_reader(tmp_path / DATABASE)) as reader:
            assert [(row.part_id, row.reason) for row in page(reader)][:2] == [(3, "crash"), (2, "crash")]
    finally:
        again.close()
    assert verify(tmp_path) == ()


def test_the_very_first_part_is_not_forgotten_by_a_crash(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    ledger.issue(2)
    ledger.record(inspection(2)).result()  # an overrun is recorded at once, while part 1 is still looked at
    ledger.close()
    again = StationLedger(tmp_path, ROOMY)
    assert again.crashed == (1,)
    again.close()
    assert verify(tmp_path) == ()


def test_a_crash_before_anything_was_recorded_leaves_a_record(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    ledger.issue(1)
    ledger.close()
    again = StationLedger(tmp_path, ROOMY)
    assert (again.crashed, again.next_part_id()) == ((1,), 2)
    again.close()
    assert verify(tmp_path) == ()


def test_a_number_that_no_database_holds_is_refused_and_costs_nothing_else(ledger: StationLedger) -> None:
    ledger.record(inspection(1)).result()
    with pytest.raises(StorageError, match="refuses this record"):
        ledger.override(Override(1, Disposition.AGREE, "wang", 5, viewed_ms=2**70)).result()
    assert ledger.override(Override(1, Disposition.AGREE, "wang", 5)).result()[1] is Disposition.AGREE


def test_a_second_station_in_the_same_folder_is_refused(ledger: StationLedger, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"another station uses this data folder already, process [0-9]+"):
        StationLedger(tmp_path, ROOMY)


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    StationLedger(tmp_path, ROOMY).close()
    with closing(open_writer(tmp_path / DATABASE)) as connection:
        connection.execute("PRAGMA user_version=99")
    with pytest.raises(StorageError, match="newer version"):
        StationLedger(tmp_path, ROOMY)


def test_a_damaged_database_is_named_and_never_replaced(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY)
    for part_id in range(1, 200):
        ledger.record(inspection(part_id, VerdictKind.FAIL))
    ledger.close()
    path = tmp_path / DATABASE
    body = bytearray(path.read_bytes())
    body[4096 * 3 : 4096 * 12] = bytes(4096 * 9)
    path.write_bytes(body)
    with pytest.raises(StorageError, match="database"):
        StationLedger(tmp_path, ROOMY)
    assert path.read_bytes() == bytes(body)


class FailingConnection(sqlite3.Connection):
    """A disk that refuses the next commit."""

    is_failing = False

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        if FailingConnection.is_failing and sql == "COMMIT":
            super().execute("ROLLBACK")
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(sql, values)


def _open_failing(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=FailingConnection)


def test_a_failed_commit_is_told_and_the_next_one_may_succeed(tmp_path: Path) -> None:
    ledger = StationLedger(tmp_path, ROOMY, _open_failing)
    try:
        FailingConnection.is_failing = True
        with pytest.raises(StorageError, match="disk I/O"):
            ledger.record(inspection(1)).result()
        FailingConnection.is_failing = False
        ledger.record(inspection(1)).result()
    finally:
        FailingConnection.is_failing = False
        ledger.close()


def test_quota_sheds_plain_passes_and_never_evidence(tmp_path: Path) -> None:
    pixels = [np.random.default_rng(n).integers(0, 256, (60, 60), np.uint8) for n in range(3)]
    ledger = StationLedger(tmp_path, Limits(max_bytes=9_000, disk_share=1.0))
    try:
        for part_id, verdict in enumerate((VerdictKind.FAIL, VerdictKind.PASS), start=1):
            ledger.record(inspection(part_id, verdict)).result()
            ledger.keep_image(inspection(part_id, verdict), "top", pixels[part_id])
        assert ledger.has_room(inspection(3), 3_600)
        archive = StationArchive(tmp_path)
        assert not archive.images(2)
        assert archive.images(1)
        assert not ledger.has_room(inspection(3), 8_000)
    finally:
        ledger.close()
    assert verify(tmp_path) == ()

"""Any inspection comes back as it was; lists are complete, in order, and read by index."""

import math
import sqlite3
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core.errors import StorageError
from station_app.core.inspection import (
    Box,
    CameraRecord,
    Finding,
    ImageQuality,
    Inspection,
    NoResultReason,
    StageTimes,
    VerdictKind,
)
from station_app.store.audit import append
from station_app.store.inspections import by_serial, by_serial_prefix, day_by_verdict, has_result, load_inspection, page
from station_app.store.inspections import record_inspection as record
from tests.store.records import inspection

WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
NUMBERS = st.floats(allow_nan=False)
PIXELS = st.integers(0, 10_000)
BOXES = st.builds(Box, PIXELS, PIXELS, PIXELS, PIXELS)
POLYGONS = st.none() | st.lists(st.tuples(PIXELS, PIXELS), min_size=1, max_size=4).map(tuple)
FINDINGS = st.builds(Finding, WORDS.filter(bool), NUMBERS, BOXES, WORDS, WORDS, POLYGONS)
QUALITY = st.none() | st.builds(ImageQuality, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
CAMERAS = st.builds(CameraRecord, WORDS, st.integers(-1, 2**40), WORDS, WORDS, QUALITY)
VERDICTS = st.one_of(
    st.tuples(st.sampled_from((VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.REVIEW)), st.none()),
    st.tuples(st.just(VerdictKind.NO_RESULT), st.sampled_from(NoResultReason)),
)


def _lists(entries: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(entries, max_size=3).map(tuple)


@st.composite
def inspections(draw: st.DrawFn) -> Inspection:
    verdict, reason = draw(VERDICTS)
    return Inspection(
        part_id=draw(st.integers(1, 2**62)),
        inspected_at_ms=draw(st.integers(0, 2**45)),
        recipe="A17",
        recipe_revision=2,
        recipe_hash="ab" * 32,
        verdict=verdict,
        reason=reason,
        serial=draw(WORDS),
        detail=draw(WORDS),
        findings=draw(_lists(FINDINGS)),
        scores=draw(_lists(st.tuples(WORDS, NUMBERS))),
        cameras=draw(_lists(CAMERAS)),
        times=draw(st.builds(StageTimes, NUMBERS, NUMBERS, NUMBERS, NUMBERS)),
    )


OFTEN = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@OFTEN
@given(inspections())
def test_any_inspection_comes_back_equal(connection: sqlite3.Connection, made: Inspection) -> None:
    connection.execute("BEGIN")
    try:
        record(connection, made)
        assert load_inspection(connection, made.part_id) == made
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("score", [math.nan, math.inf, -math.inf])
def test_what_a_broken_model_said_is_recorded_too(connection: sqlite3.Connection, score: float) -> None:
    made = inspection(1, VerdictKind.NO_RESULT)
    broken = replace(made, findings=(Finding("scratch", score, Box(0, 0, 1, 1)),), scores=(("scratch", score),))
    record(connection, broken)
    loaded = load_inspection(connection, 1)
    assert loaded is not None
    assert repr(loaded) == repr(broken)


def test_a_broken_serial_number_loses_no_record(connection: sqlite3.Connection) -> None:
    record(connection, inspection(1, serial="SN\ud800"))
    assert [row.serial for row in page(connection)] == ["SN?"]
    assert [row.part_id for row in by_serial(connection, "SN\ud800")] == [1]


def test_a_number_is_taken_once_a_part_of_it_has_a_result(connection: sqlite3.Connection) -> None:
    assert not has_result(connection, "SN1")
    record(connection, inspection(1, VerdictKind.NO_RESULT, "SN1"))
    record(connection, inspection(2, VerdictKind.PASS, "SN10"))
    record(connection, inspection(3, VerdictKind.PASS, ""))
    assert not has_result(connection, "SN1") and not has_result(connection, "")
    for part_id, verdict in enumerate((VerdictKind.FAIL, VerdictKind.REVIEW, VerdictKind.PASS), start=4):
        record(connection, inspection(part_id, verdict, f"SN{part_id}"))
        assert has_result(connection, f"SN{part_id}") and not has_result(connection, f"SN{part_id}", before=part_id)


def test_a_pass_that_was_withheld_is_no_result(connection: sqlite3.Connection) -> None:
    record(connection, inspection(1, VerdictKind.PASS, "SN1"))
    append(connection, "station", "pass_withheld", "part 1", "recorded after the deadline")
    assert not has_result(connection, "SN1")
    record(connection, inspection(2, VerdictKind.PASS, "SN1"))
    assert has_result(connection, "SN1")


@OFTEN
@given(st.sets(st.integers(1, 10_000), max_size=40), st.integers(1, 9))
def test_pages_together_are_the_whole_list(connection: sqlite3.Connection, part_ids: set[int], size: int) -> None:
    connection.execute("BEGIN")
    try:
        for part_id in part_ids:
            record(connection, inspection(part_id))
        seen: list[int] = []
        for _ in range(len(part_ids) + 1):
            rows = page(connection, seen[-1] if seen else None, size)
            assert len(rows) <= size
            seen += [row.part_id for row in rows]
        assert seen == sorted(part_ids, reverse=True)
    finally:
        connection.execute("ROLLBACK")


@OFTEN
@given(st.lists(st.text(st.sampled_from("SN1\U0010ffff*?["), max_size=3), max_size=12), st.text("SN1*", max_size=2))
def test_a_prefix_finds_exactly_what_begins_so(connection: sqlite3.Connection, serials: list[str], prefix: str) -> None:
    connection.execute("BEGIN")
    try:
        for part_id, serial in enumerate(serials, start=1):
            record(connection, inspection(part_id, serial=serial))
        found = {row.part_id for row in by_serial_prefix(connection, prefix)}
        # The last code point of all cannot be sent by any scanner; a serial that holds it may be left out.
        sure = {n for n, serial in enumerate(serials, start=1) if serial and "\U0010ffff" not in serial}
        assert found & sure == {n for n in sure if serials[n - 1].startswith(prefix)}
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize(
    "change", ["verdict = 'PERHAPS'", "reason = 'moonlight'", "body = '{'", "body = '{}'", "body = '[]'"]
)
def test_a_damaged_record_is_told_and_nothing_is_made_of_it(connection: sqlite3.Connection, change: str) -> None:
    record(connection, inspection(1, VerdictKind.NO_RESULT))
    record(connection, inspection(2))
    connection.execute("DROP TRIGGER inspections_no_update")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute(f"UPDATE inspections SET {change} WHERE part_id = 1")
    with pytest.raises(StorageError, match="the record is damaged") as told:
        load_inspection(connection, 1)
    assert told.value.where == "part 1" and told.value.remedy
    assert load_inspection(connection, 2) == inspection(2)
    if "body" not in change:
        with pytest.raises(StorageError, match="the record is damaged"):
            page(connection)


def test_nothing_comes_before_the_first_part(connection: sqlite3.Connection) -> None:
    record(connection, inspection(1))
    assert page(connection, before=0) == page(connection, before=1) == ()


HOURS = st.integers(0, 4 * 3_600_000)


@OFTEN
@given(st.lists(st.tuples(VERDICTS, HOURS, _lists(FINDINGS), st.booleans()), max_size=15))
def test_the_hourly_counts_equal_the_records(
    connection: sqlite3.Connection,
    entries: list[tuple[tuple[VerdictKind, NoResultReason | None], int, tuple[Finding, ...], bool]],
) -> None:
    """Some records are refused half-way, as a disk or a bug would: their count goes with them."""
    expected: Counter[tuple[int, str, str, str]] = Counter()
    connection.execute("BEGIN")
    try:
        for part_id, ((verdict, reason), at_ms, findings, is_refused) in enumerate(entries, start=1):
            made = replace(
                inspection(part_id), verdict=verdict, reason=reason, inspected_at_ms=at_ms, findings=findings
            )
            connection.execute("SAVEPOINT item")
            record(connection, made)
            if is_refused:
                connection.execute("ROLLBACK TO item")
            else:
                label = max(findings, key=lambda finding: finding.score).label if findings else ""
                expected[at_ms // 3_600_000, verdict, reason or "", label] += 1
        rows = connection.execute("SELECT hour, verdict, reason, label, parts FROM hourly")
        assert {tuple(row)[:4]: row["parts"] for row in rows} == expected
        assert sum(expected.values()) == connection.execute("SELECT count(*) FROM inspections").fetchone()[0]
    finally:
        connection.execute("ROLLBACK")


def test_the_lists_of_the_screens_are_read_by_index(connection: sqlite3.Connection) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    page(connection)
    by_serial(connection, "SN1")
    by_serial_prefix(connection, "SN")
    has_result(connection, "SN1")
    day_by_verdict(connection, 1, VerdictKind.FAIL, 0)
    connection.set_trace_callback(None)
    for statement in asked:
        plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert all("SCAN" not in step and "TEMP B-TREE" not in step for step in plan), (statement, plan)

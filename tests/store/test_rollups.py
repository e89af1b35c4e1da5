"""The counts of the charts are those of the records: while they are written, after a migration, and when checked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database as Tables

from station_app.core.bins import SCORE_BINS, SCORE_EDGES, TIME_BINS, TIME_EDGES_MS, score_bin, time_bin, time_quantile
from station_app.core.charts import FrozenLimits, MarkerNote
from station_app.core.errors import StorageError
from station_app.core.history import EVERYTHING, HistoryFilter
from station_app.core.inspection import Disposition, Inspection, NoResultReason, Override, VerdictKind
from station_app.core.review import Answer, Queue, Review
from station_app.store import rollups
from station_app.store.connection import open_reader, open_writer
from station_app.store.frozen_limits import record_limits, standing_limits
from station_app.store.inspections import append_inspection, record_inspection
from station_app.store.marker_notes import notes_of, record_note
from station_app.store.migrations import migrations
from station_app.store.overrides import record_override
from station_app.store.part_figures import HOUR_MS, HistogramKind, Word, is_accepted
from station_app.store.review_writing import record_review, undo_review
from station_app.store.rollup_fill import differing_hours
from station_app.store.schema import prepare_schema
from station_app.store.verification import verify
from tests.store.records import MODEL, SCRATCH, inspection

FIRST_MS = 1_700_000_000_000
FIRST_HOUR = FIRST_MS // HOUR_MS


def made(part_id: int, verdict: VerdictKind = VerdictKind.PASS, hour: int = 0, score: float = 0.1) -> Inspection:
    at_ms = FIRST_HOUR * HOUR_MS + hour * HOUR_MS + part_id
    return replace(inspection(part_id, verdict), inspected_at_ms=at_ms, scores=(("scratch", score),))


def decision(part_id: int, disposition: Disposition, viewed_ms: int = 1500) -> Override:
    return Override(part_id, disposition, "wang", FIRST_HOUR * HOUR_MS + 5, viewed_ms=viewed_ms)


def review(part_id: int, answer: Answer, reviewer: str = "li") -> Review:
    return Review(part_id, Queue.NEAR, answer, reviewer, FIRST_MS, is_blind=False)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    prepare_schema(tmp_path / "station.db")
    with closing(open_writer(tmp_path / "station.db")) as opened:
        yield opened


VERDICTS = st.sampled_from(tuple(VerdictKind))
SAID = st.tuples(st.integers(1, 12), st.sampled_from(Answer), st.sampled_from(("li", "wu")), st.booleans())
DISPOSITIONS = st.sampled_from((Disposition.AGREE, Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT))
PARTS = st.lists(st.tuples(VERDICTS, st.integers(0, 2), st.floats(0, 1)), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(
    PARTS,
    st.lists(st.tuples(st.integers(1, 12), DISPOSITIONS | st.just(Disposition.UNDO)), max_size=12),
    st.lists(SAID, max_size=12),
)
def test_whatever_is_recorded_the_counts_equal_the_records(
    parts: list[tuple[VerdictKind, int, float]],
    decisions: list[tuple[int, Disposition]],
    reviews: list[tuple[int, Answer, str, bool]],
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.apply(Tables(connection))
        for part_id, (verdict, hour, score) in enumerate(parts, start=1):
            record_inspection(connection, made(part_id, verdict, hour, score))
        said = [partial(_say, part_id, answer, who, is_undone) for part_id, answer, who, is_undone in reviews]
        decided = [partial(_decide, part_id, disposition) for part_id, disposition in decisions]
        for speak in chain.from_iterable(zip_longest(said, decided)):
            with suppress(StorageError):  # no such part, or nothing to take back
                if speak is not None:
                    speak(connection)
        assert not list(differing_hours(connection))


def test_counts_are_checked_while_the_line_runs(tmp_path: Path, connection: sqlite3.Connection) -> None:
    record_inspection(connection, made(1))
    coming = iter((made(2), made(3)))

    def record_one(statement: str) -> None:
        if "hour_counts" in statement:
            record_inspection(connection, next(coming))

    with closing(open_reader(tmp_path / "station.db")) as reader:
        reader.set_trace_callback(record_one)
        assert not list(differing_hours(reader))
    assert next(coming).part_id == 3


def _decide(part_id: int, disposition: Disposition, connection: sqlite3.Connection) -> None:
    record_override(connection, decision(part_id, disposition))


def _say(part_id: int, answer: Answer, who: str, is_undone: bool, connection: sqlite3.Connection) -> None:
    number, _ = record_review(connection, review(part_id, answer, who))
    if is_undone:
        undo_review(connection, number, who)


def test_a_migration_fills_what_was_recorded_before(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    with closing(open_writer(path)) as connection:
        migrations.apply(Tables(connection), stop_before="0013_rollups")
        for part_id, verdict in enumerate(VerdictKind, start=1):
            append_inspection(connection, made(part_id, verdict))
        columns = "part_id, disposition, operator, decided_at_ms, reason, label, marks, viewed_ms"
        connection.execute(
            f"INSERT INTO overrides ({columns}) VALUES (2, 'false_reject', 'wang', 7, '', '', '[]', 900)"
        )
        migrations.apply(Tables(connection))
        assert not list(differing_hours(connection))
    with closing(open_reader(path)) as reader:
        counts = rollups.hour_counts(reader, rollups.scope_of(reader, EVERYTHING))
    assert [int(column[0]) for column in (counts.passed, counts.failed, counts.review, counts.no_result)] == [1] * 4
    assert int(counts.accepted[0]) == 2


def test_people_change_the_final_yield_and_take_it_back(connection: sqlite3.Connection) -> None:
    record_inspection(connection, made(1))
    record_inspection(connection, made(2, VerdictKind.FAIL))
    record_inspection(connection, made(3, VerdictKind.NO_RESULT))

    def accepted() -> int:
        scope = rollups.scope_of(connection, EVERYTHING)
        return int(rollups.hour_counts(connection, scope).accepted.sum())

    assert accepted() == 1
    for part_id, disposition, expected in (
        (2, Disposition.FALSE_REJECT, 2),
        (1, Disposition.MISSED_DEFECT, 1),
        (1, Disposition.UNDO, 2),
        (3, Disposition.FALSE_REJECT, 2),  # a part without a result is never good
        (2, Disposition.AGREE, 1),
    ):
        record_override(connection, decision(part_id, disposition))
        assert accepted() == expected
    decided = rollups.decided(connection, rollups.scope_of(connection, EVERYTHING))
    told = {entry.disposition: (entry.count, sum(entry.viewed)) for entry in decided}
    assert told[Disposition.FALSE_REJECT] == (2, 2)
    assert sum(count for count, _ in told.values()) == 5


def test_a_settled_review_decides_over_a_decision_at_the_line(connection: sqlite3.Connection) -> None:
    record_inspection(connection, made(1))
    record_inspection(connection, made(2, VerdictKind.FAIL))
    record_inspection(connection, made(3, VerdictKind.NO_RESULT))

    def accepted() -> int:
        return int(rollups.hour_counts(connection, rollups.scope_of(connection, EVERYTHING)).accepted.sum())

    record_override(connection, decision(2, Disposition.FALSE_REJECT))
    assert accepted() == 2
    first, _ = record_review(connection, review(2, Answer.BAD))
    assert accepted() == 1
    record_override(connection, decision(2, Disposition.UNDO))
    record_override(connection, decision(2, Disposition.FALSE_REJECT))
    assert accepted() == 1  # whatever is said at the line afterwards
    record_review(connection, review(2, Answer.GOOD, "wu"))
    assert accepted() == 2  # people differ: nothing is settled, the decision at the line stands
    undo_review(connection, first, "li")
    assert accepted() == 2
    record_review(connection, review(1, Answer.BAD))
    record_review(connection, review(3, Answer.GOOD))  # a part without a result is never good
    assert accepted() == 1
    assert not list(differing_hours(connection))


@given(VERDICTS, DISPOSITIONS | st.none(), st.sampled_from(Answer) | st.none())
def test_only_a_judged_part_is_ever_good(
    verdict: VerdictKind, override: Disposition | None, answer: Answer | None
) -> None:
    good = is_accepted(verdict, Word(override, answer))
    assert not (good and verdict is VerdictKind.NO_RESULT)
    if answer is not None and verdict is not VerdictKind.NO_RESULT:
        assert good is (answer is Answer.GOOD)


def test_a_database_from_before_reviews_counted_is_counted_anew(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    with closing(open_writer(path)) as connection:
        migrations.apply(Tables(connection), stop_before="0015_marker_notes")
        for part_id, verdict in enumerate((VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.FAIL), start=1):
            record_inspection(connection, made(part_id, verdict))
        record_override(connection, decision(3, Disposition.FALSE_REJECT))
        # As a version did that knew of decisions at the line alone.
        for part_id, answer in ((1, Answer.BAD), (2, Answer.GOOD)):
            connection.execute(
                "INSERT INTO reviews (part_id, queue, answer, reviewer, reviewed_at_ms, is_blind, label, comment,"
                " drawn, viewed_ms, is_adjudication, seed) VALUES (?, 'near', ?, 'li', 5, 0, '', '', '[]', 0, 0, '')",
                (part_id, answer),
            )
        connection.execute("UPDATE hour_counts SET accepted = 3")
        migrations.apply(Tables(connection))
        assert not list(differing_hours(connection))


def test_recipe_model_and_hours_narrow_the_counts(connection: sqlite3.Connection) -> None:
    for hour in range(3):
        record_inspection(connection, made(hour + 1, hour=hour))
    other = replace(made(9, hour=1), recipe="B2", recipe_hash="ef" * 32)
    record_inspection(connection, other)

    def parts(where: HistoryFilter) -> int:
        return int(rollups.hour_counts(connection, rollups.scope_of(connection, where)).judged.sum())

    within = HistoryFilter(from_ms=(FIRST_HOUR + 1) * HOUR_MS + 60_000, until_ms=(FIRST_HOUR + 1) * HOUR_MS + 61_000)
    asked = (EVERYTHING, HistoryFilter(recipe="B2"), HistoryFilter(model=MODEL[:5]), HistoryFilter(model="99"), within)
    assert [parts(where) for where in asked] == [4, 1, 4, 0, 2]


def test_what_is_read_is_what_was_measured(connection: sqlite3.Connection) -> None:
    record_inspection(connection, made(1, score=0.1))
    record_inspection(connection, made(2, VerdictKind.FAIL, score=0.9))
    record_inspection(connection, made(3, VerdictKind.NO_RESULT, score=0.5))
    scope = rollups.scope_of(connection, EVERYTHING)
    scores = rollups.hour_histograms(connection, scope, HistogramKind.SCORE)
    assert {int(n) for n in scores.counts[0].nonzero()[0]} == {score_bin(0.1), score_bin(0.9)}
    assert rollups.hour_histograms(connection, scope, HistogramKind.SCORE, "scratch").counts.sum() == 2
    assert rollups.hour_histograms(connection, scope, HistogramKind.TOTAL).counts[0, time_bin(22.0)] == 3
    (camera,) = rollups.hour_quality(connection, scope)
    assert (camera.camera_id, int(camera.frames[0]), camera.means[0].tolist()) == ("top", 3, [120.0, 0.0, 0.0, 40.0])
    (found,) = rollups.findings(connection, scope)
    assert found == rollups.Findings("top", SCRATCH.label, SCRATCH.region, 0, 0, 1)
    assert rollups.findings(connection, scope, "dent") == ()
    assert rollups.finding_count(connection, scope) == 1
    assert rollups.hour_reasons(connection, scope) == {NoResultReason.LATE: 1}
    assert rollups.newest_pass(connection, scope) is None
    (span,) = rollups.stream_spans(connection, scope)
    assert (span.recipe, span.models, span.passed, span.judged) == ("A17", MODEL, 1, 2)


def test_an_hour_is_closed_by_the_next_and_takes_late_parts(connection: sqlite3.Connection) -> None:
    for part_id, hour in enumerate((0, 0, 1, 0, 2), start=1):
        record_inspection(connection, made(part_id, hour=hour))
    opened = [row[0] - FIRST_HOUR for row in connection.execute("SELECT hour FROM open_histograms")]
    scope = rollups.scope_of(connection, EVERYTHING)
    scores = rollups.hour_histograms(connection, scope, HistogramKind.SCORE, "scratch")
    assert opened == [2]
    assert ((scores.hours - FIRST_HOUR).tolist(), scores.counts.sum(axis=1).tolist()) == ([0, 1, 2], [3, 1, 1])
    assert rollups.labels(connection, scope) == ("scratch",)
    assert not list(differing_hours(connection))


def test_the_labels_of_an_hour_that_is_still_counted_are_known(connection: sqlite3.Connection) -> None:
    record_inspection(connection, made(1))
    assert rollups.labels(connection, rollups.scope_of(connection, EVERYTHING)) == ("scratch",)


def test_an_empty_period_is_empty(connection: sqlite3.Connection) -> None:
    scope = rollups.scope_of(connection, EVERYTHING)
    assert not len(rollups.hour_counts(connection, scope).hours)
    assert rollups.hour_histograms(connection, scope, HistogramKind.SCORE).counts.shape == (0, SCORE_BINS)
    assert rollups.decided(connection, scope) == ()
    assert not rollups.hour_quality(connection, scope)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE hour_counts SET passed = passed + 1",
        "DELETE FROM hour_histograms",
        "DELETE FROM open_histograms",
        "UPDATE hour_histograms SET hour = hour + 1",
        "UPDATE hour_quality SET mean = mean + 1",
        "INSERT INTO hour_places VALUES (1, 5, 'top', 'dent', '', 1, 1, 1)",
        "UPDATE hour_counts SET hour = hour + 2",
    ],
)
def test_a_count_that_differs_is_named(tmp_path: Path, connection: sqlite3.Connection, harm: str) -> None:
    record_inspection(connection, made(1, VerdictKind.FAIL))
    record_inspection(connection, made(2, VerdictKind.FAIL, hour=1))
    assert not [problem for problem in verify(tmp_path) if "charts" in problem.what]
    connection.execute(harm)
    assert [problem for problem in verify(tmp_path) if "charts" in problem.what]


def test_frozen_limits_are_kept_and_the_newest_holds(connection: sqlite3.Connection) -> None:
    first = FrozenLimits("ng_share/hour", "A17", 0, 9, "after the new lamp", "li", 10)
    newer = replace(first, until_ms=8, reason="without Monday")
    for limits in (first, newer, replace(first, chart="ng_share/day")):
        record_limits(connection, limits)
    assert standing_limits(connection, "ng_share/hour", "A17") == newer
    assert standing_limits(connection, "ng_share/hour", "B2") is None
    for refused in (replace(first, until_ms=0), replace(first, reason=" ")):
        with pytest.raises(StorageError):
            record_limits(connection, refused)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("DELETE FROM frozen_limits")


def test_notes_about_points_are_kept_with_who_and_when(connection: sqlite3.Connection) -> None:
    first = MarkerNote("ng_share/day", "A17", 100, "the lamp was changed", "li", 500)
    answer = replace(first, words="and changed back", person="wu", noted_at_ms=600)
    for note in (
        first,
        answer,
        replace(first, chart="ng_share/hour"),
        replace(first, recipe=""),
        replace(first, at_ms=200),
    ):
        record_note(connection, note)
    assert notes_of(connection, "ng_share/day", "A17", (100, 200)) == (first, answer)
    with pytest.raises(StorageError, match="says something"):
        record_note(connection, replace(first, words=" "))
    for change in ("DELETE FROM marker_notes", "UPDATE marker_notes SET words = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(change)


@given(st.floats(0, 1))
def test_every_score_has_one_bin(score: float) -> None:
    number = score_bin(score)
    assert number is not None
    edges = (0.0, *SCORE_EDGES, 1.0)
    assert edges[number] <= score <= edges[number + 1]


def test_what_is_no_score_has_no_bin() -> None:
    assert [score_bin(score) for score in (-0.1, 1.1, float("nan"))] == [None] * 3
    assert [time_bin(ms) for ms in (0, -1, float("inf"), float("nan"))] == [None] * 4
    assert list(SCORE_EDGES) == sorted(set(SCORE_EDGES))


@given(st.lists(st.floats(0.2, 90_000), min_size=1, max_size=60), st.sampled_from((0.5, 0.95, 0.99)))
def test_a_quantile_from_bins_is_within_a_bin_of_the_true_one(times: list[float], share: float) -> None:
    counts = [0] * TIME_BINS
    for ms in times:
        number = time_bin(ms)
        assert number is not None
        counts[number] += 1
    true = sorted(times)[max(0, -(-int(share * 1000) * len(times) // 1000) - 1)]
    told = time_quantile(counts, share)
    assert told is not None
    width = TIME_EDGES_MS[1] / TIME_EDGES_MS[0] * 1.0001
    assert true / width <= told <= true * width


def test_no_times_have_no_quantile() -> None:
    assert time_quantile([0] * TIME_BINS, 0.5) is None

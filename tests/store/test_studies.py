"""A study is planned once, blind and balanced; each showing is answered once, by its own appraiser, in its turn."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import StorageError
from station_app.core.history import EVERYTHING, HistoryFilter
from station_app.core.inspection import VerdictKind
from station_app.core.review import Answer
from station_app.core.study import Appraiser, ShowingAnswer, StandardPart, StudyClosing, StudyCount, StudyDraft
from station_app.core.study_messages import StudyPart
from station_app.store.check_studies import changed_plans, unbalanced_plans, unfit_answers
from station_app.store.studies import next_showing, standard_parts, studies, study_record
from station_app.store.study_writing import answer_showing, close_study, planned_rows, start_study
from tests.store.reviewed_line import SECRET, ReviewedLine

ANNA, BEN, SHOWN = Appraiser("anna"), Appraiser("ben"), Appraiser("anna", sees_model=True)
PARTS = (StudyPart(1, False), StudyPart(2, False), StudyPart(3, True), StudyPart(4, True))
DRAFT = StudyDraft("Scratches", PARTS, (ANNA, BEN, SHOWN), 2, True, "li", 1_000)


@pytest.fixture
def line(connection: sqlite3.Connection) -> ReviewedLine:
    """Parts 1 and 2 are good, 3 and 4 bad, 5 has no image, 6 no result; the model let part 3 pass."""
    line = ReviewedLine(connection)
    for part_id, score in ((1, 0.1), (2, 0.2), (3, 0.1), (4, 0.9)):
        line.inspect(part_id, score)
        line.review(part_id, Answer.BAD if part_id > 2 else Answer.GOOD)
    line.inspect(5, has_image=False)
    line.inspect(6, has_result=False)
    return line


def start(line: ReviewedLine, draft: StudyDraft = DRAFT) -> StudyCount:
    return start_study(line.connection, draft, planned_rows(SECRET, draft))


def say(
    line: ReviewedLine, showing: int, person: str = "anna", *, is_bad: bool = True, saw_model: bool = False
) -> StudyCount:
    return answer_showing(line.connection, ShowingAnswer(1, showing, person, is_bad, 900, saw_model, 2_000))


def finish(line: ReviewedLine) -> None:
    """Everybody calls the parts 3 and 4 bad, ben part 1 as well."""
    for person in ("anna", "ben"):
        while (shown := next_showing(line.connection, 1, person)) is not None:
            is_bad = shown.part_id > 2 or (person, shown.part_id) == ("ben", 1)
            say(line, shown.showing, person, is_bad=is_bad, saw_model=shown.model_says_bad is not None)


def refused(line: ReviewedLine, deed: object) -> str:
    with pytest.raises(StorageError) as caught:
        deed()  # type: ignore[operator]
    return caught.value.what


PEOPLE = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True)


@given(
    parts=st.sets(st.integers(1, 400), min_size=2, max_size=40),
    alone=PEOPLE,
    assisted=st.lists(st.sampled_from("abcdef"), max_size=3, unique=True),
    trials=st.integers(1, 4),
    seed=st.text(max_size=8),
)
def test_a_plan_is_balanced_and_blind(
    parts: set[int], alone: list[str], assisted: list[str], trials: int, seed: str
) -> None:
    appraisers = (*map(Appraiser, alone), *(Appraiser(name, sees_model=True) for name in assisted))
    draft = replace(DRAFT, parts=tuple(StudyPart(n, n % 2 == 0) for n in parts), appraisers=appraisers, trials=trials)
    rows = planned_rows(seed, draft)
    everything = {
        (who.person, who.sees_model, trial, n) for who in appraisers for trial in range(trials) for n in parts
    }
    assert sorted(row[1:5] for row in rows) == sorted(everything)
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    codes = [row[5] for row in rows]
    assert sorted(map(int, codes)) == list(range(1, len(rows) + 1)) and len({len(code) for code in codes}) == 1
    for person in {who.person for who in appraisers}:
        own = [row for row in rows if row[1] == person]
        assert own == sorted(own, key=lambda row: (row[2], row[3]))  # alone before the verdict is seen, then by trial
    assert rows == planned_rows(seed, draft)


def test_another_secret_draws_another_order() -> None:
    draft = replace(DRAFT, parts=tuple(StudyPart(n, n % 2 == 0) for n in range(1, 31)))
    assert planned_rows("one", draft) != planned_rows("two", draft)


def test_an_appraiser_gets_a_part_under_a_code_and_nothing_else(line: ReviewedLine) -> None:
    assert start(line) == StudyCount(1, 0, 24)
    shown = next_showing(line.connection, 1, "ben")
    assert shown is not None and shown.model_says_bad is None
    assert (shown.answered, shown.showings) == (0, 8)
    query = "SELECT part_id, person FROM study_showings WHERE code = ?"
    assert tuple(line.connection.execute(query, (shown.code,)).fetchone()) == (shown.part_id, "ben")
    assert next_showing(line.connection, 1, "carla") is None
    assert next_showing(line.connection, 2, "ben") is None


def test_the_verdict_is_shown_to_who_judges_with_the_model(line: ReviewedLine) -> None:
    start(line, replace(DRAFT, appraisers=(SHOWN,)))
    seen = {}
    while (shown := next_showing(line.connection, 1, "anna")) is not None:
        seen[shown.part_id] = shown.model_says_bad
        assert refused(line, lambda n=shown.showing: say(line, n)) == "the model's verdict must be shown here"
        say(line, shown.showing, saw_model=True)
    assert seen == {1: False, 2: False, 3: False, 4: True}


def test_a_showing_is_answered_once_by_its_own_appraiser_in_its_turn(line: ReviewedLine) -> None:
    start(line)
    numbers = {person: next_showing(line.connection, 1, person) for person in ("anna", "ben")}
    anna, ben = numbers["anna"], numbers["ben"]
    assert anna is not None and ben is not None
    assert refused(line, lambda: say(line, ben.showing)) == "this showing is another person's"
    assert refused(line, lambda: say(line, 99)) == "there is no such showing in this study"
    assert (
        refused(line, lambda: say(line, anna.showing, saw_model=True)) == "the model's verdict must not be shown here"
    )
    later = line.connection.execute("SELECT max(showing) FROM study_showings WHERE person = 'anna'").fetchone()[0]
    assert refused(line, lambda: say(line, later)) == "another showing comes first"
    assert say(line, anna.showing) == StudyCount(1, 1, 24)
    assert refused(line, lambda: say(line, anna.showing)).startswith("this showing is answered already")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        line.connection.execute("UPDATE study_answers SET is_bad = 0")


def test_an_interrupted_study_goes_on_where_it_was(line: ReviewedLine) -> None:
    start(line)
    first = next_showing(line.connection, 1, "anna")
    assert first is not None
    say(line, first.showing)
    second = next_showing(line.connection, 1, "anna")
    assert second is not None and second.showing > first.showing
    assert (second.answered, second.showings) == (1, 16)
    (summary,) = studies(line.connection)
    assert [(entry.appraiser, entry.answered, entry.showings) for entry in summary.progress] == [
        (ANNA, 1, 8),
        (BEN, 0, 8),
        (SHOWN, 0, 8),
    ]
    assert (summary.waiting_for("anna"), summary.waiting_for("ben"), summary.waiting_for("li")) == (15, 8, 0)


def test_all_that_was_said_is_in_the_record(line: ReviewedLine) -> None:
    start(line)
    finish(line)
    record = study_record(line.connection, 1)
    assert record.summary.is_finished and record.parts == PARTS
    assert record.model_bad == {1: False, 2: False, 3: False, 4: True}
    assert {(d.appraiser, d.part_id) for d in record.decisions if d.is_bad} == {
        *((who, part) for who in (ANNA, BEN, SHOWN) for part in (3, 4)),
        (BEN, 1),
    }
    assert len(record.decisions) == 24 and {d.viewed_ms for d in record.decisions} == {900}
    for check in (unbalanced_plans, changed_plans, unfit_answers):
        assert not list(check(line.connection, Path()))
    actions = [row[0] for row in line.connection.execute("SELECT action FROM audit ORDER BY id")]
    assert actions.count("study_started") == 1 and actions.count("showing_answered") == 24


def test_a_study_that_ends_early_needs_a_reason_and_takes_no_more(line: ReviewedLine) -> None:
    start(line)
    shown = next_showing(line.connection, 1, "ben")
    assert shown is not None
    early = StudyClosing(1, "li", "", 3_000)
    assert (
        refused(line, lambda: close_study(line.connection, early))
        == "not every showing of this study has an answer yet"
    )
    close_study(line.connection, replace(early, reason="ben is ill"))
    assert refused(line, lambda: say(line, shown.showing, "ben")) == "this study is closed"
    assert refused(line, lambda: close_study(line.connection, early)) == "this study is closed"
    assert next_showing(line.connection, 1, "ben") is None
    (summary,) = studies(line.connection)
    assert summary.closing == StudyClosing(1, "li", "ben is ill", 3_000) and summary.waiting_for("ben") == 0
    assert (
        refused(line, lambda: close_study(line.connection, StudyClosing(7, "li", "", 3_000)))
        == "there is no such study"
    )


@pytest.mark.parametrize(
    ("part", "what"),
    [
        (StudyPart(5, True), "no image of this part is stored"),
        (StudyPart(6, True), "this part has no result to compare with"),
        (StudyPart(9, True), "there is no such part"),
        (StudyPart(1, True), "people have settled this part otherwise than the study's standard says"),
    ],
)
def test_parts_that_cannot_be_judged_are_refused(line: ReviewedLine, part: StudyPart, what: str) -> None:
    line.connection.execute("BEGIN")
    assert refused(line, lambda: start(line, replace(DRAFT, parts=(PARTS[1], part)))) == what
    line.connection.execute("ROLLBACK")
    assert studies(line.connection) == ()


def test_the_images_of_a_study_are_kept_as_evidence(line: ReviewedLine) -> None:
    line.connection.execute("UPDATE images SET is_evidence = 0")
    start(line)
    kept = line.connection.execute("SELECT count(*) FROM images WHERE is_evidence = 1").fetchone()[0]
    assert kept == len(PARTS)


def test_settled_parts_with_an_image_are_offered_newest_first(line: ReviewedLine) -> None:
    line.inspect(7, 0.295)
    line.review(7, Answer.BAD)
    bad = standard_parts(line.connection, EVERYTHING, is_bad=True, size=9)
    assert [part.part_id for part in bad] == [7, 4, 3]
    assert [part.is_borderline for part in bad] == [True, False, False]
    good = standard_parts(line.connection, EVERYTHING, is_bad=False, size=1)
    assert good == (StandardPart(2, False, False, "A17"),)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (HistoryFilter(verdict=VerdictKind.PASS), [3]),
        (HistoryFilter(recipe="A17"), [4, 3]),
        (HistoryFilter(recipe="B"), []),
        (HistoryFilter(lot="none"), []),
        (HistoryFilter(until_ms=0), []),
    ],
)
def test_the_filter_of_the_history_chooses(line: ReviewedLine, where: HistoryFilter, found: list[int]) -> None:
    assert [part.part_id for part in standard_parts(line.connection, where, is_bad=True, size=9)] == found


def test_there_is_no_record_of_a_study_that_is_not_there(line: ReviewedLine) -> None:
    assert refused(line, lambda: study_record(line.connection, 3)) == "there is no such study"


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        ("DELETE FROM study_showings WHERE showing = 2", "a study's plan is not whole: 23 of 24 showings"),
        ("DELETE FROM study_showings WHERE showing = 1", "an answer belongs to no showing"),
        ("DELETE FROM study_parts WHERE part_id = 1", "a showing names a part that is not in the study"),
        (
            "UPDATE study_showings SET code = '99' WHERE showing = 5",
            "a study's plan is another than the audit chain tells",
        ),
        (
            "UPDATE study_answers SET saw_model = 1",
            "an answer says otherwise than the plan whether the model was shown",
        ),
    ],
)
def test_a_study_that_was_changed_is_named(line: ReviewedLine, harm: str, what: str) -> None:
    start(line)
    shown = next_showing(line.connection, 1, "anna" if _owner(line, 1) == "anna" else "ben")
    assert shown is not None and shown.showing == 1
    say(line, 1, _owner(line, 1))
    for (trigger,) in line.connection.execute(
        "SELECT name FROM sqlite_master WHERE name LIKE 'study%_no_%'"
    ).fetchall():
        line.connection.execute(f"DROP TRIGGER {trigger}")
    line.connection.execute("PRAGMA foreign_keys = OFF")
    line.connection.execute(harm)
    checks = (unbalanced_plans, changed_plans, unfit_answers)
    assert what in {problem.what for check in checks for problem in check(line.connection, Path())}


def _owner(line: ReviewedLine, showing: int) -> str:
    query = "SELECT person FROM study_showings WHERE study_id = 1 AND showing = ?"
    return str(line.connection.execute(query, (showing,)).fetchone()[0])


def test_a_database_without_studies_has_nothing_to_check() -> None:
    older = sqlite3.connect(":memory:")
    assert not any(list(check(older, Path())) for check in (unbalanced_plans, changed_plans, unfit_answers))
    older.close()

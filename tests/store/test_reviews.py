"""Reviews come back as they were, stand as people meant them, and are refused where they would prove nothing."""

import sqlite3
from dataclasses import replace

import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import Box, Disposition
from station_app.core.review import Answer, Brush, DefectDrawn, Queue, Review, Severity
from station_app.quality.estimate import CannotSay
from station_app.store.known_parts import known_of_recipe, warm_up_of
from station_app.store.review_queues import queue_page
from station_app.store.review_writing import record_review
from station_app.store.reviews import review_chain, reviews_of, session_agreement, settled
from station_app.store.samples import strata
from station_app.store.seed_answers import seed_history
from tests.store.records import RECIPE
from tests.store.reviewed_line import EVERY, START_MS, ReviewedLine

GOOD, BAD, UNSURE = Answer.GOOD, Answer.BAD, Answer.UNSURE
BOX = Box(1, 2, 3, 2)
SHAPES = (
    DefectDrawn("scratch", "top", box=BOX),
    DefectDrawn("scratch", "top", polygon=((1, 2), (3, 4), (5, 6))),
    DefectDrawn("dent", "side", brush=Brush(BOX, (0, 2, 4))),
)


@pytest.fixture
def line(connection: sqlite3.Connection) -> ReviewedLine:
    made = ReviewedLine(connection)
    for part_id in range(1, 6):
        made.inspect(part_id)
    return made


def test_a_review_comes_back_equal(line: ReviewedLine) -> None:
    said = Review(1, Queue.BLIND, BAD, "li", 7, True, "scratch", Severity.MAJOR, "at the edge", SHAPES, viewed_ms=1500)
    number, is_contested = record_review(line.connection, said)
    assert reviews_of(line.connection, 1) == ((number, said),)
    assert not is_contested
    assert reviews_of(line.connection, 2) == ()
    details = line.connection.execute("SELECT actor, subject, details FROM audit WHERE action = 'review'").fetchone()
    assert tuple(details) == ("li", "part 1", f"review {number}: blind bad scratch blind")


def test_an_undo_is_a_record_and_the_earlier_answer_stands_again(line: ReviewedLine) -> None:
    first = line.review(1, GOOD, queue=Queue.NEAR)
    second = line.review(1, BAD, queue=Queue.NEAR)
    assert settled(line.connection, 1) is BAD
    line.undo(second)
    assert settled(line.connection, 1) is GOOD
    line.undo(first)
    assert settled(line.connection, 1) is None
    assert reviews_of(line.connection, 1) == ()
    assert [(entry.review_id, entry.undone_by) for entry in review_chain(line.connection, 1)] == [
        (first, "li"),
        (second, "li"),
    ]


def test_only_ones_own_review_is_taken_back_and_only_once(line: ReviewedLine) -> None:
    number = line.review(1, GOOD)
    with pytest.raises(StorageError, match="somebody else's"):
        line.undo(number, "wu")
    line.undo(number)
    with pytest.raises(StorageError, match="taken back already"):
        line.undo(number)
    with pytest.raises(StorageError, match="no such review"):
        line.undo(99)


def test_nothing_of_a_review_is_changed_or_erased(line: ReviewedLine) -> None:
    line.undo(line.review(1, GOOD))
    line.suspect(1)
    for table in ("reviews", "review_undos", "samples", "suspects", "sampling_plans"):
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid + 1"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                line.connection.execute(change)


@pytest.mark.parametrize("disposition", [Disposition.AGREE, Disposition.MISSED_DEFECT])
def test_who_decided_at_the_line_cannot_judge_blind(line: ReviewedLine, disposition: Disposition) -> None:
    line.override(1, disposition, "li")
    with pytest.raises(StorageError, match="you have decided about this part before"):
        line.review(1, GOOD)
    line.review(1, GOOD, "wu")
    with pytest.raises(StorageError, match="you have decided about this part before"):
        line.suspect(2, "li")
        line.review(2, GOOD)


def test_the_second_reviewer_is_another_person_also_after_an_undo(line: ReviewedLine) -> None:
    number = line.review(1, GOOD)
    for _ in range(2):
        with pytest.raises(StorageError, match="you have answered this part before"):
            line.review(1, BAD)
        line.undo(number) if _ == 0 else None
    line.review(1, BAD, is_blind=False)
    assert settled(line.connection, 1) is BAD
    (stratum,) = strata(line.connection, 0, 2**60, "", is_rejected=False)
    assert stratum.reviewed == 0


def test_a_part_that_was_not_drawn_has_no_blind_review(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection)
    line.inspect(1, has_result=False)
    with pytest.raises(StorageError, match="not drawn"):
        line.review(1, GOOD)
    with pytest.raises(StorageError, match="no record"):
        line.review(9, GOOD)
    line.review(1, GOOD, queue=Queue.NO_RESULT)
    assert settled(connection, 1) is GOOD


def test_a_third_person_settles_a_contest(line: ReviewedLine) -> None:
    def settle(answer: Answer, reviewer: str) -> None:
        line.review(1, answer, reviewer, Queue.CONTESTED, is_adjudication=True)

    with pytest.raises(StorageError, match="nobody differs"):
        settle(BAD, "bo")
    line.review(1, GOOD, "li")
    line.review(1, BAD, "wu")
    assert line.page(Queue.CONTESTED, "li") == [] and line.page(Queue.CONTESTED, "bo") == [1]
    with pytest.raises(StorageError, match="one of those who differ"):
        settle(BAD, "wu")
    with pytest.raises(StorageError, match="people differ"):
        line.review(1, BAD, "bo", Queue.CONTESTED)
    with pytest.raises(StorageError, match="good or bad"):
        settle(UNSURE, "bo")
    settle(BAD, "bo")
    assert settled(line.connection, 1) is BAD
    (stratum,) = strata(line.connection, 0, 2**60, "", is_rejected=False)
    assert (stratum.reviewed, stratum.found) == (1, 1)


@pytest.mark.parametrize(
    "drawn",
    [
        DefectDrawn("scratch", "top"),
        DefectDrawn("scratch", "top", box=BOX, polygon=((1, 2),)),
        DefectDrawn("scratch", "top", brush=Brush(BOX, (0, 2, 3))),
        DefectDrawn("scratch", "top", brush=Brush(BOX, (-1, 7))),
        DefectDrawn("scratch", "top", brush=Brush(BOX, ())),
    ],
)
def test_a_drawn_defect_has_one_whole_shape(line: ReviewedLine, drawn: DefectDrawn) -> None:
    with pytest.raises(StorageError, match="draw"):
        line.review(1, BAD, drawn=(drawn,))


def test_reviewed_and_suspect_parts_keep_their_images(line: ReviewedLine) -> None:
    line.connection.execute("UPDATE images SET is_evidence = 0")
    line.review(1, GOOD)
    line.suspect(2)
    rows = line.connection.execute("SELECT part_id FROM images WHERE is_evidence = 1 ORDER BY part_id")
    assert [row[0] for row in rows] == [1, 2]


def test_how_a_session_agrees_with_others(line: ReviewedLine) -> None:
    line.review(1, GOOD, "wu")
    line.review(2, BAD, "wu")
    line.review(3, UNSURE, "wu")
    since_ms = line.clock_ms + 1
    for part_id in (1, 2, 3, 4):
        line.review(part_id, GOOD)
    line.undo(line.review(5, GOOD))
    agreement = session_agreement(line.connection, "li", since_ms)
    assert (agreement.answered, agreement.blind, agreement.seeds) == (4, 4, 0)
    assert agreement.pairs == ((GOOD, GOOD), (GOOD, BAD))
    assert session_agreement(line.connection, "li", line.clock_ms + 1).answered == 0
    assert session_agreement(line.connection, "wu", START_MS).pairs == ((GOOD, GOOD), (BAD, GOOD))


@pytest.fixture
def seeded(connection: sqlite3.Connection) -> ReviewedLine:
    """Parts 1 to 3 are known bad; each drawn part has one of them before it."""
    line = ReviewedLine(connection, replace(EVERY, seeded_share=0.5))
    for part_id in range(1, 4):
        line.inspect(part_id)
        line.review(part_id, BAD)
    for part_id in range(4, 24):
        line.inspect(part_id)
    return line


def test_known_bad_parts_come_between_and_measure_the_reviewer_alone(seeded: ReviewedLine) -> None:
    before = strata(seeded.connection, 0, 2**60, "", is_rejected=False)
    since_ms = seeded.clock_ms + 1
    page = queue_page(seeded.connection, Queue.BLIND, "li")
    seeds = [queued for queued in page if queued.seed]
    assert len(seeds) == len(page) - 20 > 5
    assert {queued.part_id for queued in seeds} <= {1, 2, 3}
    assert all(queued.camera_ids == ("top",) for queued in page)
    for n, queued in enumerate(seeds):
        seeded.answer(queued, GOOD if n == 0 else BAD)
    assert strata(seeded.connection, 0, 2**60, "", is_rejected=False) == before
    agreement = session_agreement(seeded.connection, "li", since_ms)
    assert (agreement.seeds, agreement.seeds_caught, agreement.blind) == (len(seeds), len(seeds) - 1, 0)
    history = seed_history(seeded.connection)
    assert [caught for _, caught in history] == [False] + [True] * (len(seeds) - 1)
    assert [at_ms for at_ms, _ in history] == sorted({at_ms for at_ms, _ in history}) and history[0][0] >= since_ms
    assert not any(queued.seed for queued in queue_page(seeded.connection, Queue.BLIND, "li"))
    assert any(queued.seed for queued in queue_page(seeded.connection, Queue.BLIND, "wu"))
    assert known_of_recipe(seeded.connection, RECIPE.name, BAD, 9) == (3, 2, 1)
    assert known_of_recipe(seeded.connection, "another", BAD, 9) == ()


def test_every_known_part_is_shown_before_any_is_again(seeded: ReviewedLine) -> None:
    shown = []
    while seeds := [queued for queued in queue_page(seeded.connection, Queue.BLIND, "li", size=100) if queued.seed]:
        shown.append(seeds[0].part_id)
        seeded.answer(seeds[0], BAD)
    assert len(shown) >= 6
    assert {tuple(sorted(shown[n : n + 3])) for n in (0, 3)} == {(1, 2, 3)}


def test_a_part_without_a_result_is_no_known_bad_image(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection)
    line.inspect(1, has_result=False)
    line.review(1, BAD, queue=Queue.NO_RESULT)
    assert settled(connection, 1) is BAD
    assert known_of_recipe(connection, RECIPE.name, BAD, 9) == ()


def test_a_known_bad_image_is_answered_once_and_not_taken_back(seeded: ReviewedLine) -> None:
    queued = next(queued for queued in queue_page(seeded.connection, Queue.BLIND, "li") if queued.seed)
    for seen in ({"is_blind": False}, {"is_adjudication": True}, {"queue": Queue.NEAR}):
        with pytest.raises(StorageError, match="judged blind or not at all"):
            seeded.review(0, BAD, seed=queued.seed, **seen)
    number = seeded.answer(queued, BAD)
    with pytest.raises(StorageError, match="answered this one already"):
        seeded.answer(queued, GOOD)
    with pytest.raises(StorageError, match="stays"):
        seeded.undo(number)
    for name in ("4@5", "1@99", "nonsense", "1@"):
        with pytest.raises(StorageError, match="no such known-bad image"):
            seeded.review(0, BAD, seed=name)


def test_a_warm_up_is_half_bad(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection)
    for part_id in range(1, 31):
        line.inspect(part_id)
        if part_id > 10:
            line.review(part_id, BAD if part_id % 2 else GOOD)
    images = warm_up_of(connection, "li, early shift")
    assert not isinstance(images, CannotSay)
    assert len({image.name for image in images}) == 20
    assert all((int(image.name) % 2 == 1) is image.is_bad for image in images)
    line.undo(line.connection.execute("SELECT id FROM reviews WHERE part_id = 11").fetchone()[0])
    lacking = warm_up_of(connection, "li, early shift")
    assert isinstance(lacking, CannotSay) and lacking.needed == 1

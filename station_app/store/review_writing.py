"""Reviews into the database: appended, never changed; an undo is a record of its own. Runs on the writer thread.

Whoever has decided, marked or answered about a part before cannot judge it blind: the claim is refused, and the part is
not shown to them in the blind queue. So is a second answer of the same person, also after they took back the first,
since the marks were shown to them in between.
"""

import json
import sqlite3
import time
from dataclasses import asdict

from station_app.core.errors import StorageError
from station_app.core.review import Answer, Brush, DefectDrawn, Queue, Review
from station_app.core.review_rules import PartState, contestants, is_contested, settled_answer
from station_app.store import audit
from station_app.store.inspections import load_inspection, recipe_of
from station_app.store.outbox_rows import Kind, Priority, tell, tell_review
from station_app.store.part_figures import Word
from station_app.store.part_states import load_state, renew_queues, shift_counts
from station_app.store.rollup_rows import count_word
from station_app.store.seeds import check_seed
from station_app.store.text import storable

_NEXT = "choose the next part"


def record_review(connection: sqlite3.Connection, review: Review) -> tuple[int, bool]:
    """Append; gives the record's number, and whether people differ about the part now. StorageError says why not."""
    _check_shapes(review.drawn)
    if review.seed:
        return _record_seed(connection, review), False
    before = load_state(connection, review.part_id)
    _check(connection, review, before)
    number = _append(connection, review)
    connection.execute("UPDATE images SET is_evidence = 1 WHERE part_id = ?", (review.part_id,))
    after = renew_queues(connection, review.part_id)
    _carry_over(connection, review.part_id, before, after)
    tell_review(connection, number, review)
    return number, is_contested(after.reviews)


def undo_review(connection: sqlite3.Connection, review_id: int, reviewer: str) -> int:
    """Take back one's own review; gives its part. StorageError where that cannot be."""
    where = f"review {review_id}"
    query = "SELECT part_id, reviewer FROM reviews WHERE id = ?"
    row = connection.execute(query, (review_id,)).fetchone()
    if row is None:
        raise StorageError("there is no such review", where=where, remedy="choose another one")
    part_id, author = row
    if author != storable(reviewer):
        raise StorageError("somebody else's review cannot be taken back", where=where, remedy="add a review of yours")
    if part_id is None:
        remedy = "go on: it measures the reviewers and says nothing about a part"
        raise StorageError("an answer about a known-bad image stays", where=where, remedy=remedy)
    if connection.execute("SELECT 1 FROM review_undos WHERE review_id = ?", (review_id,)).fetchone() is not None:
        raise StorageError("this review was taken back already", where=where, remedy="choose another one")
    before = load_state(connection, part_id)
    row = (review_id, author, time.time_ns() // 1_000_000)
    connection.execute("INSERT INTO review_undos VALUES (?, ?, ?)", row)
    audit.append(connection, author, "review_undone", f"part {part_id}", where)
    _carry_over(connection, part_id, before, renew_queues(connection, part_id))
    tell(connection, Kind.REVIEW_UNDO, part_id, review_id, Priority.CONTRADICTION)
    return int(part_id)


def mark_suspect(connection: sqlite3.Connection, part_id: int, reason: str, person: str) -> None:
    """Put the part into the queue of suspects. StorageError where it has no record."""
    load_state(connection, part_id)
    last = connection.execute("SELECT coalesce(max(id), 0) FROM reviews").fetchone()[0]
    row = (part_id, storable(reason), storable(person), time.time_ns() // 1_000_000, last)
    cursor = connection.execute(
        "INSERT INTO suspects (part_id, reason, marked_by, marked_at_ms, after_review) VALUES (?, ?, ?, ?, ?)", row
    )
    connection.execute("UPDATE images SET is_evidence = 1 WHERE part_id = ?", (part_id,))
    audit.append(connection, person, "suspect_marked", f"part {part_id}", reason)
    renew_queues(connection, part_id)
    tell(connection, Kind.SUSPECT, part_id, int(cursor.lastrowid or 0), Priority.SAID)


def _carry_over(connection: sqlite3.Connection, part_id: int, before: PartState, after: PartState) -> None:
    """Into the counts of the blind sample, and of the hour of the part."""
    shift_counts(connection, part_id, before, after)
    inspection = load_inspection(connection, part_id)
    if inspection is not None:
        words = (Word(state.override, settled_answer(state.reviews)) for state in (before, after))
        count_word(connection, (inspection, recipe_of(connection, part_id)), *words)


def _record_seed(connection: sqlite3.Connection, review: Review) -> int:
    if not review.is_blind or review.queue is not Queue.BLIND or review.is_adjudication:
        raise StorageError("a known-bad image is judged blind or not at all", where=review.seed, remedy=_NEXT)
    check_seed(connection, review.seed, storable(review.reviewer))
    return _append(connection, review)


def _check(connection: sqlite3.Connection, review: Review, state: PartState) -> None:
    if review.is_blind:
        _check_blind(connection, review, state)
    if review.is_adjudication:
        _check_adjudication(review, state)
    elif review.queue is Queue.CONTESTED:
        remedy = "settle it as an adjudication, or choose another queue"
        raise StorageError("people differ about this part already", where=_part(review), remedy=remedy)


def _check_blind(connection: sqlite3.Connection, review: Review, state: PartState) -> None:
    person, where = storable(review.reviewer), _part(review)
    if connection.execute("SELECT 1 FROM samples WHERE part_id = ?", (review.part_id,)).fetchone() is None:
        raise StorageError("this part was not drawn for a blind review", where=where, remedy=_NEXT)
    if person not in state.has_seen:
        return
    query = "SELECT 1 FROM reviews WHERE part_id = ? AND reviewer = ?"
    if connection.execute(query, (review.part_id, person)).fetchone() is not None:
        what = "you have answered this part before, and have seen its marks since"
        raise StorageError(what, where=where, remedy="a second reviewer must be another person")
    what = "you have decided about this part before: your review cannot be blind"
    raise StorageError(what, where=where, remedy="leave it to another reviewer")


def _check_adjudication(review: Review, state: PartState) -> None:
    where = _part(review)
    if not is_contested(state.reviews):
        raise StorageError("nobody differs about this part", where=where, remedy="review it as any other")
    if storable(review.reviewer) in contestants(state.reviews):
        what = "you are one of those who differ about this part"
        raise StorageError(what, where=where, remedy="leave it to a third person")
    if review.answer is Answer.UNSURE:
        raise StorageError("an adjudication says good or bad", where=where, remedy="leave it to another person")


def _check_shapes(drawn: tuple[DefectDrawn, ...]) -> None:
    for defect in drawn:
        if sum(shape is not None for shape in (defect.box, defect.polygon, defect.brush)) != 1:
            raise StorageError("a drawn defect has exactly one shape", where=defect.label, remedy="draw it again")
        brush = defect.brush
        if brush is not None and not _fills(brush):
            raise StorageError("a painted mask does not fill its box", where=defect.label, remedy="draw it again")


def _fills(brush: Brush) -> bool:
    return all(run >= 0 for run in brush.runs) and sum(brush.runs) == brush.box.width * brush.box.height


def _append(connection: sqlite3.Connection, review: Review) -> int:
    columns = (
        "part_id, queue, answer, reviewer, reviewed_at_ms, is_blind, label, severity, comment, drawn, viewed_ms,"
        " is_adjudication, seed"
    )
    cursor = connection.execute(
        f"INSERT INTO reviews ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
        _row(review),
    )
    number = int(cursor.lastrowid or 0)
    said = " ".join(filter(None, (review.queue, review.answer, review.label, "blind" if review.is_blind else "")))
    details = f"review {number}: {said}{', adjudication' if review.is_adjudication else ''}"
    subject = f"known-bad image {review.seed}" if review.seed else _part(review)
    audit.append(connection, review.reviewer, "review", subject, details)
    return number


def _row(review: Review) -> tuple[object, ...]:
    return (
        None if review.seed else review.part_id,
        review.queue,
        review.answer,
        storable(review.reviewer),
        review.reviewed_at_ms,
        review.is_blind,
        storable(review.label),
        review.severity,
        storable(review.comment),
        json.dumps([asdict(defect) for defect in review.drawn]),
        review.viewed_ms,
        review.is_adjudication,
        review.seed,
    )


def _part(review: Review) -> str:
    return f"part {review.part_id}"

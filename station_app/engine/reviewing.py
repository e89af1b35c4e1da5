"""Reviews on their way to the disk: told only when they are there. Any thread.

Who reviews is who is signed in, whatever a message says. Whether they may do so on this part is settled in the
transaction of the record, where no other review can come between.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from station_app.core.errors import StationError
from station_app.core.messages import CommandRefused, Event
from station_app.core.review import Review
from station_app.core.review_messages import (
    MarkSuspect,
    RecordReview,
    ReviewCommand,
    ReviewRecorded,
    ReviewUndone,
    SuspectMarked,
    UndoReview,
)
from station_app.engine.books import Books

log = logging.getLogger(__name__)

T = TypeVar("T")
_LARGEST = 1 << 62
"""Beyond this no number of a record and no duration is one; the database holds 63 bits."""


class Reviewing:
    """Carries out the commands of the review screen; each is answered by its event or a `CommandRefused`."""

    def __init__(self, books: Books, reviewer: Callable[[], str]) -> None:
        """`reviewer` names who is signed in, "" where nobody is."""
        self._books = books
        self._reviewer = reviewer

    def obey(self, command: ReviewCommand) -> None:
        person = self._reviewer().strip()
        if not person:
            self._refuse(command, "nobody is signed in", "sign in with your badge or name first")
        elif isinstance(command, MarkSuspect) and not command.reason.strip():
            self._refuse(command, "a suspect needs a reason", "say what is doubtful about the part")
        elif not _is_possible(command):
            self._refuse(command, "there is no such part or review", "choose a recorded part")
        else:
            self._carry_out(command, person)

    def _carry_out(self, command: ReviewCommand, person: str) -> None:
        ledger = self._books.ledger
        match command:
            case RecordReview():
                review = _review(command, person)
                ledger.review(review).add_done_callback(partial(self._on_reviewed, command, review))
            case UndoReview(review_id):
                ledger.undo_review(review_id, person).add_done_callback(partial(self._on_undone, command))
            case MarkSuspect(part_id, reason):
                marked = ledger.mark_suspect(part_id, reason.strip(), person)
                marked.add_done_callback(partial(self._on_marked, command))

    def _on_reviewed(self, command: RecordReview, review: Review, future: Future[tuple[int, bool]]) -> None:
        if not self._has_failed(command, future):
            number, is_contested = future.result()
            told = (number, review.part_id, review.queue, review.answer, review.reviewer, is_contested, review.seed)
            self._books.publish(ReviewRecorded(*told))
            if not review.seed:
                self._books.keeping.keep_recent(review.part_id)

    def _on_undone(self, command: UndoReview, future: Future[int]) -> None:
        if not self._has_failed(command, future):
            self._books.publish(ReviewUndone(command.review_id, future.result()))

    def _on_marked(self, command: MarkSuspect, future: Future[None]) -> None:
        if not self._has_failed(command, future):
            self._books.publish(SuspectMarked(command.part_id, command.reason.strip()))
            self._books.keeping.keep_recent(command.part_id)

    def _has_failed(self, command: ReviewCommand, future: Future[T]) -> bool:
        """Whether nothing was recorded; then it has been told why."""
        error = future.exception()
        if isinstance(error, StationError):
            self._refuse(command, error.what, error.remedy)
        elif error is not None:
            log.error("a bug while reviewing", exc_info=error)
            self._books.note_bug("review", error)
            self._refuse(command, "a fault in the program", "call support")
        return error is not None

    def _refuse(self, command: ReviewCommand, what: str, remedy: str) -> None:
        refused: Event = CommandRefused(type(command).__name__, what, remedy)
        self._books.publish(refused)


def _is_possible(command: ReviewCommand) -> bool:
    """Whether its numbers can be those of records: a known-bad image has the part id 0, and nothing else."""
    match command:
        case RecordReview():
            number_fits = command.part_id == 0 if command.seed else 0 < command.part_id < _LARGEST
            return number_fits and 0 <= command.viewed_ms < _LARGEST
        case UndoReview(review_id):
            return 0 < review_id < _LARGEST
        case MarkSuspect(part_id):
            return 0 < part_id < _LARGEST


def _review(command: RecordReview, reviewer: str) -> Review:
    return Review(
        part_id=command.part_id,
        queue=command.queue,
        answer=command.answer,
        reviewer=reviewer,
        reviewed_at_ms=time.time_ns() // 1_000_000,
        is_blind=command.is_blind,
        label=command.label,
        severity=command.severity,
        comment=command.comment,
        drawn=command.drawn,
        viewed_ms=command.viewed_ms,
        is_adjudication=command.is_adjudication,
        seed=command.seed,
    )

"""A row for each record that is to leave the station, written in the transaction of the record. Runs on the writer
thread.

They are written whether a store is set up or not: a row is small, and a store that is set up later gets the past.
"""

import sqlite3
import time
from enum import IntEnum, StrEnum

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.review import Answer, Review


class Kind(StrEnum):
    """What a row tells of. DRAWN and NEAR tell of the part itself, a part that is both is DRAWN."""

    DRAWN = "drawn"
    NEAR = "near"
    SUSPECT = "suspect"
    OVERRIDE = "override"
    REVIEW = "review"
    REVIEW_UNDO = "review_undo"


class Priority(IntEnum):
    """Which records go first where not all may go."""

    CONTRADICTION = 0
    RANDOM = 1
    SAID = 2
    NEAR = 3


_CONTRADICTIONS = (Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT)


def tell(connection: sqlite3.Connection, kind: Kind, part_id: int, record: int, priority: Priority) -> None:
    """Let the record leave. What waits of the same part goes no later: a part's records leave in their order."""
    cursor = connection.execute(
        "INSERT INTO outbox (part_id, kind, record, written_at_ms) VALUES (?, ?, ?, ?)",
        (part_id, kind, record, time.time_ns() // 1_000_000),
    )
    connection.execute("INSERT INTO outbox_waiting VALUES (?, ?)", (priority, cursor.lastrowid))
    if kind not in (Kind.DRAWN, Kind.NEAR):
        _bring_forward(connection, part_id, priority)


def tell_override(connection: sqlite3.Connection, override_id: int, part_id: int, disposition: Disposition) -> None:
    """An undo goes as soon as what it takes back may have gone."""
    is_urgent = disposition in _CONTRADICTIONS or disposition is Disposition.UNDO
    priority = Priority.CONTRADICTION if is_urgent else Priority.SAID
    tell(connection, Kind.OVERRIDE, part_id, override_id, priority)


def tell_review(connection: sqlite3.Connection, review_id: int, review: Review) -> None:
    """What a reviewer says of a part; an answer about a known-bad image says nothing about one and stays here."""
    if review.seed:
        return
    row = connection.execute("SELECT verdict FROM inspections WHERE part_id = ?", (review.part_id,)).fetchone()
    priority = Priority.RANDOM if review.is_blind else Priority.SAID
    if contradicts(review.answer, VerdictKind(row[0])):
        priority = Priority.CONTRADICTION
    tell(connection, Kind.REVIEW, review.part_id, review_id, priority)


def contradicts(answer: Answer, verdict: VerdictKind) -> bool:
    """Whether the reviewer sees what the station did not say: nobody can contradict a part without a result."""
    match verdict:
        case VerdictKind.PASS:
            return answer is Answer.BAD
        case VerdictKind.FAIL | VerdictKind.REVIEW:
            return answer is Answer.GOOD
        case VerdictKind.NO_RESULT:
            return False


def _bring_forward(connection: sqlite3.Connection, part_id: int, priority: Priority) -> None:
    """Give what waits of the part at least this priority."""
    connection.execute(
        "UPDATE outbox_waiting SET priority = ?1 WHERE priority > ?1"
        " AND id IN (SELECT id FROM outbox WHERE part_id = ?2)",
        (priority, part_id),
    )

"""What the records say about one part beside its decisions: marks of suspicion, reviews, and a PASS that was withheld.
Read-only, any thread.
"""

import sqlite3
from dataclasses import dataclass

from station_app.store.reviews import ReviewEntry, review_chain


@dataclass(frozen=True, slots=True)
class SuspectMark:
    """That somebody put the part into the queue of suspects, and why."""

    reason: str
    marked_by: str
    marked_at_ms: int


def suspect_marks(reader: sqlite3.Connection, part_id: int) -> tuple[SuspectMark, ...]:
    """Every mark of the part, oldest first."""
    query = "SELECT reason, marked_by, marked_at_ms FROM suspects WHERE part_id = ? ORDER BY id"
    return tuple(SuspectMark(*row) for row in reader.execute(query, (part_id,)))


def withheld_at_ms(reader: sqlite3.Connection, part_id: int) -> int | None:
    """When the part's PASS came on disk too late, so that the line was told NO_RESULT; None where that never was."""
    query = "SELECT min(at_ms) FROM audit WHERE action = 'pass_withheld' AND subject = ?"
    at_ms = reader.execute(query, (f"part {part_id}",)).fetchone()[0]
    return None if at_ms is None else int(at_ms)


def told_reviews(reader: sqlite3.Connection, part_id: int) -> tuple[tuple[ReviewEntry, ...], bool]:
    """Every review of the part, oldest first, and whether they may be told: while it waits for another blind answer,
    who gives it must not learn here what was said before."""
    waits = reader.execute("SELECT 1 FROM waiting WHERE part_id = ? AND queue = 'blind'", (part_id,)).fetchone()
    return review_chain(reader, part_id), waits is None

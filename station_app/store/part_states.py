"""Where a recorded part waits, written anew whenever somebody has said something about it."""

import sqlite3

from station_app.core.errors import StorageError
from station_app.core.inspection import VerdictKind
from station_app.core.review import Answer, Queue
from station_app.core.review_rules import PartState, barred_from, queue_of, settled_answer, settled_blind
from station_app.store.overrides import standing_disposition
from station_app.store.review_queues import rank_of
from station_app.store.reviews import reviews_of
from station_app.store.samples import QUARTER_MS


def load_state(reader: sqlite3.Connection, part_id: int) -> PartState:
    """All that decides where the part waits. StorageError where it has no record."""
    row = reader.execute("SELECT verdict FROM inspections WHERE part_id = ?", (part_id,)).fetchone()
    if row is None:
        raise StorageError("this part has no record", where=f"part {part_id}", remedy="choose a recorded part")
    mark = reader.execute(
        "SELECT after_review FROM suspects WHERE part_id = ? ORDER BY id DESC LIMIT 1", (part_id,)
    ).fetchone()
    return PartState(
        is_no_result=row[0] == VerdictKind.NO_RESULT,
        is_near=_has(reader, "SELECT 1 FROM near_parts WHERE part_id = ?", part_id),
        needed=_needed(reader, part_id),
        override=standing_disposition(reader, part_id),
        marked_after=None if mark is None else int(mark[0]),
        reviews=reviews_of(reader, part_id),
        has_seen=_has_seen(reader, part_id),
    )


def renew_queues(connection: sqlite3.Connection, part_id: int) -> PartState:
    """Write anew where the part waits, whom it is not shown to, and what is settled; gives its state."""
    state = load_state(connection, part_id)
    connection.execute("DELETE FROM waiting WHERE part_id = ?", (part_id,))
    connection.execute("DELETE FROM barred WHERE part_id = ?", (part_id,))
    queue = queue_of(state)
    if queue is not None:
        _wait(connection, queue, part_id)
        barred = ((queue, person, part_id) for person in barred_from(queue, state))
        connection.executemany("INSERT INTO barred VALUES (?, ?, ?)", barred)
    _settle(connection, part_id, settled_answer(state.reviews))
    return state


def shift_counts(connection: sqlite3.Connection, part_id: int, before: PartState, after: PartState) -> None:
    """Carry a change of the settled blind answer over to the counts of the part's stratum."""
    was, now = (settled_blind(state.reviews) for state in (before, after))
    if was is now:
        return
    row = connection.execute(
        "SELECT i.inspected_at_ms, i.recipe_id, s.is_rejected, s.stratum, s.probability"
        " FROM samples s JOIN inspections i ON i.part_id = s.part_id WHERE s.part_id = ?",
        (part_id,),
    ).fetchone()
    if row is None:
        return
    event = Answer.GOOD if row[2] else Answer.BAD
    change = ((now is not None) - (was is not None), (now is event) - (was is event))
    connection.execute(
        "UPDATE sample_counts SET reviewed = reviewed + ?, found = found + ? WHERE quarter = ? AND recipe_id = ?"
        " AND is_rejected = ? AND stratum = ? AND probability = ?",
        (*change, row[0] // QUARTER_MS, *tuple(row)[1:]),
    )


def _needed(reader: sqlite3.Connection, part_id: int) -> int:
    """A part without its image cannot be judged: it does not wait in the blind queue."""
    query = "SELECT needed FROM samples WHERE part_id = ?"
    row = reader.execute(query, (part_id,)).fetchone()
    has_image = _has(reader, "SELECT 1 FROM images WHERE part_id = ? AND state = 'stored'", part_id)
    return int(row[0]) if row is not None and has_image else 0


def _has_seen(reader: sqlite3.Connection, part_id: int) -> frozenset[str]:
    query = (
        "SELECT reviewer FROM reviews WHERE part_id = ?1 UNION SELECT operator FROM overrides WHERE part_id = ?1"
        " UNION SELECT marked_by FROM suspects WHERE part_id = ?1"
    )
    return frozenset(row[0] for row in reader.execute(query, (part_id,)))


def _wait(connection: sqlite3.Connection, queue: Queue, part_id: int) -> None:
    drawn = connection.execute("SELECT rank, is_seeded FROM samples WHERE part_id = ?", (part_id,)).fetchone()
    rank, is_seeded = drawn if queue is Queue.BLIND else (rank_of(queue, part_id), 0)
    connection.execute(
        "INSERT INTO waiting SELECT ?, ?, part_id, inspected_at_ms, ? FROM inspections WHERE part_id = ?",
        (queue, rank, is_seeded, part_id),
    )


def _settle(connection: sqlite3.Connection, part_id: int, answer: Answer | None) -> None:
    if answer is None:
        connection.execute("DELETE FROM settled WHERE part_id = ?", (part_id,))
        return
    connection.execute(
        "INSERT INTO settled SELECT part_id, recipe_id, ? FROM inspections WHERE part_id = ?"
        " ON CONFLICT (part_id) DO UPDATE SET answer = excluded.answer",
        (answer, part_id),
    )


def _has(reader: sqlite3.Connection, query: str, part_id: int) -> bool:
    return reader.execute(f"{query} LIMIT 1", (part_id,)).fetchone() is not None

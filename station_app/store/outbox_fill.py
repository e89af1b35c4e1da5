"""Rows of the outbox for records from before there was one: a store that is set up now gets the past as well."""

import sqlite3

from station_app.store.outbox_rows import Priority

# At one moment a part comes before what was said of it. A clock that was set back must not bring a decision before the
# one that it takes back: within a kind the order of the records holds.
TOLD = """
WITH told (part_id, kind, record, at_ms, turn) AS (
 SELECT s.part_id, 'drawn', s.part_id, i.inspected_at_ms, 0 FROM samples s JOIN inspections i ON i.part_id = s.part_id
 UNION ALL
 SELECT n.part_id, 'near', n.part_id, i.inspected_at_ms, 0 FROM near_parts n
  JOIN inspections i ON i.part_id = n.part_id WHERE n.part_id NOT IN (SELECT part_id FROM samples)
 UNION ALL
 SELECT part_id, 'suspect', id, max(marked_at_ms) OVER (ORDER BY id), 1 FROM suspects
 UNION ALL
 SELECT part_id, 'override', id, max(decided_at_ms) OVER (ORDER BY id), 1 FROM overrides
 UNION ALL
 SELECT part_id, 'review', id, at_ms, 1 FROM reviewed
 UNION ALL
 SELECT r.part_id, 'review_undo', r.id, max(u.undone_at_ms, r.at_ms), 2 FROM review_undos u
  JOIN reviewed r ON r.id = u.review_id
), reviewed (part_id, id, at_ms) AS (
 SELECT part_id, id, max(reviewed_at_ms) OVER (ORDER BY id) FROM reviews WHERE part_id IS NOT NULL
)
"""
"""Every record that is to leave, as the table `told`."""

_PARTS = (
    # The most urgent word about a part holds for all that is told of it: its records leave in their order.
    (
        Priority.CONTRADICTION,
        (
            "SELECT part_id FROM overrides WHERE disposition IN ('false_reject', 'missed_defect', 'undo')"
            " UNION SELECT r.part_id FROM review_undos u JOIN reviews r ON r.id = u.review_id"
            " UNION SELECT r.part_id FROM reviews r JOIN inspections i ON i.part_id = r.part_id"
            " WHERE (i.verdict = 'PASS' AND r.answer = 'bad')"
            " OR (i.verdict IN ('FAIL', 'REVIEW') AND r.answer = 'good')"
        ),
    ),
    (Priority.RANDOM, "SELECT part_id FROM samples"),
    (
        Priority.SAID,
        (
            "SELECT part_id FROM overrides UNION SELECT part_id FROM suspects"
            " UNION SELECT part_id FROM reviews WHERE part_id IS NOT NULL"
        ),
    ),
    (Priority.NEAR, "SELECT part_id FROM near_parts"),
)


def fill_outbox(connection: sqlite3.Connection) -> None:
    """Enter every record that is to leave, in the order of their times. The tables are empty."""
    told = "SELECT part_id, kind, record, at_ms FROM told ORDER BY at_ms, turn, record"
    connection.execute(f"{TOLD} INSERT INTO outbox (part_id, kind, record, written_at_ms) {told}")
    for priority, parts in _PARTS:
        connection.execute(
            f"INSERT INTO outbox_waiting SELECT ?, id FROM outbox WHERE part_id IN ({parts})"  # noqa: S608 - constants
            " AND id NOT IN (SELECT id FROM outbox_waiting)",
            (priority,),
        )

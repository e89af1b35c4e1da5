"""What reviewers said about known-bad images that were shown among the parts: all of them together."""

import sqlite3

_EVER_MS = 1 << 60


def seed_answers(reader: sqlite3.Connection, from_ms: int | None, until_ms: int | None) -> tuple[int, int]:
    """How many were answered in this time (UTC ms, `until_ms` excluded), and how many of them were not called bad."""
    query = (
        "SELECT count(*), coalesce(sum(answer <> 'bad'), 0) FROM reviews r WHERE seed <> ''"
        " AND reviewed_at_ms >= ? AND reviewed_at_ms < ?"
        " AND NOT EXISTS (SELECT 1 FROM review_undos u WHERE u.review_id = r.id)"
    )
    period = (0 if from_ms is None else from_ms, _EVER_MS if until_ms is None else until_ms)
    answered, missed = reader.execute(query, period).fetchone()
    return int(answered), int(missed)


def seed_history(reader: sqlite3.Connection) -> tuple[tuple[int, bool], ...]:
    """When each known-bad image was answered (UTC ms), and whether it was called bad; oldest first, nobody's name."""
    query = (
        "SELECT reviewed_at_ms, answer = 'bad' FROM reviews r WHERE seed <> ''"
        " AND NOT EXISTS (SELECT 1 FROM review_undos u WHERE u.review_id = r.id) ORDER BY reviewed_at_ms, id"
    )
    return tuple((at_ms, bool(caught)) for at_ms, caught in reader.execute(query))

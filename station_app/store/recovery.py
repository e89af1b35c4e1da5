"""After a crash: every trigger that was given and has no record gets one, NO_RESULT(crash)."""

import sqlite3
import time
from collections.abc import Iterator

from station_app.core.inspection import Inspection, NoResultReason, VerdictKind
from station_app.store.inspections import record_inspection

LOOK_BACK = 10_000
"""Parts without record at a crash are the last ones: those in flight and those that waited for the writer. Older gaps
(after a backup was restored) are for `station-app verify` to name, not to paper over."""


def record_crashed(connection: sqlite3.Connection, issued: int) -> tuple[int, ...]:
    """Append the missing records up to the id `issued`; gives the ids. Runs on the writer thread at start."""
    if connection.execute("SELECT 1 FROM recipes LIMIT 1").fetchone() is None:
        return ()
    missing = tuple(_missing(connection, issued))
    for part_id in missing:
        record_inspection(connection, _crashed(connection, part_id))
    return missing


def _missing(connection: sqlite3.Connection, issued: int) -> Iterator[int]:
    oldest, last = connection.execute("SELECT min(part_id), coalesce(max(part_id), 0) FROM inspections").fetchone()
    end = max(issued, last)
    first = max(oldest or 1, end - LOOK_BACK)
    present = {row[0] for row in connection.execute("SELECT part_id FROM inspections WHERE part_id >= ?", (first,))}
    return (part_id for part_id in range(first, end + 1) if part_id not in present)


def _crashed(connection: sqlite3.Connection, part_id: int) -> Inspection:
    sha256, name, revision = connection.execute(
        "SELECT sha256, name, revision FROM recipes ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Inspection(
        part_id=part_id,
        inspected_at_ms=time.time_ns() // 1_000_000,
        recipe=name,
        recipe_revision=revision,
        recipe_hash=sha256,
        verdict=VerdictKind.NO_RESULT,
        reason=NoResultReason.CRASH,
        detail="the program ended while this part was inspected",
    )

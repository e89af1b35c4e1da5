"""After a crash: every trigger that was given and has no record gets one, NO_RESULT(crash)."""

import sqlite3
import time

from station_app.core.inspection import Inspection, NoResultReason, VerdictKind
from station_app.store import audit
from station_app.store.inspections import record_inspection

LOOK_BACK = 10_000
"""Parts without record at a crash are the last ones: those in flight and those that waited for the writer. Older gaps
(after a backup was restored) are for `station-app verify` to name, not to paper over."""

_BEGUN = "database_begun"
RESTORED = "backup_restored"
"""Noted in the audit chain when a backup has taken the place of a database."""
_ENDED = "the program ended while this part was inspected"
_NOT_IN_BACKUP = "not in the backup that was restored: its record, if it had one, is in the database that was set aside"
_NO_RECIPE = ("0" * 64, "unknown", 0)


def record_crashed(connection: sqlite3.Connection, issued: int) -> tuple[int, ...]:
    """Append the missing records up to the id `issued`; gives the ids. Runs on the writer thread at start."""
    oldest, last = connection.execute("SELECT min(part_id), coalesce(max(part_id), 0) FROM inspections").fetchone()
    end = max(issued, last)
    detail = _NOT_IN_BACKUP if _is_just_restored(connection) else _ENDED
    first = first_part(connection)
    if first is None:
        # Noted before the first part is issued: of that one, too, a crash must leave a record.
        first = end + 1 if oldest is None else int(oldest)
        audit.append(connection, "station", _BEGUN, "part ids", str(first))
    missing = _missing(connection, max(first, end - LOOK_BACK), end)
    for part_id in missing:
        record_inspection(connection, _crashed(connection, part_id, detail))
    return missing


def first_part(reader: sqlite3.Connection) -> int | None:
    """The part id with which this database began: those before it are recorded in an older one. None where it was
    never noted."""
    query = "SELECT details FROM audit WHERE action = ? ORDER BY id LIMIT 1"
    row = reader.execute(query, (_BEGUN,)).fetchone()
    return int(row[0]) if row is not None and str(row[0]).isdecimal() else None


def _missing(connection: sqlite3.Connection, first: int, end: int) -> tuple[int, ...]:
    present = {row[0] for row in connection.execute("SELECT part_id FROM inspections WHERE part_id >= ?", (first,))}
    return tuple(part_id for part_id in range(first, end + 1) if part_id not in present)


def _is_just_restored(reader: sqlite3.Connection) -> bool:
    """Whether nothing but the restoring of a backup has been noted since the backup was made."""
    row = reader.execute("SELECT action FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return row is not None and row[0] == RESTORED


def _crashed(connection: sqlite3.Connection, part_id: int, detail: str) -> Inspection:
    known = connection.execute("SELECT sha256, name, revision FROM recipes ORDER BY id DESC LIMIT 1").fetchone()
    sha256, name, revision = known or _NO_RECIPE
    return Inspection(
        part_id=part_id,
        inspected_at_ms=time.time_ns() // 1_000_000,
        recipe=name,
        recipe_revision=revision,
        recipe_hash=sha256,
        verdict=VerdictKind.NO_RESULT,
        reason=NoResultReason.CRASH,
        detail=detail,
    )

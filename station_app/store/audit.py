"""Who did what: an append-only chain in which each row's hash covers the row before it.

Tamper-evident and not tamper-proof: who may write the file may write a whole new chain. Only a head hash that was kept
elsewhere shows that.
"""

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator

from station_app.core.audit_view import NO_CHANGE, Change
from station_app.store.text import storable

GENESIS = "0" * 64
_COLUMNS = "id, at_ms, actor, action, subject, details"
_CHANGE = "before, after, why"
_CHANGE_SINCE = 8
"""The version of the database from which on rows say what changed."""


def append(
    connection: sqlite3.Connection,
    actor: str,
    action: str,
    subject: str,
    details: str = "",
    change: Change = NO_CHANGE,
) -> None:
    """Add a row at the end of the chain; the time is this computer's, UTC."""
    last = connection.execute("SELECT id, sha256 FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    texts = (actor, action, subject, details, change.before, change.after, change.why)
    row = (number, time.time_ns() // 1_000_000, *map(storable, texts))
    query = f"INSERT INTO audit ({_COLUMNS}, {_CHANGE}, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    connection.execute(query, (*row, chain_hash(previous, row)))


def chain_hash(previous: str, row: tuple[object, ...]) -> str:
    """SHA-256 over the previous row's hash and this row as canonical JSON."""
    return hashlib.sha256((previous + hashed_row(row)).encode()).hexdigest()


def hashed_row(row: tuple[object, ...]) -> str:
    """What a row's hash covers: canonical JSON. A row that says of no change is hashed without those three columns: so
    were the rows before there were such columns."""
    covered = row if any(row[6:]) else row[:6]
    return json.dumps(covered, ensure_ascii=True, separators=(",", ":"))


def chain(reader: sqlite3.Connection, after: int = 0) -> Iterator[tuple[int, str, bool]]:
    """Number and hash of every row behind the one of the number `after`, and whether it continues the chain; one row
    at a time, so that a chain of any length can be walked."""
    found = reader.execute("SELECT sha256 FROM audit WHERE id = ?", (after,)).fetchone()
    previous, number = (str(found[0]), after) if found else (GENESIS, 0)
    columns = f"{_COLUMNS}, {_change_columns(reader)}"
    query = f"SELECT {columns}, sha256 FROM audit WHERE id > ? ORDER BY id"  # noqa: S608 - constants only
    for *row, sha256 in reader.execute(query, (number,)):
        is_next = row[0] == number + 1 and chain_hash(previous, tuple(row)) == sha256
        number, previous = number + 1, str(sha256)
        yield row[0] if isinstance(row[0], int) else number, previous, is_next


def first_broken_row(reader: sqlite3.Connection, after: int = 0) -> int | None:
    """The id of the first row behind `after` that does not continue the chain, or None where it is whole."""
    return next((number for number, _, is_next in chain(reader, after) if not is_next), None)


def _change_columns(reader: sqlite3.Connection) -> str:
    """A backup of an older version is checked as well."""
    version = reader.execute("PRAGMA user_version").fetchone()[0]
    return _CHANGE if version >= _CHANGE_SINCE else "'', '', ''"

"""Who did what: an append-only chain in which each row's hash covers the row before it.

Tamper-evident and not tamper-proof: who may write the file may write a whole new chain. Only a head hash that was kept
elsewhere shows that.
"""

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator
from typing import Any

from station_app.core.audit_view import NO_CHANGE, Change
from station_app.store.text import storable

GENESIS = "0" * 64
_COLUMNS = "id, at_ms, actor, action, subject, details"
_CHANGE = "before, after, why"
_CHANGE_SINCE = 8
"""The version of the database from which on rows say what changed."""
_PAGE = 500


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


def chain(reader: sqlite3.Connection, after: int = 0, rest_s: float = 0.0) -> Iterator[tuple[int, str, bool]]:
    """Number and hash of every row behind the one of the number `after`, and whether it continues the chain. Read in
    pages, so that a chain of any length can be walked while others write; `rest_s` is a pause between two of them for
    who has better things to do at the same time."""
    found = reader.execute("SELECT sha256 FROM audit WHERE id = ?", (after,)).fetchone()
    previous, number = (str(found[0]), after) if found else (GENESIS, 0)
    last = number
    while page := _page(reader, last):
        for *row, sha256 in page:
            is_next = row[0] == number + 1 and chain_hash(previous, tuple(row)) == sha256
            number, previous, last = number + 1, str(sha256), row[0]
            yield last, previous, is_next
        if rest_s:
            time.sleep(rest_s)


def first_broken_row(reader: sqlite3.Connection, after: int = 0) -> int | None:
    """The id of the first row behind `after` that does not continue the chain, or None where it is whole."""
    return next((number for number, _, is_next in chain(reader, after) if not is_next), None)


def _page(reader: sqlite3.Connection, after: int) -> list[tuple[Any, ...]]:
    version = reader.execute("PRAGMA user_version").fetchone()[0]
    # A backup of an older version is checked as well.
    change = _CHANGE if version >= _CHANGE_SINCE else "'', '', ''"
    query = f"SELECT {_COLUMNS}, {change}, sha256 FROM audit WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608 - constants
    return reader.execute(query, (after, _PAGE)).fetchall()

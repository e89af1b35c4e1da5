"""Who did what: an append-only chain in which each row's hash covers the row before it.

Tamper-evident and not tamper-proof: who may write the file may write a whole new chain. Only a head hash that was kept
elsewhere shows that.
"""

import hashlib
import json
import sqlite3
import time

from station_app.store.text import storable

GENESIS = "0" * 64


def append(connection: sqlite3.Connection, actor: str, action: str, subject: str, details: str = "") -> None:
    """Add a row at the end of the chain; the time is this computer's, UTC."""
    last = connection.execute("SELECT id, sha256 FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    texts = (storable(text) for text in (actor, action, subject, details))
    row = (number, time.time_ns() // 1_000_000, *texts)
    connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, chain_hash(previous, row)))


def chain_hash(previous: str, row: tuple[object, ...]) -> str:
    """SHA-256 over the previous row's hash and this row as canonical JSON."""
    body = json.dumps(row, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256((previous + body).encode()).hexdigest()


def first_broken_row(reader: sqlite3.Connection) -> int | None:
    """The id of the first row that does not continue the chain, or None where it is whole."""
    previous = GENESIS
    rows = reader.execute("SELECT id, at_ms, actor, action, subject, details, sha256 FROM audit ORDER BY id")
    for expected, (*row, sha256) in enumerate(rows, start=1):
        if row[0] != expected or chain_hash(previous, tuple(row)) != sha256:
            return row[0] if isinstance(row[0], int) else expected
        previous = sha256
    return None

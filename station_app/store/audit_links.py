"""The rows of the audit chain about one thing, each with what proves its place: taken along in evidence packs."""

import json
import sqlite3
from dataclasses import dataclass

from station_app.store.audit import GENESIS, hashed_row

_ROWS = (
    "SELECT a.id, a.at_ms, a.actor, a.action, a.subject, a.details, a.before, a.after, a.why, a.sha256,"
    " coalesce(b.sha256, ?) FROM audit a LEFT JOIN audit b ON b.id = a.id - 1"
)


@dataclass(frozen=True, slots=True)
class Link:
    """One row: `row` is the text that its hash covers together with `previous`, the hash of the row before."""

    id: int
    row: str
    previous: str
    sha256: str


def links_about(reader: sqlite3.Connection, subject: str) -> tuple[Link, ...]:
    """Every row about exactly this subject, oldest first."""
    rows = reader.execute(f"{_ROWS} WHERE a.subject = ? ORDER BY a.id", (GENESIS, subject))
    return tuple(Link(row[0], hashed_row(tuple(row[:9])), row[10], row[9]) for row in rows)


def chain_head(reader: sqlite3.Connection) -> str:
    """The hash of the newest row, "" where there is none."""
    row = reader.execute("SELECT sha256 FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def newest_signed_head(reader: sqlite3.Connection) -> str:
    """The newest head of the chain that the station signed, as JSON with the names of its columns; "" for none."""
    cursor = reader.execute("SELECT * FROM audit_heads ORDER BY id DESC LIMIT 1")
    row = cursor.fetchone()
    if row is None:
        return ""
    names = (column[0] for column in cursor.description)
    return json.dumps({name: _plain(value) for name, value in zip(names, row, strict=True)})


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value

"""Pages of the audit chain, newest first, for who shows or prints it. Keyset paging: never an offset."""

import sqlite3
from collections.abc import Iterator

from station_app.core.audit_view import AuditFilter, AuditRow, Change

_COLUMNS = "id, at_ms, actor, action, subject, details, before, after, why, sha256"
_BEYOND = 2**62


def audit_page(
    reader: sqlite3.Connection, where: AuditFilter, before: int | None = None, size: int = 50
) -> tuple[AuditRow, ...]:
    """The newest `size` rows that the filter lets through, or those before the row of the number `before`."""
    conditions = dict(_conditions(reader, where))
    conditions["id < ?"] = _BEYOND if before is None else before
    query = f"SELECT {_COLUMNS} FROM audit WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT ?"  # noqa: S608
    return tuple(_row(*row) for row in reader.execute(query, (*conditions.values(), size)))


def audit_words(reader: sqlite3.Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Everybody who ever acted, and every action that was ever done, in alphabetical order: what a filter offers."""
    return _distinct(reader, "actor"), _distinct(reader, "action")


def _conditions(reader: sqlite3.Connection, where: AuditFilter) -> Iterator[tuple[str, object]]:
    """Conditions that are constants of this room, and the values bound to them."""
    if where.who:
        yield "actor = ?", where.who
    if where.action:
        yield "action = ?", where.action
    if where.subject:
        yield "instr(subject, ?) > 0", where.subject
    if where.from_ms is not None or where.until_ms is not None:
        start = -_BEYOND if where.from_ms is None else where.from_ms
        end = _BEYOND if where.until_ms is None else where.until_ms
        # A clock may have been set, so that times do not rise with the numbers: times decide, and the numbers between
        # which they lie only narrow down where they are looked for. The sign keeps SQLite from walking the times
        # themselves, which would sort every row of the range for each page.
        first, last = reader.execute(
            "SELECT min(id), max(id) FROM audit WHERE at_ms >= ? AND at_ms < ?", (start, end)
        ).fetchone()
        yield "+at_ms >= ?", start
        yield "+at_ms < ?", end
        yield "id >= ?", _BEYOND if first is None else first
        yield "id <= ?", 0 if last is None else last


def _distinct(reader: sqlite3.Connection, column: str) -> tuple[str, ...]:
    """By the index from one word to the next: the rows between are not read."""
    words: list[str] = []
    query = f"SELECT min({column}) FROM audit WHERE {column} > ?"  # noqa: S608 - constants only
    word = reader.execute(query, ("",)).fetchone()[0]
    while word is not None:
        words.append(str(word))
        word = reader.execute(query, (word,)).fetchone()[0]
    return tuple(words)


def _row(number: int, at_ms: int, who: str, action: str, subject: str, details: str, *rest: str) -> AuditRow:
    *change, sha256 = rest
    return AuditRow(number, at_ms, who, action, subject, details, Change(*change), sha256)

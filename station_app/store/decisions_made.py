"""What people decided in a period, about any part: each decision beside the station's verdict. Read-only."""

import sqlite3
from dataclasses import dataclass

from station_app.core.errors import StorageError
from station_app.core.inspection import Disposition, VerdictKind


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """One decision or undo; `is_taken_back` where a later undo names it."""

    decided_at_ms: int
    part_id: int
    serial: str
    verdict: VerdictKind
    disposition: Disposition
    reason: str
    label: str
    operator: str
    is_taken_back: bool


def decisions_made(
    reader: sqlite3.Connection, from_ms: int, until_ms: int, recipe: str, most: int
) -> tuple[tuple[DecisionMade, ...], int]:
    """The newest `most` decisions of the period in the order in which they were made, and how many there were in all.
    `recipe` is a name, "" for all. StorageError where one is damaged."""
    scope = (
        "FROM overrides o JOIN inspections i ON i.part_id = o.part_id"
        " WHERE o.decided_at_ms >= ?1 AND o.decided_at_ms < ?2"
        " AND (?3 = '' OR i.recipe_id IN (SELECT id FROM recipes WHERE name = ?3))"
    )
    asked = (from_ms, until_ms, recipe)
    count = reader.execute(f"SELECT count(*) {scope}", asked).fetchone()[0]
    query = (
        "SELECT o.decided_at_ms, o.part_id, i.serial, i.verdict, o.disposition, o.reason, o.label, o.operator,"  # noqa: S608
        f" EXISTS (SELECT 1 FROM overrides u WHERE u.part_id = o.part_id AND u.undoes = o.id) {scope}"
        " ORDER BY o.decided_at_ms DESC, o.id DESC LIMIT ?4"
    )
    rows = reader.execute(query, (*asked, most)).fetchall()
    return tuple(_made(row) for row in reversed(rows)), int(count)


def _made(row: sqlite3.Row) -> DecisionMade:
    at_ms, part_id, serial, verdict, disposition, reason, label, operator, is_taken_back = row
    try:
        kinds = VerdictKind(verdict), Disposition(disposition)
    except ValueError as error:
        remedy = "run station-app verify, and restore the newest backup"
        raise StorageError("a decision is damaged", where=f"part {part_id}", remedy=remedy) from error
    return DecisionMade(at_ms, part_id, serial, *kinds, reason, label, operator, bool(is_taken_back))

"""People's decisions: appended, never changed. An undo is a record of its own that names the one it takes back."""

import json
import sqlite3

from station_app.core.errors import StorageError
from station_app.core.history import RecordedOverride
from station_app.core.inspection import Box, Disposition, Override
from station_app.store.history_entry import settle
from station_app.store.inspections import load_inspection, recipe_of
from station_app.store.part_figures import Word
from station_app.store.reviews import settled
from station_app.store.rollup_rows import count_decision
from station_app.store.text import storable

_COLUMNS = "part_id, disposition, operator, decided_at_ms, reason, label, marks, undoes, viewed_ms, camera_id"


def record_override(
    connection: sqlite3.Connection, override: Override, undo_within_ms: int | None = None
) -> tuple[int, Disposition | None]:
    """Append; gives the record's id and what stands for the part now. StorageError where there is nothing to decide.

    Which decision an undo takes back is settled here, where no other can come between: the latest that stands. It is
    refused where that is older than `undo_within_ms`.
    """
    part = f"part {override.part_id}"
    inspection = load_inspection(connection, override.part_id)
    if inspection is None:
        raise StorageError("this part has no record", where=part, remedy="choose a recorded part")
    undoes, before = None, standing_disposition(connection, override.part_id)
    if override.disposition is Disposition.UNDO:
        undoes = _standing_id(connection, override.part_id)
        if undoes is None:
            raise StorageError("there is no decision to take back", where=part, remedy="choose another part")
        # A clock that was set back makes no decision fresh: how old one of the future is, nobody knows.
        age_ms = abs(override.decided_at_ms - _decided_at_ms(connection, undoes))
        if undo_within_ms is not None and age_ms > undo_within_ms:
            what = "this decision is too old for you to take back"
            raise StorageError(what, where=part, remedy="ask the line lead to take it back")
    cursor = connection.execute(
        f"INSERT INTO overrides ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
        _row(override, undoes),
    )
    if override.disposition is not Disposition.AGREE:
        connection.execute("UPDATE images SET is_evidence = 1 WHERE part_id = ?", (override.part_id,))
    standing = _standing(connection, override.part_id)
    settle(connection, override.part_id, standing)
    after = Disposition(standing[0]) if standing is not None else None
    review, of = settled(connection, override.part_id), (inspection, recipe_of(connection, override.part_id))
    count_decision(connection, override, of, Word(before, review), Word(after, review))
    return int(cursor.lastrowid or 0), after


def _decided_at_ms(reader: sqlite3.Connection, override_id: int) -> int:
    return int(reader.execute("SELECT decided_at_ms FROM overrides WHERE id = ?", (override_id,)).fetchone()[0])


def standing_disposition(reader: sqlite3.Connection, part_id: int) -> Disposition | None:
    """What a person's word on the part is now, or None."""
    standing = _standing(reader, part_id)
    return None if standing is None else Disposition(standing[0])


def load_decisions(reader: sqlite3.Connection, part_id: int) -> tuple[RecordedOverride, ...]:
    """Every decision and undo about a part, in their order. StorageError where one is damaged."""
    query = f"SELECT id, {_COLUMNS} FROM overrides WHERE part_id = ? ORDER BY id"  # noqa: S608 - a constant
    return tuple(_recorded(row) for row in reader.execute(query, (part_id,)))


def _recorded(row: sqlite3.Row) -> RecordedOverride:
    try:
        number, part_id, disposition, operator, at_ms, reason, label, marks, undoes, viewed_ms, camera_id = row
        boxes = tuple(Box(*box) for box in json.loads(marks))
        told = (part_id, Disposition(disposition), operator, at_ms, reason, label, boxes, undoes, viewed_ms, camera_id)
        return RecordedOverride(number, Override(*told))
    except (ValueError, TypeError) as error:
        remedy = "run station-app verify, and restore the newest backup"
        raise StorageError("a decision is damaged", where=f"override {row[0]}", remedy=remedy) from error


def _row(override: Override, undoes: int | None) -> tuple[object, ...]:
    return (
        override.part_id,
        override.disposition,
        storable(override.operator),
        override.decided_at_ms,
        storable(override.reason),
        storable(override.label),
        json.dumps(override.marks),
        undoes,
        override.viewed_ms,
        storable(override.camera_id),
    )


def _standing(reader: sqlite3.Connection, part_id: int) -> tuple[str, str] | None:
    """What the latest decision that was not taken back says, and whose it is."""
    standing = _standing_id(reader, part_id)
    if standing is None:
        return None
    row = reader.execute("SELECT disposition, operator FROM overrides WHERE id = ?", (standing,)).fetchone()
    return row[0], row[1]


def _standing_id(reader: sqlite3.Connection, part_id: int) -> int | None:
    """The latest decision that was not taken back."""
    row = reader.execute(
        "SELECT id FROM overrides WHERE part_id = ?1 AND disposition <> 'undo'"
        " AND id NOT IN (SELECT undoes FROM overrides WHERE part_id = ?1 AND undoes IS NOT NULL)"
        " ORDER BY id DESC LIMIT 1",
        (part_id,),
    ).fetchone()
    return None if row is None else int(row[0])

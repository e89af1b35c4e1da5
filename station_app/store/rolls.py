"""Stretches of a web and the defects on them, in and out of the database. Writes run on the writer thread, inside the
transaction of their inspection."""

import math
import sqlite3

from station_app.core.lines_record import RollDefect, StretchRecord
from station_app.store.text import storable

_PLACE = ("roll", "number", "roll_line", "first_line", "end_line", "from_metres", "to_metres", "missing_lines")
_DEFECT = "label, score, at_metres, length_mm, left_mm, width_mm"


def record_stretch(connection: sqlite3.Connection, part_id: int, stretch: StretchRecord) -> None:
    """Append the stretch with everything on it."""
    connection.execute(
        "INSERT INTO stretches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            part_id,
            storable(stretch.roll),
            stretch.number,
            stretch.roll_line,
            stretch.first_line,
            stretch.end_line,
            stretch.from_metres,
            stretch.to_metres,
            stretch.missing_lines,
        ),
    )
    rows = ((part_id, number, *_defect_row(defect)) for number, defect in enumerate(stretch.defects))
    connection.executemany("INSERT INTO web_defects VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def load_stretch(reader: sqlite3.Connection, part_id: int) -> StretchRecord:
    """The stretch of a part that was recorded as one. LookupError where it is not there."""
    row = reader.execute(
        f"SELECT {', '.join(_PLACE)} FROM stretches WHERE part_id = ?",  # noqa: S608 - a constant
        (part_id,),
    ).fetchone()
    if row is None:
        raise LookupError(f"the stretch of part {part_id}")
    query = f"SELECT {_DEFECT} FROM web_defects WHERE part_id = ? ORDER BY number"  # noqa: S608 - a constant
    place = dict(zip(_PLACE, row, strict=True))
    return StretchRecord(**place, defects=tuple(map(_defect, reader.execute(query, (part_id,)))))


def roll_stretches(reader: sqlite3.Connection, roll: str) -> tuple[tuple[int, StretchRecord], ...]:
    """Every recorded stretch of the rolls of this name with its part id, in order."""
    ids = reader.execute("SELECT part_id FROM stretches WHERE roll = ? ORDER BY part_id", (storable(roll),))
    return tuple((int(row[0]), load_stretch(reader, row[0])) for row in ids.fetchall())


def roll_defects(reader: sqlite3.Connection, roll: str) -> tuple[RollDefect, ...]:
    """Every defect of the rolls of this name, from their start on, each once: one that lies on two stretches was
    recorded with both."""
    query = (
        f"SELECT DISTINCT s.roll_line, {_DEFECT} FROM stretches s JOIN web_defects d ON d.part_id = s.part_id"  # noqa: S608
        " WHERE s.roll = ? ORDER BY s.roll_line, at_metres, left_mm, label"
    )
    return tuple(_defect(row[1:]) for row in reader.execute(query, (storable(roll),)))


def _defect_row(defect: RollDefect) -> tuple[object, ...]:
    # SQLite turns NaN into NULL, and the column takes none; as text it stays what the model said.
    score = defect.score if math.isfinite(defect.score) else str(defect.score)
    return defect.label, score, defect.at_metres, defect.length_mm, defect.left_mm, defect.width_mm


def _defect(row: sqlite3.Row) -> RollDefect:
    label, score, *place = row
    return RollDefect(label, float(score), *place)

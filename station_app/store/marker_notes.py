"""What people said about the points of a chart: appended, all of it stands."""

import sqlite3

from station_app.core.charts import MarkerNote
from station_app.core.errors import StorageError
from station_app.store.text import storable


def record_note(connection: sqlite3.Connection, note: MarkerNote) -> None:
    """Append. StorageError for a note that says nothing."""
    if not note.words.strip():
        raise StorageError("a note says something", where=note.chart, remedy="write what the point is about")
    columns = "chart, recipe, at_ms, words, person, noted_at_ms"
    said = (storable(note.words), storable(note.person), note.noted_at_ms)
    connection.execute(
        f"INSERT INTO marker_notes ({columns}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
        (storable(note.chart), storable(note.recipe), note.at_ms, *said),
    )


def notes_of(reader: sqlite3.Connection, chart: str, recipe: str, period: tuple[int, int]) -> tuple[MarkerNote, ...]:
    """Those about points from `period`'s first to below its second (UTC ms), in the order in which they were said."""
    query = (
        "SELECT chart, recipe, at_ms, words, person, noted_at_ms FROM marker_notes"
        " WHERE chart = ? AND recipe = ? AND at_ms >= ? AND at_ms < ? ORDER BY id"
    )
    rows = reader.execute(query, (storable(chart), storable(recipe), *period))
    return tuple(MarkerNote(*row) for row in rows)

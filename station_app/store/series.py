"""Series: each an uninterrupted counting of what leaves, so that no number is ever used for two things.

A new one is begun where the present one cannot be gone on with: another name of the station, another database, or an
older one that came back and does not know which numbers were used since. That shows by a mark beside the database,
which a restored database does not carry back.
"""

import json
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.core.outgoing import Sender
from station_app.store import audit
from station_app.store.image_files import write_durably
from station_app.store.owned_file import read_owned

MARK = "outbox.mark"


@dataclass(frozen=True, slots=True)
class Series:
    """`name` is the moment at which it was begun, UTC ms in 12 hex digits. `origin` is the first series of the
    database: part ids count from it."""

    series_id: int
    name: str
    sender: Sender
    origin: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The last batch that may have been given away, 0 for none, and the series that was gone on with then."""

    series: str
    number: int


class MarkFile:
    """One writer. Every call may raise StorageError."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / MARK

    def read(self) -> Mark | None:
        """None where nothing was given away yet, or the mark is not whole."""
        try:
            told = json.loads(read_owned(self._path) or b"null")
            return None if told is None else Mark(str(told["series"]), int(told["number"]))
        except (ValueError, KeyError, TypeError):
            return None

    def write(self, mark: Mark) -> None:
        """Returns when it is on disk."""
        try:
            write_durably(self._path, json.dumps({"series": mark.series, "number": mark.number}).encode())
        except OSError as error:
            what = f"the outbox cannot note what it gives away: {error.strerror}"
            remedy = "make room on the disk, or give this user the right to write there"
            raise StorageError(what, where=str(self._path), remedy=remedy) from error


def present_series(reader: sqlite3.Connection) -> Series | None:
    """The series that is gone on with; None where nothing has ever been sent."""
    rows = reader.execute("SELECT id, name, plant, station FROM series ORDER BY id").fetchall()
    if not rows:
        return None
    series_id, name, plant, station = rows[-1]
    return Series(series_id, name, Sender(plant, station), rows[0][1])


def settle_series(connection: sqlite3.Connection, sender: Sender, mark: Mark | None) -> Series:
    """The series to go on with, a new one where need be. Runs on the writer thread."""
    present = present_series(connection)
    why = _why_new(connection, present, sender, mark)
    if present is not None and not why:
        return present
    now_ms = time.time_ns() // 1_000_000
    # In milliseconds no two are alike, and a clock that was set back does not change their order.
    name = f"{now_ms if present is None else max(now_ms, int(present.name, 16) + 1):012x}"
    row = (name, sender.plant, sender.station, now_ms, why)
    cursor = connection.execute(
        "INSERT INTO series (name, plant, station, begun_at_ms, why) VALUES (?, ?, ?, ?, ?)", row
    )
    audit.append(connection, "station", "series_begun", name, why)
    return Series(int(cursor.lastrowid or 0), name, sender, present.origin if present is not None else name)


def _why_new(connection: sqlite3.Connection, present: Series | None, sender: Sender, mark: Mark | None) -> str:
    """Why the present series cannot be gone on with, "" where it can."""
    if present is None:
        return "first" if mark is None else "database begun anew"
    if mark is not None and _is_older_than(connection, mark):
        return "older database restored"
    return "" if present.sender == sender else "another name"


def _is_older_than(connection: sqlite3.Connection, mark: Mark) -> bool:
    """Whether the database does not know the series, or the batch that was given away last."""
    query = "SELECT 1 FROM series WHERE name = ?1 AND (?2 = 0 OR EXISTS (SELECT 1 FROM batches WHERE number = ?2))"
    return connection.execute(query, (mark.series, mark.number)).fetchone() is None

"""The small pictures of all parts, as JPEG in a file of their own: they come at the line's rate, and their loss in a
power cut costs nothing that matters. Written by the record thread alone; everyone else reads."""

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np

from station_app.core.errors import StorageError
from station_app.core.inspection import Pixels
from station_app.store.connection import BUSY_MS, SQLITE_FAILURES, limit_reading, open_reader, storage_error

log = logging.getLogger(__name__)

QUALITY = 80
LOOK_SIDE = 16
_KEEP = "INSERT OR REPLACE INTO thumbnails (part_id, jpeg, look) VALUES (?, ?, ?)"
KEPT = 300_000
"""The latest parts whose picture is kept, about a gigabyte: nothing but the disk's end would stop them otherwise."""
PRUNED_EVERY = 256


class Thumbnails:
    """The thumbnail file, for its one writing program; any thread of it."""

    def __init__(self, path: Path) -> None:
        """A damaged file is set aside and a new one begun: the images and records that matter lie elsewhere."""
        self._path = path
        self._writing = threading.Lock()
        try:
            self._connection = _open(path)
        except sqlite3.OperationalError as error:
            raise storage_error(error, path) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            aside = path.with_name(f"{path.stem}-damaged-{time.time_ns()}.db")
            log.error("thumbnails damaged, set aside as %s", aside)
            path.replace(aside)
            self._connection = _open(path)

    def keep(self, part_id: int, pixels: Pixels) -> None:
        """Store a part's picture; a second one replaces the first, and those of long ago go."""
        _, body = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        row = (part_id, body.tobytes(), look(pixels))
        try:
            with self._writing:
                self._connection.execute(_KEEP, row)
                if part_id % PRUNED_EVERY == 0:
                    self._connection.execute("DELETE FROM thumbnails WHERE part_id <= ?", (part_id - KEPT,))
        except SQLITE_FAILURES as error:
            raise storage_error(error, self._path) from error

    def close(self) -> None:
        self._connection.close()


def load_thumbnail(path: Path, part_id: int) -> Pixels | None:
    """A part's picture, read-only and from any thread; None where there is none (yet), or where it cannot be read."""
    if not path.exists():
        return None
    try:
        with closing(open_reader(path)) as reader:
            limit_reading(reader)
            row = reader.execute("SELECT jpeg FROM thumbnails WHERE part_id = ?", (part_id,)).fetchone()
    except (*SQLITE_FAILURES, StorageError) as error:
        log.warning("thumbnail of part %d: %s", part_id, error)
        return None
    if row is None or not isinstance(row[0], bytes) or not row[0]:
        return None
    pixels = cv2.imdecode(np.frombuffer(row[0], np.uint8), cv2.IMREAD_UNCHANGED)
    return None if pixels is None else np.asarray(pixels, np.uint8)


def look(pixels: Pixels) -> bytes:
    """The picture as `LOOK_SIDE` x `LOOK_SIDE` grey levels, row by row: enough to tell what looks alike."""
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    return cv2.resize(grey, (LOOK_SIDE, LOOK_SIDE), interpolation=cv2.INTER_AREA).tobytes()


def load_looks(reader: sqlite3.Connection, part_ids: Iterable[int]) -> dict[int, bytes]:
    """What is kept of how these parts look; nothing of those from before it was kept."""
    if not _has_looks(reader):
        return {}
    query = (
        "SELECT part_id, look FROM thumbnails WHERE part_id IN (SELECT value FROM json_each(?)) AND length(look) = ?"
    )
    return dict(reader.execute(query, (json.dumps(list(part_ids)), LOOK_SIDE**2)).fetchall())


def _has_looks(connection: sqlite3.Connection) -> bool:
    return any(row[1] == "look" for row in connection.execute("PRAGMA table_info(thumbnails)"))


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("CREATE TABLE IF NOT EXISTS thumbnails (part_id INTEGER PRIMARY KEY, jpeg BLOB)")
        if not _has_looks(connection):
            connection.execute("ALTER TABLE thumbnails ADD COLUMN look BLOB")
    except SQLITE_FAILURES:
        connection.close()
        raise
    return connection

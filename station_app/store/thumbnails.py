"""The small pictures of all parts, as JPEG in a file of their own: they come at the line's rate, and their loss in a
power cut costs nothing that matters. Written by the record thread alone."""

import sqlite3
from pathlib import Path

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.store.connection import storage_error

QUALITY = 80


class Thumbnails:
    """The thumbnail file. One object per thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=2.0)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute("CREATE TABLE IF NOT EXISTS thumbnails (part_id INTEGER PRIMARY KEY, jpeg BLOB)")
        except sqlite3.Error as error:
            raise storage_error(error, path) from error

    def keep(self, part_id: int, pixels: Pixels) -> None:
        """Store a part's picture; a second one replaces the first."""
        _, body = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        try:
            self._connection.execute("INSERT OR REPLACE INTO thumbnails VALUES (?, ?)", (part_id, body.tobytes()))
        except sqlite3.Error as error:
            raise storage_error(error, self._path) from error

    def load(self, part_id: int) -> Pixels | None:
        """The part's picture, or None where there is none."""
        row = self._connection.execute("SELECT jpeg FROM thumbnails WHERE part_id = ?", (part_id,)).fetchone()
        if row is None:
            return None
        pixels = cv2.imdecode(np.frombuffer(row[0], np.uint8), cv2.IMREAD_UNCHANGED)
        return None if pixels is None else np.asarray(pixels, np.uint8)

    def close(self) -> None:
        self._connection.close()

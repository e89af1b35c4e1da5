"""Opening the database: the one writing connection, and read-only ones for everybody else."""

import sqlite3
import time
from pathlib import Path

from station_app.core.errors import StorageError

BUSY_MS = 2000
"""How long another program may hold the file before a read or write is given up."""

READ_LIMIT_S = 2.0
"""A reader that holds its transaction longer makes the log of the writer grow without bound."""


def open_writer(path: Path) -> sqlite3.Connection:
    """The writing connection: WAL, every commit on disk before it is reported. StorageError where it cannot open."""
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA wal_autocheckpoint=0")
    except sqlite3.Error as error:
        raise storage_error(error, path) from error
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A read-only connection for one thread; a query that takes longer than `READ_LIMIT_S` is cut off."""
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=BUSY_MS / 1000
        )
        connection.execute("PRAGMA query_only=ON")
    except sqlite3.Error as error:
        raise storage_error(error, path) from error
    connection.row_factory = sqlite3.Row
    return connection


def limit_reading(connection: sqlite3.Connection, limit_s: float = READ_LIMIT_S) -> None:
    """Cut the queries of this connection off from `limit_s` after now."""
    due = time.monotonic() + limit_s
    connection.set_progress_handler(lambda: time.monotonic() > due, 10_000)


def storage_error(error: sqlite3.Error, path: Path) -> StorageError:
    """What an error of SQLite means to a person."""
    text = str(error)
    remedies = {
        "disk is full": "make room on the disk",
        "readonly": "give this user the right to write there",
        "read-only": "give this user the right to write there",
        "unable to open": "check that the folder exists and may be written",
        "malformed": "restore the newest backup; the damaged file is kept",
        "not a database": "restore the newest backup; the damaged file is kept",
        "locked": "close the other program that uses the file",
        "disk I/O": "check the disk and its cable",
    }
    remedy = next((remedy for sign, remedy in remedies.items() if sign in text), "see the log")
    return StorageError(f"the database cannot be used: {text}", where=str(path), remedy=remedy)

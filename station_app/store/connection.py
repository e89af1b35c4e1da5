"""Opening the database: the one writing connection, and read-only ones for everybody else."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from station_app.core.errors import StorageError

BUSY_MS = 2000
"""How long another program may hold the file before a read or write is given up."""

SQLITE_FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""What a call of SQLite can end in: its message about a damaged schema may be no text that Python can read."""

READ_LIMIT_S = 2.0
"""A reader that holds its transaction longer makes the log of the writer grow without bound."""


def open_writer(path: Path) -> sqlite3.Connection:
    """The writing connection: WAL, every commit on disk before it is reported. StorageError where it cannot open."""
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
        return _prepared(
            connection,
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "PRAGMA foreign_keys=ON",
            "PRAGMA wal_autocheckpoint=0",
        )
    except SQLITE_FAILURES as error:
        raise storage_error(error, path) from error


def open_reader(path: Path) -> sqlite3.Connection:
    """A read-only connection for one thread. StorageError where there is none to be had."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    if _is_frozen(path):
        uri += "&immutable=1"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MS / 1000)
        _prepared(connection, "PRAGMA query_only=ON")
    except SQLITE_FAILURES as error:
        raise storage_error(error, path) from error
    connection.row_factory = sqlite3.Row
    return connection


def _prepared(connection: sqlite3.Connection, *statements: str) -> sqlite3.Connection:
    try:
        for statement in statements:
            connection.execute(statement)
    except SQLITE_FAILURES:
        connection.close()
        raise
    return connection


def _is_frozen(path: Path) -> bool:
    """Whether nobody can be writing: on a read-only disk even readers have nowhere to put their locks, and SQLite must
    be told that it needs none. A log that is there is another matter: what stands in it would be passed over."""
    log = path.with_name(f"{path.name}-wal")
    return not os.access(path.parent, os.W_OK) and path.exists() and not log.exists()


def limit_reading(connection: sqlite3.Connection, limit_s: float = READ_LIMIT_S) -> None:
    """Cut the queries of this connection off from `limit_s` after now."""
    due = time.monotonic() + limit_s
    connection.set_progress_handler(lambda: time.monotonic() > due, 10_000)


@contextmanager
def one_moment(reader: sqlite3.Connection) -> Iterator[None]:
    """Ask everything of the same moment: on a running line the next part is counted between two questions."""
    reader.execute("BEGIN")
    try:
        yield
    finally:
        reader.execute("ROLLBACK")


def tolerate_damaged_text(connection: sqlite3.Connection) -> None:
    """Read text that is no UTF-8 any more with marks in its place: who checks a file must not stumble over damage."""
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")


def storage_error(error: Exception, path: Path) -> StorageError:
    """What an error of SQLite means to a person."""
    text = "malformed database schema" if isinstance(error, UnicodeDecodeError) else str(error)
    remedies = {
        "disk is full": "make room on the disk",
        "readonly": "give this user the right to write there",
        "read-only": "give this user the right to write there",
        "unable to open": "check that the folder exists and may be written",
        "malformed": "restore the newest backup; the damaged file is kept",
        "no such table": "restore the newest backup; the damaged file is kept",
        "not a database": "restore the newest backup; the damaged file is kept",
        "locked": "close the other program that uses the file",
        "disk I/O": "check the disk and its cable",
    }
    remedy = next((remedy for sign, remedy in remedies.items() if sign in text), "see the log")
    return StorageError(f"the database cannot be used: {text}", where=str(path), remedy=remedy)

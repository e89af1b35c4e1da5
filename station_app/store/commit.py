"""Writes that are committed together, each in a savepoint: one refused record takes no other with it.

Runs on the writer thread.
"""

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from station_app.core.errors import StorageError

T = TypeVar("T")
Write = Callable[[sqlite3.Connection], T]


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A write and the future that its caller holds."""

    write: Write[Any]
    future: "Future[Any]"


def commit_group(connection: sqlite3.Connection, group: Sequence[Waiting]) -> None:
    """Run all of `group` in one transaction, then complete the futures; none completes before the commit.

    sqlite3.Error where the disk or the file fails: then nothing of the group is recorded and no future was completed.
    """
    connection.execute("BEGIN IMMEDIATE")
    outcomes = [_attempt(connection, waiting.write) for waiting in group]
    connection.execute("COMMIT")
    for waiting, (answer, error) in zip(group, outcomes, strict=True):
        if error is not None:
            waiting.future.set_exception(error)
        else:
            waiting.future.set_result(answer)


def is_world_failure(error: sqlite3.Error) -> bool:
    """Whether the disk, the file or another program failed, and not this one statement."""
    code = getattr(error, "sqlite_errorcode", None)
    return (code is not None and code & 0xFF in _WORLD) or any(sign in str(error) for sign in _WORLD_TEXTS)


def _attempt(connection: sqlite3.Connection, write: Write[Any]) -> tuple[Any, Exception | None]:
    connection.execute("SAVEPOINT item")
    try:
        answer = write(connection)
        connection.execute("RELEASE item")
    # Whatever it is goes to the caller whose record it is; a failing disk alone concerns the whole group.
    except Exception as error:
        if isinstance(error, sqlite3.Error) and is_world_failure(error):
            raise
        connection.execute("ROLLBACK TO item")
        connection.execute("RELEASE item")
        # A number that SQLite cannot hold comes as an OverflowError of Python's.
        return None, _refused(error) if isinstance(error, (sqlite3.IntegrityError, OverflowError)) else error
    return answer, None


def _refused(error: Exception) -> StorageError:
    remedy = "call support: the records that are there stay as they are"
    refused = StorageError(f"the database refuses this record: {error}", remedy=remedy)
    refused.__cause__ = error
    return refused


_WORLD = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    )
)
_WORLD_TEXTS = ("disk I/O error", "database or disk is full")
"""A layer below that raises by itself, without SQLite's code, is known by the text."""

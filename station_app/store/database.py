"""The one writer: a thread that owns the writing connection. Others hand it a function and get a future.

Whatever waits is committed together, each in its own savepoint, so that one refused record takes no other with it.
"""

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Full, Queue
from typing import Any, TypeVar

from station_app.core.errors import StationError, StorageError
from station_app.store.connection import open_writer, storage_error
from station_app.store.schema import prepare_schema

log = logging.getLogger(__name__)

T = TypeVar("T")
Write = Callable[[sqlite3.Connection], T]

WAITING_MAX = 1024
GROUP_MAX = 64
CHECKPOINT_INTERVAL_S = 60.0
PUT_TIMEOUT_S = 2.0
_IDLE_S = 0.5


@dataclass(frozen=True, slots=True)
class _Waiting:
    write: Write[Any]
    future: "Future[Any]"


class Database:
    """Opened once per data folder, by the program that holds its `FolderLock`."""

    def __init__(self, path: Path, opener: Callable[[Path], sqlite3.Connection] = open_writer) -> None:
        """Open, check and migrate. StorageError where the file is damaged, newer than the program or not writable."""
        self.path = path
        self._opener = opener
        prepare_schema(path)
        self._connection: sqlite3.Connection | None = opener(path)
        self._waiting: Queue[_Waiting | None] = Queue(WAITING_MAX)
        self._is_closed = False
        self._checkpointed_s = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="database", daemon=True)
        self._thread.start()

    def submit(self, write: Write[T]) -> "Future[T]":
        """Run `write` in a transaction; the future completes after the commit, or with StorageError."""
        future: Future[T] = Future()
        if self._is_closed:
            future.set_exception(StorageError("the database is closed", where=str(self.path), remedy="start again"))
            return future
        try:
            self._waiting.put(_Waiting(write, future), timeout=PUT_TIMEOUT_S)
        except Full:
            error = StorageError("the database is too slow", where=str(self.path), remedy="check the disk")
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Commit what waits, fold the log into the file, and let go."""
        if not self._is_closed:
            self._is_closed = True
            self._waiting.put(None)
            self._thread.join()

    def _run(self) -> None:
        while True:
            group = self._next_group()
            if group:
                self._commit([waiting for waiting in group if waiting is not None])
            self._checkpoint(is_idle=not group)
            if None in group:
                break
        if self._connection is not None:
            self._fold("TRUNCATE")
            self._connection.close()

    def _next_group(self) -> list[_Waiting | None]:
        group: list[_Waiting | None] = []
        with contextlib.suppress(Empty):
            group.append(self._waiting.get(timeout=_IDLE_S))
            while len(group) < GROUP_MAX and group[-1] is not None:
                group.append(self._waiting.get_nowait())
        return group

    def _commit(self, group: list[_Waiting]) -> None:
        done: list[tuple[_Waiting, Any]] = []
        try:
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            for waiting in group:
                self._try(connection, waiting, done)
            connection.execute("COMMIT")
        except (sqlite3.Error, StorageError) as error:
            self._fail(group, error)
            return
        for waiting, answer in done:
            waiting.future.set_result(answer)

    def _try(self, connection: sqlite3.Connection, waiting: _Waiting, done: list[tuple[_Waiting, Any]]) -> None:
        connection.execute("SAVEPOINT item")
        try:
            done.append((waiting, waiting.write(connection)))
            connection.execute("RELEASE item")
        except (sqlite3.IntegrityError, StationError) as error:
            connection.execute("ROLLBACK TO item")
            connection.execute("RELEASE item")
            refused = error if isinstance(error, StationError) else storage_error(error, self.path)
            waiting.future.set_exception(refused)
        except sqlite3.Error:
            raise
        except Exception as error:  # noqa: BLE001 - thread loop: a bug in one record belongs to its caller alone
            connection.execute("ROLLBACK TO item")
            connection.execute("RELEASE item")
            waiting.future.set_exception(error)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._opener(self.path)
        return self._connection

    def _fail(self, group: list[_Waiting], error: sqlite3.Error | StorageError) -> None:
        """Never believe a connection that failed to commit: the next write opens a new one."""
        log.error("commit failed: %s", error)
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        told = error if isinstance(error, StorageError) else storage_error(error, self.path)
        for waiting in group:
            if not waiting.future.done():
                waiting.future.set_exception(told)

    def _checkpoint(self, *, is_idle: bool) -> None:
        now = time.monotonic()
        if self._connection is None or now - self._checkpointed_s < CHECKPOINT_INTERVAL_S:
            return
        self._checkpointed_s = now
        self._fold("TRUNCATE" if is_idle else "PASSIVE")

    def _fold(self, mode: str) -> None:
        try:
            self._open().execute(f"PRAGMA wal_checkpoint({mode})").fetchall()
        except sqlite3.Error as error:
            log.warning("checkpoint: %s", error)

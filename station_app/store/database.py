"""The one writer: a thread that owns the writing connection. Others hand it a function and get a future.

Whatever waits is committed together; a future's callbacks run on this thread and must not wait for another write.
"""

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, Full, Queue
from typing import TypeVar

from station_app.core.errors import StorageError
from station_app.store.commit import Waiting, Write, commit_group
from station_app.store.connection import BUSY_MS, SQLITE_FAILURES, open_writer, storage_error
from station_app.store.schema import prepare_schema

log = logging.getLogger(__name__)

T = TypeVar("T")

WAITING_MAX = 1024
GROUP_MAX = 64
CHECKPOINT_INTERVAL_S = 60.0
WAL_MAX_BYTES = 64 << 20
PUT_TIMEOUT_S = 2.0
_IDLE_S = 0.5
_WAL_RETRY_S = 1.0


def _no_room() -> bool:
    return False


class Database:
    """Opened once per data folder, by the program that holds its `FolderLock`.

    `make_room` is asked on a full disk, before a record is refused; True where it freed something.
    """

    def __init__(
        self,
        path: Path,
        opener: Callable[[Path], sqlite3.Connection] = open_writer,
        make_room: Callable[[], bool] = _no_room,
    ) -> None:
        """Open, check and migrate. StorageError where the file is damaged, newer than the program or not writable."""
        self.path = path
        self._opener = opener
        self._make_room = make_room
        self._wal = path.with_name(f"{path.name}-wal")
        prepare_schema(path)
        self._connection: sqlite3.Connection | None = opener(path)
        self._waiting: Queue[Waiting | None] = Queue(WAITING_MAX)
        self._is_closed = False
        self._is_finished = False
        self._checkpointed_s = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="database", daemon=True)
        self._thread.start()

    def submit(self, write: Write[T]) -> "Future[T]":
        """Run `write` in a transaction; the future completes after the commit, or with StorageError."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()  # what was handed over is recorded: it cannot be cancelled any more
        if self._is_closed:
            future.set_exception(self._closed())
            return future
        try:
            self._waiting.put(Waiting(write, future), timeout=PUT_TIMEOUT_S)
        except Full:
            error = StorageError("the database is too slow", where=str(self.path), remedy="check the disk")
            future.set_exception(error)
        if self._is_finished:
            self._refuse_rest()
        return future

    def close(self) -> None:
        """Commit what waits, fold the log into the file, and let go."""
        if not self._is_closed:
            self._is_closed = True
            self._waiting.put(None)
            self._thread.join()

    def _run(self) -> None:
        try:
            is_open = True
            while is_open:
                group = self._next_group()
                is_open = None not in group
                self._commit([waiting for waiting in group if waiting is not None])
                self._checkpoint(is_idle=not group)
            if self._connection is not None:
                self._fold(self._connection, "TRUNCATE")
            self._drop_connection()
        finally:
            self._is_closed = self._is_finished = True
            self._refuse_rest()

    def _refuse_rest(self) -> None:
        """Nobody may wait for ever: what came in beside `close` is refused."""
        with contextlib.suppress(Empty):
            while True:
                waiting = self._waiting.get_nowait()
                if waiting is not None:
                    waiting.future.set_exception(self._closed())

    def _next_group(self) -> list[Waiting | None]:
        group: list[Waiting | None] = []
        with contextlib.suppress(Empty):
            group.append(self._waiting.get(timeout=_IDLE_S))
            while len(group) < GROUP_MAX and group[-1] is not None:
                group.append(self._waiting.get_nowait())
        return group

    def _commit(self, group: list[Waiting], *, is_again: bool = False) -> None:
        if not group:
            return
        try:
            commit_group(self._open(), group)
        except (*SQLITE_FAILURES, StorageError) as error:
            log.error("commit failed: %s", error)
            self._drop_connection()
            if _is_full(error) and not is_again and self._make_room():
                self._commit(group, is_again=True)
                return
            told = error if isinstance(error, StorageError) else storage_error(error, self.path)
            for waiting in group:
                waiting.future.set_exception(told)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._opener(self.path)
        return self._connection

    def _drop_connection(self) -> None:
        """Never believe a connection that failed to commit: the next write opens a new one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _checkpoint(self, *, is_idle: bool) -> None:
        if self._connection is None:
            return
        since_s = time.monotonic() - self._checkpointed_s
        is_large = since_s >= _WAL_RETRY_S and _size(self._wal) > WAL_MAX_BYTES
        if since_s >= CHECKPOINT_INTERVAL_S or is_large:
            self._checkpointed_s = time.monotonic()
            self._fold(self._connection, "TRUNCATE" if is_idle or is_large else "PASSIVE")

    def _fold(self, connection: sqlite3.Connection, mode: str) -> None:
        """Write the log back. A reader that is in the way is not waited for: the next part must not wait either."""
        try:
            connection.execute("PRAGMA busy_timeout=0")
            connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchall()
            connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        except SQLITE_FAILURES as error:
            log.warning("checkpoint: %s", error)
            self._drop_connection()

    def _closed(self) -> StorageError:
        return StorageError("the database is closed", where=str(self.path), remedy="start again")


def _is_full(error: Exception) -> bool:
    return "disk is full" in str(error)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

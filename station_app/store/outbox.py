"""The records that wait to leave the station: cuts batches from them, gives them away, writes down what became of them.

Reads on connections of its own; the database's writer thread is asked only for short writes. One thread.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from station_app import __version__
from station_app.core.outgoing import Backlog, Batch, Blob, Cutting, Sender, Stream
from station_app.store.capture_cut import draft_captures
from station_app.store.connection import SQLITE_FAILURES, one_moment, open_reader, storage_error
from station_app.store.cut import Draft, commit_draft, next_number
from station_app.store.database import Database
from station_app.store.history_cut import draft_history
from station_app.store.outbox_state import (
    backlog_of,
    note_batch_sent,
    note_blobs_sent,
    oldest_waiting,
    release_all,
    set_aside,
)
from station_app.store.plant_key import open_plant_key
from station_app.store.series import Mark, MarkFile, settle_series
from station_app.store.spool import Spool, pack
from station_app.store.spool_recovery import DAMAGED, recover_spool
from station_app.store.telling import Telling

T = TypeVar("T")
TRIES = 3
"""How often a draft is made again that the line has overtaken."""


@dataclass(frozen=True, slots=True)
class OutboxPlaces:
    """The data folder and its image folder; parts from `first_part` on belong to this run of the program."""

    folder: Path
    images: Path
    first_part: int


class Outbox:
    """Open for as long as the ledger is. Every call may raise StorageError."""

    def __init__(self, places: OutboxPlaces, database: Database, sender: Sender, cutting: Cutting) -> None:
        """Sweeps what a crash has left, and begins a new series where the last one cannot be gone on with."""
        self._database = database
        self._cutting = cutting
        self._images = places.images
        self._spool = Spool(places.folder)
        self._mark = MarkFile(places.folder)
        series = database.submit(partial(settle_series, sender=sender, mark=self._mark.read())).result()
        self._given = Mark(series.name, self._read(next_number) - 1)
        self._mark.write(self._given)
        name = open_plant_key(places.folder).pseudonym
        self._telling = Telling(series, name, __version__, places.first_part)
        for number in self._read(partial(recover_spool, spool=self._spool, telling=self._telling)):
            self.quarantine(number, DAMAGED)

    def next_batch(self, blob_bytes: int | None) -> Batch | None:
        """The oldest batch that waits, else a new one; None where nothing is ready. See `sync.outbox`."""
        batch = self._oldest()
        if batch is None and self._cut(blob_bytes):
            batch = self._oldest()
        if batch is not None and batch.number > self._given.number:
            # Before anybody outside can see it: whoever restores an older database must know the number as used.
            given = Mark(self._telling.series.name, batch.number)
            self._mark.write(given)
            self._given = given
        return batch

    def blob_sent(self, *blobs: Blob) -> None:
        """Returns when they are written down, in one transaction."""
        self._database.submit(partial(note_blobs_sent, keys=tuple(blob.key for blob in blobs))).result()

    def batch_sent(self, number: int, receipt: str) -> None:
        """The receipt is kept, the body is not."""
        sha256 = self._database.submit(partial(note_batch_sent, number=number, receipt=receipt)).result()
        self._spool.remove(number, sha256)

    def quarantine(self, number: int, why: str) -> None:
        """Set a batch aside: the others go on."""
        self._database.submit(partial(set_aside, number=number, why=why)).result()

    def release(self) -> int:
        """Let those that were set aside wait again; how many."""
        return self._database.submit(release_all).result()

    def backlog(self) -> Backlog:
        """What waits now."""
        history_ms = self._cutting.history_ms if self._cutting.has_history else None
        return self._read(partial(backlog_of, history_ms=history_ms))

    def _oldest(self) -> Batch | None:
        return self._read(partial(oldest_waiting, spool=self._spool, images=self._images))

    def _cut(self, blob_bytes: int | None) -> bool:
        """Whether a batch was cut."""
        for _ in range(TRIES):
            draft = self._read(partial(self._draft, blob_bytes=blob_bytes))
            if draft is None:
                return False
            body = pack(draft.lines)
            self._spool.write(draft.number, body)
            if self._database.submit(partial(commit_draft, draft=draft, body=body)).result():
                return True
            self._spool.remove(draft.number, body.sha256)
        return False

    def _draft(self, reader: sqlite3.Connection, blob_bytes: int | None) -> Draft | None:
        """In turn, where both streams have something: neither waits for the other's backlog."""
        captures = partial(draft_captures, reader, self._telling, self._cutting, blob_bytes)
        history = partial(draft_history, reader, self._telling, self._cutting)
        with one_moment(reader):
            if not self._cutting.has_history:
                return captures()
            query = "SELECT stream FROM batches ORDER BY number DESC LIMIT 1"
            last = reader.execute(query).fetchone()
            drafts = (history, captures) if last is not None and last[0] == Stream.CAPTURES else (captures, history)
            return drafts[0]() or drafts[1]()

    def _read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        try:
            with closing(open_reader(self._database.path)) as reader:
                return query(reader)
        except SQLITE_FAILURES as error:
            raise storage_error(error, self._database.path) from error

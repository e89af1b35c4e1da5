"""How a batch comes to be: drafted from a reading, written to the spool, and then, in one short transaction, numbered.

Nothing holds between the reading and the transaction, so the transaction looks once more: the numbers are still free,
the records still wait, the images are still there. A crash before it leaves a file that no row names, which is swept;
one after it leaves a batch whose file was on disk before.
"""

import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass

from station_app.core.cloud_event import GENESIS, Head, line_hash
from station_app.core.outgoing import Stream
from station_app.core.record_words import blob_name
from station_app.store.series import Series
from station_app.store.spool import Body


@dataclass(frozen=True, slots=True)
class BlobDrafted:
    """An image that a line names; its `path` lies below the image folder."""

    sha256: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A batch that is about to be cut. `rows` are those of the outbox in the order of the lines (none of a history);
    `gaps` are parts of a history that were passed over, `filled` such ones that are told now; `last_part` is the
    highest part that was told or passed over, 0 for records; `oldest_ms` is when the oldest record was written."""

    series: Series
    head: Head
    number: int
    lines: tuple[bytes, ...]
    oldest_ms: int
    rows: tuple[int, ...] = ()
    blobs: tuple[BlobDrafted, ...] = ()
    last_part: int = 0
    gaps: tuple[int, ...] = ()
    filled: tuple[int, ...] = ()

    @property
    def last_seq(self) -> int:
        return self.head.next_seq + len(self.lines) - 1


def next_number(reader: sqlite3.Connection) -> int:
    """The number of the next batch of this station."""
    return int(reader.execute("SELECT coalesce(max(number), 0) + 1 FROM batches").fetchone()[0])


def head_of(reader: sqlite3.Connection, series: Series, stream: Stream) -> Head:
    """Where the stream goes on."""
    row = reader.execute(
        "SELECT last, last_line FROM batches WHERE stream = ? AND series_id = ? ORDER BY number DESC LIMIT 1",
        (stream, series.series_id),
    ).fetchone()
    last, prev = (0, GENESIS) if row is None else tuple(row)
    return Head(series.sender, series.name, stream, int(last) + 1, prev)


def key_of(draft: Draft, sha256: str, cut_at_ms: int) -> str:
    """The batch's name in the plant's store."""
    head, sender = draft.head, draft.series.sender
    date = time.strftime("%Y-%m-%d", time.gmtime(cut_at_ms / 1000))
    span = f"{sender.station}-{draft.series.name}-{head.next_seq:012d}-{draft.last_seq:012d}"
    return f"{sender.prefix}/{head.stream}/date={date}/{span}.{sha256[:16]}.jsonl.gz"


def commit_draft(connection: sqlite3.Connection, draft: Draft, body: Body) -> bool:
    """Make the draft a batch whose body lies in the spool; False where the reading does not hold any more: then nothing
    has changed. Runs on the writer thread."""
    if next_number(connection) != draft.number or head_of(connection, draft.series, draft.head.stream) != draft.head:
        return False
    if not all(_is_stored(connection, blob) for blob in draft.blobs) or not _all_wait(connection, draft.rows):
        return False
    _append_batch(connection, draft, body)
    rows = ((row, draft.number, seq) for seq, row in enumerate(draft.rows, draft.head.next_seq))
    connection.executemany("INSERT INTO cut_records VALUES (?, ?, ?)", rows)
    connection.executemany("DELETE FROM outbox_waiting WHERE priority IN (0, 1, 2, 3) AND id = ?", _each(draft.rows))
    connection.executemany("INSERT INTO history_gaps VALUES (?)", _each(draft.gaps))
    connection.executemany("DELETE FROM history_gaps WHERE part_id = ?", _each(draft.filled))
    _name_blobs(connection, draft)
    return True


def _append_batch(connection: sqlite3.Connection, draft: Draft, body: Body) -> None:
    now_ms, head = time.time_ns() // 1_000_000, draft.head
    row = (
        draft.number,
        draft.series.series_id,
        head.stream,
        head.next_seq,
        draft.last_seq,
        body.sha256,
        key_of(draft, body.sha256, now_ms),
        len(body.packed),
        head.prev,
        line_hash(draft.lines[-1]),
        draft.last_part,
        draft.oldest_ms,
        now_ms,
    )
    connection.execute("INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("INSERT INTO batches_waiting VALUES (?, 'waiting', 0, '')", (draft.number,))


def _name_blobs(connection: sqlite3.Connection, draft: Draft) -> None:
    """An image that is there under that name already is not sent again."""
    for blob in draft.blobs:
        key = f"{draft.series.sender.prefix}/{blob_name(blob.sha256)}"
        row = (key, blob.sha256, blob.path, blob.size)
        connection.execute("INSERT OR IGNORE INTO blobs VALUES (?, ?, ?, ?, 'waiting', NULL)", row)
        connection.execute("INSERT OR IGNORE INTO batch_blobs VALUES (?, ?)", (draft.number, key))


def _is_stored(connection: sqlite3.Connection, blob: BlobDrafted) -> bool:
    query = "SELECT 1 FROM images WHERE path = ? AND state = 'stored' LIMIT 1"
    return connection.execute(query, (blob.path,)).fetchone() is not None


def _all_wait(connection: sqlite3.Connection, rows: Iterable[int]) -> bool:
    query = "SELECT 1 FROM outbox_waiting WHERE priority IN (0, 1, 2, 3) AND id = ?"
    return all(connection.execute(query, (row,)).fetchone() is not None for row in rows)


def _each(numbers: Iterable[int]) -> list[tuple[int]]:
    return [(number,) for number in numbers]

"""What became of batches and images on their way, and what still waits. Writes run on the writer thread."""

import sqlite3
import time
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.core.outgoing import Backlog, Batch, Blob, Stream
from station_app.store.outbox_rows import Priority
from station_app.store.spool import Spool


class BatchState(StrEnum):
    """Of a batch that was not sent yet."""

    WAITING = "waiting"
    QUARANTINED = "quarantined"


def oldest_waiting(reader: sqlite3.Connection, spool: Spool, images: Path) -> Batch | None:
    """The batch that goes next, with the images that go before it."""
    row = reader.execute(
        "SELECT b.number, b.stream, b.key, b.sha256, b.bytes, b.last - b.first + 1 FROM batches_waiting w"
        " JOIN batches b ON b.number = w.number WHERE w.state = ? ORDER BY w.number LIMIT 1",
        (BatchState.WAITING,),
    ).fetchone()
    if row is None:
        return None
    number, stream, key, sha256, size, records = row
    blobs = _unsent_blobs(reader, number, images)
    return Batch(number, Stream(stream), key, spool.path(number, sha256), sha256, size, records, blobs)


def note_blobs_sent(connection: sqlite3.Connection, keys: tuple[str, ...]) -> None:
    """The images are in the store. StorageError where no batch names one of them."""
    for key in keys:
        changed = connection.execute(
            "UPDATE blobs SET state = 'sent', sent_at_ms = ? WHERE key = ? AND state = 'waiting'", (now_ms(), key)
        )
        if not changed.rowcount and not _has(connection, "SELECT 1 FROM blobs WHERE key = ?", key):
            raise StorageError("no batch names this image", where=key, remedy="call support: the records are right")


def note_batch_sent(connection: sqlite3.Connection, number: int, receipt: str) -> str:
    """The batch is in the store; gives the hash of its body. StorageError where it, or one of its images, was not to be
    sent yet."""
    where = f"batch {number}"
    row = connection.execute("SELECT sha256 FROM batches WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise StorageError("there is no such batch", where=where, remedy="call support: the records are right")
    if not _has(connection, "SELECT 1 FROM receipts WHERE batch = ?", number):
        query = "SELECT 1 FROM batch_blobs n JOIN blobs b ON b.key = n.key WHERE n.batch = ? AND b.state <> 'sent'"
        if _has(connection, query, number):
            remedy = "send its images first: who reads batches must never miss one"
            raise StorageError("images of this batch were not sent", where=where, remedy=remedy)
        connection.execute("INSERT INTO receipts VALUES (?, ?, ?)", (number, receipt, now_ms()))
    connection.execute("DELETE FROM batches_waiting WHERE number = ?", (number,))
    return str(row[0])


def set_aside(connection: sqlite3.Connection, number: int, why: str) -> None:
    """Let the batch wait for a person. One that was sent stays so."""
    connection.execute(
        "UPDATE batches_waiting SET state = ?, tries = tries + 1, why = ? WHERE number = ?",
        (BatchState.QUARANTINED, why, number),
    )


def release_all(connection: sqlite3.Connection) -> int:
    """Let all that were set aside wait again; how many. Why they were stays written down."""
    changed = connection.execute(
        "UPDATE batches_waiting SET state = ? WHERE state = ?", (BatchState.WAITING, BatchState.QUARANTINED)
    )
    return changed.rowcount


def backlog_of(reader: sqlite3.Connection, history_ms: int | None) -> Backlog:
    """What waits. Parts of the history count from when they are due on, and not where that is None."""
    due, due_ms = (0, None) if history_ms is None else _due_history(reader, history_ms)
    cut = _one(reader, f"SELECT total(b.last - b.first + 1) {_CUT}")
    oldest = (oldest_uncut(reader), _one_of(reader, f"SELECT min(b.oldest_ms) {_CUT}"), due_ms)
    today = midnight_ms()
    bodies_today = _one(reader, f"SELECT total(b.bytes) FROM receipts r {_OF_BATCH} WHERE r.sent_at_ms >= ?", today)  # noqa: S608
    return Backlog(
        records=uncut(reader) + cut + due,
        bytes=_waiting_bytes(reader),
        oldest_ms=min((at_ms for at_ms in oldest if at_ms is not None), default=None),
        quarantined=_one(reader, "SELECT count(*) FROM batches_waiting WHERE state = ?", BatchState.QUARANTINED),
        last_receipt_ms=_one_of(reader, "SELECT max(sent_at_ms) FROM receipts"),
        sent_today_bytes=sent_blob_bytes(reader, today) + bodies_today,
    )


def uncut(reader: sqlite3.Connection) -> int:
    """How many records are in no batch yet."""
    return _one(reader, "SELECT count(*) FROM outbox_waiting")


def oldest_uncut(reader: sqlite3.Connection) -> int | None:
    """When the oldest record was written that is in no batch yet; looked up by the few priorities, without a search."""
    query = "SELECT min(id) FROM outbox_waiting WHERE priority = ?"
    firsts = [reader.execute(query, (priority,)).fetchone()[0] for priority in Priority]
    written = "SELECT written_at_ms FROM outbox WHERE id = ?"
    return min((_one(reader, written, row) for row in firsts if row is not None), default=None)


def told_until(reader: sqlite3.Connection) -> int:
    """The highest part of which the history was told, in whichever series; 0 before the first."""
    query = "SELECT last_part FROM batches WHERE stream = ? ORDER BY number DESC LIMIT 1"
    row = reader.execute(query, (Stream.HISTORY,)).fetchone()
    return 0 if row is None else int(row[0])


def sent_blob_bytes(reader: sqlite3.Connection, since_ms: int) -> int:
    """Bytes of images that were sent since then."""
    return _one(reader, "SELECT total(bytes) FROM blobs WHERE state = 'sent' AND sent_at_ms >= ?", since_ms)


def is_young(at_ms: int, age_ms: int) -> bool:
    """Whether less than `age_ms` have gone by since; nothing stays young because a clock was set back."""
    return abs(now_ms() - at_ms) < age_ms


def midnight_ms() -> int:
    """When the day of this computer's clock on the wall began."""
    begun = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return round(begun.timestamp() * 1000)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


_CUT = "FROM batches_waiting w JOIN batches b ON b.number = w.number"
_OF_BATCH = "JOIN batches b ON b.number = r.batch"


def _unsent_blobs(reader: sqlite3.Connection, number: int, images: Path) -> tuple[Blob, ...]:
    rows = reader.execute(
        "SELECT b.sha256, b.path, b.bytes, b.key FROM batch_blobs n JOIN blobs b ON b.key = n.key"
        " WHERE n.batch = ? AND b.state = 'waiting' ORDER BY b.key",
        (number,),
    )
    return tuple(Blob(sha256, images / path, size, key) for sha256, path, size, key in rows)


def _due_history(reader: sqlite3.Connection, history_ms: int) -> tuple[int, int | None]:
    """How many parts, and when the first of them was inspected; none where it need not be told yet."""
    told = told_until(reader)
    query = "SELECT part_id, inspected_at_ms FROM inspections WHERE part_id > ? ORDER BY part_id LIMIT 1"
    row = reader.execute(query, (told,)).fetchone()
    if row is None or is_young(row[1], 2 * history_ms):
        return 0, None
    return _one(reader, "SELECT max(part_id) FROM inspections") - row[0] + 1, int(row[1])


def _waiting_bytes(reader: sqlite3.Connection) -> int:
    """Bodies that were cut, their images, and the images of parts that still wait."""
    cut = _one(reader, f"SELECT total(b.bytes) {_CUT}")
    blobs = _one(reader, "SELECT total(bytes) FROM blobs WHERE state = 'waiting'")
    images = _one(
        reader,
        "SELECT total(bytes) FROM images WHERE state = 'stored' AND part_id IN"
        " (SELECT o.part_id FROM outbox_waiting w JOIN outbox o ON o.id = w.id)",
    )
    return cut + blobs + images


def _one(reader: sqlite3.Connection, query: str, *values: object) -> int:
    return int(reader.execute(query, values).fetchone()[0] or 0)


def _one_of(reader: sqlite3.Connection, query: str, *values: object) -> int | None:
    found = reader.execute(query, values).fetchone()[0]
    return None if found is None else int(found)


def _has(reader: sqlite3.Connection, query: str, *values: object) -> bool:
    return reader.execute(f"{query} LIMIT 1", values).fetchone() is not None

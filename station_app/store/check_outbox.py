"""Checks that all that is to leave the station waits or was cut, exactly once, and that what was cut is whole."""

import gzip
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

from station_app.core.cloud_event import GENESIS, line_hash
from station_app.store.outbox_fill import TOLD
from station_app.store.problem import Problem
from station_app.store.spool import Spool

_SUPPORT = "call support; the records are right"
_START = "start the station: it makes the file again where it can, and sets the batch aside where not"


def untold_records(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Records without a row in the outbox, and rows that are not exactly once on their way."""
    if not _has_outbox(reader):
        return
    untold = "SELECT part_id, kind, record FROM told EXCEPT SELECT part_id, kind, record FROM outbox"
    for part_id, kind, record in reader.execute(f"{TOLD} {untold}"):
        yield Problem("a record will never leave the station", f"part {part_id}, {kind} {record}", _SUPPORT)
    twice = "SELECT min(id) FROM outbox GROUP BY kind, record HAVING count(*) > 1"
    for (row,) in reader.execute(twice):
        yield Problem("a record is in the outbox twice", f"outbox, row {row}", _SUPPORT)
    ways = "(id IN (SELECT id FROM outbox_waiting)) + (id IN (SELECT outbox_id FROM cut_records))"
    for row, count in reader.execute(f"SELECT id, {ways} FROM outbox WHERE {ways} <> 1"):  # noqa: S608 - a constant
        what = "a record is sent twice" if count else "a record neither waits to leave nor was cut"
        yield Problem(what, f"outbox, row {row}", _SUPPORT)
    for (row,) in reader.execute("SELECT id FROM outbox_waiting WHERE id NOT IN (SELECT id FROM outbox)"):
        yield Problem("something waits to leave that is no record", f"outbox_waiting, row {row}", _SUPPORT)


def broken_batches(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Batches whose numbers or hashes do not follow on each other, or whose records are not there."""
    if not _has_outbox(reader):
        return
    yield from _broken_sequence(reader)
    ends: dict[tuple[int, str], tuple[int, str]] = {}
    query = "SELECT number, series_id, stream, first, last, prev, last_line FROM batches ORDER BY number"
    for number, series, stream, first, last, prev, last_line in reader.execute(query):
        end = ends.get((series, stream), (0, GENESIS))
        if (first - 1, prev) != end:
            yield Problem(f"a batch of {stream} does not follow on the one before it", f"batch {number}", _SUPPORT)
        ends[series, stream] = (last, last_line)
    strayed = (
        "SELECT b.number FROM batches b LEFT JOIN cut_records c ON c.batch = b.number WHERE b.stream = 'captures'"
        " GROUP BY b.number, b.first, b.last"
        " HAVING count(c.seq) <> b.last - b.first + 1 OR min(c.seq) <> b.first OR max(c.seq) <> b.last"
    )
    for (number,) in reader.execute(strayed):
        yield Problem("a batch does not have the records that it counts", f"batch {number}", _SUPPORT)


def unfit_batches(reader: sqlite3.Connection, images: Path) -> Iterator[Problem]:
    """Batches that wait and could not be sent: their file, or an image that they name, is gone or damaged."""
    if not _has_outbox(reader):
        return
    spool, named = Spool(images.parent), set()
    query = (
        "SELECT b.number, b.sha256, b.first, b.last, b.prev, b.last_line FROM batches_waiting w"
        " JOIN batches b ON b.number = w.number"
    )
    for number, sha256, first, last, prev, last_line in reader.execute(query):
        path = spool.path(number, sha256)
        named.add(path)
        if not spool.is_whole(number, sha256):
            yield Problem("a batch that waits is gone or damaged", str(path), _START)
        elif not _is_chain(path, last - first + 1, prev, last_line):
            yield Problem("the lines of a batch do not follow on each other", str(path), _SUPPORT)
    yield from _missing_images(reader, images)
    for path in sorted(spool.folder.glob("*")):
        if path not in named:
            yield Problem("a file of the outbox that no batch names", str(path), "start the station: it removes it")


def _has_outbox(reader: sqlite3.Connection) -> bool:
    """An older database, as one that is checked before its migration, has none."""
    return reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox_waiting'").fetchone() is not None


def _broken_sequence(reader: sqlite3.Connection) -> Iterator[Problem]:
    gaps = (
        "SELECT number FROM (SELECT number, lag(number, 1, 0) OVER (ORDER BY number) AS before FROM batches)"
        " WHERE number <> before + 1"
    )
    for (number,) in reader.execute(gaps):
        yield Problem("there is no batch before this one", f"batch {number}", _SUPPORT)
    ways = "(number IN (SELECT number FROM batches_waiting)) + (number IN (SELECT batch FROM receipts))"
    for number, count in reader.execute(f"SELECT number, {ways} FROM batches WHERE {ways} <> 1"):  # noqa: S608
        what = "a batch that was sent still waits" if count else "a batch neither waits nor was sent"
        yield Problem(what, f"batch {number}", _SUPPORT)


def _missing_images(reader: sqlite3.Connection, images: Path) -> Iterator[Problem]:
    query = "SELECT n.batch, b.path, b.bytes FROM batch_blobs n JOIN blobs b ON b.key = n.key WHERE b.state = 'waiting'"
    for number, name, size in reader.execute(query):
        path = images / name
        if not path.is_file() or path.stat().st_size != size:
            remedy = "bring the image back from a backup: until then the batch is not sent"
            yield Problem("an image that a batch names is gone or damaged", f"batch {number}, {path}", remedy)


def _is_chain(path: Path, count: int, prev: str, last_line: str) -> bool:
    """Whether the body has that many lines, from the one after `prev` to the one with the hash `last_line`."""
    try:
        lines = gzip.decompress(path.read_bytes()).splitlines()
    except (OSError, EOFError, zlib.error):
        return False
    hashes = [prev, *map(line_hash, lines)]
    is_linked = all(f'"prev":"{before}"'.encode() in line for before, line in zip(hashes, lines, strict=False))
    return is_linked and len(lines) == count and hashes[-1] == last_line

"""A body whose file is gone, made again from the records: it is taken only where it is what was cut, byte for byte."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from station_app.core.cloud_event import Event, Head, chained_lines
from station_app.core.errors import StorageError
from station_app.core.outgoing import Sender, Stream
from station_app.store.history_cut import inspection_event
from station_app.store.spool import Body, pack
from station_app.store.telling import Telling
from station_app.store.told_parts import told_part
from station_app.store.told_records import OutboxRow, event_of


def remade_body(reader: sqlite3.Connection, number: int, telling: Telling) -> Body | None:
    """The body of the batch; None where the records do not give the same bytes any more, as after an update of the
    program. `telling` is that of now."""
    batch = reader.execute(
        "SELECT b.stream, b.first, b.last, b.prev, b.sha256, s.name, s.plant, s.station FROM batches b"
        " JOIN series s ON s.id = b.series_id WHERE b.number = ?",
        (number,),
    ).fetchone()
    stream, first, last, prev, sha256, name, *sender = tuple(batch)
    head = Head(Sender(*sender), name, Stream(stream), first, prev)
    then = replace(telling, series=replace(telling.series, name=name, sender=head.sender))
    make = _record_events if head.stream is Stream.CAPTURES else _inspection_events
    try:
        events = tuple(make(reader, number, then))
    except StorageError:
        return None
    body = pack(chained_lines(events, head)) if len(events) == last - first + 1 else None
    return body if body is not None and body.sha256 == sha256 else None


def _record_events(reader: sqlite3.Connection, number: int, telling: Telling) -> Iterator[Event]:
    rows = reader.execute(
        "SELECT o.id, o.part_id, o.kind, o.record, o.written_at_ms FROM cut_records c"
        " JOIN outbox o ON o.id = c.outbox_id WHERE c.batch = ? ORDER BY c.seq",
        (number,),
    ).fetchall()
    for row in (OutboxRow(*values) for values in rows):
        told = told_part(reader, row.part_id, telling.subject_of(row.part_id), telling.recipes)
        yield event_of(reader, row, told, telling.name, telling.app)


def _inspection_events(reader: sqlite3.Connection, number: int, telling: Telling) -> Iterator[Event]:
    """Of a batch that told parts late, these cannot be known again: then the hash says so."""
    rows = reader.execute(
        "SELECT i.part_id FROM batches b JOIN inspections i ON i.part_id <= b.last_part AND i.part_id >"
        " (SELECT coalesce(max(e.last_part), 0) FROM batches e WHERE e.stream = b.stream AND e.number < b.number)"
        " WHERE b.number = ? ORDER BY i.part_id",
        (number,),
    ).fetchall()
    for (part_id,) in rows:
        event = inspection_event(reader, part_id, telling)
        if event is not None:
            yield event

"""Drafts a batch of records: the most urgent that are ready, the oldest first, as far as quota and size allow."""

import json
import sqlite3
from collections.abc import Iterator

from station_app.core.cloud_event import Event, chained_lines
from station_app.core.errors import StorageError
from station_app.core.outgoing import Cutting, Stream
from station_app.core.record_words import PartTold, blob_name
from station_app.store.cut import BlobDrafted, Draft, head_of, next_number
from station_app.store.outbox_state import is_young, midnight_ms, oldest_uncut, sent_blob_bytes, uncut
from station_app.store.telling import Telling
from station_app.store.told_parts import has_all_images, image_paths, told_part
from station_app.store.told_records import OutboxRow, event_of

LINES_MAX_BYTES = 4 << 20
"""A batch ends where its lines reach this: painted masks can be long."""


def draft_captures(
    reader: sqlite3.Connection, telling: Telling, cutting: Cutting, blob_bytes: int | None
) -> Draft | None:
    """The next batch, None where nothing is ready, or so little that it may wait for more. The reader holds one moment.
    A record that cannot be read stays where it is."""
    if not _is_worth_looking(reader, cutting):
        return None
    picking = _Picking(reader, telling, cutting, blob_bytes)
    picking.pick()
    if not picking.rows:
        return None
    oldest_ms = min(row.written_at_ms for row in picking.rows)
    if not picking.is_full and is_young(oldest_ms, cutting.linger_ms):
        return None
    head = head_of(reader, telling.series, Stream.CAPTURES)
    return Draft(
        series=telling.series,
        head=head,
        number=next_number(reader),
        lines=tuple(chained_lines(picking.events, head)),
        oldest_ms=oldest_ms,
        rows=tuple(row.row_id for row in picking.rows),
        blobs=tuple(picking.blobs.values()),
    )


def _is_worth_looking(reader: sqlite3.Connection, cutting: Cutting) -> bool:
    """Whether enough waits for a batch, or anything long enough; without reading any record: this is asked every other
    second."""
    oldest_ms = oldest_uncut(reader)
    return oldest_ms is not None and (not is_young(oldest_ms, cutting.linger_ms) or uncut(reader) >= cutting.records)


class _Picking:
    """One walk over what waits."""

    def __init__(self, reader: sqlite3.Connection, telling: Telling, cutting: Cutting, blob_bytes: int | None) -> None:
        self._reader = reader
        self._telling = telling
        self._cutting = cutting
        self._allowed = blob_bytes
        self._parts: dict[int, PartTold] = {}
        self._held: set[int] = set()
        self._blob_bytes = 0
        self._line_bytes = 0
        self.events: list[Event] = []
        self.rows: list[OutboxRow] = []
        self.blobs: dict[str, BlobDrafted] = {}
        self.is_full = False

    def pick(self) -> None:
        """Take what is ready until the batch is full, or the next image would be too much for the day."""
        for row in _waiting_rows(self._reader):
            event = self._event(row)
            if event is None:
                self._held.add(row.part_id)  # its later records wait with it
                continue
            new = self._new_blobs(row.part_id)
            if not self._fits(sum(blob.size for blob in new)):
                self.is_full = True
            if self.is_full:
                return
            self._take(row, event, new)

    def _take(self, row: OutboxRow, event: Event, new: list[BlobDrafted]) -> None:
        self.events.append(event)
        self.rows.append(row)
        self.blobs |= {blob.sha256: blob for blob in new}
        self._blob_bytes += sum(blob.size for blob in new)
        self._line_bytes += len(json.dumps(event.words))
        self.is_full = len(self.rows) >= self._cutting.records or self._line_bytes >= LINES_MAX_BYTES

    def _event(self, row: OutboxRow) -> Event | None:
        """None where the record is not to be told yet, or cannot be read."""
        if row.part_id in self._held:
            return None
        try:
            told = self._told(row.part_id)
            is_ready = self._is_ready(row, told)
            return event_of(self._reader, row, told, self._telling.name, self._telling.app) if is_ready else None
        except StorageError as error:
            self._telling.unreadable.note(row.part_id, error)
            return None

    def _told(self, part_id: int) -> PartTold:
        if part_id not in self._parts:
            telling = self._telling
            self._parts[part_id] = told_part(self._reader, part_id, telling.subject_of(part_id), telling.recipes)
        return self._parts[part_id]

    def _is_ready(self, row: OutboxRow, told: PartTold) -> bool:
        """Whether no image of the part comes any more: all are stored, or there was time enough."""
        if row.part_id < self._telling.first_part or has_all_images(self._reader, told.inspection):
            return True
        return not is_young(row.written_at_ms, self._cutting.grace_ms)

    def _new_blobs(self, part_id: int) -> list[BlobDrafted]:
        """Images of the part that the store does not have, and that this batch does not bring already."""
        paths = image_paths(self._reader, part_id)
        images = {image.sha256: image.size for image in self._parts[part_id].images}
        return [
            BlobDrafted(sha256, paths[sha256], size)
            for sha256, size in images.items()
            if sha256 not in self.blobs and not self._is_sent(sha256)
        ]

    def _is_sent(self, sha256: str) -> bool:
        key = f"{self._telling.series.sender.prefix}/{blob_name(sha256)}"
        query = "SELECT 1 FROM blobs WHERE key = ? AND state = 'sent'"
        return self._reader.execute(query, (key,)).fetchone() is not None

    def _fits(self, size: int) -> bool:
        """The first image of a day may be larger than what a day allows, or it would never leave."""
        if self._allowed is None or not size or self._blob_bytes + size <= self._allowed:
            return True
        return self._allowed > 0 and not self.rows and not sent_blob_bytes(self._reader, midnight_ms())


def _waiting_rows(reader: sqlite3.Connection) -> Iterator[OutboxRow]:
    query = (
        "SELECT o.id, o.part_id, o.kind, o.record, o.written_at_ms FROM outbox_waiting w"
        " JOIN outbox o ON o.id = w.id ORDER BY w.priority, w.id"
    )
    for row in reader.execute(query):
        yield OutboxRow(*row)

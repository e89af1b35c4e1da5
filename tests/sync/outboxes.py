"""An outbox in memory with its files on disk, and what a store must hold when all of it has arrived."""

import gzip
import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.core.outgoing import Backlog, Batch, Blob, Sender, Stream
from station_app.sync.remote import Remote

SENDER = Sender("p1", "s1")
NOON_MS = 1_795_520_000_000


@dataclass
class MemoryOutbox:
    """Batches in the order in which they were added. `failing` makes every call fail, as a lost disk does."""

    folder: Path
    waiting: dict[int, Batch] = field(default_factory=dict)
    aside: dict[int, str] = field(default_factory=dict)
    sent: dict[str, bytes] = field(default_factory=dict)
    receipts: dict[int, str] = field(default_factory=dict)
    sent_today: int = 0
    failing: bool = False
    marks: list[str] = field(default_factory=list)

    def add(self, *images: bytes, records: int = 1) -> Batch:
        """One batch more, of so many images."""
        number = len(self.waiting) + len(self.receipts) + 1
        blobs = tuple(self._blob(image) for image in images)
        line = json.dumps({"number": number, "images": [blob.sha256 for blob in blobs]})
        body = gzip.compress(f"{line}\n".encode() * records, mtime=0)
        path = self.folder / f"{number}.jsonl.gz"
        path.write_bytes(body)
        digest = hashlib.sha256(body).hexdigest()
        key = f"{SENDER.prefix}/captures/date=2026-11-24/s1-{number:012d}-{number:012d}.{digest[:16]}.jsonl.gz"
        self.waiting[number] = Batch(number, Stream.CAPTURES, key, path, digest, len(body), records, blobs)
        return self.waiting[number]

    def _blob(self, image: bytes) -> Blob:
        digest = hashlib.sha256(image).hexdigest()
        path = self.folder / f"{digest}.tif"
        path.write_bytes(image)
        return Blob(digest, path, len(image), f"{SENDER.prefix}/blobs/{digest[:2]}/{digest}.tif")

    def next_batch(self, blob_bytes: int | None) -> Batch | None:
        self._work()
        for number, batch in self.waiting.items():
            rest = tuple(blob for blob in batch.blobs if blob.key not in self.sent)
            size = sum(blob.size for blob in rest)
            fits = blob_bytes is None or size <= blob_bytes or (blob_bytes > 0 and not self.sent_today)
            if number not in self.aside and fits:
                return replace(batch, blobs=rest)
        return None

    def blob_sent(self, *blobs: Blob) -> None:
        self._work()
        for blob in blobs:
            self.marks.append(blob.key)
            self.sent_today += blob.size if blob.key not in self.sent else 0
            self.sent[blob.key] = blob.path.read_bytes()

    def batch_sent(self, number: int, receipt: str) -> None:
        self._work()
        assert all(blob.key in self.sent for blob in self.waiting[number].blobs)
        batch = self.waiting.pop(number)
        self.marks.append(batch.key)
        self.sent[batch.key] = batch.body_path.read_bytes()
        self.receipts[number] = receipt

    def quarantine(self, number: int, why: str) -> None:
        self._work()
        self.aside[number] = why

    def release(self) -> int:
        self._work()
        count = len(self.aside)
        self.aside.clear()
        return count

    def backlog(self) -> Backlog:
        self._work()
        waits = self.waiting.values()
        last = NOON_MS if self.receipts else None
        oldest = NOON_MS if self.waiting else None
        size = sum(batch.size for batch in waits)
        return Backlog(sum(batch.records for batch in waits), size, oldest, len(self.aside), last, self.sent_today)

    def _work(self) -> None:
        if self.failing:
            raise StorageError("the disk is gone", remedy="put it back")


def assert_arrived(remote: Remote, outbox: MemoryOutbox) -> None:
    """All is there, as it was recorded, and nothing beside it but claims."""
    assert not outbox.waiting and not outbox.aside
    held = {key: remote.read(key) for key in remote.names("v1/") if "/claims/" not in key}
    assert held == outbox.sent


def is_ordered(outbox: MemoryOutbox, batch: Batch) -> bool:
    """Whether each image of the batch was there before the batch."""
    return all(outbox.marks.index(blob.key) < outbox.marks.index(batch.key) for blob in batch.blobs)

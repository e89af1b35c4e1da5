"""What is on its way out of the station: batches of records that were cut once, with the images that they name."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Blob:
    """An image that a batch names and that was not sent yet: its bytes on this disk, and their hash."""

    sha256: str
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Records whose bytes will not change any more. `number` is unique over all streams, `key` is the whole name in the
    store, `blobs` are those that still have to go before it."""

    number: int
    stream: str
    key: str
    body_path: Path
    sha256: str
    size: int
    records: int
    blobs: tuple[Blob, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits. Times are UTC milliseconds; None where nothing waits, or nothing was ever received. `sent_today_bytes`
    counts the images of the local day."""

    records: int
    bytes: int
    oldest_ms: int | None
    quarantined: int
    last_receipt_ms: int | None
    sent_today_bytes: int

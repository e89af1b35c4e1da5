"""What leaves the station in one piece, and what still waits to leave. Frozen; shared by the store and the courier."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Stream(StrEnum):
    """The numbered sequences of lines that a station sends; each counts by itself."""

    CAPTURES = "captures"
    HISTORY = "history"


@dataclass(frozen=True, slots=True, order=True)
class Sender:
    """Who sends: plant and station as they stand in the names of all objects, each `[a-z0-9][a-z0-9-]{0,62}`."""

    plant: str
    station: str

    def __str__(self) -> str:
        return f"{self.plant}/{self.station}"

    @property
    def prefix(self) -> str:
        """What all names of this station's objects begin with, without a slash at the end."""
        return f"v1/plant={self.plant}/station={self.station}"


@dataclass(frozen=True, slots=True, order=True)
class SeriesName:
    """One uninterrupted counting of a station; later ones sort behind. `series` is 12 hex digits."""

    station: Sender
    series: str

    def __str__(self) -> str:
        return f"{self.station} series {self.series}"

    @property
    def source(self) -> str:
        """As the station's events name it."""
        return f"/plants/{self.station.plant}/stations/{self.station.station}/series/{self.series}"


@dataclass(frozen=True, slots=True)
class Blob:
    """An image file, as the station stored it; `key` is its whole name in the plant's store."""

    sha256: str
    path: Path
    size: int
    key: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines that were cut once: the file `body_path` never changes and has this hash and size. `blobs` are those that
    its lines name and that were not sent yet: they go first. `number` is known to this station alone."""

    number: int
    stream: Stream
    key: str
    body_path: Path
    sha256: str
    size: int
    records: int
    blobs: tuple[Blob, ...]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: `records` of both streams, cut or not, and their `bytes` as far as known (bodies and images that were
    not sent). `oldest_ms` is when the oldest was written, UTC. `sent_today_bytes` counts from midnight here."""

    records: int
    bytes: int
    oldest_ms: int | None
    quarantined: int
    last_receipt_ms: int | None
    sent_today_bytes: int


@dataclass(frozen=True, slots=True)
class Cutting:
    """When a batch is cut. Of records: `records` are ready, or one has waited `linger_ms`. A record is ready when all
    images of its part are stored, or after `grace_ms`, when none comes any more. Of the history: `parts` are there, or
    one has waited `history_ms`; none is told unless `has_history`."""

    records: int = 200
    linger_ms: int = 60_000
    grace_ms: int = 120_000
    parts: int = 2_000
    history_ms: int = 900_000
    has_history: bool = True


USUAL_CUTTING = Cutting()

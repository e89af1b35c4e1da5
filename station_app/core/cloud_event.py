"""Events as lines of JSON (CloudEvents 1.0), numbered and chained. Pure."""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from station_app.core.outgoing import Sender, SeriesName, Stream

GENESIS = "0" * 64
"""What stands in `prev` of the first line of a stream."""
SCHEMAS = "https://inspection-station.invalid/schemas"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_402_300_799_999
"""The end of the year 9999: no clock's error makes a line that nobody can read."""

Words = dict[str, object]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a part: `type` as in docs/sync.md, `part` its subject, `at_ms` when (UTC), `words` the data."""

    type: str
    part: str
    at_ms: int
    words: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream of one series goes on: the number of its next line, and the hash of the last one."""

    sender: Sender
    series: str
    stream: Stream
    next_seq: int = 1
    prev: str = GENESIS

    @property
    def source(self) -> str:
        return SeriesName(self.sender, self.series).source


def chained_lines(events: Iterable[Event], head: Head) -> Iterator[bytes]:
    """The line of each event, without its line end. ValueError where an event holds a number that is none."""
    prev = head.prev
    for seq, event in enumerate(events, head.next_seq):
        body = {
            "specversion": "1.0",
            "id": f"{head.sender.station}:{head.stream}:{seq:012d}",
            "source": head.source,
            "type": event.type,
            "subject": event.part,
            "time": utc_text(event.at_ms),
            "datacontenttype": "application/json",
            "dataschema": f"{SCHEMAS}/{event.type}.json",
            "data": {"seq": seq, "prev": prev, **event.words},
        }
        # ASCII: no character of a serial number can be taken for the end of a line.
        line = json.dumps(body, allow_nan=False, separators=(",", ":")).encode("ascii")
        prev = line_hash(line)
        yield line


def line_hash(line: bytes) -> str:
    """What the next line says of this one."""
    return hashlib.sha256(line).hexdigest()


def utc_text(at_ms: int) -> str:
    """Milliseconds UTC as RFC 3339 writes them."""
    moment = _EPOCH + timedelta(milliseconds=min(max(at_ms, 0), _LAST_MS))
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def number(score: float) -> float | None:
    """None for what JSON has no number for: a model may have said it, and the record keeps it."""
    return score if math.isfinite(score) else None

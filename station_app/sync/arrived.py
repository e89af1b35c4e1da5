"""What stations have sent, as it lies in their plant's store: batches by their names, and their bytes checked."""

import hashlib
import re
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from station_app.core.errors import ArrivedError
from station_app.core.outgoing import Sender, SeriesName, Stream
from station_app.sync.remote import Remote

ROOT = "v1/"
MOST_BYTES = 256 * 1024 * 1024
"""Of one batch unpacked. They are cut far smaller: more is an attempt to fill this computer's memory."""
_NAME = r"[a-z0-9][a-z0-9-]{0,62}"
_BATCH = re.compile(
    rf"v1/plant=(?P<plant>{_NAME})/station=(?P<station>{_NAME})/(?:captures|history)"
    r"/date=(?P<date>\d{4}-\d\d-\d\d)/(?P=station)-(?P<series>[0-9a-f]{12})-(?P<first>\d{12})-(?P<last>\d{12})"
    r"\.(?P<sha16>[0-9a-f]{16})\.jsonl\.gz"
)
_GZIP = 31
_REMEDY = "find out who changed it, and bring the station's own copy back"


@dataclass(frozen=True, slots=True, order=True)
class BatchName:
    """What the name of a batch says: the lines `first` to `last` of a series, cut on `date` (UTC)."""

    series: SeriesName
    first: int
    last: int
    date: str
    sha16: str
    key: str


def named(key: str) -> BatchName:
    """What the name of a batch says. ArrivedError where it is none."""
    found = _BATCH.fullmatch(key)
    if found is None or not 1 <= int(found["first"]) <= int(found["last"]):
        remedy = "docs/sync.md says how batches are named; remove what is none"
        raise ArrivedError("an object among the batches has no batch's name", where=key, remedy=remedy)
    series = SeriesName(Sender(found["plant"], found["station"]), found["series"])
    return BatchName(series, int(found["first"]), int(found["last"]), found["date"], found["sha16"], key)


def batches(remote: Remote, stream: Stream, without: Collection[str] = ()) -> tuple[BatchName, ...]:
    """All batches of this stream, by station, series and numbers; images are not walked through. `without` are stations
    that are not looked at, as PLANT/STATION. ArrivedError where an object among them is no batch."""
    return tuple(sorted(map(named, _keys(remote, stream, without))))


def once(found: Iterable[BatchName]) -> tuple[BatchName, ...]:
    """The same object under two dates counts once. ArrivedError where two others carry one range of numbers."""
    kept: dict[tuple[SeriesName, int, int], BatchName] = {}
    for batch in found:
        other = kept.setdefault((batch.series, batch.first, batch.last), batch)
        if other.sha16 != batch.sha16:
            raise copied_station(batch.series, f"{other.key} and {batch.key}")
    return tuple(kept.values())


def apart(found: Iterable[BatchName]) -> tuple[BatchName, ...]:
    """The batches themselves, in their order. ArrivedError where two of one series hold the same numbers."""
    told = tuple(found)
    for before, after in pairwise(told):
        if before.series == after.series and after.first <= before.last:
            raise copied_station(after.series, f"{before.key} and {after.key}")
    return told


def copied_station(series: SeriesName, where: str) -> ArrivedError:
    """Two machines send under one station's name, and nobody can say which of the two is right."""
    what = f"station {series.station} has sent two different things under the same numbers: it was copied"
    remedy = "find out which machine is the copy, give it a name of its own, and move what it has sent out of the store"
    return ArrivedError(what, where=where, remedy=remedy)


def missing(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The numbers from 1 on, as (first, last), that lie in none of these spans, which come in order."""
    expected = 1
    for first, last in spans:
        if first > expected:
            yield expected, first - 1
        expected = max(expected, last + 1)


def gaps(found: Iterable[BatchName]) -> Iterator[str]:
    """The numbers that have not come, in words; the batches come in order."""
    for series, own in groupby(found, key=lambda batch: batch.series):
        for first, last in missing((batch.first, batch.last) for batch in own):
            yield f"{series.source}: numbers {first} to {last} have not come"


def read_body(remote: Remote, batch: BatchName) -> bytes:
    """A batch's bytes, as they were cut. ArrivedError where they are gone, or are others."""
    body = remote.read(batch.key)
    if body is None:
        remedy = "bring it back from the store's backup or from its station"
        raise ArrivedError("the batch is gone", where=batch.key, remedy=remedy)
    if hashlib.sha256(body).hexdigest()[:16] != batch.sha16:
        raise _refused("the batch is not what its name says: it was changed or is torn", batch)
    return body


def lines_of(batch: BatchName, body: bytes) -> list[bytes]:
    """The lines of a batch, as many as its name says. ArrivedError where it is no whole gzip of whole lines."""
    lines = _unpacked(batch, body).split(b"\n")
    if lines.pop() != b"":
        raise _refused("the last line has no end", batch)
    if len(lines) != batch.last - batch.first + 1:
        raise _refused(f"the batch holds {len(lines)} lines, and its name promises others", batch)
    return lines


def _unpacked(batch: BatchName, body: bytes) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        whole = unpacker.decompress(body, MOST_BYTES)
    except zlib.error as error:
        raise _refused(f"the batch cannot be unpacked: {error}", batch) from error
    if unpacker.unconsumed_tail:
        raise _refused("the batch is far too large", batch)
    if not unpacker.eof or unpacker.unused_data:
        raise _refused("the batch is no whole gzip file", batch)
    return whole


def _refused(what: str, batch: BatchName) -> ArrivedError:
    return ArrivedError(what, where=batch.key, remedy=_REMEDY)


def _keys(remote: Remote, stream: Stream, without: Collection[str]) -> Iterator[str]:
    for plant in _below(remote, ROOT, "plant="):
        for station in _below(remote, f"{ROOT}plant={plant}/", "station="):
            sender = Sender(plant, station)
            if str(sender) not in without:
                yield from remote.names(f"{sender.prefix}/{stream}/")


def _below(remote: Remote, prefix: str, beginning: str) -> Iterator[str]:
    names = (name for name in remote.folders(prefix) if name.startswith(beginning))
    return (name.removeprefix(beginning) for name in names)

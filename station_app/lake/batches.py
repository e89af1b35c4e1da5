"""The history batches in a store: found without walking through the images, told apart by their names, checked."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from station_app.core.errors import LakeError
from station_app.core.outgoing import Stream
from station_app.sync.remote import Remote

ROOT = "v1/"
_NAME = r"[a-z0-9][a-z0-9-]{0,62}"
_BATCH = re.compile(
    rf"v1/plant=(?P<plant>{_NAME})/station=(?P<station>{_NAME})/(?P<stream>captures|history)"
    r"/date=(?P<date>\d{4}-\d\d-\d\d)/(?P=station)-(?P<series>[0-9a-f]{12})-(?P<first>\d{12})-(?P<last>\d{12})"
    r"\.(?P<sha16>[0-9a-f]{16})\.jsonl\.gz"
)


@dataclass(frozen=True, slots=True, order=True)
class BatchName:
    """What the name of a batch says: the lines `first` to `last` of a series, cut on `date` (UTC)."""

    plant: str
    station: str
    series: str
    first: int
    last: int
    date: str
    sha16: str
    key: str

    @property
    def source(self) -> str:
        """What every line of it must say of where it comes from."""
        return f"/plants/{self.plant}/stations/{self.station}/series/{self.series}"


def named(key: str) -> BatchName:
    """What the name of a batch says. LakeError where it is none."""
    found = _BATCH.fullmatch(key)
    if found is None:
        raise LakeError("this is no name of a batch", where=key, remedy="take it away from there")
    first, last = int(found["first"]), int(found["last"])
    plant, station, series = found["plant"], found["station"], found["series"]
    return BatchName(plant, station, series, first, last, found["date"], found["sha16"], key)


def batches(remote: Remote, stream: Stream) -> tuple[BatchName, ...]:
    """All batches of this stream, by plant, station, series and number. LakeError where two of one series hold the same
    numbers: then a station was copied, and nobody can say which of the two is right."""
    found = tuple(sorted(map(named, _keys(remote, stream))))
    for before, after in pairwise(found):
        if before.source == after.source and after.first <= before.last:
            remedy = (
                f"find out which machine is the copy, and give it another name; then move the wrong one of {after.key}"
            )
            what = f"two batches of {before.source} hold the same numbers: the station was copied"
            raise LakeError(what, where=before.key, remedy=remedy)
    return found


def gaps(found: Iterable[BatchName]) -> Iterator[str]:
    """The numbers that have not come, in words."""
    expected: dict[str, int] = {}
    for batch in found:
        first = expected.get(batch.source, 1)
        if batch.first > first:
            yield f"{batch.source}: numbers {first} to {batch.first - 1} have not come"
        expected[batch.source] = batch.last + 1


def read_batch(remote: Remote, batch: BatchName) -> bytes:
    """Its bytes, as they were cut. LakeError where they are others."""
    body = remote.read(batch.key)
    if body is None or hashlib.sha256(body).hexdigest()[:16] != batch.sha16:
        what = "the batch is gone" if body is None else "the batch is not what its name says"
        raise LakeError(what, where=batch.key, remedy="bring it back from the store's backup or from its station")
    return body


def _keys(remote: Remote, stream: Stream) -> Iterator[str]:
    for plant in _below(remote, ROOT, "plant="):
        for station in _below(remote, plant, "station="):
            yield from remote.names(f"{station}{stream}/")


def _below(remote: Remote, prefix: str, beginning: str) -> tuple[str, ...]:
    return tuple(f"{prefix}{name}/" for name in remote.folders(prefix) if name.startswith(beginning))

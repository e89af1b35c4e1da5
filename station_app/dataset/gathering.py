"""All batches of a store, read and checked."""

from collections.abc import Callable

from station_app.core.errors import DatasetError
from station_app.dataset.batch import read_batch
from station_app.dataset.gathered import Gathered, Stream
from station_app.dataset.objects import ROOT, BatchObject, SeriesName, batches_in
from station_app.dataset.options import DatasetOptions
from station_app.sync.remote import Remote

Counted = Callable[[int, int], None]
_GAPS_TOLD = 3


def gather(remote: Remote, options: DatasetOptions, on_batch: Counted) -> tuple[Gathered, dict[SeriesName, Stream]]:
    """The records of all stations, and how each station's hang together. DatasetError where one cannot be trusted, or
    some are missing and nobody said that this is all right."""
    batches = batches_in(remote.names(ROOT), options.without)
    if not batches:
        remedy = "name the folder or bucket above v1/, where stations send their records"
        raise DatasetError("there are no records here", where=remote.where, remedy=remedy)
    gathered = Gathered()
    for number, batch in enumerate(batches, 1):
        for line in read_batch(batch, _body(remote, batch)):
            gathered.add(batch.series, line)
        on_batch(number, len(batches))
    streams = gathered.streams()
    if not options.allow_gaps:
        _check_whole(streams)
    return gathered, streams


def _body(remote: Remote, batch: BatchObject) -> bytes:
    body = remote.read(batch.key)
    if body is None:
        raise DatasetError("a batch has gone while it was read", where=batch.key, remedy="try again")
    return body


def _check_whole(streams: dict[SeriesName, Stream]) -> None:
    gaps = [(series, gap) for series, stream in streams.items() for gap in stream.gaps]
    if gaps:
        told = ", ".join(f"{series} {first} to {last}" for series, (first, last) in gaps[:_GAPS_TOLD])
        more = f" and {len(gaps) - _GAPS_TOLD} more" if len(gaps) > _GAPS_TOLD else ""
        remedy = "wait until the station has sent them; --allow-gaps goes on without"
        raise DatasetError("records are missing", where=told + more, remedy=remedy)

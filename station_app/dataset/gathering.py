"""All batches of a store, read and checked."""

from collections.abc import Callable

from station_app.core.errors import ArrivedError, DatasetError
from station_app.core.outgoing import SeriesName, Stream
from station_app.dataset.batch import read_batch
from station_app.dataset.gathered import Chain, Gathered
from station_app.dataset.options import DatasetOptions
from station_app.sync.arrived import batches, once, read_body
from station_app.sync.remote import Remote

Counted = Callable[[int, int], None]
_GAPS_TOLD = 3


def gather(remote: Remote, options: DatasetOptions, on_batch: Counted) -> tuple[Gathered, dict[SeriesName, Chain]]:
    """The records of all stations, and how each station's hang together. DatasetError where one cannot be trusted, or
    some are missing and nobody said that this is all right."""
    try:
        return _gather(remote, options, on_batch)
    except ArrivedError as error:
        remedy = f"{error.remedy}; --without PLANT/STATION leaves a station out"
        raise DatasetError(error.what, where=error.where, remedy=remedy) from error


def _gather(remote: Remote, options: DatasetOptions, on_batch: Counted) -> tuple[Gathered, dict[SeriesName, Chain]]:
    found = once(batches(remote, Stream.CAPTURES, options.without))
    if not found:
        remedy = "name the folder or bucket above v1/, where stations send their records"
        raise DatasetError("there are no records here", where=remote.where, remedy=remedy)
    gathered = Gathered()
    for number, batch in enumerate(found, 1):
        for line in read_batch(batch, read_body(remote, batch)):
            gathered.add(batch.series, line)
        on_batch(number, len(found))
    chains = gathered.chains()
    if not options.allow_gaps:
        _check_whole(chains)
    return gathered, chains


def _check_whole(chains: dict[SeriesName, Chain]) -> None:
    gaps = [(series, gap) for series, chain in chains.items() for gap in chain.gaps]
    if gaps:
        told = ", ".join(f"{series} {first} to {last}" for series, (first, last) in gaps[:_GAPS_TOLD])
        more = f" and {len(gaps) - _GAPS_TOLD} more" if len(gaps) > _GAPS_TOLD else ""
        remedy = "wait until the station has sent them; --allow-gaps goes on without"
        raise DatasetError("records are missing", where=told + more, remedy=remedy)

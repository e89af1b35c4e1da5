"""All records of all stations, brought together by part. The order in which batches are read changes nothing, nor does
a record that comes twice: what counts are a record's station and number. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from station_app.core.errors import DatasetError
from station_app.dataset.batch import Line
from station_app.dataset.objects import StationName, copied_station
from station_app.dataset.record import Decision, Opinion, PartSent, Record

K = TypeVar("K")
V = TypeVar("V")

_FIRST_PREV = bytes(32)


@dataclass(frozen=True, slots=True, order=True)
class PartName:
    station: StationName
    part_id: int

    def __str__(self) -> str:
        return f"{self.station}/{self.part_id}"


@dataclass(slots=True)
class PartRecords:
    """What is known of one part. `about` is as its newest record says; decisions and opinions by their own numbers,
    each with the number of the first record that told of it."""

    about: PartSent
    newest: int
    decisions: dict[int, tuple[int, Decision]] = field(default_factory=dict)
    opinions: dict[tuple[int, bool], tuple[int, Opinion]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        if record.seq > self.newest:
            self.about, self.newest = record.part, record.seq
        if record.decision is not None:
            _earliest(self.decisions, record.decision.number, (record.seq, record.decision))
        if record.opinion is not None:
            key = (record.opinion.number, record.opinion.undoes is not None)
            _earliest(self.opinions, key, (record.seq, record.opinion))


@dataclass(frozen=True, slots=True)
class Stream:
    """The records of one station: how many, the last one's number and hash, and the numbers that are missing as
    (first, last)."""

    records: int
    last: int
    head: str
    gaps: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Gathered:
    """Everything that was read so far."""

    parts: dict[PartName, PartRecords] = field(default_factory=dict)
    _links: dict[StationName, dict[int, tuple[bytes, bytes]]] = field(default_factory=dict)

    def add(self, station: StationName, line: Line) -> None:
        """DatasetError where another record of this station has the same number."""
        record, links = line.record, self._links.setdefault(station, {})
        link = (bytes.fromhex(record.prev), line.digest)
        if links.setdefault(record.seq, link) != link:
            raise copied_station(station, line.where)
        name = PartName(station, record.part.part_id)
        if name not in self.parts:
            self.parts[name] = PartRecords(record.part, record.seq)
        self.parts[name].add(record)

    def streams(self) -> dict[StationName, Stream]:
        """How each station's records hang together. DatasetError where a record was changed after it was chained."""
        return {station: _stream(station, self._links[station]) for station in sorted(self._links)}


def _earliest(known: dict[K, tuple[int, V]], key: K, entry: tuple[int, V]) -> None:
    if key not in known or entry[0] < known[key][0]:
        known[key] = entry


def _stream(station: StationName, links: dict[int, tuple[bytes, bytes]]) -> Stream:
    for number in sorted(links):
        before = _FIRST_PREV if number == 1 else links.get(number - 1, (b"", links[number][0]))[1]
        if links[number][0] != before:
            remedy = "compare with the station's own records; --without leaves the station out until it is cleared"
            what = f"record {number} of station {station} does not follow the one before it: one of them was changed"
            raise DatasetError(what, where=station.prefix, remedy=remedy)
    last = max(links)
    return Stream(len(links), last, links[last][1].hex(), tuple(_gaps(links)))


def _gaps(numbers: dict[int, tuple[bytes, bytes]]) -> Iterator[tuple[int, int]]:
    expected = 1
    for number in sorted(numbers):
        if number > expected:
            yield expected, number - 1
        expected = number + 1

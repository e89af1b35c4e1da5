"""All records of all stations, brought together by part. The order in which batches are read changes nothing, nor does
a record that comes twice: what counts are a record's station and number. Pure."""

from dataclasses import dataclass, field, replace

from station_app.core.errors import DatasetError
from station_app.core.outgoing import SeriesName
from station_app.dataset.batch import Line
from station_app.dataset.part_name import PartName
from station_app.dataset.record import Decision, ImageSent, Opinion, PartSent, Record
from station_app.sync.arrived import copied_station, missing

Place = tuple[str, int]
"""Where a record stands among all of its station: series and number. Later ones are greater."""

_FIRST_PREV = bytes(32)


@dataclass(slots=True)
class PartRecords:
    """What is known of one part. `about` is as its newest record says. Decisions and opinions each with the place of
    the first record that told of them; one that a station sends again after its database was restored is the same."""

    about: PartSent
    newest: Place
    images: dict[str, tuple[Place, ImageSent]] = field(default_factory=dict)
    decisions: dict[Decision, Place] = field(default_factory=dict)
    opinions: dict[Opinion, Place] = field(default_factory=dict)

    @property
    def told(self) -> PartSent:
        """The part with all images that ever were sent of it."""
        return replace(self.about, images=tuple(self.images[camera][1] for camera in sorted(self.images)))

    def add(self, record: Record, place: Place) -> None:
        if place > self.newest:
            self.about, self.newest = record.part, place
        for image in record.part.images:
            # A station sheds images when its disk is full: what an earlier record named was sent all the same.
            self.images[image.camera] = max(self.images.get(image.camera, (place, image)), (place, image), key=_placed)
        if record.decision is not None:
            self.decisions[record.decision] = min(place, self.decisions.get(record.decision, place))
        if record.opinion is not None:
            self.opinions[record.opinion] = min(place, self.opinions.get(record.opinion, place))


@dataclass(frozen=True, slots=True)
class Chain:
    """The records of one series: how many, the last one's number and hash, and the numbers that are missing as
    (first, last)."""

    records: int
    last: int
    head: str
    gaps: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Gathered:
    """Everything that was read so far."""

    parts: dict[PartName, PartRecords] = field(default_factory=dict)
    _links: dict[SeriesName, dict[int, tuple[bytes, bytes]]] = field(default_factory=dict)

    def add(self, series: SeriesName, line: Line) -> None:
        """ArrivedError where another record of this series has the same number."""
        record, links = line.record, self._links.setdefault(series, {})
        link = (bytes.fromhex(record.prev), line.digest)
        if links.setdefault(record.seq, link) != link:
            raise copied_station(series, line.where)
        place = (series.series, record.seq)
        if line.name not in self.parts:
            self.parts[line.name] = PartRecords(record.part, place)
        self.parts[line.name].add(record, place)

    def chains(self) -> dict[SeriesName, Chain]:
        """How each series' records hang together. DatasetError where a record was changed after it was chained."""
        return {series: _chain(series, self._links[series]) for series in sorted(self._links)}


def _placed(entry: tuple[Place, ImageSent]) -> Place:
    return entry[0]


def _chain(series: SeriesName, links: dict[int, tuple[bytes, bytes]]) -> Chain:
    for number in sorted(links):
        before = _FIRST_PREV if number == 1 else links.get(number - 1, (b"", links[number][0]))[1]
        if links[number][0] != before:
            remedy = "compare with the station's own records; --without leaves the station out until it is cleared"
            what = f"record {number} does not follow the one before it: one of them was changed"
            raise DatasetError(what, where=str(series), remedy=remedy)
    last = max(links)
    return Chain(len(links), last, links[last][1].hex(), tuple(missing((number, number) for number in sorted(links))))

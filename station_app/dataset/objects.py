"""The objects of a store that hold records for retraining: whose they are, and which numbers they carry. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from station_app.core.errors import DatasetError

ROOT = "v1/plant="
_NAME = r"[a-z0-9][a-z0-9-]{0,62}"
_BATCH = re.compile(
    rf"v1/plant=(?P<plant>{_NAME})/station=(?P<station>{_NAME})/captures/date=\d{{4}}-\d{{2}}-\d{{2}}/"
    r"(?P=station)-(?P<series>[0-9a-f]{12})-(?P<first>\d{12})-(?P<last>\d{12})\.(?P<sha16>[0-9a-f]{16})\.jsonl\.gz"
)


@dataclass(frozen=True, slots=True, order=True)
class StationName:
    plant: str
    station: str

    def __str__(self) -> str:
        return f"{self.plant}/{self.station}"

    @property
    def prefix(self) -> str:
        """Below which all of its objects lie."""
        return f"v1/plant={self.plant}/station={self.station}"


@dataclass(frozen=True, slots=True, order=True)
class SeriesName:
    """One uninterrupted counting of a station; later ones sort behind."""

    station: StationName
    series: str

    def __str__(self) -> str:
        return f"{self.station} series {self.series}"

    @property
    def source(self) -> str:
        """As the station's events name it."""
        return f"/plants/{self.station.plant}/stations/{self.station.station}/series/{self.series}"


@dataclass(frozen=True, slots=True, order=True)
class PartName:
    """One part, the same in every series: its number counts from the first series of its database, `origin`."""

    station: StationName
    origin: str
    part_id: int

    def __str__(self) -> str:
        return f"{self.station}/{self.origin}/{self.part_id}"


@dataclass(frozen=True, slots=True)
class BatchObject:
    """One batch in the store, by its name alone."""

    key: str
    series: SeriesName
    first: int
    last: int
    sha16: str


def batches_in(keys: Iterable[str], without: Collection[str] = ()) -> tuple[BatchObject, ...]:
    """All batches, by station, series and numbers; the same object under two dates counts once. `without` are
    stations to leave out, as PLANT/STATION. DatasetError where two objects carry one range of numbers."""
    found: dict[tuple[SeriesName, int, int], BatchObject] = {}
    for key in sorted(keys):
        batch = _batch(key)
        if batch is None or str(batch.series.station) in without:
            continue
        other = found.setdefault((batch.series, batch.first, batch.last), batch)
        if other.sha16 != batch.sha16:
            raise copied_station(batch.series, f"{other.key} and {batch.key}")
    return tuple(found[span] for span in sorted(found))


def copied_station(series: SeriesName, where: str) -> DatasetError:
    """Two machines send under one station's name."""
    remedy = f"give one of the two a name of its own; until then leave it out: --without {series.station}"
    what = f"station {series.station} has sent two different things under the same numbers: it was copied"
    return DatasetError(what, where=where, remedy=remedy)


def _batch(key: str) -> BatchObject | None:
    """None where the object is no batch of records, such as an image."""
    if "/captures/" not in key:
        return None
    named = _BATCH.fullmatch(key)
    if named is None or not 1 <= int(named["first"]) <= int(named["last"]):
        remedy = "docs/sync.md says how batches are named; remove what is none"
        raise DatasetError("an object among the batches has no batch's name", where=key, remedy=remedy)
    series = SeriesName(StationName(named["plant"], named["station"]), named["series"])
    return BatchObject(key, series, int(named["first"]), int(named["last"]), named["sha16"])

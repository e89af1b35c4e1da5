"""The objects of a store that hold records for retraining: whose they are, and which numbers they carry. Pure."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from station_app.core.errors import DatasetError

ROOT = "v1/plant="
_NAME = r"[a-z0-9][a-z0-9-]{0,62}"
_BATCH = re.compile(
    rf"v1/plant=(?P<plant>{_NAME})/station=(?P<station>{_NAME})/captures/date=\d{{4}}-\d{{2}}-\d{{2}}/"
    r"(?P=station)-(?P<first>\d{12})-(?P<last>\d{12})\.(?P<sha16>[0-9a-f]{16})\.jsonl\.gz"
)


@dataclass(frozen=True, slots=True, order=True)
class StationName:
    plant: str
    station: str

    def __str__(self) -> str:
        return f"{self.plant}/{self.station}"

    @property
    def source(self) -> str:
        """As the station's events name it."""
        return f"/plants/{self.plant}/stations/{self.station}"

    @property
    def prefix(self) -> str:
        """Below which all of its objects lie."""
        return f"v1/plant={self.plant}/station={self.station}"


@dataclass(frozen=True, slots=True)
class BatchObject:
    """One batch in the store, by its name alone."""

    key: str
    station: StationName
    first: int
    last: int
    sha16: str


def batches_in(keys: Iterable[str], without: Collection[str] = ()) -> dict[StationName, tuple[BatchObject, ...]]:
    """The batches of each station, by their numbers; the same object under two dates counts once. `without` are
    stations to leave out, as PLANT/STATION. DatasetError where two objects carry one range of numbers."""
    found: dict[StationName, dict[tuple[int, int], BatchObject]] = defaultdict(dict)
    for key in sorted(keys):
        batch = _batch(key)
        if batch is None or str(batch.station) in without:
            continue
        other = found[batch.station].setdefault((batch.first, batch.last), batch)
        if other.sha16 != batch.sha16:
            raise copied_station(batch.station, f"{other.key} and {batch.key}")
    return {station: tuple(found[station][span] for span in sorted(found[station])) for station in sorted(found)}


def copied_station(station: StationName, where: str) -> DatasetError:
    """Two machines send under one station's name."""
    remedy = f"give one of the two a name of its own; until then leave it out: --without {station}"
    what = f"station {station} has sent two different things under the same numbers: it was copied"
    return DatasetError(what, where=where, remedy=remedy)


def _batch(key: str) -> BatchObject | None:
    """None where the object is no batch of records, such as an image."""
    if "/captures/" not in key:
        return None
    named = _BATCH.fullmatch(key)
    if named is None or not 1 <= int(named["first"]) <= int(named["last"]):
        remedy = "docs/sync.md says how batches are named; remove what is none"
        raise DatasetError("an object among the batches has no batch's name", where=key, remedy=remedy)
    station = StationName(named["plant"], named["station"])
    return BatchObject(key, station, int(named["first"]), int(named["last"]), named["sha16"])

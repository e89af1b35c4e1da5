"""Which batches went into which Parquet file: plans are written before the files, and never changed.

A file that a plan names is made out of exactly the plan's batches, so that a run which was cut off, or two at once, can
neither lose a batch nor count one twice: the next run first makes what is still missing.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from station_app.core.errors import LakeError
from station_app.sync.arrived import BatchName
from station_app.sync.remote import Put, Remote

HISTORY = "v1/lake/history/"
PLANS = f"{HISTORY}plans/"


@dataclass(frozen=True, slots=True)
class LakePart:
    """One Parquet file: all of `batches` (keys) that were cut in this plant on this day."""

    plant: str
    date: str
    batches: tuple[str, ...]

    @property
    def key(self) -> str:
        digest = hashlib.sha256("\n".join(self.batches).encode()).hexdigest()[:16]
        return f"{HISTORY}plant={self.plant}/date={self.date}/part-{digest}.parquet"


@dataclass(frozen=True, slots=True)
class Plan:
    number: int
    parts: tuple[LakePart, ...]

    @property
    def key(self) -> str:
        return f"{PLANS}{self.number:08d}.json"


def read_plans(remote: Remote) -> tuple[Plan, ...]:
    """All that there are, in order. LakeError where one cannot be read: nothing may be planned then."""
    return tuple(_read(remote, key) for key in remote.names(PLANS))


def next_plan(plans: Iterable[Plan], found: Iterable[BatchName]) -> Plan | None:
    """What has come since; None where nothing has."""
    plans = tuple(plans)
    known = {key for plan in plans for part in plan.parts for key in part.batches}
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for batch in found:
        if batch.key not in known:
            places[batch.series.station.plant, batch.date].append(batch.key)
    parts = tuple(LakePart(*place, tuple(keys)) for place, keys in sorted(places.items()))
    return Plan(plans[-1].number + 1 if plans else 1, parts) if parts else None


def write_plan(remote: Remote, plan: Plan) -> None:
    """LakeError where another run was faster."""
    body = json.dumps({"schema": 1, "parts": [_table(part) for part in plan.parts]}, indent=1).encode()
    if remote.create(plan.key, body) is Put.EXISTED:
        raise LakeError(
            "another run plans at this moment", where=plan.key, remedy="run it again: it goes on from there"
        )


def _table(part: LakePart) -> dict[str, object]:
    return {"plant": part.plant, "date": part.date, "batches": part.batches}


def _read(remote: Remote, key: str) -> Plan:
    try:
        table = json.loads(remote.read(key) or b"")
        if table["schema"] != 1:
            raise ValueError(table["schema"])
        number = int(key.removeprefix(PLANS).removesuffix(".json"))
        return Plan(number, tuple(LakePart(p["plant"], p["date"], tuple(p["batches"])) for p in table["parts"]))
    except (ValueError, KeyError, TypeError) as error:
        what = "a plan of the lake is damaged, or of a newer program"
        raise LakeError(
            what, where=key, remedy="bring it back from the store's backup, or update this program"
        ) from error

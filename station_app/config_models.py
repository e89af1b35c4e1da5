"""`[models]` of the station file: the channel that models come through."""

import re
from dataclasses import dataclass
from pathlib import Path

from station_app.config_sync import StoreSetup, read_store
from station_app.core.fields import Fields

CHANNEL = "stable"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True)
class ModelsSetup:
    """`store` is where the channel lies, looked at every `every_minutes`. `station` is the name by which an offer may
    be meant for this station alone, "" where it has that of `[sync]`, or none. A channel whose newest
    offer is older than `stale_days` is told as an alarm; 0 where that may be."""

    store: StoreSetup
    channel: str = CHANNEL
    station: str = ""
    every_minutes: float = 15.0
    stale_days: float = 0.0


def read_models(fields: Fields, beside: Path) -> ModelsSetup | None:
    """`[models]`; None where the file has none. Relative paths count from the folder `beside`."""
    if fields.is_empty:
        return None
    setup = ModelsSetup(
        store=read_store(fields, beside),
        channel=_name(fields, "channel", CHANNEL),
        station=_name(fields, "station", ""),
        every_minutes=fields.number("every_minutes", 15.0, low=0.1, high=10_000),
        stale_days=fields.number("stale_days", 0.0, low=0, high=10_000),
    )
    fields.finish()
    return setup


def _name(fields: Fields, key: str, usual: str) -> str:
    name = fields.text(key, usual)
    if name and not _NAME.fullmatch(name):
        fields.error(key, "must be small letters, digits and dashes, 63 at most: it is part of objects' names")
    return name

"""`[sync]` of the station file: where records go, under which name, and how much of them a day."""

import re
from dataclasses import dataclass
from pathlib import Path

from station_app.core.fields import Fields
from station_app.core.outgoing import USUAL_CUTTING, Cutting, Sender

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
STORES = ("folder:", "s3://", "az://", "gs://")
_MOST_BYTES = 10**15


@dataclass(frozen=True, slots=True)
class StoreSetup:
    """A store, and how it is reached. `store` is `folder:DIR`, `s3://BUCKET/PREFIX`, `az://...` or `gs://...`;
    `settings` is a file of endpoint, region and keys, `ca` the certificate of the plant's own CA."""

    store: str
    settings: Path | None = None
    ca: Path | None = None
    proxy: str = ""
    allow_http: bool = False


@dataclass(frozen=True, slots=True)
class SyncSetup:
    """Records leave the station. When `bytes_per_day` have left, images wait for the next day; None for no limit.
    `late_hours` is how old the oldest record that waits may be before an alarm says so."""

    sender: Sender
    store: StoreSetup
    bytes_per_day: int | None = None
    late_hours: float = 24.0
    cutting: Cutting = USUAL_CUTTING


def read_sync(fields: Fields, beside: Path) -> SyncSetup | None:
    """`[sync]`; None where the file has none. Relative paths count from the folder `beside`."""
    if fields.is_empty:
        return None
    setup = SyncSetup(
        sender=Sender(_name(fields, "plant"), _name(fields, "station")),
        store=read_store(fields, beside),
        bytes_per_day=fields.integer("bytes_per_day", 0, low=0, high=_MOST_BYTES) or None,
        late_hours=fields.number("late_hours", 24.0, low=0.1, high=10_000),
        cutting=_cutting(fields),
    )
    fields.finish()
    return setup


def _name(fields: Fields, key: str) -> str:
    name = fields.text(key)
    if name and not _NAME.fullmatch(name):
        fields.error(
            key, "must be small letters, digits and dashes, 63 at most: it becomes part of every object's name"
        )
    return name


def read_store(fields: Fields, beside: Path) -> StoreSetup:
    """The store that a section names."""
    store = fields.text("store")
    if store and not store.startswith(STORES):
        fields.error("store", f"must begin with one of {', '.join(STORES)}")
    elif store in STORES:
        fields.error("store", "names no folder or bucket")
    if store.startswith("folder:"):
        store = f"folder:{(beside / store.removeprefix('folder:')).resolve()}"
    return StoreSetup(
        store=store,
        settings=_path(fields, "settings", beside),
        ca=_path(fields, "ca", beside),
        proxy=fields.text("proxy", ""),
        allow_http=fields.flag("allow_http", False),
    )


def _cutting(fields: Fields) -> Cutting:
    usual = USUAL_CUTTING
    return Cutting(
        records=fields.integer("batch_records", usual.records, low=1, high=10_000),
        linger_ms=1000 * fields.integer("batch_seconds", usual.linger_ms // 1000, low=1, high=86_400),
        parts=fields.integer("history_parts", usual.parts, low=1, high=100_000),
        has_history=fields.flag("history", usual.has_history),
        history_ms=1000 * fields.integer("history_seconds", usual.history_ms // 1000, low=1, high=86_400),
    )


def _path(fields: Fields, key: str, beside: Path) -> Path | None:
    text = fields.text(key, "")
    return (beside / text).resolve() if text else None

"""A store and a courier out of what the station file says."""

import platform
import random
import stat
import sys
import time
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from station_app.config_sync import STORES, StoreSetup, SyncSetup
from station_app.core.errors import ConfigError
from station_app.sync.claim import CLAIM, ClaimBook, claim_body
from station_app.sync.courier import Courier
from station_app.sync.folder_remote import FolderRemote
from station_app.sync.object_remote import ObjectAccess, ObjectRemote
from station_app.sync.outbox import OutboxLike
from station_app.sync.route import Clocks, Route

_FOLDER = "folder:"


def make_courier(
    setup: SyncSetup, open_outbox: Callable[[], OutboxLike], data_dir: Path, public_key: Callable[[], str]
) -> Courier:
    """The courier of this station. Nothing is opened before its first step. `public_key` gives that of the station's
    signatures, "" where it has none yet."""
    clocks = Clocks(time.monotonic, lambda: time.time_ns() // 1_000_000, random.random)
    claims = open_claims(setup, data_dir, public_key)
    late_ms = round(setup.late_hours * 3_600_000)
    route = Route(setup.store.store, partial(open_remote, setup.store, tries=1), claims, setup.bytes_per_day, late_ms)
    return Courier(open_outbox, route, clocks)


def open_claims(setup: SyncSetup, data_dir: Path, public_key: Callable[[], str]) -> ClaimBook:
    """What this station claims of its name."""
    body = claim_body(setup.sender, platform.node(), public_key, _utc_now)
    return ClaimBook(data_dir / CLAIM, setup.sender.prefix, body)


def open_remote(setup: StoreSetup, tries: int = 3) -> FolderRemote | ObjectRemote:
    """The store. ConfigError where it cannot be one, or its settings are not safe."""
    if not setup.store.startswith(STORES) or setup.store in STORES:
        remedy = "write folder:DIR, s3://BUCKET/PREFIX, az://... or gs://..."
        raise ConfigError("this is no store", where=setup.store, remedy=remedy)
    if setup.store.startswith(_FOLDER):
        return FolderRemote(Path(setup.store.removeprefix(_FOLDER)))
    settings = _settings(setup.settings) if setup.settings else {}
    access = ObjectAccess(setup.store, settings, setup.ca, setup.proxy, setup.allow_http, tries)
    return ObjectRemote(access)


def _utc_now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _settings(path: Path) -> dict[str, str]:
    """Keys and endpoint out of a TOML file that nobody but its owner may read."""
    try:
        if sys.platform != "win32" and path.is_file() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            remedy = f"chmod 600 {path}"
            raise ConfigError("others may read the store's keys", where=str(path), remedy=remedy)
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        what = f"the store's settings cannot be read: {getattr(error, 'strerror', None) or error}"
        raise ConfigError(what, where=str(path), remedy="give a TOML file of names and texts") from error
    wrong = [name for name, value in table.items() if not isinstance(value, str)]
    if wrong:
        raise ConfigError("every setting is a text", where=f"{path}, {', '.join(wrong)}", remedy="put it in quotes")
    return {name: str(value) for name, value in table.items()}

"""The step `materialise`: the dataset out of the records that stations have sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from station_app.core.errors import ConfigError
from station_app.sync.remote import Remote

Told = Callable[[str, int, int], None]
Options = tuple[tuple[str, bool | int | float | str], ...]


def materialise(remote: Remote, options: Options, out: Path, told: Told) -> dict[str, Any]:
    raise ConfigError("no dataset can be materialised yet", where=remote.where, remedy="name a dataset in [source]")

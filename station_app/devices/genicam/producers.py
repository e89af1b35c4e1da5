"""The GenTL producers on this computer: what the camera vendors' software has installed."""

import os
from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.devices.genicam.link import ProducerCamera
from station_app.devices.genicam.remote import RemoteCamera

SEARCH_PATH = "GENICAM_GENTL64_PATH"
"""The environment variable that the vendors' installers extend, as GenTL has it."""


def list_producers() -> tuple[Path, ...]:
    """Every producer found, in the order of the search path, each once."""
    folders = [Path(folder) for folder in os.environ.get(SEARCH_PATH, "").split(os.pathsep) if folder]
    found = [path.resolve() for folder in folders for path in sorted(folder.glob("*.cti"))]
    return tuple(dict.fromkeys(found))


def find_producer(name: str) -> Path:
    """The producer of this file name or path. ConfigError where there is none."""
    path = Path(name)
    if path.is_file():
        return path.resolve()
    for producer in list_producers():
        if producer.name == name:
            return producer
    offer = ", ".join(producer.name for producer in list_producers()) or "none"
    raise ConfigError(
        f"there is no GenTL producer {name!r}",
        where=SEARCH_PATH,
        remedy=f"install the camera vendor's software; found: {offer}",
    )


def list_cameras(producer: Path) -> tuple[ProducerCamera, ...]:
    """The cameras that a producer offers now. CameraError where it fails, hangs or crashes."""
    return RemoteCamera(producer, "").cameras()

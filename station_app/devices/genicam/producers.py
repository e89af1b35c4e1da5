"""The GenTL producers on this computer: what the camera vendors' software has installed."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.devices.genicam.link import ProducerCamera
from station_app.devices.genicam.remote import RemoteCamera

SEARCH_PATH = "GENICAM_GENTL64_PATH"
"""The environment variable that the vendors' installers extend, as GenTL has it."""


def _usual_folders() -> tuple[tuple[Path, int], ...]:
    if sys.platform == "win32":
        return tuple((Path(os.environ[name]), 6) for name in ("PROGRAMFILES",) if name in os.environ)
    return (Path("/opt"), 6), (Path("/usr/lib"), 3), (Path("/usr/local"), 4)


USUAL_FOLDERS = _usual_folders()
"""Where vendors install, and how many folders deep a producer may lie there."""


def list_producers(usual: Sequence[tuple[Path, int]] = USUAL_FOLDERS) -> tuple[Path, ...]:
    """Every producer found, each once: first those on the search path, in its order, then those in the folders where
    vendors install, for installers that leave the path to the user."""
    return tuple(dict.fromkeys(_installed(usual)))


def find_producer(name: str) -> Path:
    """The producer of this file name or path. ConfigError where there is none."""
    path = Path(name)
    if path.is_file():
        return path.resolve()
    for producer in _installed(USUAL_FOLDERS):
        if producer.name == name:
            return producer
    offer = ", ".join(producer.name for producer in list_producers()) or "none"
    raise ConfigError(
        f"there is no GenTL producer {name!r}",
        where=SEARCH_PATH,
        remedy=f"install the camera vendor's software; found: {offer}",
    )


def _installed(usual: Sequence[tuple[Path, int]]) -> Iterator[Path]:
    """Lazily, since the usual folders are large."""
    for named in filter(None, os.environ.get(SEARCH_PATH, "").split(os.pathsep)):
        yield from (path.resolve() for path in sorted(Path(named).glob("*.cti")))
    for folder, depth in usual:
        yield from (path.resolve() for path in _below(folder, depth))


def _below(folder: Path, depth: int) -> Iterator[Path]:
    """The producers in a folder and down to `depth` folders of it; what may not be read holds none."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    yield from (Path(entry.path) for entry in entries if entry.name.endswith(".cti"))
    for entry in entries:
        if depth and entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path), depth - 1)


def list_cameras(producer: Path) -> tuple[ProducerCamera, ...]:
    """The cameras that a producer offers now. CameraError where it fails, hangs or crashes."""
    return RemoteCamera(producer, "").cameras()

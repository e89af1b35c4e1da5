"""How much room images may take; pure, but for `measure_space`. Rows never go; of images, only plain passes do."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import StorageError

TIGHT_SHARE = 0.05
"""Free share of the disk below which the ballast goes, so that records still fit."""


@dataclass(frozen=True, slots=True)
class Space:
    """Bytes of the disk, and those that stored images take."""

    total: int
    free: int
    images: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes that images may take, and the share of the disk from which images are not stored any more."""

    max_bytes: int
    disk_share: float
    ballast_bytes: int = 32 << 20


def has_room(space: Space, limits: Limits, size: int) -> bool:
    """Whether `size` more bytes of images fit: within the quota, and below the disk's share."""
    used_after = space.total - space.free + size
    return space.images + size <= limits.max_bytes and used_after <= limits.disk_share * space.total


def is_tight(space: Space) -> bool:
    """Whether even records may soon find no room."""
    return space.free < TIGHT_SHARE * space.total


def measure_space(folder: Path, image_bytes: int) -> Space:
    """The disk that holds `folder`, now. StorageError where the folder is gone."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError as error:
        what = f"the disk of the images cannot be asked for its room: {error.strerror}"
        raise StorageError(what, where=str(folder), remedy="bring the disk and its folder back") from error
    return Space(usage.total, usage.free, image_bytes)

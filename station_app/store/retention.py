"""What may go when space runs out. Rows never; evidence images never first: only images of plain passes are shed."""

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

SHED_AT_ONCE = 200


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


def has_room(space: Space, limits: Limits, size: int) -> bool:
    """Whether `size` more bytes of images fit: within the quota, and below the disk's share."""
    used_after = space.total - space.free + size
    return space.images + size <= limits.max_bytes and used_after <= limits.disk_share * space.total


def measure_space(folder: Path, image_bytes: int) -> Space:
    """The disk that holds `folder`, now."""
    usage = shutil.disk_usage(folder)
    return Space(usage.total, usage.free, image_bytes)


def choose_to_shed(connection: sqlite3.Connection) -> tuple[tuple[int, str, str, int], ...]:
    """The oldest images of plain passes, as (part, camera, path, bytes); none where only evidence is left.

    A file that another part's record names as well stays: identical frames share one file.
    """
    rows = connection.execute(
        "SELECT part_id, camera_id, path, bytes FROM images i WHERE state = 'stored' AND is_evidence = 0"
        " AND NOT EXISTS (SELECT 1 FROM images o WHERE o.sha256 = i.sha256 AND o.part_id <> i.part_id"
        " AND o.state = 'stored') ORDER BY part_id LIMIT ?",
        (SHED_AT_ONCE,),
    )
    return tuple(tuple(row) for row in rows)


def mark_shed(connection: sqlite3.Connection, part_id: int, camera_id: str) -> None:
    """Say in the row that the file is gone by policy, before the file goes."""
    connection.execute("UPDATE images SET state = 'shed' WHERE part_id = ? AND camera_id = ?", (part_id, camera_id))

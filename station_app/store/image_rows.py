"""What the database says about image files: which exist, which are evidence, which were let go by policy.

Identical frames of one hour share one file: it counts once, and goes with the last row that names it.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from station_app.store.image_files import StoredImage

SHED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class PlainImage:
    """An image of a plain pass, which may go when space runs out."""

    part_id: int
    camera_id: str
    path: str
    size: int


def note_image(
    connection: sqlite3.Connection, part_id: int, camera_id: str, stored: StoredImage, *, is_evidence: bool
) -> int:
    """Say that the part's image is stored; gives the bytes by which the image folder grew."""
    grown = 0 if _is_named(connection, stored.path) else stored.size
    connection.execute(
        "INSERT INTO images VALUES (?, ?, ?, ?, ?, 'stored', ?) ON CONFLICT (part_id, camera_id) DO UPDATE SET"
        " sha256 = excluded.sha256, path = excluded.path, bytes = excluded.bytes, state = 'stored'",
        (part_id, camera_id, stored.sha256, stored.path, stored.size, is_evidence),
    )
    return grown


def stored_bytes(reader: sqlite3.Connection) -> int:
    """The bytes of all stored files."""
    query = (
        "SELECT coalesce(sum(size), 0) FROM"
        " (SELECT max(bytes) AS size FROM images WHERE state = 'stored' GROUP BY path)"
    )
    return int(reader.execute(query).fetchone()[0])


def choose_to_shed(reader: sqlite3.Connection, count: int = SHED_AT_ONCE) -> tuple[PlainImage, ...]:
    """The oldest images of plain passes; none where only evidence is left, and what batches name that were not sent.

    Those of parts that wait to leave the station go last, where records leave it at all.
    """
    is_sending = reader.execute("SELECT 1 FROM series").fetchone() is not None
    chosen = _sheddable(reader, f"NOT {_WAITS}", count) if is_sending else ()
    return chosen or _sheddable(reader, "1", count)


def mark_shed(connection: sqlite3.Connection, chosen: Iterable[PlainImage]) -> tuple[PlainImage, ...]:
    """Say in the rows that the images go by policy, before they go; gives those whose file nothing names any more.

    What has become evidence since it was chosen stays, and so does what a batch has come to name.
    """
    unnamed = []
    for image in chosen:
        marked = connection.execute(
            "UPDATE images SET state = 'shed' WHERE part_id = ? AND camera_id = ? AND is_evidence = 0"  # noqa: S608
            f" AND NOT {_IS_OWED}",
            (image.part_id, image.camera_id),
        )
        if marked.rowcount and not _is_named(connection, image.path):
            unnamed.append(image)
    return tuple(unnamed)


_IS_OWED = "EXISTS (SELECT 1 FROM blobs b WHERE b.path = images.path AND b.state = 'waiting')"
"""Whether a batch names the image that the plant's store does not have yet."""
_WAITS = (
    "EXISTS (SELECT 1 FROM outbox o JOIN outbox_waiting w ON w.priority IN (0, 1, 2, 3) AND w.id = o.id"
    " WHERE o.part_id = images.part_id)"
)


def _sheddable(reader: sqlite3.Connection, where: str, count: int) -> tuple[PlainImage, ...]:
    rows = reader.execute(
        "SELECT part_id, camera_id, path, bytes FROM images WHERE state = 'stored' AND is_evidence = 0"  # noqa: S608
        f" AND NOT {_IS_OWED} AND {where} ORDER BY part_id LIMIT ?",
        (count,),
    )
    return tuple(PlainImage(*row) for row in rows)


def _is_named(connection: sqlite3.Connection, path: str) -> bool:
    query = "SELECT 1 FROM images WHERE state = 'stored' AND path = ? LIMIT 1"
    return connection.execute(query, (path,)).fetchone() is not None

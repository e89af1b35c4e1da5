"""The line's records in one place: what the engine writes, on the database, the image folder and the thumbnails.

`keep_image`, `keep_thumbnail` and `has_room` belong to the record thread; everything else may come from any thread.
"""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from functools import partial
from pathlib import Path

from station_app.core.inspection import Disposition, Inspection, Override, Pixels, VerdictKind
from station_app.core.recipe import Recipe
from station_app.store import audit, retention
from station_app.store.connection import open_reader, open_writer
from station_app.store.database import Database
from station_app.store.image_files import ImageFiles, StoredImage
from station_app.store.inspections import record_inspection, register_recipe
from station_app.store.issued import IssuedMark
from station_app.store.lock import FolderLock
from station_app.store.overrides import record_override, standing_disposition
from station_app.store.recovery import record_crashed
from station_app.store.retention import Limits
from station_app.store.thumbnails import Thumbnails

DATABASE = "station.db"
IMAGES = "images"
THUMBNAILS = "thumbnails.db"
ISSUED = "issued.mark"


class StationLedger:
    """The open records of one data folder; StorageError where they cannot be opened."""

    def __init__(
        self, folder: Path, limits: Limits, opener: Callable[[Path], sqlite3.Connection] = open_writer
    ) -> None:
        self._lock = FolderLock(folder)
        self._limits = limits
        try:
            self._database = Database(folder / DATABASE, opener)
            self._images = ImageFiles(folder / IMAGES)
            self._images.folder.mkdir(exist_ok=True)
            self._thumbnails = Thumbnails(folder / THUMBNAILS)
            self._issued = IssuedMark(folder / ISSUED)
            self.crashed = self._database.submit(partial(_recover, issued=self._issued.read())).result()
            with closing(open_reader(folder / DATABASE)) as reader:
                self._image_bytes = int(reader.execute(_STORED_BYTES).fetchone()[0])
                last = int(reader.execute("SELECT coalesce(max(part_id), 0) FROM inspections").fetchone()[0])
        except BaseException:
            self._lock.release()
            raise
        self._next = max(last, self._issued.read()) + 1
        self._counting = threading.Lock()

    def next_part_id(self) -> int:
        return self._next

    def issue(self, part_id: int) -> None:
        self._issued.write(part_id)

    def register(self, recipe: Recipe) -> "Future[None]":
        return self._database.submit(partial(_register, recipe=recipe))

    def record(self, inspection: Inspection) -> "Future[None]":
        return self._database.submit(partial(_record, inspection=inspection))

    def override(self, override: Override) -> "Future[tuple[int, Disposition | None]]":
        return self._database.submit(partial(_override, override=override))

    def audit(self, actor: str, action: str, subject: str, details: str = "") -> "Future[None]":
        return self._database.submit(
            partial(audit.append, actor=actor, action=action, subject=subject, details=details)
        )

    def keep_image(self, inspection: Inspection, camera_id: str, pixels: Pixels) -> None:
        stored = self._images.store(pixels)
        write = partial(_keep_image, inspection=inspection, camera_id=camera_id, stored=stored)
        self._database.submit(write).result()
        with self._counting:
            self._image_bytes += stored.size

    def keep_thumbnail(self, part_id: int, pixels: Pixels) -> None:
        self._thumbnails.keep(part_id, pixels)

    def has_room(self, inspection: Inspection, size: int) -> bool:
        if self._fits(size):
            return True
        self._shed()
        return self._fits(size)

    def free_bytes(self) -> int:
        """Free bytes on the disk of the images."""
        return retention.measure_space(self._images.folder, 0).free

    def close(self) -> None:
        """Commit all that waits and let go of the data folder."""
        self._database.close()
        self._thumbnails.close()
        self._issued.close()
        self._lock.release()

    def _fits(self, size: int) -> bool:
        space = retention.measure_space(self._images.folder, self._image_bytes)
        return retention.has_room(space, self._limits, size)

    def _shed(self) -> None:
        """Let the oldest images of plain passes go: first the row says so, then the file is removed."""
        with closing(open_reader(self._database.path)) as reader:
            chosen = retention.choose_to_shed(reader)
        for part_id, camera_id, path, size in chosen:
            self._database.submit(partial(retention.mark_shed, part_id=part_id, camera_id=camera_id)).result()
            self._images.remove(path)
            self._image_bytes -= size


_STORED_BYTES = "SELECT coalesce(sum(bytes), 0) FROM images WHERE state = 'stored'"


def _recover(connection: sqlite3.Connection, issued: int) -> tuple[int, ...]:
    crashed = record_crashed(connection, issued)
    if crashed:
        subject = f"parts {crashed[0]} to {crashed[-1]}"
        audit.append(connection, "station", "recovered_after_crash", subject, f"{len(crashed)} without result")
    return crashed


def _register(connection: sqlite3.Connection, recipe: Recipe) -> None:
    register_recipe(connection, recipe)


def _record(connection: sqlite3.Connection, inspection: Inspection) -> None:
    record_inspection(connection, inspection)


def _override(connection: sqlite3.Connection, override: Override) -> tuple[int, Disposition | None]:
    override_id, standing = record_override(connection, override)
    details = f"{override.disposition} {override.reason}".strip()
    audit.append(connection, override.operator, "override", f"part {override.part_id}", details)
    return override_id, standing


def _keep_image(connection: sqlite3.Connection, inspection: Inspection, camera_id: str, stored: StoredImage) -> None:
    standing = standing_disposition(connection, inspection.part_id)
    is_evidence = inspection.verdict is not VerdictKind.PASS or standing not in (None, Disposition.AGREE)
    connection.execute(
        "INSERT OR IGNORE INTO images VALUES (?, ?, ?, ?, ?, 'stored', ?)",
        (inspection.part_id, camera_id, stored.sha256, stored.path, stored.size, is_evidence),
    )

"""Recorded parts and their pictures, for who shows or reports them: read-only, any thread, a connection each time."""

import logging
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, Pixels
from station_app.core.lines_record import RollDefect, StretchRecord
from station_app.store.connection import SQLITE_FAILURES, limit_reading, open_reader, storage_error
from station_app.store.image_files import ImageFiles, StoredImage
from station_app.store.inspections import load_inspection
from station_app.store.ledger import DATABASE, IMAGES, THUMBNAILS
from station_app.store.neighbours import Neighbours, nearest_known
from station_app.store.references import REFERENCES, ReferenceFiles
from station_app.store.rolls import roll_defects, roll_stretches
from station_app.store.station_key import StationKey, load_key
from station_app.store.thumbnails import load_thumbnail

log = logging.getLogger(__name__)

T = TypeVar("T")


class StationArchive:
    """The records of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._images = ImageFiles(folder / IMAGES)
        self._references = ReferenceFiles(folder / REFERENCES)

    def thumbnail(self, part_id: int) -> Pixels | None:
        """The part's small picture, or None where there is none (yet)."""
        return load_thumbnail(self._folder / THUMBNAILS, part_id)

    def images(self, part_id: int) -> tuple[tuple[str, Pixels], ...]:
        """Every stored image of the part with its camera's name. A damaged one is logged and left out: the other
        cameras saw the part as well."""
        return tuple(image for entry in self._stored(part_id) for image in self._load(part_id, *entry))

    def reference_picture(self, recipe: str, camera_id: str) -> Pixels | None:
        """The picture of the reference that holds, None where there is none. StorageError where it is damaged."""
        reference = self._references.load(recipe, camera_id)
        return None if reference is None else reference.pixels

    def signing_key(self) -> StationKey:
        """The station's own key. StorageError, in a sentence for who exports, where this account may not read it."""
        return load_key(self._folder)

    def inspections(self, part_ids: Iterable[int]) -> tuple[Inspection, ...]:
        """The whole records of these parts, without those that have none. StorageError where they cannot be read."""

        def load(reader: sqlite3.Connection) -> tuple[Inspection, ...]:
            found = (load_inspection(reader, part_id) for part_id in part_ids)
            return tuple(inspection for inspection in found if inspection is not None)

        return self.read(load)

    def nearest_known(self, part_id: int, size: int = 5) -> Neighbours:
        """The known good and the known bad parts that look most like this one. StorageError likewise."""
        path = self._folder / DATABASE
        try:
            return nearest_known(path, self._folder / THUMBNAILS, part_id, size)
        except SQLITE_FAILURES as error:
            raise storage_error(error, path) from error

    def roll_defects(self, roll: str) -> tuple[RollDefect, ...]:
        """Every defect of the rolls of this name, in metres. StorageError where they cannot be read."""
        return self.read(lambda reader: roll_defects(reader, roll))

    def roll_stretches(self, roll: str) -> tuple[tuple[int, StretchRecord], ...]:
        """Every recorded stretch of the rolls of this name with its part id. StorageError likewise."""
        return self.read(lambda reader: roll_stretches(reader, roll))

    def read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """What the query says, all of one moment, on a connection that ends with it. StorageError where the records
        cannot be read."""
        path = self._folder / DATABASE
        try:
            with closing(open_reader(path)) as reader:
                reader.execute("BEGIN")
                return query(reader)
        except SQLITE_FAILURES as error:
            raise storage_error(error, path) from error

    def _stored(self, part_id: int) -> tuple[tuple[str, StoredImage], ...]:
        """Which images there are, by camera; none where the database does not answer."""
        query = "SELECT camera_id, sha256, path, bytes FROM images WHERE part_id = ? AND state = 'stored'"
        try:
            with closing(open_reader(self._folder / DATABASE)) as reader:
                limit_reading(reader)
                return tuple((row[0], StoredImage(*row[1:])) for row in reader.execute(query, (part_id,)))
        except (*SQLITE_FAILURES, StorageError):
            return ()

    def _load(self, part_id: int, camera_id: str, stored: StoredImage) -> tuple[tuple[str, Pixels], ...]:
        try:
            return ((camera_id, self._images.load(stored)),)
        except StorageError as error:
            log.warning("part %d, camera %s: %s", part_id, camera_id, error)
            return ()

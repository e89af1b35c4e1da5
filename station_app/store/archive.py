"""Recorded parts and their pictures, for who shows or reports them: read-only, any thread, a connection each time."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, Pixels
from station_app.store.connection import SQLITE_FAILURES, limit_reading, open_reader, storage_error
from station_app.store.image_files import ImageFiles, StoredImage
from station_app.store.inspections import load_inspection
from station_app.store.ledger import DATABASE, IMAGES, THUMBNAILS
from station_app.store.thumbnails import load_thumbnail


class StationArchive:
    """The records of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._images = ImageFiles(folder / IMAGES)

    def thumbnail(self, part_id: int) -> Pixels | None:
        """The part's small picture, or None where there is none (yet)."""
        return load_thumbnail(self._folder / THUMBNAILS, part_id)

    def image(self, part_id: int) -> Pixels | None:
        """The part's first stored image, or None where none was kept. StorageError where it is damaged."""
        try:
            with closing(open_reader(self._folder / DATABASE)) as reader:
                limit_reading(reader)
                row = reader.execute(
                    "SELECT sha256, path, bytes FROM images WHERE part_id = ? AND state = 'stored' LIMIT 1", (part_id,)
                ).fetchone()
        except (*SQLITE_FAILURES, StorageError):
            return None
        return None if row is None else self._images.load(StoredImage(*row))

    def inspections(self, part_ids: Iterable[int]) -> tuple[Inspection, ...]:
        """The whole records of these parts, without those that have none. StorageError where they cannot be read."""
        path = self._folder / DATABASE
        try:
            with closing(open_reader(path)) as reader:
                found = (load_inspection(reader, part_id) for part_id in part_ids)
                return tuple(inspection for inspection in found if inspection is not None)
        except SQLITE_FAILURES as error:
            raise storage_error(error, path) from error

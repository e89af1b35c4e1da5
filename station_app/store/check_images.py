"""Checks that image files and their rows agree, and that every file still is what was stored."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.image_files import ImageFiles, StoredImage
from station_app.store.problem import Problem


def damaged_images(reader: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """Stored images whose file is gone, changed or cannot be decoded."""
    files = ImageFiles(folder)
    for part_id, *stored in reader.execute("SELECT part_id, sha256, path, bytes FROM images WHERE state = 'stored'"):
        try:
            files.load(StoredImage(*stored))
        except StorageError as error:
            yield Problem(error.what, f"part {part_id}, {error.where}", error.remedy)


def stray_files(reader: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    """Files that no row names: a write that a crash cut short, or a file that was to be shed."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".tmp":
            yield Problem("an image that was never finished", str(path), "remove the file: no record names it")
        elif path.is_file() and not _is_named(reader, path.relative_to(folder).as_posix()):
            yield Problem("an image that no record names", str(path), "remove the file, or ask who put it there")


def _is_named(reader: sqlite3.Connection, path: str) -> bool:
    query = "SELECT 1 FROM images WHERE state = 'stored' AND path = ? LIMIT 1"
    return reader.execute(query, (path,)).fetchone() is not None

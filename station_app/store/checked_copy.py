"""A copy of a database in use that can be relied on."""

import sqlite3
from contextlib import closing
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.connection import tolerate_damaged_text
from station_app.store.image_files import sync_folder
from station_app.store.text import one_line


def copy_checked(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a database that is in use to `target`: under that name it is whole, checked and on disk, or absent."""
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            tolerate_damaged_text(copy)
            answer = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if answer != "ok":
            what = f"the database is damaged, so no backup was made of it: {one_line(answer)}"
            raise StorageError(what, where=str(target), remedy="restore the newest backup")
        unfinished.replace(target)
        sync_folder(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)

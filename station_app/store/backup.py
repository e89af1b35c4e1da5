"""Whole, checked copies of the database, made while the line runs, and the way back from a damaged file.

Called by whoever asks (command line, a timer); never by the writer thread, which a copy of gigabytes would hold up.
"""

import os
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store import audit
from station_app.store.checked_copy import copy_checked
from station_app.store.connection import (
    SQLITE_FAILURES,
    open_reader,
    open_writer,
    storage_error,
    tolerate_damaged_text,
)
from station_app.store.lock import FolderLock
from station_app.store.recovery import RESTORED
from station_app.store.schema import prepare_schema

BACKUPS = "backups"
KEPT = 3
_SIDE_FILES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the damaged file lies now, and the backup that took its place; None where there was none that is sound."""

    set_aside: Path
    backup: Path | None


def back_up(database: Path) -> Path:
    """A checked copy in the folder `backups` beside the database; the oldest go. StorageError where it is not sound."""
    folder = database.with_name(BACKUPS)
    target = folder / time.strftime(f"{database.stem}-%Y%m%dT%H%M%SZ.db", time.gmtime())
    try:
        folder.mkdir(exist_ok=True)
        with closing(open_reader(database)) as reader:
            copy_checked(reader, target)
    except SQLITE_FAILURES as error:
        raise storage_error(error, database) from error
    except OSError as error:
        remedy = "make room on the disk, or give this user the right to write there"
        raise StorageError(f"no backup: {error.strerror}", where=str(folder), remedy=remedy) from error
    # By name, but never the one just made: a clock that was set back must not drive it out.
    for old in [path for path in _newest_first(database) if path != target][KEPT - 1 :]:
        old.unlink()
    return target


def set_aside_and_restore(database: Path) -> Restored:
    """Rename a damaged database and put the newest sound backup in its place, with an entry in its audit chain.

    Nothing is deleted. Where no backup is sound an empty database is begun: the caller has to say so. Part ids go on
    from the trigger mark in either case. StorageError where a station still uses the folder.
    """
    lock = FolderLock(database.parent)
    try:
        set_aside = _unused(database.with_name(time.strftime(f"{database.stem}-damaged-%Y%m%dT%H%M%SZ", time.gmtime())))
        backup = next((path for path in _newest_first(database) if is_sound(path)), None)
        for side in _SIDE_FILES:
            _rename_if_there(Path(f"{database}{side}"), Path(f"{set_aside}{side}"))
        _begin_again(backup, database, set_aside)
    except SQLITE_FAILURES as error:
        raise storage_error(error, database) from error
    except OSError as error:
        remedy = "give this user the right to write there"
        raise StorageError(f"cannot restore: {error.strerror}", where=str(database), remedy=remedy) from error
    finally:
        lock.release()
    return Restored(set_aside, backup)


def is_sound(path: Path) -> bool:
    """Whether a file is a database without damage and with an unbroken audit chain."""
    try:
        with closing(open_reader(path)) as reader:
            tolerate_damaged_text(reader)
            is_whole = reader.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            return is_whole and audit.first_broken_row(reader) is None
    except (*SQLITE_FAILURES, StorageError):
        return False


def _newest_first(database: Path) -> list[Path]:
    return sorted(database.with_name(BACKUPS).glob(f"{database.stem}-*.db"), reverse=True)


def _begin_again(backup: Path | None, database: Path, set_aside: Path) -> None:
    if backup is not None:
        with closing(open_reader(backup)) as reader:
            copy_checked(reader, database)
    # The backup may be of an older version. It stays, and what was kept at an upgrade must not give way to it.
    prepare_schema(database, keeps_older=False)
    what, subject = (RESTORED, backup.name) if backup else ("begun_without_backup", database.name)
    with closing(open_writer(database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        audit.append(connection, "station", what, subject, f"set aside: {set_aside.name}")
        connection.execute("COMMIT")


def _unused(stem: Path) -> Path:
    """A name that nothing has yet: what was set aside a moment ago stays as well."""
    names = (stem.with_name(f"{stem.name}{ending}.db") for ending in ("", *(f"-{n}" for n in range(2, 100))))
    return next(path for path in names if not path.exists())


def _rename_if_there(path: Path, target: Path) -> None:
    if path.exists():
        os.replace(path, target)

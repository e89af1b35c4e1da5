"""Brings a database file to this program's schema: checked first, backed up before it changes, never downgraded."""

import sqlite3
from contextlib import closing
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.checked_copy import copy_checked
from station_app.store.connection import SQLITE_FAILURES, open_writer, storage_error, tolerate_damaged_text
from station_app.store.text import one_line

SCHEMA_VERSION = 19
"""How many migrations there are; kept in `user_version` so that a start with nothing to do imports nothing."""

QUICK_CHECK_MAX_BYTES = 512 << 20
"""Larger files are checked by `station-app verify`; a line does not wait minutes for its start."""


def prepare_schema(path: Path, *, keeps_older: bool = True) -> None:
    """Check the file at `path`, then migrate it where needed; the older file is kept beside it unless that is a copy
    already. StorageError says what to do where it is impossible."""
    is_new = not path.exists() or path.stat().st_size == 0
    with closing(open_writer(path)) as connection:
        tolerate_damaged_text(connection)  # one spoilt record stops neither the check nor the migration of the others
        try:
            if not is_new:
                _check(connection, path)
            version = version_of(connection)
            if version > SCHEMA_VERSION:
                raise _newer(path)
            if version < SCHEMA_VERSION:
                if not is_new and keeps_older:
                    copy_checked(connection, path.with_name(f"{path.stem}-before-v{SCHEMA_VERSION}.db"))
                _migrate(connection)
        except SQLITE_FAILURES as error:
            raise storage_error(error, path) from error


def refuse_other_version(reader: sqlite3.Connection, path: Path) -> None:
    """StorageError where the records are of another version than this program reads; nothing is wrong with them."""
    version = version_of(reader)
    if version > SCHEMA_VERSION:
        raise _newer(path)
    if version < SCHEMA_VERSION:
        remedy = "start the station once: that brings it forward"
        raise StorageError("the database is of an older version", where=str(path), remedy=remedy)


def version_of(reader: sqlite3.Connection) -> int:
    """How many migrations the database has had."""
    return int(reader.execute("PRAGMA user_version").fetchone()[0])


def _newer(path: Path) -> StorageError:
    remedy = "install the newer version again; this one would lose what that one has recorded"
    return StorageError("the database was written by a newer version", where=str(path), remedy=remedy)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size > QUICK_CHECK_MAX_BYTES:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        remedy = "restore the newest backup; the damaged file is kept"
        raise StorageError(f"the database is damaged: {one_line(answer)}", where=str(path), remedy=remedy)


def _migrate(connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database as Tables

    from station_app.store.migrations import migrations

    migrations.apply(Tables(connection))
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

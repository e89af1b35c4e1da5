"""Brings a database file to this program's schema: checked first, backed up before it changes, never downgraded."""

import sqlite3
from contextlib import closing
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.checked_copy import copy_checked
from station_app.store.connection import SQLITE_FAILURES, open_writer, storage_error, tolerate_damaged_text
from station_app.store.text import one_line

SCHEMA_VERSION = 13
"""How many migrations there are; kept in `user_version` so that a start with nothing to do imports nothing."""

QUICK_CHECK_MAX_BYTES = 512 << 20
"""Larger files are checked by `station-app verify`; a line does not wait minutes for its start."""


def prepare_schema(path: Path) -> None:
    """Check the file at `path`, then migrate it where needed. StorageError says what to do where that is impossible."""
    is_new = not path.exists() or path.stat().st_size == 0
    with closing(open_writer(path)) as connection:
        try:
            if not is_new:
                _check(connection, path)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                remedy = "install the newer version again; this one would lose what that one has recorded"
                raise StorageError("the database was written by a newer version", where=str(path), remedy=remedy)
            if version < SCHEMA_VERSION:
                if not is_new:
                    copy_checked(connection, path.with_name(f"{path.stem}-before-v{SCHEMA_VERSION}.db"))
                _migrate(connection)
        except SQLITE_FAILURES as error:
            raise storage_error(error, path) from error


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size > QUICK_CHECK_MAX_BYTES:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return
    tolerate_damaged_text(connection)
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        remedy = "restore the newest backup; the damaged file is kept"
        raise StorageError(f"the database is damaged: {one_line(answer)}", where=str(path), remedy=remedy)


def _migrate(connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database as Tables

    from station_app.store.migrations import migrations

    migrations.apply(Tables(connection))
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

"""Is everything that was recorded still there and true? Read-only; names each fault, where it is and what to do.

Best with the line paused: an image that is being stored at that very moment may be named. Nothing here repairs: what
a machine would mend silently, nobody would ever look into.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.audit import first_broken_row
from station_app.store.check_images import damaged_images, stray_files
from station_app.store.check_passes import changed_recipes, unproved_passes
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE, IMAGES
from station_app.store.problem import NAMED_MAX, Problem

PROTECTED = ("inspections", "findings", "overrides", "audit")
_RESTORE = "restore the newest backup; the damaged file is kept"


def verify(folder: Path) -> tuple[Problem, ...]:
    """Every problem of the data folder; empty where all is well."""
    path = folder / DATABASE
    if not path.exists():
        return (Problem("there is no database", str(path), "run the station once, or give its --data-dir"),)
    try:
        with closing(open_reader(path)) as reader:
            return tuple(problem for check in _CHECKS for problem in islice(check(reader, folder / IMAGES), NAMED_MAX))
    except (sqlite3.Error, StorageError) as error:
        return (Problem(f"the database cannot be read: {error}", str(path), _RESTORE),)


def _integrity(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    for (line,) in reader.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Problem(f"the database is damaged: {line}", DATABASE, _RESTORE)
    for row in reader.execute("PRAGMA foreign_key_check"):
        yield Problem(f"a row of {row[0]} belongs to nothing", f"{DATABASE}, row {row[1]}", "call support")


def _protection(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    present = {(name, table): str(sql) for name, table, sql in reader.execute(query)}
    for table in PROTECTED:
        for verb in ("UPDATE", "DELETE"):
            sql = present.get((f"{table}_no_{verb.lower()}", table), "")
            if f"BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT," not in sql:
                what = f"{table} can be changed: its protection against {verb} was removed"
                yield Problem(what, DATABASE, "find out who had access; restore the newest backup")


def _audit(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    broken = first_broken_row(reader)
    if broken is not None:
        yield Problem("the audit chain is broken", f"{DATABASE}, audit row {broken}", "find out who had access")


def _part_ids(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    query = (
        "SELECT part_id, before FROM (SELECT part_id, lag(part_id) OVER (ORDER BY part_id) AS before FROM inspections)"
        " WHERE part_id <> before + 1"
    )
    remedy = "start the station: it records the latest; older ones may be in a database that was set aside"
    for part_id, before in reader.execute(query):
        yield Problem(f"parts {before + 1} to {part_id - 1} have no record", DATABASE, remedy)


def _roll_up(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    counted = (
        "SELECT inspected_at_ms / 3600000, recipe_id, verdict, coalesce(reason, ''), coalesce(label, ''), count(*)"
        " FROM inspections GROUP BY 1, 2, 3, 4, 5"
    )
    missing = f"SELECT * FROM ({counted} EXCEPT SELECT * FROM hourly)"  # noqa: S608 - constants only
    surplus = f"SELECT * FROM (SELECT * FROM hourly EXCEPT {counted})"  # noqa: S608 - constants only
    hours = {(row[0], row[2]) for query in (missing, surplus) for row in reader.execute(query)}
    for hour, verdict in sorted(hours):
        where = f"{DATABASE}, hour {hour}, {verdict}"
        yield Problem("the hourly counts differ from the records", where, "call support; the records are right")


_CHECKS: tuple[Callable[[sqlite3.Connection, Path], Iterator[Problem]], ...] = (
    _integrity,
    _protection,
    _audit,
    _part_ids,
    changed_recipes,
    unproved_passes,
    _roll_up,
    damaged_images,
    stray_files,
)

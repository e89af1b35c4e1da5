"""Is everything that was recorded still there and true? Read-only; names each fault, where it is and what to do."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.audit import first_broken_row
from station_app.store.connection import open_reader
from station_app.store.image_files import ImageFiles, StoredImage
from station_app.store.ledger import DATABASE, IMAGES

NAMED_MAX = 20
"""Faults of one kind that are named one by one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    what: str
    where: str
    remedy: str


def verify(folder: Path) -> tuple[Problem, ...]:
    """Every problem of the data folder; empty where all is well."""
    path = folder / DATABASE
    if not path.exists():
        return (Problem("there is no database", str(path), "run the station once, or give its --data-dir"),)
    try:
        with closing(open_reader(path)) as reader:
            checks: tuple[Callable[[sqlite3.Connection], Iterator[Problem]], ...] = (
                _integrity,
                _protection,
                _audit,
                _part_ids,
                _passes,
                _roll_up,
            )
            found = [problem for check in checks for problem in check(reader)]
            found += _images(reader, folder / IMAGES)
    except (sqlite3.DatabaseError, StorageError) as error:
        return (Problem(f"the database cannot be read: {error}", str(path), "restore the newest backup"),)
    return (*found, *_temporary_files(folder / IMAGES))


def _integrity(reader: sqlite3.Connection) -> Iterator[Problem]:
    for (line,) in reader.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Problem(f"the database is damaged: {line}", DATABASE, "restore the newest backup")
    for row in reader.execute("PRAGMA foreign_key_check"):
        yield Problem(f"a row of {row[0]} belongs to nothing", f"{DATABASE}, row {row[1]}", "call support")


def _protection(reader: sqlite3.Connection) -> Iterator[Problem]:
    present = {row[0] for row in reader.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for table in ("inspections", "findings", "overrides", "audit"):
        for verb in ("update", "delete"):
            if f"{table}_no_{verb}" not in present:
                what = f"{table} can be changed: its {verb} protection was removed"
                yield Problem(what, DATABASE, "find out who had access; restore the newest backup")


def _audit(reader: sqlite3.Connection) -> Iterator[Problem]:
    broken = first_broken_row(reader)
    if broken is not None:
        yield Problem("the audit chain is broken", f"{DATABASE}, audit row {broken}", "find out who had access")


def _part_ids(reader: sqlite3.Connection) -> Iterator[Problem]:
    query = (
        "SELECT part_id, before FROM (SELECT part_id, lag(part_id) OVER (ORDER BY part_id) AS before FROM inspections)"
        " WHERE part_id <> before + 1 LIMIT ?"
    )
    for part_id, before in reader.execute(query, (NAMED_MAX,)):
        yield Problem(
            f"parts {before + 1} to {part_id - 1} have no record", DATABASE, "start the station: it records them"
        )


def _passes(reader: sqlite3.Connection) -> Iterator[Problem]:
    """No PASS without the evidence for it in its own record."""
    for part_id, body in reader.execute("SELECT part_id, body FROM inspections WHERE verdict = 'PASS'"):
        told = json.loads(body)
        cameras = told["cameras"]
        is_whole = cameras and all(c["model_hash"] and c["quality"] and c["frame_id"] >= 0 for c in cameras)
        if not is_whole or not told["scores"]:
            yield Problem("a PASS without its evidence", f"{DATABASE}, part {part_id}", "treat the part as suspect")


def _roll_up(reader: sqlite3.Connection) -> Iterator[Problem]:
    counted = (
        "SELECT inspected_at_ms / 3600000, recipe_id, verdict, coalesce(reason, ''), coalesce(label, ''), count(*)"
    )
    query = f"{counted} FROM inspections GROUP BY 1, 2, 3, 4, 5 EXCEPT SELECT * FROM hourly"  # noqa: S608 - constants
    for row in reader.execute(query).fetchmany(NAMED_MAX):
        where = f"{DATABASE}, hour {row[0]}, {row[2]}"
        yield Problem("the hourly counts differ from the records", where, "call support; the records are right")


def _images(reader: sqlite3.Connection, folder: Path) -> Iterator[Problem]:
    files = ImageFiles(folder)
    rows = reader.execute("SELECT part_id, sha256, path, bytes FROM images WHERE state = 'stored'")
    for part_id, *stored in rows:
        try:
            files.load(StoredImage(*stored))
        except StorageError as error:
            yield Problem(error.what, f"part {part_id}, {error.where}", error.remedy)


def _temporary_files(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.rglob("*.tmp"))[:NAMED_MAX]:
        yield Problem("an image that was never finished", str(path), "remove the file: no record names it")

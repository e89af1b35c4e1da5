"""Is everything that was recorded still there and true? Read-only; names each fault, where it is and what to do.

Best with the line paused: an image that is being stored at that very moment may be named. Nothing here repairs: what
a machine would mend silently, nobody would ever look into.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.audit_heads import check_chain
from station_app.store.check_history import strayed_history
from station_app.store.check_images import damaged_images, stray_files
from station_app.store.check_models import changed_deeds, changed_offers, impossible_deeds
from station_app.store.check_outbox import broken_batches, unfit_batches, untold_records
from station_app.store.check_passes import changed_recipes, contradicted_passes, repeated_passes, unproved_passes
from station_app.store.check_samples import changed_draws, differing_counts, misplaced_parts
from station_app.store.check_shadow import differing_shadows
from station_app.store.check_studies import changed_plans, unbalanced_plans, unfit_answers
from station_app.store.connection import SQLITE_FAILURES, open_reader, storage_error, tolerate_damaged_text
from station_app.store.ledger import DATABASE, IMAGES
from station_app.store.placements import differing_positions
from station_app.store.problem import NAMED_MAX, Problem
from station_app.store.recovery import first_part
from station_app.store.rollup_fill import differing_hours
from station_app.store.station_key import public_key
from station_app.store.text import one_line

Check = Callable[[sqlite3.Connection, Path], Iterator[Problem]]

PROTECTED = {
    **dict.fromkeys(("inspections", "findings", "overrides", "audit"), 4),
    **dict.fromkeys(("stretches", "web_defects"), 7),
    **dict.fromkeys(("people_changes", "audit_heads"), 8),
    "lot_changes": 9,
    **dict.fromkeys(("sampling_plans", "samples", "near_parts", "reviews", "review_undos", "suspects"), 10),
    **dict.fromkeys(("revision_texts", "revision_signatures", "revision_states"), 11),
    **dict.fromkeys(("studies", "study_parts", "study_showings", "study_answers", "study_closings"), 12),
    "frozen_limits": 13,
    "marker_notes": 15,
    **dict.fromkeys(("series", "outbox", "batches", "cut_records", "batch_blobs", "receipts"), 16),
    "placements": 17,
    **dict.fromkeys(("model_offers", "model_deeds"), 18),
    **dict.fromkeys(("shadow_runs", "shadow_results"), 19),
}
"""Tables in which nothing is ever changed, each with the version of the database from which on it is so."""
_RESTORE = "restore the newest backup; the damaged file is kept"


def verify(folder: Path) -> tuple[Problem, ...]:
    """Every problem of the data folder; empty where all is well."""
    return _verified(folder, _CHECKS)


def verify_audit(folder: Path) -> tuple[Problem, ...]:
    """Every problem of the audit chain alone."""
    return _verified(folder, (_protection, _audit))


def _verified(folder: Path, checks: tuple[Check, ...]) -> tuple[Problem, ...]:
    path = folder / DATABASE
    if not path.exists():
        return (Problem("there is no database", str(path), "run the station once, or give its --data-dir"),)
    try:
        with closing(open_reader(path)) as reader:
            tolerate_damaged_text(reader)
            found = [_found_by(check, reader, folder) for check in checks]
    except StorageError as error:
        return (Problem(error.what, error.where, error.remedy),)
    # One broken page ends many checks with the same words: once is enough.
    return tuple(dict.fromkeys(problem for problems in found for problem in problems))


def _found_by(check: Check, reader: sqlite3.Connection, folder: Path) -> list[Problem]:
    """What one check finds, and that it could not be finished where that is so: the others go on."""
    problems: list[Problem] = []
    try:
        problems.extend(islice(check(reader, folder / IMAGES), NAMED_MAX))
    except (*SQLITE_FAILURES, StorageError) as error:
        told = error if isinstance(error, StorageError) else storage_error(error, folder / DATABASE)
        problems.append(Problem(told.what, told.where, told.remedy))
    return problems


def _integrity(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    for (line,) in reader.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Problem(f"the database is damaged: {one_line(line)}", DATABASE, _RESTORE)
    for row in reader.execute("PRAGMA foreign_key_check"):
        yield Problem(f"a row of {row[0]} belongs to nothing", f"{DATABASE}, row {row[1]}", "call support")


def _protection(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    present = {(name, table): str(sql) for name, table, sql in reader.execute(query)}
    version = reader.execute("PRAGMA user_version").fetchone()[0]
    for table in (table for table, since in PROTECTED.items() if version >= since):
        for verb in ("UPDATE", "DELETE"):
            sql = present.get((f"{table}_no_{verb.lower()}", table), "")
            if f"BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT," not in sql:
                what = f"{table} can be changed: its protection against {verb} was removed"
                yield Problem(what, DATABASE, "find out who had access; restore the newest backup")


def _audit(reader: sqlite3.Connection, images: Path) -> Iterator[Problem]:
    folder = images.parent
    try:
        yield from check_chain(reader, partial(public_key, folder), DATABASE)
    except StorageError as error:
        yield Problem(error.what, error.where, error.remedy)


def _part_ids(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    query = (
        "SELECT part_id, before FROM (SELECT part_id, lag(part_id) OVER (ORDER BY part_id) AS before FROM inspections)"
        " WHERE part_id <> before + 1"
    )
    first, oldest = first_part(reader), reader.execute("SELECT min(part_id) FROM inspections").fetchone()[0]
    gaps = [(oldest, first - 1)] if first is not None and oldest is not None and oldest > first else []
    remedy = "start the station: it records the latest; older ones may be in a database that was set aside"
    for part_id, before in (*gaps, *reader.execute(query)):
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


def _positions(reader: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    if reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'hour_positions'").fetchone() is not None:
        yield from (("hour_positions", hour) for _, hour in differing_positions(reader))


def _charts(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    if reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'open_histograms'").fetchone() is None:
        return
    for table, hour in (*differing_hours(reader), *_positions(reader)):
        where = f"{DATABASE}, {table}, hour {hour}"
        yield Problem("the counts of the charts differ from the records", where, "call support; the records are right")


_CHECKS: tuple[Check, ...] = (
    _integrity,
    _protection,
    _audit,
    _part_ids,
    changed_recipes,
    unproved_passes,
    contradicted_passes,
    repeated_passes,
    _roll_up,
    _charts,
    strayed_history,
    changed_draws,
    differing_counts,
    misplaced_parts,
    unbalanced_plans,
    changed_plans,
    unfit_answers,
    changed_deeds,
    changed_offers,
    impossible_deeds,
    differing_shadows,
    untold_records,
    broken_batches,
    unfit_batches,
    damaged_images,
    stray_files,
)

"""Compares the history's index with the records that it was made from, part by part."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from station_app.store.history_entry import SERIAL_SPAN_BITS, STEM, TIME_SPAN_BITS, Combination, models_in
from station_app.store.problem import NAMED_MAX, Problem

_REMEDY = "call support; the records are right"
_MIGRATION = "0009_history"

_ENTRIES = (
    "SELECT i.part_id, i.recipe_id, i.verdict, coalesce(i.reason, ''), coalesce(i.label, ''), i.body, i.lot,"
    " i.inspected_at_ms, i.serial, h.part_id, c.recipe_id, c.verdict, c.reason, c.label, c.model,"
    " coalesce(l.lot, ''), h.at_ms, h.serial"
    " FROM inspections i LEFT JOIN history h ON h.part_id = i.part_id"
    " LEFT JOIN combinations c ON c.id = h.combination LEFT JOIN lots l ON l.id = h.lot ORDER BY i.part_id"
)
_UNFOUNDED = "SELECT part_id FROM history WHERE part_id NOT IN (SELECT part_id FROM inspections)"
_OUTSIDE_TIMES = (
    "SELECT h.part_id FROM history h LEFT JOIN history_spans s ON s.span = h.part_id >> ?"
    " WHERE s.span IS NULL OR h.at_ms < s.first_ms OR h.at_ms > s.last_ms"
)
_OUTSIDE_SERIALS = (
    "SELECT h.part_id FROM history h LEFT JOIN serial_families f ON f.stem = substr(h.serial, 1, ?)"
    " LEFT JOIN serial_spans s ON s.family = coalesce(f.id, 0) AND s.span = h.part_id >> ?"
    " WHERE h.serial <> '' AND (s.span IS NULL OR h.serial < s.low OR h.serial > s.high)"
)
_STANDING = (
    "SELECT o.part_id, o.disposition, o.operator, h.combination, h.lot FROM (SELECT max(id) AS id FROM overrides"
    " WHERE disposition <> 'undo' AND id NOT IN (SELECT undoes FROM overrides WHERE undoes IS NOT NULL)"
    " GROUP BY part_id) last JOIN overrides o ON o.id = last.id JOIN history h ON h.part_id = o.part_id"
)
_DECIDED = (
    "SELECT d.part_id, s.disposition, s.operator, d.combination, d.lot FROM decided d"
    " JOIN standings s ON s.id = d.standing"
)
_COUNTED = "SELECT standing, combination, count(*) FROM decided GROUP BY 1, 2"
_PAIRS = "SELECT standing, combination, parts FROM decided_pairs"


def strayed_history(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Parts that the history shows otherwise than they were recorded or decided, or not at all."""
    noted = "SELECT 1 FROM _sqlite_migrations WHERE name = ?"
    if reader.execute(noted, (_MIGRATION,)).fetchone() is None:
        return
    for part_id, what in _strayed(reader):
        yield Problem(what, f"part {part_id}", _REMEDY)
    if any(True for query in _both_ways(_COUNTED, _PAIRS) for _ in reader.execute(query)):
        yield Problem("the history's counts of decisions differ from the decisions", "decided_pairs", _REMEDY)


def _strayed(reader: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    yield from islice(_wrong_entries(reader), NAMED_MAX)
    checks: tuple[tuple[str, tuple[int, ...], str], ...] = (
        (_UNFOUNDED, (), "the history shows a part that was not recorded"),
        (_OUTSIDE_TIMES, (TIME_SPAN_BITS,), "the history does not find the part by its time"),
        (
            _OUTSIDE_SERIALS,
            (STEM, SERIAL_SPAN_BITS),
            "the history does not find the part by its serial number",
        ),
        *((query, (), "the history shows another decision than stands") for query in _both_ways(_STANDING, _DECIDED)),
    )
    for query, values, what in checks:
        yield from ((row[0], what) for row in islice(reader.execute(query, values), NAMED_MAX))


def _wrong_entries(reader: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    for part_id, recipe_id, verdict, reason, label, body, lot, at_ms, serial, *entry in reader.execute(_ENTRIES):
        if entry[0] is None:
            yield part_id, "the history does not show the part"
        elif entry[1:] != [*Combination(recipe_id, verdict, reason, label, _models(body)), lot, at_ms, serial]:
            yield part_id, "the history shows the part otherwise than it was recorded"


def _models(body: str) -> str:
    """What a body that was written over holds is another check's to say."""
    try:
        return models_in(body)
    except (ValueError, TypeError):
        return ""


def _both_ways(one: str, other: str) -> tuple[str, str]:
    return f"{one} EXCEPT {other}", f"SELECT * FROM ({other}) EXCEPT {one}"  # noqa: S608 - constants

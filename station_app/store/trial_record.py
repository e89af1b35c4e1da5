"""What the records say of a model on trial: how many parts it decided, what people made of them, how its scores lie.

Read-only. Asked while the trial runs, for the trial's own parts and the champion's newest.
"""

import json
import sqlite3

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.review import Answer
from station_app.core.shadow import is_bad, is_overturned
from station_app.core.trial_record import MODEL_FAULTS, JudgedParts, TrialAsked, TrialRecord

MOST_JUDGED = 2000
MOST_SCORES = 1000
_KINDS = tuple(VerdictKind)
_LOST = json.dumps(MODEL_FAULTS)


def trial_record(reader: sqlite3.Connection, asked: TrialAsked) -> TrialRecord:
    """The record of the trial that is asked for; empty where its recipe was never registered."""
    ours, theirs = (_recipe_id(reader, sha256) for sha256 in (asked.recipe_hash, asked.champion_hash))
    judged = _judged(reader, ours, asked.since_ms)
    overturned = {part for part, is_wrong in judged.items() if is_wrong}
    lost = _lost(reader, ours, asked.since_ms)
    bad = overturned | lost
    parts = _decided(reader, ours, asked.since_ms, 2**62)
    old = _decided(reader, ours, asked.since_ms, asked.settled_before_ms)
    recent = {part for part in judged.keys() | lost if _at_ms(reader, part) >= asked.settled_before_ms}
    before = _judged(reader, theirs, 0)
    return TrialRecord(
        parts=parts,
        bad=len(bad),
        settled=old + len(recent),
        ours=JudgedParts(len(overturned), len(judged)),
        theirs=JudgedParts(sum(before.values()), len(before)),
        reference=_shadow_scores(reader, asked),
        scores=_scores(reader, ours, asked.since_ms),
    )


def _recipe_id(reader: sqlite3.Connection, sha256: str) -> int:
    row = reader.execute("SELECT id FROM recipes WHERE sha256 = ?", (sha256,)).fetchone()
    return -1 if row is None else int(row[0])


def _decided(reader: sqlite3.Connection, recipe_id: int, from_ms: int, until_ms: int) -> int:
    query = (
        "SELECT count(*) FROM inspections WHERE recipe_id = ? AND verdict = ?"
        " AND inspected_at_ms >= ? AND inspected_at_ms < ?"
    )
    counts = (reader.execute(query, (recipe_id, kind, from_ms, until_ms)).fetchone()[0] for kind in _KINDS)
    return sum(counts)


def _lost(reader: sqlite3.Connection, recipe_id: int, since_ms: int) -> set[int]:
    query = (
        "SELECT part_id FROM inspections WHERE recipe_id = ? AND verdict = 'NO_RESULT' AND inspected_at_ms >= ?"
        " AND reason IN (SELECT value FROM json_each(?))"
    )
    return {row[0] for row in reader.execute(query, (recipe_id, since_ms, _LOST))}


def _at_ms(reader: sqlite3.Connection, part_id: int) -> int:
    return int(reader.execute("SELECT inspected_at_ms FROM inspections WHERE part_id = ?", (part_id,)).fetchone()[0])


def _judged(reader: sqlite3.Connection, recipe_id: int, since_ms: int) -> dict[int, bool]:
    """The newest parts of the recipe with a result that people judged, and whether they overturned the verdict."""
    query = (
        "SELECT i.part_id, i.verdict, (SELECT t.disposition FROM decided d JOIN standings t ON t.id = d.standing"
        " WHERE d.part_id = i.part_id), (SELECT e.answer FROM settled e WHERE e.part_id = i.part_id)"
        " FROM {0} j CROSS JOIN inspections i WHERE i.part_id = j.part_id AND i.recipe_id = ?1"
        " AND i.inspected_at_ms >= ?2 AND i.verdict <> 'NO_RESULT' AND j.part_id >= ?3 ORDER BY j.part_id DESC LIMIT ?4"
    )
    asked = (recipe_id, since_ms, _first_part(reader, recipe_id, since_ms), MOST_JUDGED)
    judged: dict[int, bool] = {}
    for table in ("decided", "settled"):
        for part_id, verdict, *words in reader.execute(query.format(table), asked):
            kind, truth = VerdictKind(verdict), _truth(verdict, *words)
            if truth is not None:
                judged[part_id] = is_overturned(kind, truth)
    return judged


def _first_part(reader: sqlite3.Connection, recipe_id: int, since_ms: int) -> int:
    """The first part that it decided since then: what people said of others is not walked through."""
    query = (
        "SELECT part_id FROM inspections WHERE recipe_id = ? AND verdict = ? AND inspected_at_ms >= ?"
        " ORDER BY inspected_at_ms LIMIT 1"
    )
    firsts = (reader.execute(query, (recipe_id, kind, since_ms)).fetchone() for kind in _KINDS)
    return min((row[0] for row in firsts if row is not None), default=0)


def _truth(verdict: str, disposition: str | None, answer: str | None) -> bool | None:
    said = Disposition(disposition) if disposition else None
    return is_bad(VerdictKind(verdict), said, Answer(answer) if answer else None)


def _scores(reader: sqlite3.Connection, recipe_id: int, since_ms: int) -> tuple[float, ...]:
    # Down the parts and not by the index of the recipe: the newest of a trial are near the end.
    query = (
        "SELECT score FROM inspections WHERE +recipe_id = ? AND inspected_at_ms >= ? AND score IS NOT NULL"
        " AND verdict <> 'NO_RESULT' ORDER BY part_id DESC LIMIT ?"
    )
    rows = reader.execute(query, (recipe_id, since_ms, MOST_SCORES)).fetchall()
    return tuple(row[0] for row in reversed(rows))


def _shadow_scores(reader: sqlite3.Connection, asked: TrialAsked) -> tuple[float, ...]:
    """The first ones: what the model was like when it was proved beside the champion."""
    query = (
        "SELECT s.score FROM shadow_results s JOIN shadow_runs u ON u.id = s.run JOIN recipes r ON r.id = u.recipe_id"
        " WHERE u.package_sha256 = ? AND u.camera_id = ?"
        " AND r.name = (SELECT name FROM recipes WHERE sha256 = ?) AND s.score IS NOT NULL"
        " AND s.verdict <> 'NO_RESULT' LIMIT ?"
    )
    values = (asked.package_sha256, asked.camera_id, asked.recipe_hash, MOST_SCORES)
    return tuple(row[0] for row in reader.execute(query, values))

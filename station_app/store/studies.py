"""Agreement studies out of the database: the list, what an appraiser sees next, and all answers for the report."""

import json
import sqlite3
from typing import Any

from station_app.core.errors import StorageError
from station_app.core.history import HistoryFilter
from station_app.core.inspection import VerdictKind
from station_app.core.review import Answer
from station_app.core.study import (
    Appraiser,
    AppraiserProgress,
    NextShowing,
    StandardPart,
    StudyClosing,
    StudyDecision,
    StudyRecord,
    StudySummary,
    calls_bad,
)
from station_app.core.study_messages import StudyPart
from station_app.store.history_question import resolve
from station_app.store.text import storable


def studies(reader: sqlite3.Connection) -> tuple[StudySummary, ...]:
    """Every study, the newest first."""
    return tuple(_summary(reader, row) for row in reader.execute(f"{_HEADS} ORDER BY s.id DESC").fetchall())


def next_showing(reader: sqlite3.Connection, study_id: int, person: str) -> NextShowing | None:
    """What this person judges next; None where all is answered, the study is closed, or it asks nothing of them."""
    name = storable(person)
    row = reader.execute(_NEXT, (study_id, name)).fetchone()
    if row is None:
        return None
    showing, code, part_id, sees_model, verdict, answered, showings = row
    model_says_bad = calls_bad(VerdictKind(verdict)) if sees_model else None
    return NextShowing(study_id, showing, code, part_id, model_says_bad, answered, showings)


def study_record(reader: sqlite3.Connection, study_id: int) -> StudyRecord:
    """All that is recorded of one study. StorageError where there is none of this number."""
    head = reader.execute(f"{_HEADS} WHERE s.id = ?", (study_id,)).fetchone()
    if head is None:
        remedy = "look at the list of studies"
        raise StorageError("there is no such study", where=f"study {study_id}", remedy=remedy)
    parts = reader.execute(_PARTS, (study_id,)).fetchall()
    decisions = reader.execute(_DECISIONS, (study_id,))
    return StudyRecord(
        summary=_summary(reader, head),
        parts=tuple(StudyPart(part_id, bool(is_bad)) for part_id, is_bad, _ in parts),
        decisions=tuple(_decision(row) for row in decisions),
        model_bad={part_id: calls_bad(VerdictKind(verdict)) for part_id, _, verdict in parts},
    )


def standard_parts(
    reader: sqlite3.Connection, where: HistoryFilter, *, is_bad: bool, size: int
) -> tuple[StandardPart, ...]:
    """The newest parts of the history's filter that people have settled so and whose image is stored."""
    asked = resolve(reader, where)
    if asked is None:
        return ()
    exact, times = asked.exact()
    terms, values = [exact], [Answer.BAD if is_bad else Answer.GOOD, *times]
    if asked.combinations is not None:
        terms.append("h.combination IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(asked.combinations))
    if asked.standings is not None:
        terms.append("h.part_id IN (SELECT part_id FROM decided WHERE standing IN (SELECT value FROM json_each(?)))")
        values.append(json.dumps(asked.standings))
    if asked.lot is not None:
        terms.append("h.lot = ?")
        values.append(asked.lot)
    query = _STANDARD.format(terms=" AND ".join(terms))
    rows = reader.execute(query, (*values, size))
    return tuple(StandardPart(part_id, is_bad, bool(near), recipe) for part_id, near, recipe in rows)


_HEADS = (
    "SELECT s.id, s.title, s.trials, s.includes_model, s.started_by, s.started_at_ms, c.closed_by, c.reason,"
    " c.closed_at_ms, (SELECT count(*) FROM study_parts p WHERE p.study_id = s.id),"
    " (SELECT count(*) FROM study_parts p WHERE p.study_id = s.id AND p.is_bad = 1)"
    " FROM studies s LEFT JOIN study_closings c ON c.study_id = s.id"
)
_PROGRESS = (
    "SELECT s.person, s.sees_model, count(a.showing), count(*) FROM study_showings s LEFT JOIN study_answers a"
    " ON a.study_id = s.study_id AND a.showing = s.showing WHERE s.study_id = ?"
    " GROUP BY s.person, s.sees_model ORDER BY s.sees_model, s.person"
)
_NEXT = (
    "SELECT s.showing, s.code, s.part_id, s.sees_model, i.verdict,"
    " (SELECT count(*) FROM study_showings o JOIN study_answers b ON b.study_id = o.study_id AND b.showing = o.showing"
    " WHERE o.study_id = s.study_id AND o.person = s.person),"
    " (SELECT count(*) FROM study_showings o WHERE o.study_id = s.study_id AND o.person = s.person)"
    " FROM study_showings s JOIN inspections i ON i.part_id = s.part_id"
    " WHERE s.study_id = ? AND s.person = ?"
    " AND NOT EXISTS (SELECT 1 FROM study_answers a WHERE a.study_id = s.study_id AND a.showing = s.showing)"
    " AND NOT EXISTS (SELECT 1 FROM study_closings c WHERE c.study_id = s.study_id)"
    " ORDER BY s.showing LIMIT 1"
)
_PARTS = (
    "SELECT p.part_id, p.is_bad, i.verdict FROM study_parts p JOIN inspections i ON i.part_id = p.part_id"
    " WHERE p.study_id = ? ORDER BY p.part_id"
)
_DECISIONS = (
    "SELECT s.person, s.sees_model, s.part_id, s.trial, a.is_bad, a.viewed_ms FROM study_answers a"
    " JOIN study_showings s ON s.study_id = a.study_id AND s.showing = a.showing WHERE a.study_id = ?"
    " ORDER BY a.showing"
)
_STANDARD = (
    "SELECT s.part_id, EXISTS (SELECT 1 FROM near_parts n WHERE n.part_id = s.part_id) OR"
    " (SELECT count(DISTINCT answer) FROM reviews v WHERE v.part_id = s.part_id AND v.answer <> 'unsure') > 1, r.name"
    " FROM settled s JOIN history h ON h.part_id = s.part_id JOIN recipes r ON r.id = s.recipe_id"
    " WHERE s.answer = ? AND {terms}"
    " AND EXISTS (SELECT 1 FROM images m WHERE m.part_id = s.part_id AND m.state = 'stored')"
    " AND EXISTS (SELECT 1 FROM inspections i WHERE i.part_id = s.part_id AND i.verdict <> 'NO_RESULT')"
    " ORDER BY s.part_id DESC LIMIT ?"
)


def _summary(reader: sqlite3.Connection, row: tuple[Any, ...]) -> StudySummary:
    study_id, title, trials, includes_model, started_by, started_at_ms, closed_by, reason, closed_ms, parts, bad = row
    closing = None if closed_by is None else StudyClosing(study_id, closed_by, reason, closed_ms)
    progress = tuple(
        AppraiserProgress(Appraiser(person, bool(sees_model)), answered, showings)
        for person, sees_model, answered, showings in reader.execute(_PROGRESS, (study_id,))
    )
    head = (study_id, title, trials, bool(includes_model), parts, bad, started_by, started_at_ms)
    return StudySummary(*head, progress, closing)


def _decision(row: tuple[Any, ...]) -> StudyDecision:
    person, sees_model, part_id, trial, is_bad, viewed_ms = row
    return StudyDecision(Appraiser(person, bool(sees_model)), part_id, trial, bool(is_bad), viewed_ms)

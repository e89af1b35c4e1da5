"""Whether agreement studies are as they were planned: balanced, and answered as it asked."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from station_app.store.problem import Problem
from station_app.store.study_writing import STARTED, plan_mark

_REMEDY = "restore the newest backup; the study's report cannot be trusted"
_UNBALANCED = (
    "SELECT s.id, (SELECT count(*) FROM study_showings w WHERE w.study_id = s.id) AS showings,"
    " s.trials * (SELECT count(*) FROM study_parts p WHERE p.study_id = s.id)"
    " * (SELECT count(*) FROM (SELECT DISTINCT person, sees_model FROM study_showings w WHERE w.study_id = s.id))"
    " AS wanted FROM studies s WHERE showings = 0 OR showings <> wanted"
)
_TOLD = "SELECT details FROM audit WHERE action = ? AND subject = ?"
_ROWS = (
    "SELECT showing, person, sees_model, trial, part_id, code FROM study_showings WHERE study_id = ? ORDER BY showing"
)
_BROKEN = (
    "SELECT 'an answer belongs to no showing', a.study_id, a.showing FROM study_answers a WHERE NOT EXISTS"
    " (SELECT 1 FROM study_showings s WHERE s.study_id = a.study_id AND s.showing = a.showing)"
    " UNION ALL SELECT 'a showing names a part that is not in the study', s.study_id, s.showing FROM study_showings s"
    " WHERE NOT EXISTS (SELECT 1 FROM study_parts p WHERE p.study_id = s.study_id AND p.part_id = s.part_id)"
    " UNION ALL SELECT 'an answer says otherwise than the plan whether the model was shown', a.study_id, a.showing"
    " FROM study_answers a JOIN study_showings s ON s.study_id = a.study_id AND s.showing = a.showing"
    " WHERE a.saw_model <> s.sees_model"
)


def unbalanced_plans(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Studies in which not every appraiser judges every part in every trial."""
    if _has_studies(reader):
        for study_id, showings, wanted in reader.execute(_UNBALANCED):
            what = f"a study's plan is not whole: {showings} of {wanted} showings"
            yield Problem(what, f"study {study_id}", _REMEDY)


def changed_plans(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Studies whose plan is another than the audit chain tells."""
    if not _has_studies(reader):
        return
    for (study_id,) in reader.execute("SELECT id FROM studies ORDER BY id").fetchall():
        told = reader.execute(_TOLD, (STARTED, f"study {study_id}")).fetchone()
        rows = [
            (showing, person, bool(sees_model), trial, part_id, code)
            for showing, person, sees_model, trial, part_id, code in reader.execute(_ROWS, (study_id,))
        ]
        if told is None or not told[0].endswith(plan_mark(rows)):
            yield Problem("a study's plan is another than the audit chain tells", f"study {study_id}", _REMEDY)


def unfit_answers(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Answers and showings that belong to nothing, or that their study did not ask for."""
    if _has_studies(reader):
        for what, study_id, showing in reader.execute(_BROKEN):
            yield Problem(what, f"study {study_id}, showing {showing}", _REMEDY)


def _has_studies(reader: sqlite3.Connection) -> bool:
    """An older database, as one that is checked before its migration, has none."""
    return reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'studies'").fetchone() is not None

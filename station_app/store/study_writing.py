"""Agreement studies into the database: planned, answered and closed, each appended. Runs on the writer thread.

What may be answered is settled in the transaction of the record, where no other answer can come between.
"""

import hashlib
import json
import sqlite3
from collections.abc import Sequence

from station_app.core.errors import StorageError
from station_app.core.inspection import VerdictKind
from station_app.core.review import Answer
from station_app.core.study import Appraiser, ShowingAnswer, StudyClosing, StudyCount, StudyDraft
from station_app.quality.study_plan import plan_study
from station_app.store import audit
from station_app.store.text import storable

_ASSISTED = "\x1fwith the model"
_CHOOSE_ANOTHER = "leave this part out, and choose another one"


PlannedRow = tuple[int, str, bool, int, int, str]
"""Showing, person, whether the model is shown, trial, part, code."""
STARTED = "study_started"
"""The action in the audit chain."""


def start_study(connection: sqlite3.Connection, draft: StudyDraft, rows: Sequence[PlannedRow]) -> StudyCount:
    """Append the study with its planned showings. StorageError where one of its parts cannot be judged."""
    for part in draft.parts:
        _check_part(connection, part.part_id, is_bad=part.is_bad)
    study_id = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM studies").fetchone()[0])
    head = (study_id, storable(draft.title), draft.trials, draft.includes_model, storable(draft.started_by))
    connection.execute("INSERT INTO studies VALUES (?, ?, ?, ?, ?, ?)", (*head, draft.started_at_ms))
    connection.executemany(
        "INSERT INTO study_parts VALUES (?, ?, ?)", [(study_id, part.part_id, part.is_bad) for part in draft.parts]
    )
    connection.executemany(
        "INSERT INTO study_showings VALUES (?, ?, ?, ?, ?, ?, ?)", [(study_id, *row) for row in rows]
    )
    keep = "UPDATE images SET is_evidence = 1 WHERE part_id = ?"
    connection.executemany(keep, [(part.part_id,) for part in draft.parts])
    details = f"{draft.title}: {len(draft.parts)} parts, {len(draft.appraisers)} appraisers, {draft.trials} trials"
    subject = f"study {study_id}"
    audit.append(connection, draft.started_by, STARTED, subject, f"{details}; {plan_mark(rows)}")
    return StudyCount(study_id, 0, len(rows))


def plan_mark(rows: Sequence[PlannedRow]) -> str:
    """What the audit chain keeps of a plan: another plan would have another mark."""
    return f"plan sha256 {hashlib.sha256(json.dumps(rows).encode()).hexdigest()}"


def planned_rows(secret: str, draft: StudyDraft) -> list[PlannedRow]:
    """Every showing, each person's in the order of the numbers; drawn before the transaction, which the line waits for.

    Who judges alone and with the model judges alone first: a verdict once seen would not be forgotten.
    """
    seed = f"{secret} study of {draft.started_at_ms}: {storable(draft.title)}"
    by_key = {_key(appraiser): appraiser for appraiser in draft.appraisers}
    plan = plan_study(seed, [str(part.part_id) for part in draft.parts], list(by_key), draft.trials)
    ordered = sorted(plan, key=lambda showing: by_key[showing.appraiser].sees_model)
    return [
        (number, storable(who.person), who.sees_model, showing.trial, int(showing.part), showing.code)
        for number, showing in enumerate(ordered, start=1)
        for who in (by_key[showing.appraiser],)
    ]


def answer_showing(connection: sqlite3.Connection, answer: ShowingAnswer) -> StudyCount:
    """Append an answer; gives how far the study has come. StorageError where it is not this person's next showing."""
    where = f"study {answer.study_id}"
    _check_open(connection, answer.study_id)
    planned = connection.execute(_NEXT, (answer.study_id, storable(answer.person))).fetchone()
    _check_showing(connection, answer, planned)
    given = (answer.is_bad, answer.viewed_ms, answer.saw_model, answer.answered_at_ms)
    connection.execute("INSERT INTO study_answers VALUES (?, ?, ?, ?, ?, ?)", (answer.study_id, answer.showing, *given))
    said = f"showing {answer.showing}: {Answer.BAD if answer.is_bad else Answer.GOOD}"
    audit.append(connection, answer.person, "showing_answered", where, said)
    return count_of(connection, answer.study_id)


def close_study(connection: sqlite3.Connection, closing: StudyClosing) -> StudyCount:
    """Append that there are no more answers. StorageError where it is closed, or ends early without a reason."""
    where = f"study {closing.study_id}"
    _check_open(connection, closing.study_id)
    count = count_of(connection, closing.study_id)
    if count.answered < count.showings and not closing.reason:
        what = "not every showing of this study has an answer yet"
        raise StorageError(what, where=where, remedy="say why it ends before all of them are answered")
    row = (closing.study_id, storable(closing.person), storable(closing.reason), closing.closed_at_ms)
    connection.execute("INSERT INTO study_closings VALUES (?, ?, ?, ?)", row)
    details = f"{count.answered} of {count.showings} answered; {closing.reason}".removesuffix("; ")
    audit.append(connection, closing.person, "study_closed", where, details)
    return count


def count_of(connection: sqlite3.Connection, study_id: int) -> StudyCount:
    """How many showings of the study are answered."""
    query = (
        "SELECT (SELECT count(*) FROM study_answers WHERE study_id = ?1),"
        " (SELECT count(*) FROM study_showings WHERE study_id = ?1)"
    )
    return StudyCount(study_id, *connection.execute(query, (study_id,)).fetchone())


_NEXT = (
    "SELECT showing, sees_model FROM study_showings s WHERE study_id = ? AND person = ? AND NOT EXISTS"
    " (SELECT 1 FROM study_answers a WHERE a.study_id = s.study_id AND a.showing = s.showing) ORDER BY showing LIMIT 1"
)
_PART = (
    "SELECT i.verdict, (SELECT 1 FROM images m WHERE m.part_id = i.part_id AND m.state = 'stored' LIMIT 1),"
    " (SELECT answer FROM settled s WHERE s.part_id = i.part_id) FROM inspections i WHERE i.part_id = ?"
)


def _key(appraiser: Appraiser) -> str:
    return appraiser.person + (_ASSISTED if appraiser.sees_model else "")


def _check_part(connection: sqlite3.Connection, part_id: int, *, is_bad: bool) -> None:
    where = f"part {part_id}"
    row = connection.execute(_PART, (part_id,)).fetchone()
    if row is None:
        raise StorageError("there is no such part", where=where, remedy=_CHOOSE_ANOTHER)
    verdict, image, settled = row
    if image is None:
        raise StorageError("no image of this part is stored", where=where, remedy=_CHOOSE_ANOTHER)
    if verdict == VerdictKind.NO_RESULT:
        raise StorageError("this part has no result to compare with", where=where, remedy=_CHOOSE_ANOTHER)
    if settled is not None and settled != (Answer.BAD if is_bad else Answer.GOOD):
        what = "people have settled this part otherwise than the study's standard says"
        raise StorageError(what, where=where, remedy="take the settled answer for the standard, or leave it out")


def _check_open(connection: sqlite3.Connection, study_id: int) -> None:
    where = f"study {study_id}"
    if connection.execute("SELECT 1 FROM studies WHERE id = ?", (study_id,)).fetchone() is None:
        raise StorageError("there is no such study", where=where, remedy="choose one from the list")
    if connection.execute("SELECT 1 FROM study_closings WHERE study_id = ?", (study_id,)).fetchone() is not None:
        raise StorageError("this study is closed", where=where, remedy="read its report, or start a new one")


def _check_showing(connection: sqlite3.Connection, answer: ShowingAnswer, planned: tuple[int, int] | None) -> None:
    where = f"study {answer.study_id}, showing {answer.showing}"
    query = "SELECT person FROM study_showings WHERE study_id = ? AND showing = ?"
    owner = connection.execute(query, (answer.study_id, answer.showing)).fetchone()
    if owner is None:
        raise StorageError("there is no such showing in this study", where=where, remedy="go on with the next one")
    if owner[0] != storable(answer.person):
        what = "this showing is another person's"
        raise StorageError(what, where=where, remedy="sign in as the appraiser who is to judge")
    if planned is None or answer.showing < planned[0]:
        what = "this showing is answered already; a study's answer is never changed"
        raise StorageError(what, where=where, remedy="go on with the next one")
    if answer.showing > planned[0]:
        raise StorageError("another showing comes first", where=where, remedy="judge them in the order of the plan")
    if answer.saw_model != bool(planned[1]):
        what = "the model's verdict must be shown here" if planned[1] else "the model's verdict must not be shown here"
        raise StorageError(what, where=where, remedy="open the showing again")

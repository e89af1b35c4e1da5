"""Writes what was done to a recipe's revisions. Runs on the writer thread, inside its transaction: the rules are asked
on what is recorded at that very moment, so that of two people who act at once one is refused."""

import json
import sqlite3
from dataclasses import asdict

from station_app.core.audit_view import Change
from station_app.core.recipe_deeds import Commission, RevisionDeed, SavedText, SaveText, Sign, Turn, recipe_of
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import Revision, Revisions, after
from station_app.store import audit
from station_app.store.revisions import revisions_of


def revise(connection: sqlite3.Connection, deed: RevisionDeed, change: Change) -> tuple[Revision, ...]:
    """Record the deed and its note in the audit chain; gives the revisions that are new or in another state or text.
    `change` is what a text changed; of other deeds it is the states. ConfigError where `core.recipe_states`
    refuses it: then nothing is recorded."""
    before = revisions_of(connection, recipe_of(deed))
    now = after(before, deed)
    changed = tuple(revision for revision in now if revision not in before)
    _record(connection, deed)
    name, reason, at_ms = _who(deed)
    for revision in changed:
        if revision.state is not _state_in(before, revision.number):
            row = (revision.recipe, revision.number, revision.state, name, reason, at_ms)
            connection.execute(_ADD_STATE, row)
    subject = f"recipe {recipe_of(deed)} revision {_number(deed)}"
    if isinstance(deed, Sign | Turn):
        change = Change(_states_text(before, changed), _states_text(now, changed), reason)
    audit.append(connection, name, _action(deed), subject, change=change)
    return changed


_ADD_STATE = "INSERT INTO revision_states (recipe, number, state, person, reason, at_ms) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_TEXT = (
    "INSERT INTO revision_texts (recipe, number, sha256, text, author, reason, at_ms, packages, is_commissioned)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_SIGNATURE = (
    "INSERT INTO revision_signatures (recipe, number, text_id, sha256, person, role, reason, at_ms)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def _record(connection: sqlite3.Connection, deed: RevisionDeed) -> None:
    match deed:
        case SaveText(saved) | Commission(saved):
            _write_text(connection, saved, is_commissioned=isinstance(deed, Commission))
        case Sign(recipe, number, signed):
            query = "SELECT max(id) FROM revision_texts WHERE recipe = ? AND number = ?"
            (text_id,) = connection.execute(query, (recipe, number)).fetchone()
            row = (recipe, number, text_id, signed.sha256, signed.name, signed.role, signed.reason, signed.at_ms)
            connection.execute(_ADD_SIGNATURE, row)
        case Turn():
            pass  # its change of state is all there is


def _write_text(connection: sqlite3.Connection, saved: SavedText, *, is_commissioned: bool) -> None:
    packages = json.dumps([asdict(report) for report in saved.packages], ensure_ascii=False)
    row = (saved.recipe, saved.number, saved.sha256, saved.text, saved.author, saved.reason, saved.at_ms, packages)
    connection.execute(_ADD_TEXT, (*row, int(is_commissioned)))


def _states_text(revisions: Revisions, changed: Revisions) -> str:
    """The changed revisions as they are in `revisions`."""
    numbers = {revision.number for revision in changed}
    return "; ".join(_state_text(revision) for revision in revisions if revision.number in numbers)


def _state_text(revision: Revision) -> str:
    signed = ", ".join(f"{signed.name} ({signed.role})" for signed in revision.signatures)
    return f"revision {revision.number} {revision.state}" + (f", approved by {signed}" if signed else "")


def _state_in(revisions: Revisions, number: int) -> RevisionState | None:
    return next((revision.state for revision in revisions if revision.number == number), None)


def _who(deed: RevisionDeed) -> tuple[str, str, int]:
    match deed:
        case SaveText(saved) | Commission(saved):
            return saved.author, saved.reason, saved.at_ms
        case Sign(_, _, signed):
            return signed.name, signed.reason, signed.at_ms
        case Turn():
            return deed.name, deed.reason, deed.at_ms


def _number(deed: RevisionDeed) -> int:
    return deed.saved.number if isinstance(deed, SaveText | Commission) else deed.number


def _action(deed: RevisionDeed) -> str:
    match deed:
        case SaveText():
            return "recipe_draft_saved"
        case Commission():
            return "recipe_commissioned"
        case Sign():
            return "recipe_approved"
        case Turn(state=RevisionState.ACTIVE):
            return "recipe_activated"
        case Turn():
            return "recipe_retired"

"""What is recorded of recipes' revisions, for who shows or loads them. Read-only; any connection."""

import json
import sqlite3
from dataclasses import dataclass

from station_app.core.errors import StorageError
from station_app.core.people import Role
from station_app.core.recipe_deeds import PackageReport, SavedText, Signed
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import Revision, Revisions


@dataclass(frozen=True, slots=True)
class StateChange:
    """One turn in the life of a revision."""

    number: int
    state: RevisionState
    name: str
    reason: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class RecipeHistory:
    """All that is known of one recipe: its revisions by number, the text that each has now, and every turn."""

    recipe: str
    revisions: Revisions
    texts: tuple[SavedText, ...]
    changes: tuple[StateChange, ...]

    def text_of(self, number: int) -> SavedText | None:
        """The text of this revision, None where there is none."""
        return next((saved for saved in self.texts if saved.number == number), None)

    def revision_of(self, number: int) -> Revision | None:
        return next((revision for revision in self.revisions if revision.number == number), None)


def all_revisions(reader: sqlite3.Connection) -> tuple[Revision, ...]:
    """Every revision of every recipe, by recipe and number. StorageError where the records are damaged."""
    return _revisions(reader, "1", ())


def revisions_of(reader: sqlite3.Connection, recipe: str) -> Revisions:
    """Those of one recipe, by number. StorageError likewise."""
    return _revisions(reader, "recipe = ?", (recipe,))


def recipe_history(reader: sqlite3.Connection, recipe: str) -> RecipeHistory:
    """All that is recorded of one recipe. StorageError likewise."""
    query = f"SELECT * FROM revision_texts WHERE id IN ({_NEWEST.format('recipe = ?')}) ORDER BY number"  # noqa: S608
    texts = tuple(_saved(row) for row in reader.execute(query, (recipe,)))
    query = "SELECT number, state, person, reason, at_ms FROM revision_states WHERE recipe = ? ORDER BY id"
    changes = tuple(_change(*row) for row in reader.execute(query, (recipe,)))
    return RecipeHistory(recipe, revisions_of(reader, recipe), texts, changes)


def revision_text(reader: sqlite3.Connection, recipe: str, number: int) -> SavedText | None:
    """The text that a revision has now, None where there is no such revision. StorageError likewise."""
    query = "SELECT * FROM revision_texts WHERE recipe = ? AND number = ? ORDER BY id DESC LIMIT 1"
    row = reader.execute(query, (recipe, number)).fetchone()
    return None if row is None else _saved(row)


def active_text(reader: sqlite3.Connection, recipe: str) -> SavedText | None:
    """The text that the line loads for this recipe, None where no revision of it is active. StorageError likewise."""
    revisions = revisions_of(reader, recipe)
    active = next((revision.number for revision in revisions if revision.state is RevisionState.ACTIVE), None)
    return None if active is None else revision_text(reader, recipe, active)


def largest_recorded(reader: sqlite3.Connection, name: str) -> int:
    """The largest revision number under which parts of this recipe were recorded, 0 where none was."""
    row = reader.execute("SELECT max(revision) FROM recipes WHERE name = ?", (name,)).fetchone()
    return int(row[0] or 0)


_NEWEST = "SELECT max(id) FROM revision_texts WHERE {} GROUP BY recipe, number"


def _revisions(reader: sqlite3.Connection, where: str, values: tuple[object, ...]) -> tuple[Revision, ...]:
    # `where` comes from the callers above; every value is bound.
    query = (
        "SELECT id, recipe, number, sha256, author, is_commissioned FROM revision_texts"  # noqa: S608
        f" WHERE id IN ({_NEWEST.format(where)}) ORDER BY recipe, number"
    )
    return tuple(_revision(reader, *row) for row in reader.execute(query, values).fetchall())


def _revision(
    reader: sqlite3.Connection, text_id: int, recipe: str, number: int, sha256: str, author: str, is_commissioned: int
) -> Revision:
    states = reader.execute(
        "SELECT state FROM revision_states WHERE recipe = ? AND number = ? ORDER BY id", (recipe, number)
    ).fetchall()
    query = "SELECT person, role, sha256, reason, at_ms FROM revision_signatures WHERE text_id = ? ORDER BY id"
    try:
        return Revision(
            recipe,
            number,
            sha256,
            RevisionState(states[-1][0]),
            author,
            tuple(_signed(*row) for row in reader.execute(query, (text_id,))),
            was_active=(RevisionState.ACTIVE,) in [tuple(row) for row in states],
            is_commissioned=bool(is_commissioned),
        )
    except (ValueError, IndexError) as error:
        raise _damaged(recipe, number) from error


def _signed(name: str, role: str, sha256: str, reason: str, at_ms: int) -> Signed:
    return Signed(name, Role(role), sha256, reason, at_ms)


def _change(number: int, state: str, name: str, reason: str, at_ms: int) -> StateChange:
    try:
        return StateChange(number, RevisionState(state), name, reason, at_ms)
    except ValueError as error:
        raise _damaged("", number) from error


def _saved(row: sqlite3.Row) -> SavedText:
    recipe, number = str(row["recipe"]), int(row["number"])
    try:
        packages = tuple(_report(entry) for entry in json.loads(row["packages"]))
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged(recipe, number) from error
    saved = SavedText(recipe, number, row["text"], row["author"], row["reason"], row["at_ms"], packages)
    if saved.sha256 != row["sha256"]:
        raise _damaged(recipe, number)
    return saved


def _report(entry: dict[str, object]) -> PackageReport:
    lists = {name: tuple(entry[name]) for name in ("labels", "faults")}  # type: ignore[arg-type]
    return PackageReport(**{**entry, **lists})  # type: ignore[arg-type]


def _damaged(recipe: str, number: int) -> StorageError:
    remedy = "run station-app verify, and restore the newest backup"
    return StorageError("the record is damaged", where=f"recipe {recipe}, revision {number}", remedy=remedy)

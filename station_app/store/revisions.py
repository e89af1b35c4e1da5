"""What is recorded of recipes' revisions, for who shows or loads them. Read-only; any connection."""

import json
import sqlite3

from station_app.core.errors import StorageError
from station_app.core.people import Role
from station_app.core.recipe_deeds import PackageReport, SavedText, Signed
from station_app.core.recipe_history import RecipeHistory, StateChange
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import Revision, Revisions


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


def managed_recipes(reader: sqlite3.Connection) -> tuple[str, ...]:
    """Every recipe that has a recorded revision."""
    return tuple(row[0] for row in reader.execute("SELECT DISTINCT recipe FROM revision_texts ORDER BY recipe"))


def revision_text(reader: sqlite3.Connection, recipe: str, number: int) -> SavedText | None:
    """The text that a revision has now, None where there is no such revision. StorageError likewise."""
    query = "SELECT * FROM revision_texts WHERE recipe = ? AND number = ? ORDER BY id DESC LIMIT 1"
    row = reader.execute(query, (recipe, number)).fetchone()
    return None if row is None else _saved(row)


_NEWEST = "SELECT max(id) FROM revision_texts WHERE {} GROUP BY recipe, number"


def _revisions(reader: sqlite3.Connection, where: str, values: tuple[object, ...]) -> tuple[Revision, ...]:
    # `where` comes from the callers above; every value is bound.
    query = (
        "SELECT id, recipe, number, sha256, author, is_commissioned FROM revision_texts"  # noqa: S608
        f" WHERE id IN ({_NEWEST.format(where)}) ORDER BY recipe, number"
    )
    return tuple(_revision(reader, row) for row in reader.execute(query, values).fetchall())


def _revision(reader: sqlite3.Connection, row: sqlite3.Row) -> Revision:
    text_id, recipe, number, sha256, author, is_commissioned = row
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
    lists: dict[str, object] = {name: tuple(entry[name]) for name in ("labels", "faults")}  # type: ignore[arg-type]
    return PackageReport(**{**entry, **lists})  # type: ignore[arg-type]


def _damaged(recipe: str, number: int) -> StorageError:
    remedy = "run station-app verify, and restore the newest backup"
    return StorageError("the record is damaged", where=f"recipe {recipe}, revision {number}", remedy=remedy)

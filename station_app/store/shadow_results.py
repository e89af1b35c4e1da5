"""Results of models in shadow in and out of the database. Writes run on the writer thread, inside its transaction."""

import json
import math
import sqlite3

from station_app.core.errors import StorageError
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.shadow import ShadowPair, ShadowResult, is_discordant
from station_app.store.text import storable

_KEY = "package_sha256, camera_id, recipe_id, beside_sha256, beside_recipe_id"
_RESULTS = (
    "SELECT s.*, u.camera_id, u.package_sha256, r.sha256 AS recipe_hash, u.beside_sha256,"
    " b.sha256 AS beside_recipe_hash FROM shadow_results s JOIN shadow_runs u ON u.id = s.run"
    " JOIN recipes r ON r.id = u.recipe_id JOIN recipes b ON b.id = u.beside_recipe_id"
)


def record_shadow(connection: sqlite3.Connection, result: ShadowResult) -> None:
    """Append what a model in shadow said, and count it. StorageError where the part has no record, or its recipe was
    never registered."""
    row = connection.execute("SELECT verdict FROM inspections WHERE part_id = ?", (result.part_id,)).fetchone()
    if row is None:
        raise StorageError("this part has no record", where=f"part {result.part_id}", remedy="call support")
    deciding = VerdictKind(row[0])
    run = _run_id(connection, result.pair)
    connection.execute(
        "INSERT INTO shadow_results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (run, result.part_id, deciding, *_said(result), is_discordant(deciding, result.verdict)),
    )
    connection.execute(
        "INSERT INTO shadow_counts VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET parts = parts + 1",
        (run, deciding, result.verdict),
    )


def note_dropped(connection: sqlite3.Connection, pair: ShadowPair, parts: int) -> None:
    """Count parts for which the model in shadow had no time."""
    connection.execute(
        "INSERT INTO shadow_drops VALUES (?, ?) ON CONFLICT DO UPDATE SET parts = parts + excluded.parts",
        (_run_id(connection, pair), parts),
    )


def shadow_results_of(reader: sqlite3.Connection, part_id: int) -> tuple[ShadowResult, ...]:
    """Every result in shadow about a part, in the order of their runs. StorageError where one is damaged."""
    cursor = reader.execute(f"{_RESULTS} WHERE s.part_id = ? ORDER BY s.run", (part_id,))
    cursor.row_factory = sqlite3.Row
    return tuple(_result(row) for row in cursor)


def _said(result: ShadowResult) -> tuple[object, ...]:
    """A score that is no number is told by its text, as a finding's is."""
    score = result.score if result.score is not None and math.isfinite(result.score) else None
    scores = [(label, value if math.isfinite(value) else str(value)) for label, value in result.scores]
    label, reason = storable(result.label), result.reason
    return (result.verdict, reason, label, score, json.dumps(scores), result.took_ms)


def _run_id(connection: sqlite3.Connection, pair: ShadowPair) -> int:
    recipe, beside = (_recipe_id(connection, sha256) for sha256 in (pair.recipe_hash, pair.beside_recipe_hash))
    key = (pair.package_sha256, pair.camera_id, recipe, pair.beside_sha256, beside)
    query = (
        "SELECT id FROM shadow_runs WHERE package_sha256 = ? AND camera_id = ? AND recipe_id = ?"
        " AND beside_sha256 = ? AND beside_recipe_id = ?"
    )
    row = connection.execute(query, key).fetchone()
    if row is not None:
        return int(row[0])
    cursor = connection.execute(f"INSERT INTO shadow_runs ({_KEY}) VALUES (?, ?, ?, ?, ?)", key)  # noqa: S608 - constant
    return int(cursor.lastrowid or 0)


def _recipe_id(connection: sqlite3.Connection, sha256: str) -> int:
    row = connection.execute("SELECT id FROM recipes WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise StorageError("this recipe was never registered", where=f"recipe {sha256[:12]}", remedy="call support")
    return int(row[0])


def _result(row: sqlite3.Row) -> ShadowResult:
    try:
        pair = ShadowPair(*(row[name] for name in ShadowPair.__slots__))
        scores = tuple((str(label), float(score)) for label, score in json.loads(row["scores"]))
        reason = NoResultReason(row["reason"]) if row["reason"] else None
        verdict = VerdictKind(row["verdict"])
        return ShadowResult(row["part_id"], pair, verdict, reason, row["label"], row["score"], scores, row["took_ms"])
    except (ValueError, TypeError) as error:
        remedy = "run station-app verify, and restore the newest backup"
        raise StorageError("a result in shadow is damaged", where=f"part {row['part_id']}", remedy=remedy) from error

"""What was said about a part at the line: by which thresholds it was judged, and the decision that stands."""

import json
import sqlite3

from station_app.core.errors import StorageError
from station_app.core.inspection import Box, Disposition, Override
from station_app.core.recipe import Thresholds


def thresholds_of(reader: sqlite3.Connection, recipe_hash: str) -> tuple[tuple[str, Thresholds], ...]:
    """Of every label in the recorded recipe of this hash; none where its text was not recorded."""
    row = reader.execute("SELECT body FROM recipes WHERE sha256 = ? AND body <> ''", (recipe_hash,)).fetchone()
    if row is None:
        return ()
    try:
        pairs = json.loads(row[0])["thresholds"]
        return tuple((label, Thresholds(pair["review"], pair["fail"])) for label, pair in pairs)
    except (ValueError, LookupError, TypeError) as error:
        raise _damaged(f"recipe {recipe_hash[:12]}") from error


def standing_override(reader: sqlite3.Connection, part_id: int) -> Override | None:
    """The latest decision about the part that was not taken back."""
    row = reader.execute(
        "SELECT disposition, operator, decided_at_ms, reason, label, marks, viewed_ms, camera_id FROM overrides"
        " WHERE part_id = ?1 AND disposition <> 'undo'"
        " AND id NOT IN (SELECT undoes FROM overrides WHERE part_id = ?1 AND undoes IS NOT NULL)"
        " ORDER BY id DESC LIMIT 1",
        (part_id,),
    ).fetchone()
    if row is None:
        return None
    disposition, operator, at_ms, reason, label, marks, viewed_ms, camera_id = row
    try:
        boxes = tuple(Box(*box) for box in json.loads(marks))
        kind = Disposition(disposition)
    except (ValueError, TypeError) as error:
        raise _damaged(f"part {part_id}") from error
    return Override(part_id, kind, operator, at_ms, reason, label, boxes, None, viewed_ms, camera_id)


def _damaged(where: str) -> StorageError:
    remedy = "run station-app verify, and restore the newest backup"
    return StorageError("the record is damaged", where=where, remedy=remedy)

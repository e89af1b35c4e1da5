"""Good parts of a recipe, for what is learnt from them: its newest passes that no person has contradicted."""

import json
import sqlite3
from collections.abc import Iterator
from heapq import nlargest
from itertools import islice

from station_app.core.inspection import Disposition, ImageQuality
from station_app.store.overrides import standing_disposition

_NEWEST = (
    "SELECT part_id, inspected_at_ms FROM inspections WHERE recipe_id = ? AND verdict = 'PASS'"
    " ORDER BY inspected_at_ms DESC LIMIT ?"
)


def good_image_quality(
    reader: sqlite3.Connection, recipe: str, camera_id: str, size: int = 500
) -> tuple[ImageQuality, ...]:
    """Image quality of this camera in the newest good parts of the recipe of this name, newest first."""
    found = (_quality(reader, part_id, camera_id) for part_id in _good(reader, recipe, size))
    return tuple(quality for quality in found if quality is not None)


def newest_picture(reader: sqlite3.Connection, recipe: str, camera_id: str, size: int = 500) -> int | None:
    """The newest of these parts with a stored image of this camera, None where none of `size` has one."""
    query = "SELECT 1 FROM images WHERE part_id = ? AND camera_id = ? AND state = 'stored'"
    parts = _good(reader, recipe, size)
    return next((part for part in parts if reader.execute(query, (part, camera_id)).fetchone()), None)


def _good(reader: sqlite3.Connection, recipe: str, size: int) -> Iterator[int]:
    """One index range for each revision: their order over all of them is made here."""
    ids = [row[0] for row in reader.execute("SELECT id FROM recipes WHERE name = ?", (recipe,))]
    rows = [(row[1], row[0]) for recipe_id in ids for row in reader.execute(_NEWEST, (recipe_id, size))]
    newest = (part_id for _, part_id in nlargest(size, rows))
    is_good = (None, Disposition.AGREE)
    return islice((part_id for part_id in newest if standing_disposition(reader, part_id) in is_good), size)


def _quality(reader: sqlite3.Connection, part_id: int, camera_id: str) -> ImageQuality | None:
    (body,) = reader.execute("SELECT body FROM inspections WHERE part_id = ?", (part_id,)).fetchone()
    cameras = json.loads(body)["cameras"]
    told = next((entry["quality"] for entry in cameras if entry["camera_id"] == camera_id), None)
    return ImageQuality(*told) if told else None

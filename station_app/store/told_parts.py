"""Parts as they are told outside: read whole, with the recipe that they were inspected with."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from station_app.core.cloud_event import Words, number
from station_app.core.inspection import Inspection
from station_app.core.record_words import CameraTold, ImageTold, PartTold, RecipeTold
from station_app.core.shadow import ShadowResult
from station_app.store.inspections import load_inspection, withheld_of
from station_app.store.samples import sample_of
from station_app.store.shadow_results import shadow_results_of


class RecipesTold:
    """Recipes by hash, each read once: their texts never change."""

    def __init__(self) -> None:
        self._known: dict[str, RecipeTold] = {}

    def of(self, reader: sqlite3.Connection, inspection: Inspection) -> RecipeTold:
        """Empty where the recipe's text was never recorded, or is damaged."""
        sha256 = inspection.recipe_hash
        if sha256 not in self._known:
            row = reader.execute("SELECT body FROM recipes WHERE sha256 = ?", (sha256,)).fetchone()
            recipe = _recipe(row[0] if row is not None else "")
            if not recipe.cameras:
                return recipe  # its text may still be recorded
            self._known[sha256] = recipe
        return self._known[sha256]


def told_part(reader: sqlite3.Connection, part_id: int, subject: str, recipes: RecipesTold) -> PartTold:
    """All of a part that has a record. StorageError where it is damaged."""
    inspection = load_inspection(reader, part_id)
    if inspection is None:
        raise LookupError(part_id)  # a row of the outbox refers to its part: there is none without
    return PartTold(
        subject=subject,
        inspection=inspection,
        recipe=recipes.of(reader, inspection),
        is_withheld=bool(withheld_of(reader, (part_id,))),
        images=_images(reader, part_id),
        sample=sample_of(reader, part_id),
        is_near=reader.execute("SELECT 1 FROM near_parts WHERE part_id = ?", (part_id,)).fetchone() is not None,
        shadow=tuple(map(_shadow, shadow_results_of(reader, part_id))),
    )


def has_all_images(reader: sqlite3.Connection, inspection: Inspection) -> bool:
    """Whether every camera's image was stored, also where it has gone since: no other comes."""
    query = "SELECT camera_id FROM images WHERE part_id = ?"
    stored = {row[0] for row in reader.execute(query, (inspection.part_id,))}
    return all(camera.camera_id in stored for camera in inspection.cameras)


def image_paths(reader: sqlite3.Connection, part_id: int) -> dict[str, str]:
    """Where the stored images of the part lie, by hash."""
    query = "SELECT sha256, path FROM images WHERE part_id = ? AND state = 'stored'"
    return {row[0]: row[1] for row in reader.execute(query, (part_id,))}


def _images(reader: sqlite3.Connection, part_id: int) -> tuple[ImageTold, ...]:
    query = "SELECT camera_id, sha256, bytes FROM images WHERE part_id = ? AND state = 'stored' ORDER BY camera_id"
    return tuple(ImageTold(*row) for row in reader.execute(query, (part_id,)))


def _shadow(result: ShadowResult) -> Words:
    """What a model in shadow said of the part; a score that is no number is told as none."""
    return {
        "sha256": result.pair.package_sha256,
        "verdict": result.verdict,
        "label": result.label,
        "score": number(result.score) if result.score is not None else None,
        "scores": {label: number(score) for label, score in result.scores},
    }


def _recipe(body: str) -> RecipeTold:
    try:
        told: dict[str, Any] = json.loads(body)
        thresholds = {
            label: {"review": float(t["review"]), "fail": float(t["fail"])} for label, t in told["thresholds"]
        }
        return RecipeTold(thresholds, dict(_cameras(told["cameras"])))
    except (ValueError, KeyError, TypeError):
        return RecipeTold()


def _cameras(entries: list[dict[str, Any]]) -> Iterable[tuple[str, CameraTold]]:
    for entry in entries:
        model = entry["model"]
        yield entry["camera_id"], CameraTold(model["package"], model["sha256"], dict(entry["settings"]))

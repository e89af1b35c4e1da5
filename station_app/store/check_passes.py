"""Checks that every PASS has, in its own record and against its own recipe, all that a PASS needs."""

import hashlib
import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station_app.store.problem import Problem

_REMEDY = "treat the part as suspect and call support"


@dataclass(frozen=True, slots=True)
class _Demands:
    """What a recipe asks of a PASS: the model of each camera, and the score of each label at which review begins."""

    models: Mapping[str, str]
    review: Mapping[str, float]


def changed_recipes(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Recipes whose text is not the one that their hash was made of."""
    for sha256, name, revision, body in reader.execute("SELECT sha256, name, revision, body FROM recipes"):
        if body and hashlib.sha256(body.encode()).hexdigest() != sha256:
            where = f"recipe {name}, revision {revision}"
            yield Problem("the recorded recipe is not the one that was used", where, "find out who had access")


def unproved_passes(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Parts that passed without the evidence for it."""
    recipes = {number: _demands(body) for number, body in reader.execute("SELECT id, body FROM recipes")}
    query = "SELECT part_id, recipe_id, body FROM inspections WHERE verdict = 'PASS' ORDER BY part_id"
    for part_id, recipe_id, body in reader.execute(query):
        flaw = _flaw(json.loads(body), recipes.get(recipe_id))
        if flaw:
            yield Problem(f"a PASS {flaw}", f"part {part_id}", _REMEDY)


def _demands(body: str) -> _Demands | None:
    """None where the recipe's text was never recorded: then only what holds for all recipes can be checked."""
    if not body:
        return None
    recipe = json.loads(body)
    return _Demands(
        {camera["camera_id"]: camera["model"]["sha256"] for camera in recipe["cameras"]},
        {label: thresholds["review"] for label, thresholds in recipe["thresholds"]},
    )


def _flaw(told: Mapping[str, Any], demands: _Demands | None) -> str:
    cameras, scores = told["cameras"], told["scores"]
    if not cameras or not scores:
        return "without its evidence"
    if any(not camera["model_hash"] or not camera["quality"] or camera["frame_id"] < 0 for camera in cameras):
        return "without a frame, its quality or its model"
    if any(not math.isfinite(score) or not 0 <= score <= 1 for _, score in scores):
        return "with a score that is none"
    if demands is None:
        return ""
    if {camera["camera_id"]: camera["model_hash"] for camera in cameras} != demands.models:
        return "with other cameras or models than the recipe's"
    if any(score >= demands.review.get(label, 0.0) for label, score in scores):
        return "with a score that the recipe does not pass"
    return ""

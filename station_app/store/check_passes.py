"""Checks that every PASS has, in its own record and against its own recipe, all that a PASS needs."""

import hashlib
import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station_app.core.decision import is_usable
from station_app.core.inspection import ImageQuality
from station_app.core.recipe import QualityLimits
from station_app.core.safe_pattern import pattern_fault
from station_app.core.serial import Identity, SerialRules, SerialSource, identity_fault
from station_app.store.inspections import has_result
from station_app.store.problem import Problem

_REMEDY = "treat the part as suspect and call support"
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class _Demands:
    """What a recipe asks of a PASS: of each camera its model and its image quality, of each label the score at which
    review begins, the deadline, and its serial number."""

    models: Mapping[str, str]
    quality: Mapping[str, QualityLimits]
    review: Mapping[str, float]
    deadline_ms: float
    serial: SerialRules


def changed_recipes(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Recipes whose text is not the one that their hash was made of."""
    for sha256, name, revision, body in reader.execute("SELECT sha256, name, revision, body FROM recipes"):
        if body and hashlib.sha256(body.encode()).hexdigest() != sha256:
            where = f"recipe {name}, revision {revision}"
            yield Problem("the recorded recipe is not the one that was used", where, "find out who had access")


def unproved_passes(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Parts that passed without the evidence for it."""
    recipes = _recipes(reader)
    query = "SELECT part_id, recipe_id, serial, body FROM inspections WHERE verdict = 'PASS' ORDER BY part_id"
    for part_id, recipe_id, serial, body in reader.execute(query):
        flaw = _first_flaw(body, serial, recipes.get(recipe_id))
        if flaw:
            yield Problem(f"a PASS {flaw}", f"part {part_id}", _REMEDY)


def contradicted_passes(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Parts that passed although a defect was found on them."""
    recipes = _recipes(reader)
    query = (
        "SELECT f.part_id, i.recipe_id, f.label, f.score FROM inspections i JOIN findings f ON f.part_id = i.part_id"
        " WHERE i.verdict = 'PASS' ORDER BY f.part_id"
    )
    for part_id, recipe_id, label, score in reader.execute(query):
        demands = recipes.get(recipe_id)
        review = demands.review.get(label, 0.0) if demands else 1.0
        if not isinstance(score, float) or not score < review:
            yield Problem(f"a PASS with a finding, {label} {score}", f"part {part_id}", _REMEDY)


def repeated_passes(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Parts that passed under a number of which a part had a result before, where the recipe refuses that."""
    unique = [number for number, demands in _recipes(reader).items() if demands.serial.is_unique]
    query = (
        "SELECT part_id, serial FROM inspections i WHERE recipe_id = ? AND verdict = 'PASS' AND serial <> ''"
        " AND EXISTS (SELECT 1 FROM inspections o WHERE o.serial = i.serial AND o.serial <> ''"
        " AND o.part_id < i.part_id) ORDER BY part_id"
    )
    again = (row for number in unique for row in reader.execute(query, (number,)))
    for part_id, serial in again:
        if has_result(reader, serial, before=part_id):
            yield Problem(f"a PASS under the number {serial}, which was inspected before", f"part {part_id}", _REMEDY)


def _recipes(reader: sqlite3.Connection) -> dict[int, _Demands]:
    """What is demanded by each recipe whose text was recorded; without it only what holds for all can be checked."""
    bodies = reader.execute("SELECT id, body FROM recipes WHERE body <> ''")
    read = {number: _demands(body) for number, body in bodies}
    return {number: demands for number, demands in read.items() if demands is not None}


def _demands(body: str) -> _Demands | None:
    """None where the text is damaged, which `changed_recipes` names."""
    try:
        recipe = json.loads(body)
        cameras = {camera["camera_id"]: camera for camera in recipe["cameras"]}
        return _Demands(
            {camera_id: camera["model"]["sha256"] for camera_id, camera in cameras.items()},
            {camera_id: QualityLimits(**camera["quality"]) for camera_id, camera in cameras.items()},
            {label: thresholds["review"] for label, thresholds in recipe["thresholds"]},
            recipe["deadline_ms"],
            _serial_rules(recipe.get("serial")),
        )
    except _UNREADABLE:
        return None


def _serial_rules(told: Mapping[str, Any] | None) -> SerialRules:
    """Where its code is read matters no more. ValueError where the text is damaged."""
    if told is None:
        return SerialRules()
    if fault := pattern_fault(told["pattern"]):
        raise ValueError(fault)
    return SerialRules(SerialSource(told["source"]), told["pattern"], told["is_unique"], told["is_required"])


def _first_flaw(body: str, serial: str, demands: _Demands | None) -> str:
    try:
        told = json.loads(body)
        if demands is not None and identity_fault(Identity(serial), demands.serial) is not None:
            return "without the serial number that its recipe asks for"
        return next(_flaws(told, demands), "")
    except _UNREADABLE:
        return "whose record cannot be read"


def _flaws(told: Mapping[str, Any], demands: _Demands | None) -> Iterator[str]:
    cameras, scores = told["cameras"], told["scores"]
    if not cameras or not scores:
        yield "without its evidence"
    if any(not camera["model_hash"] or not camera["quality"] or camera["frame_id"] < 0 for camera in cameras):
        yield "without a frame, its quality or its model"
    if any(not math.isfinite(score) or not 0 <= score <= 1 for _, score in scores):
        yield "with a score that is none"
    if demands is None:
        return
    if {camera["camera_id"]: camera["model_hash"] for camera in cameras} != demands.models:
        yield "with other cameras or models than the recipe's"
    if any(score >= demands.review.get(label, 0.0) for label, score in scores):
        yield "with a score that the recipe does not pass"
    if {label for label, _ in scores} != demands.review.keys():
        yield "without a score for every label of the recipe"
    if any(not is_usable(ImageQuality(*c["quality"]), demands.quality[c["camera_id"]]) for c in cameras):
        yield "of a frame that the recipe does not judge"
    if not 0 <= told["times"]["total_ms"] <= demands.deadline_ms:
        yield "that came after its deadline"

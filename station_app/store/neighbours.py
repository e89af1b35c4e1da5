"""Which known parts of this station look most like a given one: the nearest good and the nearest bad of its recipe.

A part is described by its small picture, 16 x 16 grey levels without their mean and at unit length, beside its scores.
The distance is Euclidean: 0 for the same picture with the same scores. It chooses what to look at and proves nothing.
"""

import json
import math
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from station_app.core.review import Answer
from station_app.store.connection import limit_reading, open_reader
from station_app.store.known_parts import known_of_recipe
from station_app.store.thumbnails import LOOK_SIDE, load_looks

COMPARED = 300
"""The newest known parts of each kind that are looked at."""

Described = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A known part and how far it is."""

    part_id: int
    distance: float


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Nearest first; empty where nothing is known yet, or where the part has no small picture."""

    good: tuple[Neighbour, ...] = ()
    bad: tuple[Neighbour, ...] = ()


def nearest_known(database: Path, thumbnails: Path, part_id: int, size: int = 5) -> Neighbours:
    """The known parts nearest to this one, itself left out. StorageError where the records cannot be read."""
    if not thumbnails.exists():
        return Neighbours()
    with closing(open_reader(database)) as reader, closing(open_reader(thumbnails)) as pictures:
        limit_reading(reader)
        limit_reading(pictures)
        return Neighbours(*(_nearest(reader, pictures, part_id, answer, size) for answer in (Answer.GOOD, Answer.BAD)))


def described(looks: Iterable[bytes]) -> Described:
    """One row of 256 numbers a picture, each row of mean 0 and of length 1. One of a single grey is all zero."""
    grey = np.frombuffer(b"".join(looks), np.uint8).reshape(-1, LOOK_SIDE**2).astype(np.float32)
    grey -= grey.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(grey, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    grey /= lengths
    return grey


def _nearest(
    reader: sqlite3.Connection, pictures: sqlite3.Connection, part_id: int, answer: Answer, size: int
) -> tuple[Neighbour, ...]:
    looks = load_looks(pictures, (part_id, *_known(reader, part_id, answer)))
    if part_id not in looks:
        return ()
    scores = _scores(reader, looks)
    own, own_scores = looks.pop(part_id), scores.get(part_id, {})
    others = list(looks)
    rows = described((own, *looks.values()))
    apart = np.linalg.norm(rows[1:] - rows[0], axis=1)
    judged = np.array([_score_distance(own_scores, scores.get(other, {})) for other in others])
    distances = np.hypot(apart, judged)
    order = np.lexsort((others, distances))[:size]
    return tuple(Neighbour(others[n], float(distances[n])) for n in order)


def _known(reader: sqlite3.Connection, part_id: int, answer: Answer) -> tuple[int, ...]:
    query = "SELECT r.name FROM inspections i JOIN recipes r ON r.id = i.recipe_id WHERE i.part_id = ?"
    row = reader.execute(query, (part_id,)).fetchone()
    return known_of_recipe(reader, row[0], answer, COMPARED) if row is not None else ()


def _scores(reader: sqlite3.Connection, part_ids: Iterable[int]) -> dict[int, dict[str, float]]:
    query = "SELECT part_id, body FROM inspections WHERE part_id IN (SELECT value FROM json_each(?))"
    rows = reader.execute(query, (json.dumps(list(part_ids)),))
    return {part_id: _scores_in(body) for part_id, body in rows}


def _scores_in(body: str) -> dict[str, float]:
    """None of a damaged record, which shows itself where it is opened; not those that are no numbers."""
    try:
        return {label: float(score) for label, score in json.loads(body)["scores"] if math.isfinite(score)}
    except (ValueError, LookupError, TypeError):
        return {}


def _score_distance(own: dict[str, float], other: dict[str, float]) -> float:
    return float(np.linalg.norm([own.get(label, 0.0) - other.get(label, 0.0) for label in {**own, **other}]))

"""Which known parts of this station look most like a given one: the nearest good and the nearest bad of its recipe.

A part is described by its small picture, 16 x 16 grey levels without their mean and at unit length, beside its scores.
The distance is Euclidean: 0 for the same picture with the same scores. It chooses what to look at and proves nothing.
"""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.review import Answer
from station_app.store.connection import limit_reading, open_reader
from station_app.store.known_parts import known_of_recipe

COMPARED = 300
"""The newest known parts of each kind that are looked at."""
_SIDE = 16

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


def describe(jpeg: bytes) -> Described | None:
    """The picture as 256 numbers; None where it is no picture. One of a single grey is all zero."""
    small = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_4) if jpeg else None
    if small is None:
        return None
    grey = cv2.resize(small, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32).ravel()
    grey -= grey.mean()
    length = float(np.linalg.norm(grey))
    return grey / length if length > 0 else grey


def _nearest(
    reader: sqlite3.Connection, pictures: sqlite3.Connection, part_id: int, answer: Answer, size: int
) -> tuple[Neighbour, ...]:
    known = [n for n in _known(reader, part_id, answer) if n != part_id]
    looks = _looks(pictures, (part_id, *known))
    if part_id not in looks or len(looks) == 1:
        return ()
    scores = _scores(reader, looks)
    own, others = looks.pop(part_id), list(looks)
    apart = np.linalg.norm(np.stack(list(looks.values())) - own, axis=1)
    judged = np.array([_score_distance(scores.get(part_id, {}), scores.get(other, {})) for other in others])
    distances = np.hypot(apart, judged)
    order = np.lexsort((others, distances))[:size]
    return tuple(Neighbour(others[n], float(distances[n])) for n in order)


def _known(reader: sqlite3.Connection, part_id: int, answer: Answer) -> tuple[int, ...]:
    query = "SELECT r.name FROM inspections i JOIN recipes r ON r.id = i.recipe_id WHERE i.part_id = ?"
    row = reader.execute(query, (part_id,)).fetchone()
    return known_of_recipe(reader, row[0], answer, COMPARED) if row is not None else ()


def _looks(pictures: sqlite3.Connection, part_ids: Iterable[int]) -> dict[int, Described]:
    query = "SELECT part_id, jpeg FROM thumbnails WHERE part_id IN (SELECT value FROM json_each(?))"
    rows = pictures.execute(query, (json.dumps(list(part_ids)),))
    described = ((part_id, describe(jpeg)) for part_id, jpeg in rows if isinstance(jpeg, bytes))
    return {part_id: look for part_id, look in described if look is not None}


def _scores(reader: sqlite3.Connection, part_ids: Iterable[int]) -> dict[int, dict[str, float]]:
    query = (
        "SELECT part_id, json_extract(body, '$.scores') FROM inspections"
        " WHERE part_id IN (SELECT value FROM json_each(?))"
    )
    rows = reader.execute(query, (json.dumps(list(part_ids)),))
    return {part_id: dict(json.loads(scores)) for part_id, scores in rows}


def _score_distance(own: dict[str, float], other: dict[str, float]) -> float:
    return float(np.linalg.norm([own.get(label, 0.0) - other.get(label, 0.0) for label in {**own, **other}]))

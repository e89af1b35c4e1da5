"""Every recorded part's score of every label, as arrays: what other thresholds would have done is counted on them."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import VerdictKind
from station_app.core.review import Answer
from station_app.store.samples import QUARTER_MS

MOST_PARTS = 200_000
_JUDGED = (VerdictKind.PASS, VerdictKind.REVIEW, VerdictKind.FAIL)
_AT_ONCE = 100
_NONE = np.empty(0, np.int64)
_SIZES = (
    "SELECT is_rejected, stratum, probability, sum(parts) FROM sample_counts WHERE quarter >= ? AND quarter < ?"
    " AND recipe_id IN (SELECT id FROM recipes WHERE name = ?)"
    " GROUP BY is_rejected, stratum, probability ORDER BY is_rejected, stratum, probability"
)
_SETTLED = (
    "SELECT s.part_id, k.answer, s.is_rejected, s.stratum, s.probability FROM settled k"
    " JOIN samples s ON s.part_id = k.part_id JOIN inspections i ON i.part_id = k.part_id"
    " WHERE k.recipe_id IN (SELECT id FROM recipes WHERE name = ?) AND k.answer IN ('good', 'bad')"
    " AND i.inspected_at_ms >= ? AND i.inspected_at_ms < ? ORDER BY s.part_id"
)


Columns = dict[str, NDArray[np.float32]]
_Stretch = tuple[NDArray[np.int64], NDArray[np.int64], Columns]
"""Part ids, times in UTC milliseconds, and their scores by label."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """Parts with a result, by rising part id: `scores` holds for each label a float32 array as long as `part_ids`, 0
    where the part has no score of it. `no_result` counts the parts of the same time without one. `is_cut`: there were
    more, and these are the newest."""

    part_ids: NDArray[np.int64]
    scores: Columns
    no_result: int
    is_cut: bool
    from_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A part of the blind sample whose truth is settled; `stratum` numbers the entries of `KnownParts.sizes`."""

    part_id: int
    is_bad: bool
    stratum: int


@dataclass(frozen=True, slots=True)
class KnownParts:
    """The settled blind sample of a time; `sizes` are the numbers of parts, drawn or not, in each stratum. `is_even`:
    every part had the same chance of being drawn."""

    parts: tuple[KnownPart, ...]
    sizes: tuple[int, ...]
    is_even: bool = False


def score_table(
    reader: sqlite3.Connection, recipe: str, from_ms: int, until_ms: int, most: int = MOST_PARTS
) -> ScoreTable:
    """The newest `most` parts of the recipe, all its revisions together, from `from_ms` to before `until_ms` (UTC)."""
    recipe_ids = [row[0] for row in reader.execute("SELECT id FROM recipes WHERE name = ?", (recipe,))]
    bounds = [(recipe_id, verdict, from_ms, until_ms) for recipe_id in recipe_ids for verdict in _JUDGED]
    stretches = [stretch for each in bounds for stretch in _newest(reader, each, most)]
    part_ids, at_ms = (np.concatenate([_NONE, *(s[n] for s in stretches)]) for n in (0, 1))
    order = np.argsort(part_ids, kind="stable")[-most:]
    is_cut = len(order) < len(part_ids)
    since_ms = int(at_ms[order[0]]) if is_cut else from_ms
    no_result = sum(_without_result(reader, recipe_id, since_ms, until_ms) for recipe_id in recipe_ids)
    scores = _joined([(len(ids), columns) for ids, _, columns in stretches], order)
    return ScoreTable(part_ids[order], scores, no_result, is_cut, since_ms, until_ms)


def known_parts(reader: sqlite3.Connection, recipe: str, from_ms: int, until_ms: int) -> KnownParts:
    """The blind sample of the recipe's parts in this time, as far as people have settled it. Whole quarters of an hour,
    as `samples.strata` counts them."""
    first, end = from_ms // QUARTER_MS, -(-until_ms // QUARTER_MS)
    sizes = reader.execute(_SIZES, (first, end, recipe)).fetchall()
    numbers = {tuple(row[:-1]): number for number, row in enumerate(sizes)}
    rows = reader.execute(_SETTLED, (recipe, first * QUARTER_MS, end * QUARTER_MS))
    parts = (
        KnownPart(part_id, answer == Answer.BAD, numbers[tuple(cell)])
        for part_id, answer, *cell in rows
        if tuple(cell) in numbers
    )
    is_even = len({probability for _, _, probability, _ in sizes}) == 1
    return KnownParts(tuple(parts), tuple(row[-1] for row in sizes), is_even)


def _newest(reader: sqlite3.Connection, bounds: tuple[int, str, int, int], most: int) -> Iterator[_Stretch]:
    """A few parts at a time: one long list would hold up the program's other threads when it is sorted, parsed
    and given back."""
    query = (
        "SELECT part_id, inspected_at_ms, json_extract(body, '$.scores') FROM inspections"
        " WHERE recipe_id = ? AND verdict = ? AND inspected_at_ms >= ? AND inspected_at_ms < ?"
        " ORDER BY inspected_at_ms DESC LIMIT ?"
    )
    cursor = reader.execute(query, (*bounds, most + 1))
    while rows := cursor.fetchmany(_AT_ONCE):
        part_ids, at_ms, texts = zip(*rows, strict=True)
        yield np.array(part_ids, np.int64), np.array(at_ms, np.int64), _by_label(texts)


def _without_result(reader: sqlite3.Connection, recipe_id: int, from_ms: int, until_ms: int) -> int:
    query = (
        "SELECT count(*) FROM inspections WHERE recipe_id = ? AND verdict = ?"
        " AND inspected_at_ms >= ? AND inspected_at_ms < ?"
    )
    bounds = (recipe_id, VerdictKind.NO_RESULT, from_ms, until_ms)
    return int(reader.execute(query, bounds).fetchone()[0])


def _by_label(texts: Sequence[str]) -> Columns:
    """One array for each label that any of these parts has a score of."""
    scores: Columns = {}
    for place, pairs in enumerate(json.loads(f"[{','.join(texts)}]")):
        for label, score in pairs:
            column = scores.get(label)
            if column is None:
                column = scores[label] = np.zeros(len(texts), np.float32)
            column[place] = score
    return scores


def _joined(stretches: list[tuple[int, Columns]], order: NDArray[np.int64]) -> Columns:
    """The columns of all, in this order; 0 where a stretch has no score of a label."""
    labels = dict.fromkeys(label for _, columns in stretches for label in columns)
    return {
        label: np.concatenate([columns.get(label, np.zeros(count, np.float32)) for count, columns in stretches])[order]
        for label in labels
    }

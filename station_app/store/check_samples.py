"""Checks that the blind sample is what secret and plan say, that its counts are those of the records, and that every
part waits where what was said about it puts it."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station_app.core.errors import StorageError
from station_app.core.review import Answer
from station_app.core.review_rules import queue_of, settled_answer, settled_blind
from station_app.quality.review_plan import DrawnPart, ReviewPlan
from station_app.store.connection import one_moment
from station_app.store.part_states import load_state
from station_app.store.problem import Problem
from station_app.store.reviews import reviews_of
from station_app.store.samples import QUARTER_MS
from station_app.store.sampling import Sampling, recorded_limits
from station_app.store.sampling_secret import fingerprint, read_secret

_WHO = "find out who had access; estimates from these parts prove nothing"
_SUPPORT = "call support; the records are right"
_EVER = 2**62

Cell = tuple[int, int, int, int, float]
"""Quarter, recipe, whether rejected, stratum, probability."""


@dataclass(frozen=True, slots=True)
class _PlanInForce:
    """A recorded plan and the parts it was for; `sampling` is None where its secret is not there any more."""

    first: int
    end: int
    sampling: Sampling | None


def changed_draws(reader: sqlite3.Connection, images: Path) -> Iterator[Problem]:
    """Parts that were drawn, or not, against the plan of their time."""
    if not _has_samples(reader):
        return
    for plan in _plans(reader, images.parent):
        if plan.sampling is None:
            where = f"parts {plan.first} and later"
            yield Problem("draws of the blind sample cannot be checked: their secret is gone", where, _WHO)
            continue
        for row in _records(reader, plan.first, plan.end):
            drawn = plan.sampling.of_record(row[0], row[1], row[2], _scores(row[3]))
            if drawn is not None and _row_of(drawn) != tuple(row)[4:]:
                yield Problem("the blind sample is not what its plan draws", f"part {row[0]}", _WHO)
    yield from _unplanned(reader)


def differing_counts(reader: sqlite3.Connection, images: Path) -> Iterator[Problem]:
    """Quarters of an hour whose counts of the blind sample are not those of the records."""
    if not _has_samples(reader):
        return
    with one_moment(reader):
        yield from _differing_counts(reader, images)


def _differing_counts(reader: sqlite3.Connection, images: Path) -> Iterator[Problem]:
    kept: dict[Cell, list[int]] = {tuple(row)[:5]: list(row)[5:] for row in reader.execute(_KEPT)}
    plans = tuple(_plans(reader, images.parent))
    is_whole = all(plan.sampling is not None for plan in plans)
    counted = _recount(reader, plans)
    for cell in sorted(kept.keys() | counted.keys()):
        numbers, found = kept.get(cell, [0] * 4), counted.get(cell, [0] * 4)
        # Without the secret nobody knows in which stratum a part that was not drawn is.
        if numbers != found if is_whole else numbers[1:] != found[1:]:
            where = f"quarter of an hour {cell[0]}, stratum {cell[3]}"
            yield Problem("the counts of the blind sample differ from the records", where, _SUPPORT)


def misplaced_parts(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Parts that wait in another queue than what was said about them asks for, or are settled otherwise."""
    if not _has_samples(reader):
        return
    with one_moment(reader):
        yield from _misplaced_parts(reader)


def _misplaced_parts(reader: sqlite3.Connection) -> Iterator[Problem]:
    waits = dict(reader.execute("SELECT part_id, queue FROM waiting").fetchall())
    known = dict(reader.execute("SELECT part_id, answer FROM settled").fetchall())
    for (part_id,) in reader.execute(_SPOKEN_OF):
        try:
            state = load_state(reader, part_id)
        except StorageError as error:
            yield Problem(error.what, error.where, error.remedy)
            continue
        said = (queue_of(state), settled_answer(state.reviews))
        if said != (waits.get(part_id), known.get(part_id)):
            yield Problem("a part waits in the wrong queue, or is settled wrongly", f"part {part_id}", _SUPPORT)


def _has_samples(reader: sqlite3.Connection) -> bool:
    """An older database, as one that is checked before its migration, has none."""
    return reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'sampling_plans'").fetchone() is not None


def _plans(reader: sqlite3.Connection, folder: Path) -> Iterator[_PlanInForce]:
    secret, limits = read_secret(folder), recorded_limits(reader)
    rows = reader.execute("SELECT first_part, seed_sha256, body FROM sampling_plans ORDER BY id").fetchall()
    ends = (*(row[0] for row in rows[1:]), _EVER)
    for (first, seed_sha256, body), end in zip(rows, ends, strict=False):
        is_known = fingerprint(secret) == seed_sha256
        yield _PlanInForce(first, end, Sampling(secret, _plan(body), limits) if is_known else None)


def _plan(body: str) -> ReviewPlan:
    try:
        told: dict[str, Any] = json.loads(body)
        return ReviewPlan(**(told | {key: tuple(told[key]) for key in ("passed", "rejected")}))
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError("a plan of the blind sample is damaged", where="sampling_plans", remedy=_WHO) from error


def _records(reader: sqlite3.Connection, first: int, end: int) -> Iterator[tuple[Any, ...]]:
    query = (
        "SELECT i.part_id, i.verdict, r.sha256, i.body, s.is_rejected, s.stratum, s.probability, s.needed, s.rank,"
        " s.is_seeded FROM inspections i JOIN recipes r ON r.id = i.recipe_id LEFT JOIN samples s"
        " ON s.part_id = i.part_id WHERE i.part_id >= ? AND i.part_id < ? ORDER BY i.part_id"
    )
    yield from reader.execute(query, (first, end))


def _row_of(drawn: DrawnPart) -> tuple[object, ...]:
    if not drawn.draw.is_drawn:
        return (None,) * 6
    place = (drawn.is_rejected, drawn.draw.stratum, drawn.draw.probability)
    return (*place, drawn.needed, drawn.rank, drawn.is_seeded)


def _scores(body: str) -> tuple[tuple[str, float], ...]:
    """No score where the record is damaged, which another check names."""
    try:
        return tuple((label, score) for label, score in json.loads(body)["scores"])
    except (ValueError, KeyError, TypeError):
        return ()


def _unplanned(reader: sqlite3.Connection) -> Iterator[Problem]:
    first = reader.execute("SELECT coalesce(min(first_part), ?) FROM sampling_plans", (_EVER,)).fetchone()[0]
    for (part_id,) in reader.execute("SELECT part_id FROM samples WHERE part_id < ?", (first,)):
        yield Problem("a part was drawn before there was a plan", f"part {part_id}", _WHO)


def _recount(reader: sqlite3.Connection, plans: tuple[_PlanInForce, ...]) -> dict[Cell, list[int]]:
    cells: dict[Cell, list[int]] = {}
    for plan in plans:
        if plan.sampling is not None:
            _count_parts(reader, plan.sampling, plan, cells)
    for part_id, at_ms, *place in reader.execute(_DRAWN):
        cell: Cell = (at_ms // QUARTER_MS, *place)
        answer = settled_blind(reviews_of(reader, part_id))
        event = Answer.GOOD if cell[2] else Answer.BAD
        _add(cells, cell, (0, 1, answer is not None, answer is event))
    return cells


def _count_parts(
    reader: sqlite3.Connection, sampling: Sampling, plan: _PlanInForce, cells: dict[Cell, list[int]]
) -> None:
    query = (
        "SELECT i.part_id, i.inspected_at_ms, i.recipe_id, i.verdict, r.sha256, i.body FROM inspections i"
        " JOIN recipes r ON r.id = i.recipe_id WHERE i.part_id >= ? AND i.part_id < ?"
    )
    for part_id, at_ms, recipe_id, verdict, sha256, body in reader.execute(query, (plan.first, plan.end)):
        drawn = sampling.of_record(part_id, verdict, sha256, _scores(body))
        if drawn is not None:
            place = (drawn.is_rejected, drawn.draw.stratum, drawn.draw.probability)
            _add(cells, (at_ms // QUARTER_MS, recipe_id, *place), (1, 0, 0, 0))


def _add(cells: dict[Cell, list[int]], cell: Cell, numbers: tuple[int, int, int, int]) -> None:
    cells[cell] = [old + new for old, new in zip(cells.get(cell, [0] * 4), numbers, strict=True)]


_KEPT = "SELECT quarter, recipe_id, is_rejected, stratum, probability, parts, drawn, reviewed, found FROM sample_counts"
_DRAWN = (
    "SELECT s.part_id, i.inspected_at_ms, i.recipe_id, s.is_rejected, s.stratum, s.probability"
    " FROM samples s JOIN inspections i ON i.part_id = s.part_id"
)
_SPOKEN_OF = (
    "SELECT part_id FROM reviews WHERE part_id IS NOT NULL UNION SELECT part_id FROM overrides"
    " UNION SELECT part_id FROM suspects UNION SELECT part_id FROM samples"
)

"""The counts by the hour from the records themselves: to fill them in an older database, and to check them."""

import math
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from station_app.core.bins import TIME_BINS, time_bin
from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection
from station_app.store.connection import one_moment
from station_app.store.inspections import every_inspection, load_inspection, recipe_of
from station_app.store.open_histograms import added, unpacked
from station_app.store.overrides import standing_disposition
from station_app.store.part_figures import HOUR_MS, Word, figures_of, is_accepted
from station_app.store.reviews import settled
from station_app.store.rollup_rows import TABLES, bump, count_word, quality_columns, stream_id, verdict_columns

Key = tuple[Any, ...]
Values = tuple[Any, ...]
Sums = dict[Key, list[float]]
Packed = dict[Key, bytes]

_KEYS = {
    "hour_counts": "hour",
    "hour_reasons": "hour, reason",
    "hour_histograms": "kind, label, hour",
    "hour_quality": "camera_id, hour",
    "hour_places": "hour, camera_id, label, region, x, y",
    "hour_decisions": "hour, disposition",
}
_VALUES = {
    "hour_counts": "passed, failed, review, no_result, accepted",
    "hour_reasons": "parts",
    "hour_histograms": "counts",
    "hour_quality": "frames, mean, mean_squared, dark, dark_squared, bright, bright_squared, focus, focus_squared",
    "hour_places": "findings",
    "hour_decisions": "decisions, viewed",
}


class Recount:
    """The counts of all parts and decisions that are added to it; each key begins with the recipe's id and the
    models."""

    def __init__(self) -> None:
        self._sums: dict[str, Sums] = {table: {} for table in TABLES}
        self._packed: dict[str, Packed] = {table: {} for table in ("hour_histograms", "hour_decisions")}

    def add_part(self, recipe_id: int, inspection: Inspection, word: Word) -> None:
        part = figures_of(inspection)
        stream = (recipe_id, part.models)
        *verdicts, _ = verdict_columns(part)
        self._add("hour_counts", (*stream, part.hour), (*verdicts, int(is_accepted(part.verdict, word))))
        if part.reason is not None:
            self._add("hour_reasons", (*stream, part.hour, str(part.reason)), (1,))
        for kind, label, number in part.histograms:
            self._bump("hour_histograms", (*stream, str(kind), label, part.hour), kind.bins, number)
        for camera_id, quality in part.cameras:
            self._add("hour_quality", (*stream, camera_id, part.hour), (1, *quality_columns(*quality)))
        for place in part.places:
            self._add("hour_places", (*stream, part.hour, *place), (1,))

    def add_decision(self, stream: Key, row: sqlite3.Row | tuple[int, str, int]) -> None:
        decided_at_ms, disposition, viewed_ms = row
        key = (*stream, decided_at_ms // HOUR_MS, disposition)
        self._add("hour_decisions", key, (1,))
        self._bump("hour_decisions", key, TIME_BINS, time_bin(viewed_ms))

    def rows(self, table: str) -> dict[Key, Values]:
        """The whole table: its key, with the recipe and the models in place of the stream, and its values."""
        packed = self._packed.get(table, {})
        if table == "hour_histograms":
            return {key: (counts,) for key, counts in packed.items()}
        return {key: (*sums, *((packed[key],) if packed else ())) for key, sums in self._sums[table].items()}

    def _add(self, table: str, key: Key, values: tuple[float, ...]) -> None:
        sums = self._sums[table].setdefault(key, [0] * len(values))
        for place, value in enumerate(values):
            sums[place] += value

    def _bump(self, table: str, key: Key, bins: int, number: int | None) -> None:
        packed = self._packed[table]
        packed[key] = bump(packed.get(key) or bytes(4 * bins), number)


def recount(reader: sqlite3.Connection) -> Recount:
    """Every part and every decision, read once. A damaged record is in none; the other checks name it."""
    counted, decided, reviewed = Recount(), _decisions(reader), _reviewed(reader)
    for recipe_id, inspection in every_inspection(reader):
        decisions = decided.get(inspection.part_id, ())
        standing = standing_disposition(reader, inspection.part_id) if decisions else None
        review = settled(reader, inspection.part_id) if inspection.part_id in reviewed else None
        counted.add_part(recipe_id, inspection, Word(standing, review))
        stream = (recipe_id, figures_of(inspection).models) if decisions else ()
        for decision in decisions:
            counted.add_decision(stream, decision)
    return counted


def fill(connection: sqlite3.Connection) -> None:
    """Write the counts of all that is recorded into tables that are still empty."""
    counted = recount(connection)
    for table in TABLES:
        columns = f"stream_id, {_KEYS[table]}, {_VALUES[table]}"
        marks = ", ".join("?" * len(columns.split(", ")))
        for (recipe_id, models, *key), values in counted.rows(table).items():
            row = (stream_id(connection, recipe_id, models), *key, *values)
            connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)  # noqa: S608 - constants only


def refill_accepted(connection: sqlite3.Connection) -> None:
    """Count anew which parts are good in the end: all that passed, but for what people have said."""
    connection.execute("UPDATE hour_counts SET accepted = passed")
    spoken = "SELECT part_id FROM overrides UNION SELECT part_id FROM reviews WHERE part_id IS NOT NULL"
    for (part_id,) in connection.execute(spoken).fetchall():
        with suppress(StorageError):  # a damaged record is counted nowhere; the checks name it
            inspection = load_inspection(connection, part_id)
            if inspection is not None:
                word = Word(standing_disposition(connection, part_id), settled(connection, part_id))
                count_word(connection, (inspection, recipe_of(connection, part_id)), Word(), word)


def differing_hours(reader: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Each table and hour that is not what the records say."""
    with one_moment(reader):
        yield from _differing_hours(reader)


def _differing_hours(reader: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    counted = recount(reader)
    for table, keys in _KEYS.items():
        width = 2 + len(keys.split(", "))
        query = (
            f"SELECT recipe_id, models, {keys}, {_VALUES[table]} FROM {table} JOIN streams ON streams.id = stream_id"  # noqa: S608
        )
        kept = {tuple(row)[:width]: tuple(row)[width:] for row in reader.execute(query)}
        if table == "hour_histograms":
            _add_opened(reader, kept)
        hour = 2 + keys.split(", ").index("hour")
        yield from sorted({(table, key[hour]) for key in _differing(counted.rows(table), kept)})


def _add_opened(reader: sqlite3.Connection, kept: dict[Key, Values]) -> None:
    """The histograms of hours that are still being counted, added to those of the closed ones."""
    query = (
        "SELECT recipe_id, models, hour, layout, o.counts FROM open_histograms o JOIN streams ON streams.id = stream_id"
    )
    for recipe_id, models, hour, layout, counts in reader.execute(query):
        for kind, label, packed in unpacked(layout, counts):
            key = (recipe_id, models, str(kind), label, hour)
            kept[key] = (added(kept[key][0], packed) if key in kept else packed,)


def _differing(told: Mapping[Key, Values], kept: Mapping[Key, Values]) -> Iterator[Key]:
    yield from told.keys() ^ kept.keys()
    for key in told.keys() & kept.keys():
        if not all(_is_alike(one, other) for one, other in zip(told[key], kept[key], strict=True)):
            yield key


def _is_alike(one: object, other: object) -> bool:
    """Sums of measures may differ in their last digits: they were added up in another order."""
    if isinstance(one, float) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)
    return one == other


def _decisions(reader: sqlite3.Connection) -> dict[int, list[tuple[int, str, int]]]:
    found: dict[int, list[tuple[int, str, int]]] = {}
    query = "SELECT part_id, decided_at_ms, disposition, viewed_ms FROM overrides ORDER BY id"
    for part_id, *decision in reader.execute(query):
        found.setdefault(part_id, []).append(tuple(decision))
    return found


def _reviewed(reader: sqlite3.Connection) -> frozenset[int]:
    return frozenset(row[0] for row in reader.execute("SELECT part_id FROM reviews WHERE part_id IS NOT NULL"))

"""What the charts ask: counts by the hour, of the parts of a recipe, a model and a period. Read-only, any thread.

Hours are whole hours of UTC since 1970; a period that begins or ends within an hour takes the whole of it.
"""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from station_app.core.bins import TIME_BINS
from station_app.core.history import HistoryFilter
from station_app.core.inspection import Disposition
from station_app.store.open_histograms import unpacked
from station_app.store.part_figures import HOUR_MS, HistogramKind

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Records = sqlite3.Connection
"""An open connection for reading: for rooms that hand it on and know no SQL."""
_IN = "stream_id IN (SELECT value FROM json_each(:streams)) AND hour >= :first AND hour < :end"
_LAST_HOUR = 1 << 40


@dataclass(frozen=True, slots=True)
class Scope:
    """The parts of some streams in the hours from `first` to below `end`. A stream is a recipe's revision with the
    models that judged."""

    streams: tuple[int, ...]
    first: int
    end: int

    def within(self, first: int, end: int) -> "Scope":
        """The same parts in other hours."""
        return Scope(self.streams, first, end)


@dataclass(frozen=True, slots=True, eq=False)
class HourCounts:
    """Parts of each hour that had any, by verdict, in order; `accepted` were good in the end, after people."""

    hours: Integers
    passed: Integers
    failed: Integers
    review: Integers
    no_result: Integers
    accepted: Integers

    @property
    def judged(self) -> Integers:
        return self.passed + self.failed + self.review

    @property
    def rejected(self) -> Integers:
        return self.failed + self.review


@dataclass(frozen=True, slots=True, eq=False)
class HourHistograms:
    """Counts of each hour, hours x bins."""

    hours: Integers
    counts: Integers


@dataclass(frozen=True, slots=True, eq=False)
class HourMeasures:
    """Of one camera the frames of each hour and the means of their measures: hours x measures."""

    camera_id: str
    hours: Integers
    frames: Integers
    means: Floats


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided in a period: how often each, and of those that were timed how many lie in each bin."""

    disposition: Disposition
    count: int
    viewed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """How many findings of rejected parts: of one label in one region (zone), seen by one camera in one cell of
    `part_figures.CELL_PX`."""

    camera_id: str
    label: str
    region: str
    column: int
    row: int
    count: int


@dataclass(frozen=True, slots=True)
class StreamSpan:
    """A recipe's revision with its models (hashes, a space between), and the parts it judged in a period."""

    recipe: str
    revision: int
    models: str
    first_hour: int
    last_hour: int
    passed: int
    judged: int


def scope_of(reader: sqlite3.Connection, where: HistoryFilter) -> Scope:
    """What of the filter is known by the hour: recipe, model and time. The rest of it is not applied here."""
    query = "SELECT s.id, s.models FROM streams s JOIN recipes r ON r.id = s.recipe_id WHERE ?1 = '' OR r.name = ?1"
    rows = reader.execute(query, (where.recipe,)).fetchall()
    is_asked = [not where.model or any(m.startswith(where.model) for m in row[1].split()) for row in rows]
    streams = tuple(int(row[0]) for row, is_in in zip(rows, is_asked, strict=True) if is_in)
    first = 0 if where.from_ms is None else where.from_ms // HOUR_MS
    end = _LAST_HOUR if where.until_ms is None else -(-where.until_ms // HOUR_MS)
    return _narrowed(reader, Scope(streams, first, end))


def hour_counts(reader: sqlite3.Connection, scope: Scope) -> HourCounts:
    query = f"SELECT hour, passed, failed, review, no_result, accepted FROM hour_counts WHERE {_IN}"  # noqa: S608
    hours, sums = _by_hour(_table(reader, query, scope, 6))
    return HourCounts(hours, *(sums[:, place] for place in range(5)))


def hour_reasons(reader: sqlite3.Connection, scope: Scope) -> dict[str, int]:
    """Parts without result by reason."""
    query = f"SELECT reason, sum(parts) FROM hour_reasons WHERE {_IN} GROUP BY reason"  # noqa: S608
    return {row[0]: int(row[1]) for row in reader.execute(query, _values(scope))}


def hour_histograms(
    reader: sqlite3.Connection, scope: Scope, kind: HistogramKind, label: str = ""
) -> HourHistograms:  # fmt: skip
    # One statement: an hour must not be in both tables, or in neither, because it was closed between two.
    query = (
        "SELECT hour, counts, NULL FROM hour_histograms WHERE kind = :kind AND label = :label"  # noqa: S608
        f" AND {_IN} UNION ALL SELECT hour, counts, layout FROM open_histograms WHERE {_IN}"
    )
    found = reader.execute(query, {**_values(scope), "kind": kind, "label": label}).fetchall()
    rows = [(hour, bins) for hour, counts, layout in found for bins in _bins(counts, layout, (kind, label))]
    packed = np.frombuffer(b"".join(row[1] for row in rows), "<u4").reshape(len(rows), kind.bins).astype(np.int64)
    table = np.column_stack([np.array([row[0] for row in rows], np.int64), packed])
    return HourHistograms(*_by_hour(table))


def hour_quality(reader: sqlite3.Connection, scope: Scope) -> tuple[HourMeasures, ...]:
    """Every camera's, by name; the measures are (mean, dark, bright, focus)."""
    cameras = f"SELECT DISTINCT camera_id FROM hour_quality WHERE {_IN} ORDER BY camera_id"  # noqa: S608
    query = (
        "SELECT hour, frames, mean, dark, bright, focus FROM hour_quality"  # noqa: S608 - constants only
        f" WHERE camera_id = :camera AND {_IN}"
    )
    found = [str(row[0]) for row in reader.execute(cameras, _values(scope))]
    return tuple(_measures(camera_id, _rows(reader, query, scope, camera=camera_id)) for camera_id in found)


def hour_positions(reader: sqlite3.Connection, scope: Scope) -> tuple[HourMeasures, ...]:
    """Every camera's that has a reference, by name; the measures are (right, down, turn): px, px, degrees."""
    query = (
        "SELECT camera_id, hour, frames, shift_x, shift_y, turn_deg FROM hour_positions"  # noqa: S608 - constants only
        f" WHERE {_IN} ORDER BY camera_id"
    )
    of: dict[str, list[tuple[float, ...]]] = {}
    for camera_id, *row in reader.execute(query, _values(scope)):
        of.setdefault(str(camera_id), []).append(tuple(row))
    return tuple(_measures(camera_id, rows) for camera_id, rows in of.items())


def findings(reader: sqlite3.Connection, scope: Scope, label: str = "") -> tuple[Findings, ...]:
    """Of one label, or of all where it is ""."""
    query = (
        "SELECT camera_id, label, region, x, y, sum(findings) FROM hour_places"  # noqa: S608 - constants only
        f" WHERE {_IN} AND (:label = '' OR label = :label) GROUP BY camera_id, label, region, x, y"
    )
    cursor = reader.execute(query, {**_values(scope), "label": label})
    cursor.row_factory = None
    return tuple(Findings(*row) for row in cursor)


def finding_count(reader: sqlite3.Connection, scope: Scope) -> int:
    """All findings of rejected parts."""
    query = f"SELECT coalesce(sum(findings), 0) FROM hour_places WHERE {_IN}"  # noqa: S608
    return int(reader.execute(query, _values(scope)).fetchone()[0])


def finding_hours(reader: sqlite3.Connection, scope: Scope, label: str) -> tuple[Integers, Integers]:
    """The hours with findings of this label on rejected parts, and how many each; of every label where it is ""."""
    where = f"{_IN} AND (:label = '' OR label = :label)"
    query = f"SELECT hour, sum(findings) FROM hour_places WHERE {where} GROUP BY hour"  # noqa: S608
    rows = reader.execute(query, {**_values(scope), "label": label}).fetchall()
    table = np.array([tuple(row) for row in rows], np.int64).reshape(len(rows), 2)
    return table[:, 0], table[:, 1]


def decided(reader: sqlite3.Connection, scope: Scope) -> tuple[Decided, ...]:
    """By disposition, those that were chosen at all; the hours are those of the decisions."""
    query = f"SELECT disposition, decisions, viewed FROM hour_decisions WHERE {_IN}"  # noqa: S608
    of: dict[str, tuple[int, Integers]] = {}
    for disposition, decisions, viewed in reader.execute(query, _values(scope)):
        count, before = of.get(disposition, (0, np.zeros(TIME_BINS, np.int64)))
        of[disposition] = count + decisions, before + np.frombuffer(viewed, "<u4")
    return tuple(Decided(Disposition(d), count, tuple(v.tolist())) for d, (count, v) in sorted(of.items()))


def labels(reader: sqlite3.Connection, scope: Scope) -> tuple[str, ...]:
    """The labels that the models of these streams have scored, whenever."""
    # From label to label by the index: reading every hour for it would take a hundred times as long.
    query = "SELECT min(label) FROM hour_histograms WHERE stream_id = ? AND kind = 'score' AND label > ?"
    found: set[str] = set()
    for stream in scope.streams:
        label = ""
        while (row := reader.execute(query, (stream, label)).fetchone()) is not None and row[0] is not None:
            label = row[0]
            found.add(label)
    opened = "SELECT DISTINCT layout FROM open_histograms WHERE stream_id IN (SELECT value FROM json_each(?))"
    for (layout,) in reader.execute(opened, (json.dumps(scope.streams),)):
        found |= {label for kind, label in json.loads(layout) if kind == HistogramKind.SCORE and label}
    return tuple(sorted(found))


def stream_spans(reader: sqlite3.Connection, scope: Scope) -> tuple[StreamSpan, ...]:
    """Each recipe revision with its models that saw parts, the oldest first."""
    query = (
        "SELECT r.name, r.revision, s.models, min(hour), max(hour), sum(passed), sum(passed + failed + review)"  # noqa: S608
        " FROM hour_counts c JOIN streams s ON s.id = c.stream_id JOIN recipes r ON r.id = s.recipe_id"
        f" WHERE {_IN} GROUP BY s.id ORDER BY min(hour)"
    )
    return tuple(StreamSpan(*row) for row in reader.execute(query, _values(scope)))


def newest_pass(reader: sqlite3.Connection, scope: Scope) -> int | None:
    """The newest passed part with a stored image, of the recipes of this scope."""
    query = (
        "SELECT max((SELECT i.part_id FROM inspections i WHERE i.recipe_id = r.recipe_id AND i.verdict = 'PASS'"
        " AND EXISTS (SELECT 1 FROM images m WHERE m.part_id = i.part_id AND m.state = 'stored')"
        " ORDER BY i.inspected_at_ms DESC LIMIT 1)) FROM (SELECT DISTINCT recipe_id FROM streams"
        " WHERE id IN (SELECT value FROM json_each(?))) r"
    )
    row = reader.execute(query, (json.dumps(scope.streams),)).fetchone()
    return None if row[0] is None else int(row[0])


def _narrowed(reader: sqlite3.Connection, scope: Scope) -> Scope:
    """Down to the hours in which there was anything."""
    query = f"SELECT min(hour), max(hour) FROM hour_counts WHERE {_IN}"  # noqa: S608
    first, last = reader.execute(query, _values(scope)).fetchone()
    return scope.within(0, 0) if first is None else scope.within(int(first), int(last) + 1)


def _values(scope: Scope) -> dict[str, object]:
    return {"streams": json.dumps(scope.streams), "first": scope.first, "end": scope.end}


def _bins(counts: bytes, layout: str | None, wanted: tuple[HistogramKind, str]) -> list[bytes]:
    """The wanted histogram of a row, which is all of it where it has no layout."""
    if layout is None:
        return [counts]
    return [bins for kind, label, bins in unpacked(layout, counts) if (kind, label) == wanted]


def _table(reader: sqlite3.Connection, query: str, scope: Scope, width: int) -> Integers:
    rows = _rows(reader, query, scope)
    return np.array(rows, np.int64).reshape(len(rows), width)


def _rows(reader: sqlite3.Connection, query: str, scope: Scope, **values: object) -> list[tuple[float, ...]]:
    cursor = reader.execute(query, _values(scope) | values)
    cursor.row_factory = None
    return cursor.fetchall()


def _by_hour(table: Integers) -> tuple[Integers, Integers]:
    """The hours of the first column in order, each once, and the sums of the others."""
    hours, sums = _summed(table)
    return hours.astype(np.int64), sums.astype(np.int64)


def _summed(table: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    if len(table) == 0:
        return table[:, 0], table[:, 1:]
    ordered = table[np.argsort(table[:, 0], kind="stable")]
    hours, starts = np.unique(ordered[:, 0], return_index=True)
    if len(hours) == len(ordered):
        return hours, ordered[:, 1:]
    return hours, np.add.reduceat(ordered[:, 1:], starts, axis=0)


def _measures(camera_id: str, rows: list[tuple[float, ...]]) -> HourMeasures:
    hours, sums = _summed(np.array(rows, np.float64))
    frames = sums[:, 0].astype(np.int64)
    return HourMeasures(camera_id, hours.astype(np.int64), frames, sums[:, 1:] / frames[:, None])

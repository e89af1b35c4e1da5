"""Adds one part, or one decision, to the counts of its hour: inside the transaction of the record itself."""

import sqlite3
import struct
from collections.abc import Iterator

from station_app.core.bins import TIME_BINS, time_bin
from station_app.core.inspection import Inspection, Override
from station_app.store.open_histograms import count_in_histograms
from station_app.store.part_figures import HOUR_MS, PartFigures, Word, figures_of, is_accepted

TABLES = ("hour_counts", "hour_reasons", "hour_histograms", "hour_quality", "hour_places", "hour_decisions")
VERDICTS = ("PASS", "FAIL", "REVIEW", "NO_RESULT")
"""In the order of their columns."""

_COUNTS = (
    "INSERT INTO hour_counts VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (stream_id, hour) DO UPDATE SET"
    " passed = passed + excluded.passed, failed = failed + excluded.failed, review = review + excluded.review,"
    " no_result = no_result + excluded.no_result, accepted = accepted + excluded.accepted"
)
_REASONS = (
    "INSERT INTO hour_reasons VALUES (?, ?, ?, 1) ON CONFLICT (stream_id, hour, reason) DO UPDATE SET parts = parts + 1"
)
_QUALITY = (
    "INSERT INTO hour_quality VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (stream_id, camera_id, hour) DO UPDATE SET frames = frames + 1,"
    " mean = mean + excluded.mean, mean_squared = mean_squared + excluded.mean_squared,"
    " dark = dark + excluded.dark, dark_squared = dark_squared + excluded.dark_squared,"
    " bright = bright + excluded.bright, bright_squared = bright_squared + excluded.bright_squared,"
    " focus = focus + excluded.focus, focus_squared = focus_squared + excluded.focus_squared"
)
_PLACES = (
    "INSERT INTO hour_places VALUES (?, ?, ?, ?, ?, ?, ?, 1)"
    " ON CONFLICT (stream_id, hour, camera_id, label, region, x, y) DO UPDATE SET findings = findings + 1"
)
_DECISION = "SELECT decisions, viewed FROM hour_decisions WHERE stream_id = ? AND hour = ? AND disposition = ?"
_DECISIONS = "INSERT OR REPLACE INTO hour_decisions VALUES (?, ?, ?, ?, ?)"


def bump(packed: bytes, number: int | None) -> bytes:
    """One more in a bin of a packed histogram (32 bits a bin, little-endian); None adds nothing."""
    if number is None:
        return packed
    counts = bytearray(packed)
    (count,) = struct.unpack_from("<I", counts, 4 * number)
    struct.pack_into("<I", counts, 4 * number, count + 1)
    return bytes(counts)


def count_part(connection: sqlite3.Connection, inspection: Inspection, recipe_id: int) -> None:
    """Add the part to its hour."""
    part = figures_of(inspection)
    stream = stream_id(connection, recipe_id, part.models)
    connection.execute(_COUNTS, (stream, part.hour, *verdict_columns(part)))
    if part.reason is not None:
        connection.execute(_REASONS, (stream, part.hour, part.reason))
    if part.histograms:
        count_in_histograms(connection, stream, part.hour, part.histograms)
    connection.executemany(_QUALITY, _quality_rows(stream, part))
    if part.places:
        connection.executemany(_PLACES, ((stream, part.hour, *place) for place in part.places))


def count_decision(
    connection: sqlite3.Connection, override: Override, of: tuple[Inspection, int], before: Word, after: Word
) -> None:
    """Add a decision to the hour in which it was made, and what it changed to the hour of its part. `of` is the part
    with the id of its recipe, `before` and `after` what stood for it."""
    inspection, recipe_id = of
    stream = stream_id(connection, recipe_id, figures_of(inspection).models)
    key = (stream, override.decided_at_ms // HOUR_MS, override.disposition)
    decisions, viewed = connection.execute(_DECISION, key).fetchone() or (0, bytes(4 * TIME_BINS))
    connection.execute(_DECISIONS, (*key, decisions + 1, bump(viewed, time_bin(override.viewed_ms))))
    count_word(connection, of, before, after)


def count_word(connection: sqlite3.Connection, of: tuple[Inspection, int], before: Word, after: Word) -> None:
    """Carry over to the hour of the part that people say something else of it now. `of` as above."""
    inspection, recipe_id = of
    change = is_accepted(inspection.verdict, after) - is_accepted(inspection.verdict, before)
    if change:
        part = figures_of(inspection)
        stream = stream_id(connection, recipe_id, part.models)
        connection.execute(_COUNTS, (stream, part.hour, 0, 0, 0, 0, change))


def verdict_columns(part: PartFigures) -> tuple[int, ...]:
    """What the part adds to passed, failed, review, no_result and accepted."""
    return (*(int(part.verdict == verdict) for verdict in VERDICTS), int(is_accepted(part.verdict, Word())))


def quality_columns(mean: float, dark: float, bright: float, focus: float) -> tuple[float, ...]:
    """Each measure and its square, as they are summed."""
    return tuple(value for measure in (mean, dark, bright, focus) for value in (measure, measure * measure))


def stream_id(connection: sqlite3.Connection, recipe_id: int, models: str) -> int:
    """The number of the parts of one recipe that the same models judged."""
    query = "SELECT id FROM streams WHERE recipe_id = ? AND models = ?"
    row = connection.execute(query, (recipe_id, models)).fetchone()
    if row is None:
        insert = "INSERT INTO streams (recipe_id, models) VALUES (?, ?) RETURNING id"
        row = connection.execute(insert, (recipe_id, models)).fetchone()
    return int(row[0])


def _quality_rows(stream: int, part: PartFigures) -> Iterator[tuple[object, ...]]:
    for camera_id, quality in part.cameras:
        yield stream, camera_id, part.hour, *quality_columns(*quality)

"""The histograms of the hours that are being counted: all of a part's together in one row, so that a part changes one
page of the file and not one for each of them.

With the first part of a later hour they move to `hour_histograms`. What holds for an hour is the sum of both tables.
"""

import json
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from station_app.store.part_figures import HistogramKind

BIN_BYTES = 4
"""Each bin holds 32 bits, little-endian."""

Counted = tuple[HistogramKind, str, int]
"""A kind of histogram, a label or "", and the bin of one part."""

_OPENED = "SELECT id, counts FROM open_histograms WHERE stream_id = ? AND hour = ? AND layout = ?"
_CLOSED = "SELECT counts FROM hour_histograms WHERE stream_id = ? AND kind = ? AND label = ? AND hour = ?"


def count_in_histograms(connection: sqlite3.Connection, stream: int, hour: int, counted: Sequence[Counted]) -> None:
    """One more part in each of these bins."""
    layout = _layout(tuple((kind, label) for kind, label, _ in counted))
    row = connection.execute(_OPENED, (stream, hour, layout)).fetchone()
    if row is not None:
        connection.execute("UPDATE open_histograms SET counts = ? WHERE id = ?", (_bumped(row[1], counted), row[0]))
        return
    close_hours(connection, hour)
    empty = bytes(BIN_BYTES * sum(kind.bins for kind, _, _ in counted))
    insert = "INSERT INTO open_histograms (stream_id, hour, layout, counts) VALUES (?, ?, ?, ?)"
    connection.execute(insert, (stream, hour, layout, _bumped(empty, counted)))


def close_hours(connection: sqlite3.Connection, before: int) -> None:
    """Add what was counted in hours before this one to the histograms of those hours."""
    query = "SELECT stream_id, hour, layout, counts FROM open_histograms WHERE hour < ?"
    for stream, hour, layout, counts in connection.execute(query, (before,)).fetchall():
        for kind, label, packed in unpacked(layout, counts):
            key = (stream, kind, label, hour)
            row = connection.execute(_CLOSED, key).fetchone()
            whole = packed if row is None else added(row[0], packed)
            connection.execute("INSERT OR REPLACE INTO hour_histograms VALUES (?, ?, ?, ?, ?)", (*key, whole))
    connection.execute("DELETE FROM open_histograms WHERE hour < ?", (before,))


def unpacked(layout: str, counts: bytes) -> Iterator[tuple[HistogramKind, str, bytes]]:
    """Each histogram of a row: its kind, its label and its bins."""
    start = 0
    for kind, label in json.loads(layout):
        end = start + BIN_BYTES * HistogramKind(kind).bins
        yield HistogramKind(kind), label, counts[start:end]
        start = end


def added(one: bytes, other: bytes) -> bytes:
    """The sum of two packed histograms of the same bins."""
    total = np.frombuffer(one, "<u4") + np.frombuffer(other, "<u4")
    return bytes(total.astype("<u4").tobytes())


def _bumped(packed: bytes, counted: Sequence[Counted]) -> bytes:
    counts, start = bytearray(packed), 0
    for kind, _, number in counted:
        place = start + BIN_BYTES * number
        struct.pack_into("<I", counts, place, struct.unpack_from("<I", counts, place)[0] + 1)
        start += BIN_BYTES * kind.bins
    return bytes(counts)


@lru_cache(maxsize=256)
def _layout(histograms: tuple[tuple[HistogramKind, str], ...]) -> str:
    return json.dumps(histograms)

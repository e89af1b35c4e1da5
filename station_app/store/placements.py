"""Where parts lay in the picture: records, and their sums by the hour. Writes run on the writer thread."""

import sqlite3
from collections.abc import Iterator, Sequence

from station_app.core.recipe import FingerprintLimits
from station_app.core.reference import PartPlaced
from station_app.store.inspections import load_inspection, recipe_of
from station_app.store.part_figures import HOUR_MS, figures_of
from station_app.store.rollup_rows import stream_id

LEAST_MATCH = FingerprintLimits().match_min
"""Below it nobody knows how the part lay: such a placement is on record and in no sum."""

_SUMS = (
    "INSERT INTO hour_positions VALUES (?, ?, ?, 1, ?, ?, ?) ON CONFLICT (stream_id, camera_id, hour) DO UPDATE SET"
    " frames = frames + 1, shift_x = shift_x + excluded.shift_x, shift_y = shift_y + excluded.shift_y,"
    " turn_deg = turn_deg + excluded.turn_deg"
)
_COUNTED = (
    "SELECT h.stream_id, h.camera_id, h.hour, h.frames FROM hour_positions h"
    " UNION ALL SELECT s.id, p.camera_id, i.inspected_at_ms / ?, -count(*) FROM placements p"
    " JOIN inspections i ON i.part_id = p.part_id JOIN history h ON h.part_id = p.part_id"
    " JOIN combinations c ON c.id = h.combination"
    " JOIN streams s ON s.recipe_id = c.recipe_id AND s.models = c.model WHERE p.match >= ? GROUP BY 1, 2, 3"
)


def record_placements(connection: sqlite3.Connection, placed: Sequence[PartPlaced]) -> tuple[PartPlaced, ...]:
    """Append what was measured of recorded parts, once for each part and camera; gives those whose part is not on
    record yet."""
    return tuple(entry for entry in placed if not _record(connection, entry))


def differing_positions(reader: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Each camera and hour whose sums hold other parts than the records."""
    counts: dict[tuple[int, str, int], int] = {}
    for stream, camera_id, hour, frames in reader.execute(_COUNTED, (HOUR_MS, LEAST_MATCH)):
        counts[stream, camera_id, hour] = counts.get((stream, camera_id, hour), 0) + frames
    yield from ((camera_id, hour) for (_, camera_id, hour), surplus in counts.items() if surplus)


def _record(connection: sqlite3.Connection, placed: PartPlaced) -> bool:
    inspection = load_inspection(connection, placed.part_id)
    if inspection is None:
        return False
    lies = placed.placement
    where = (lies.shift_x, lies.shift_y, lies.turn_deg)
    row = (placed.part_id, placed.camera_id, *where, lies.match)
    is_new = connection.execute("INSERT OR IGNORE INTO placements VALUES (?, ?, ?, ?, ?, ?)", row).rowcount
    if is_new and lies.match >= LEAST_MATCH:
        stream = stream_id(connection, recipe_of(connection, placed.part_id), figures_of(inspection).models)
        connection.execute(_SUMS, (stream, placed.camera_id, inspection.inspected_at_ms // HOUR_MS, *where))
    return True

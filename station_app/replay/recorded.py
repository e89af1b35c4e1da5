"""The parts that a replay walks through, and what is known of their truth, out of the records."""

from collections.abc import Iterator
from functools import partial

from station_app.core.history import HistoryFilter
from station_app.core.inspection import Inspection
from station_app.replay.summary import Sampled
from station_app.store.archive import StationArchive
from station_app.store.history import newer, page_after
from station_app.store.rollups import Records
from station_app.store.score_table import known_parts

_PAGE = 100
_MOST = 10_000_000


def parts_of(archive: StationArchive, where: HistoryFilter, last: int) -> Iterator[Inspection]:
    """Every part of the selection up to the part id `last`, oldest first, read page by page."""
    after = 0
    while rows := archive.read(partial(page_after, where=where, after=after, size=_PAGE)):
        numbers = [row.part_id for row in reversed(rows) if row.part_id <= last]
        yield from archive.inspections(numbers)
        after = rows[0].part_id
        if after >= last:
            return


def extent(reader: Records, where: HistoryFilter) -> tuple[int, int]:
    """How many parts the selection has now, and the last part id that is recorded."""
    last = reader.execute("SELECT coalesce(max(part_id), 0) FROM inspections").fetchone()[0]
    return newer(reader, where, 0, _MOST), int(last)


def truth_of(reader: Records, recipe: str, from_ms: int, until_ms: int) -> tuple[dict[str, int], dict[int, Sampled]]:
    """The sizes of the strata of the blind sample, and its settled parts."""
    known = known_parts(reader, recipe, from_ms, until_ms)
    cells = {str(number): size for number, size in enumerate(known.sizes)}
    return cells, {part.part_id: Sampled(str(part.stratum), part.is_bad) for part in known.parts}

"""Finds the part ids of a selection of the history, in order, without reading what lies between them.

Every question is answered from an index that holds its parts in the order of their ids: of each combination, of each
lot's combinations, or of each decision's. There are hundreds of them at most, so asking one after the other, each only
for what can still be among the first, costs a few microseconds each and nothing for the millions that do not match.
"""

import json
import sqlite3

from station_app.core.history import HistoryFilter
from station_app.store.history_question import MOST_PAIRS, Question, resolve
from station_app.store.history_ranges import NEAR, Range, fewer, hull, ranges
from station_app.store.history_walk import Source, Walk

FEW_SERIALS = 5_000
"""So many parts of a serial prefix are looked at one by one."""

MANY_SERIALS = 20_000
"""So many are put in order by their ids alone, where nothing else is asked."""

LOOK_UP_ROWS = 5
"""So many rows are read in the time of one look-up in an index."""

MOST_LOOK_UPS = 800
"""With more keys than these there are fewer ranges: each key is looked up in each range."""

MOST_RANGES = 8
MOST_CANDIDATES = 4_000

_LISTED = "(SELECT value FROM json_each(?))"
_SERIALS = "inspections INDEXED BY inspections_serial WHERE serial >= ? AND serial < ? AND serial <> ''"
_COMBINED = "history INDEXED BY history_combination WHERE combination = ?"
_LOT = "history INDEXED BY history_lot WHERE lot = ? AND lot > 0"
_IN_LOT = f"{_LOT} AND combination = ?"
_DECIDED = "decided INDEXED BY decided_standing WHERE standing = ? AND combination = ?"
_DECIDED_IN_LOT = "decided INDEXED BY decided_lot WHERE lot = ? AND lot > 0"

FIRST_WINDOW = 1 << 14
"""So many part ids are searched first by an index that knows the serial numbers, and each time as many more:"""
WIDER = 4


def find(
    reader: sqlite3.Connection, where: HistoryFilter, whole: Range, size: int, *, is_newest_first: bool = True
) -> list[int]:
    """The first `size` part ids in `whole` that fulfil the filter: falling, or rising from the oldest."""
    asked = resolve(reader, where)
    if asked is None or whole.is_empty:
        return []
    return _Search(reader, asked, is_newest_first).find(whole, size)


class _Search:
    """One question in one direction."""

    def __init__(self, reader: sqlite3.Connection, asked: Question, is_newest_first: bool) -> None:
        self._reader = reader
        self._asked = asked
        self._is_newest_first = is_newest_first
        self._in_range = (
            f"part_id >= ? AND part_id <= ? ORDER BY part_id {'DESC' if is_newest_first else 'ASC'} LIMIT ?"
        )

    def find(self, whole: Range, size: int) -> list[int]:
        if self._asked.serial:
            near = self._near(whole, size)
            if len(near) == size:
                return near
            if self._has_few_serials():
                return self._of_named(whole, size)
        parts = ranges(self._reader, self._asked, whole)
        source = self._source(parts)
        if not self._asked.is_plain:
            parts = fewer(parts, max(1, min(MOST_RANGES, MOST_LOOK_UPS // max(1, len(source.keys)))))
        found: list[int] = []
        for part in reversed(parts) if self._is_newest_first else parts:
            found += self._confirmed_of(source, part, size - len(found))
            if len(found) >= size:
                break
        return found

    def _confirmed_of(self, source: Source, part: Range, size: int) -> list[int]:
        walk = Walk(self._reader, source, is_newest_first=self._is_newest_first)
        if source.has_serials:
            return self._windowed(walk, part, size)
        found: list[int] = []
        batch, present = size, walk.present(part)
        while present and not part.is_empty:
            rows = walk.merged(present, part, batch)
            found += self._confirm(rows)
            if len(found) >= size or len(rows) < batch:
                break
            part = walk.beyond(part, rows[-1])
            present = walk.renewed(present, part)
            batch = min(batch * 16, max(MOST_CANDIDATES, size))
        return found[:size]

    def _windowed(self, walk: Walk, part: Range, size: int) -> list[int]:
        """From an index that knows the serial numbers: they are compared where they lie, in windows of part ids that
        widen as long as too few are found."""
        present, width = walk.present(part), FIRST_WINDOW
        part = walk.begun(part, present[0][0]) if present else part
        found: list[int] = []
        while present and not part.is_empty and len(found) < size:
            window, wanted = walk.window(part, width), size - len(found)
            rows = walk.named(present, window, (self._asked.serial, self._asked.serial_end), wanted)
            found += self._confirm(rows)
            if len(rows) == wanted:
                part = walk.beyond(part, rows[-1])
            else:
                part, width = walk.after(part, window), width * WIDER
        return found

    def _confirm(self, candidates: list[int]) -> list[int]:
        """Those of the asked times and serial numbers, as far as the index knows nothing of them."""
        asked = self._asked
        if asked.is_plain or not (asked.has_times or asked.serial):
            return candidates
        terms, exact = asked.exact()
        query = f"SELECT part_id FROM json_each(?) c CROSS JOIN history h ON h.part_id = c.value WHERE {terms}"  # noqa: S608
        values = (json.dumps(candidates), *exact)
        holds = {row[0] for row in self._reader.execute(query, values)}
        return [part_id for part_id in candidates if part_id in holds]

    def _source(self, parts: list[Range]) -> Source:
        asked = self._asked
        if asked.standings is not None:
            return self._source_of_decisions(parts)
        if asked.lot is not None:
            return Source(_IN_LOT, [(asked.lot, number) for number in self._combinations_of(asked.lot)])
        if asked.combinations is not None:
            return Source(_COMBINED, [(number,) for number in asked.combinations], has_serials=bool(asked.serial))
        terms, values = asked.exact()
        return Source(f"history NOT INDEXED WHERE {terms}", [values])

    def _source_of_decisions(self, parts: list[Range]) -> Source:
        asked = self._asked
        if asked.lot is None and len(asked.pairs) <= MOST_PAIRS and not self._has_few_decisions(parts):
            return Source(_DECIDED, list(asked.pairs))
        inside = self._members()
        terms, values = " AND ".join(inside), tuple(inside.values())
        if asked.lot is None:
            return Source(f"decided NOT INDEXED WHERE {terms}", [values])
        return Source(f"{_DECIDED_IN_LOT} AND {terms}", [(asked.lot, *values)])

    def _has_few_decisions(self, parts: list[Range]) -> bool:
        """Whether reading all decisions in these ranges is less work than asking for each pair in each of them."""
        most = LOOK_UP_ROWS * len(self._asked.pairs) * len(parts)
        query = "SELECT count(*) FROM (SELECT 1 FROM decided NOT INDEXED WHERE part_id >= ? AND part_id <= ? LIMIT ?)"
        for part in parts:
            most -= self._reader.execute(query, (part.first, part.last, most + 1)).fetchone()[0]
            if most < 0:
                return False
        return True

    def _members(self) -> dict[str, str]:
        """Terms for the asked combinations and standings, with their values."""
        asked = {"combination": self._asked.combinations, "standing": self._asked.standings}
        return {
            f"{column} IN {_LISTED}": json.dumps(numbers) for column, numbers in asked.items() if numbers is not None
        }

    def _near(self, whole: Range, size: int) -> list[int]:
        """What there is among the first few thousand parts: of a prefix that is frequent a whole page."""
        if self._asked.standings is not None:
            return []
        query = f"SELECT part_id FROM history NOT INDEXED WHERE {self._in_range}"  # noqa: S608 - a constant
        edge = self._reader.execute(query, (whole.first, whole.last, 1)).fetchone()
        if edge is None:
            return []
        near = Range(edge[0] - NEAR, edge[0]) if self._is_newest_first else Range(edge[0], edge[0] + NEAR)
        terms, values = self._row_terms()
        part = near.within(whole)
        query = f"SELECT part_id FROM history h NOT INDEXED WHERE {terms} AND {self._in_range}"  # noqa: S608 - constants
        return [row[0] for row in self._reader.execute(query, (*values, part.first, part.last, size))]

    def _row_terms(self) -> tuple[str, tuple[object, ...]]:
        """The terms for a row of `history`, but for decisions, and their values."""
        asked = self._asked
        terms, values = asked.exact()
        if asked.lot is not None:
            terms, values = f"{terms} AND h.lot = ?", (*values, asked.lot)
        if asked.combinations is not None:
            terms, values = f"{terms} AND h.combination IN {_LISTED}", (*values, json.dumps(asked.combinations))
        return terms, values

    def _has_few_serials(self) -> bool:
        is_alone = self._asked.is_plain and not self._asked.has_times
        most = MANY_SERIALS if is_alone else FEW_SERIALS
        query = f"SELECT count(*) FROM (SELECT 1 FROM {_SERIALS} LIMIT ?)"  # noqa: S608 - a constant
        found = self._reader.execute(query, (self._asked.serial, self._asked.serial_end, most + 1)).fetchone()
        return int(found[0]) <= most

    def _of_named(self, whole: Range, size: int) -> list[int]:
        """All parts of the prefix are tried: by the index of their numbers alone where nothing else is asked."""
        if not self._asked.is_plain or self._asked.has_times:
            return self._of_serials(whole, size)
        named = Source(_SERIALS, [(self._asked.serial, self._asked.serial_end)])
        walk = Walk(self._reader, named, is_newest_first=self._is_newest_first)
        return walk.merged(walk.present(whole), whole, size)

    def _of_serials(self, whole: Range, size: int) -> list[int]:
        """The parts of the prefix in their order, each with a look at the rest of what is asked, until there are
        enough."""
        asked, part = self._asked, hull(self._reader, self._asked, whole)
        query = f"SELECT part_id FROM {_SERIALS} AND part_id >= ? AND part_id <= ?"  # noqa: S608 - a constant
        rows = self._reader.execute(query, (asked.serial, asked.serial_end, part.first, part.last))
        named = sorted((row[0] for row in rows), reverse=self._is_newest_first)
        found: list[int] = []
        at, batch = 0, 2 * size
        while at < len(named) and len(found) < size:
            found += self._fulfilling(named[at : at + batch])
            at, batch = at + batch, batch * 4
        return found[:size]

    def _fulfilling(self, candidates: list[int]) -> list[int]:
        terms, values = self._row_terms()
        # Decisions first: few parts have one, and those without need no look at the part.
        decided = "" if self._asked.standings is None else "CROSS JOIN decided d ON d.part_id = c.value"
        if self._asked.standings is not None:
            terms, values = f"{terms} AND d.standing IN {_LISTED}", (*values, json.dumps(self._asked.standings))
        query = (
            f"SELECT h.part_id FROM json_each(?) c {decided} CROSS JOIN history h ON h.part_id = c.value WHERE {terms}"  # noqa: S608
        )
        holds = {row[0] for row in self._reader.execute(query, (json.dumps(candidates), *values))}
        return [part_id for part_id in candidates if part_id in holds]

    def _combinations_of(self, lot: int) -> list[int]:
        """Those asked for that the lot has, from one to the next by the index: a lot has few of all there are."""
        query = (
            "SELECT min(combination) FROM history INDEXED BY history_lot WHERE lot = ? AND lot > 0 AND combination > ?"
        )
        found: list[int] = []
        number = self._reader.execute(query, (lot, -1)).fetchone()[0]
        while number is not None:
            found.append(number)
            number = self._reader.execute(query, (lot, number)).fetchone()[0]
        asked = self._asked.combinations
        return found if asked is None else sorted({*found}.intersection(asked))

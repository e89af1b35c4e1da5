"""Finds the part ids of a selection of the history, in order, without reading what lies between them.

Every question is answered from an index that holds its parts in the order of their ids: of each combination, of each
lot's combinations, or of each decision's. There are hundreds of them at most, so asking one after the other, each only
for what can still be among the first, costs a few microseconds each and nothing for the millions that do not match.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from station_app.core.history import HistoryFilter
from station_app.store.history_question import Question, resolve
from station_app.store.history_ranges import NEAR, Range, fewer, ranges

FEW_SERIALS = 5_000
"""So many parts of a serial prefix are looked at one by one."""

MANY_SERIALS = 20_000
"""So many are put in order by their ids alone, where nothing else is asked."""

FEW_PAIRS = 500
"""Above it, the parts of each decision are read with their combinations, instead of each pair by itself."""

MOST_RANGES = 8
MOST_CANDIDATES = 4_000

_LISTED = "(SELECT value FROM json_each(?))"
_SERIALS = "inspections INDEXED BY inspections_serial WHERE serial >= ? AND serial < ? AND serial <> ''"
_COMBINED = "history INDEXED BY history_combination WHERE combination = ?"
_IN_LOT = "history INDEXED BY history_lot WHERE lot = ? AND lot > 0 AND combination = ?"
_DECIDED = "decided INDEXED BY decided_standing WHERE standing = ? AND combination = ?"
_DECIDED_IN_LOT = "decided INDEXED BY decided_lot WHERE lot = ? AND lot > 0"

Key = tuple[object, ...]
Found = tuple[Any, ...]
"""A part id, and its serial number where the source has it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the parts are: under each of the keys, in a table or index that holds them in the order of their ids."""

    table: str
    keys: list[Key]
    has_serials: bool = False
    """The index knows the serial numbers as well: they cost no look at the part."""


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
        if not self._asked.is_plain:
            parts = fewer(parts, MOST_RANGES)
        source = self._source()
        found: list[int] = []
        for part in reversed(parts) if self._is_newest_first else parts:
            found += self._confirmed_of(source, part, size - len(found))
            if len(found) >= size:
                break
        return found

    def _confirmed_of(self, source: Source, part: Range, size: int) -> list[int]:
        found: list[int] = []
        batch, keys = size, source.keys
        while not part.is_empty:
            rows, keys = self._merge(source, keys, part, batch)
            found += self._confirm(rows, source.has_serials)
            if len(found) >= size or len(rows) < batch:
                break
            part = self._beyond(part, rows[-1][0])
            batch = min(batch * 4, max(MOST_CANDIDATES, size))
        return found[:size]

    def _beyond(self, part: Range, last: int) -> Range:
        return Range(part.first, last - 1) if self._is_newest_first else Range(last + 1, part.last)

    def _confirm(self, rows: list[Found], has_serials: bool) -> list[int]:
        """Those of the asked times and serial numbers, as far as the index knows nothing of them."""
        asked = self._asked
        if has_serials:
            rows = [row for row in rows if asked.serial <= str(row[1]) < asked.serial_end]
        candidates = [row[0] for row in rows]
        if asked.is_plain or not (asked.has_times or (asked.serial and not has_serials)):
            return candidates
        terms, exact = asked.exact()
        query = f"SELECT part_id FROM json_each(?) c CROSS JOIN history h ON h.part_id = c.value WHERE {terms}"  # noqa: S608
        values = (json.dumps(candidates), *exact)
        holds = {row[0] for row in self._reader.execute(query, values)}
        return [part_id for part_id in candidates if part_id in holds]

    def _source(self) -> Source:
        asked = self._asked
        if asked.standings is not None:
            return self._source_of_decisions()
        if asked.lot is not None:
            return Source(_IN_LOT, [(asked.lot, number) for number in self._all_combinations()])
        if asked.combinations is not None:
            return Source(_COMBINED, [(number,) for number in asked.combinations], has_serials=bool(asked.serial))
        terms, values = asked.exact()
        return Source(f"history NOT INDEXED WHERE {terms}", [values])

    def _source_of_decisions(self) -> Source:
        asked = self._asked
        if asked.lot is None and len(asked.pairs) <= FEW_PAIRS:
            return Source(_DECIDED, list(asked.pairs))
        inside = self._members()
        terms, values = " AND ".join(inside), tuple(inside.values())
        if asked.lot is None:
            return Source(f"decided NOT INDEXED WHERE {terms}", [values])
        return Source(f"{_DECIDED_IN_LOT} AND {terms}", [(asked.lot, *values)])

    def _members(self) -> dict[str, str]:
        """Terms for the asked combinations and standings, with their values."""
        asked = {"combination": self._asked.combinations, "standing": self._asked.standings}
        return {
            f"{column} IN {_LISTED}": json.dumps(numbers) for column, numbers in asked.items() if numbers is not None
        }

    def _merge(self, source: Source, keys: Iterable[Key], part: Range, count: int) -> tuple[list[Found], list[Key]]:
        """The first part ids under any of the keys, and the keys that have any in the range. Once there are enough,
        only those before the last matter, and keys that begin behind it not at all."""
        columns = "part_id, serial" if source.has_serials else "part_id"
        query = f"SELECT {columns} FROM {source.table} AND {self._in_range}"  # noqa: S608 - of the constants above
        best: list[Found] = []
        limit = count
        present = self._by_their_first(query, keys, part)
        for key in present:
            rows = self._reader.execute(query, (*key, part.first, part.last, count)).fetchall()
            if not rows:
                break
            best += map(tuple, rows)
            if len(best) >= limit:
                best = self._in_order(best)[:count]
                part = self._up_to(part, best[-1][0])
                limit = 2 * count  # a key mostly brings a few: thousands are not put in order again for each of them
        return self._in_order(best)[:count], present

    def _in_order(self, rows: list[Found]) -> list[Found]:
        return sorted(rows, key=itemgetter(0), reverse=self._is_newest_first)

    def _up_to(self, part: Range, last: int) -> Range:
        return Range(last, part.last) if self._is_newest_first else Range(part.first, last)

    def _by_their_first(self, query: str, keys: Iterable[Key], part: Range) -> list[Key]:
        """The keys that have parts in the range, in the order of the first of them."""
        firsts = ((self._reader.execute(query, (*key, part.first, part.last, 1)).fetchone(), key) for key in keys)
        found = [(row[0], key) for row, key in firsts if row is not None]
        return [key for _, key in sorted(found, key=itemgetter(0), reverse=self._is_newest_first)]

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
        query = f"SELECT part_id FROM history NOT INDEXED WHERE {terms} AND {self._in_range}"  # noqa: S608 - constants
        return [row[0] for row in self._reader.execute(query, (*values, part.first, part.last, size))]

    def _row_terms(self) -> tuple[str, tuple[object, ...]]:
        """The terms for a row of `history`, but for decisions, and their values."""
        asked = self._asked
        terms, values = asked.exact()
        if asked.lot is not None:
            terms, values = f"{terms} AND lot = ?", (*values, asked.lot)
        if asked.combinations is not None:
            terms, values = f"{terms} AND combination IN {_LISTED}", (*values, json.dumps(asked.combinations))
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
        return [row[0] for row in self._merge(named, named.keys, whole, size)[0]]

    def _of_serials(self, whole: Range, size: int) -> list[int]:
        asked = self._asked
        terms, values = self._row_terms()
        if asked.standings is not None:
            standing = "SELECT standing FROM decided d WHERE d.part_id = h.part_id"
            terms, values = f"{terms} AND ({standing}) IN {_LISTED}", (*values, json.dumps(asked.standings))
        named = f"SELECT part_id AS named FROM {_SERIALS} AND part_id >= ? AND part_id <= ?"  # noqa: S608 - a constant
        direction = "DESC" if self._is_newest_first else "ASC"
        query = (
            f"SELECT part_id FROM ({named}) s CROSS JOIN history h ON part_id = s.named"  # noqa: S608
            f" WHERE {terms} ORDER BY part_id {direction} LIMIT ?"
        )
        serials = (asked.serial, asked.serial_end, whole.first, whole.last)
        return [row[0] for row in self._reader.execute(query, (*serials, *values, size))]

    def _all_combinations(self) -> tuple[int, ...]:
        if self._asked.combinations is not None:
            return self._asked.combinations
        return tuple(row[0] for row in self._reader.execute("SELECT id FROM combinations"))

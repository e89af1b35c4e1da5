"""Finds the part ids of a selection of the history, in order, without reading what lies between them.

Every question is answered from an index that holds its parts in the order of their ids: of each combination, of each
lot's combinations, or of each decision's. There are hundreds of them at most, so asking one after the other, each only
for what can still be among the first, costs a few microseconds each and nothing for the millions that do not match.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable
from functools import partial

from station_app.core.history import HistoryFilter
from station_app.store.history_question import Question, resolve
from station_app.store.history_ranges import Range, fewer, ranges

FEW_SERIALS = 3_000
"""So many parts of a serial prefix are looked at one by one."""

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

Source = Callable[[Range, int], list[int]]
"""The first `count` part ids of a range in the order of the search."""


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
        if self._asked.serial and self._has_few_serials():
            return self._of_serials(whole, size)
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
        batch = size
        while not part.is_empty:
            candidates = source(part, batch)
            found += self._confirm(candidates)
            if len(found) >= size or len(candidates) < batch:
                break
            part = self._beyond(part, candidates[-1])
            batch = min(batch * 4, max(MOST_CANDIDATES, size))
        return found[:size]

    def _beyond(self, part: Range, last: int) -> Range:
        return Range(part.first, last - 1) if self._is_newest_first else Range(last + 1, part.last)

    def _confirm(self, candidates: list[int]) -> list[int]:
        """Those of the asked times and serial numbers, which the indexes know nothing of."""
        asked = self._asked
        if asked.is_plain or not (asked.has_times or asked.serial):
            return candidates
        query = f"SELECT part_id FROM json_each(?) c JOIN history h ON h.part_id = c.value WHERE {self._exact()}"  # noqa: S608
        values = (json.dumps(candidates), *self._exact_values())
        holds = {row[0] for row in self._reader.execute(query, values)}
        return [part_id for part_id in candidates if part_id in holds]

    def _source(self) -> Source:
        asked = self._asked
        if asked.standings is not None:
            return self._source_of_decisions()
        if asked.lot is not None:
            keys = [(asked.lot, number) for number in self._all_combinations()]
            return partial(self._merge, _IN_LOT, keys)
        if asked.combinations is not None:
            return partial(
                self._merge,
                "history INDEXED BY history_combination WHERE combination = ?",
                [(number,) for number in asked.combinations],
            )
        terms, values = (self._exact(), self._exact_values()) if asked.has_times or asked.serial else ("1", ())
        return partial(self._merge, f"history NOT INDEXED WHERE {terms}", [values])

    def _source_of_decisions(self) -> Source:
        asked = self._asked
        if asked.lot is not None:
            inside = self._members()
            values = (asked.lot, *inside.values())
            return partial(
                self._merge,
                f"{_DECIDED_IN_LOT} AND {' AND '.join(inside)}",
                [values],
            )
        if len(asked.pairs) <= FEW_PAIRS:
            return partial(
                self._merge,
                "decided INDEXED BY decided_standing WHERE standing = ? AND combination = ?",
                list(asked.pairs),
            )
        inside = self._members()
        return partial(self._merge, f"decided NOT INDEXED WHERE {' AND '.join(inside)}", [tuple(inside.values())])

    def _members(self) -> dict[str, str]:
        """Terms for the asked combinations and standings, with their values."""
        asked = {"combination": self._asked.combinations, "standing": self._asked.standings}
        return {
            f"{column} IN {_LISTED}": json.dumps(numbers) for column, numbers in asked.items() if numbers is not None
        }

    def _merge(self, table: str, keys: Iterable[tuple[object, ...]], part: Range, count: int) -> list[int]:
        """The first part ids under any of the keys. Once there are enough, only those before the last matter."""
        query = f"SELECT part_id FROM {table} AND {self._in_range}"  # noqa: S608 - of the constants above
        best: list[int] = []
        for key in keys:
            rows = self._reader.execute(query, (*key, part.first, part.last, count)).fetchall()
            if not rows:
                continue
            best = sorted([*best, *(row[0] for row in rows)], reverse=self._is_newest_first)[:count]
            if len(best) == count:
                part = Range(best[-1], part.last) if self._is_newest_first else Range(part.first, best[-1])
        return best

    def _has_few_serials(self) -> bool:
        query = f"SELECT count(*) FROM (SELECT 1 FROM {_SERIALS} LIMIT ?)"  # noqa: S608 - a constant
        values = (self._asked.serial, self._asked.serial_end, FEW_SERIALS + 1)
        return int(self._reader.execute(query, values).fetchone()[0]) <= FEW_SERIALS

    def _of_serials(self, whole: Range, size: int) -> list[int]:
        """All parts of the prefix are tried."""
        asked = self._asked
        inside: dict[str, object] = {}
        if asked.combinations is not None:
            inside[f"h.combination IN {_LISTED}"] = json.dumps(asked.combinations)
        if asked.standings is not None:
            standing = "SELECT standing FROM decided d WHERE d.part_id = h.part_id"
            inside[f"({standing}) IN {_LISTED}"] = json.dumps(asked.standings)
        if asked.lot is not None:
            inside["h.lot = ?"] = asked.lot
        terms = "".join(f" AND {term}" for term in inside)
        named = f"SELECT part_id FROM {_SERIALS} AND part_id >= ? AND part_id <= ?"  # noqa: S608 - a constant
        direction = "DESC" if self._is_newest_first else "ASC"
        query = (
            f"SELECT h.part_id FROM ({named}) s CROSS JOIN history h ON h.part_id = s.part_id"  # noqa: S608
            f" WHERE h.at_ms >= ? AND h.at_ms < ?{terms} ORDER BY h.part_id {direction} LIMIT ?"
        )
        serials = (asked.serial, asked.serial_end, whole.first, whole.last)
        values = (*serials, asked.from_ms, asked.until_ms, *inside.values(), size)
        return [row[0] for row in self._reader.execute(query, values)]

    def _all_combinations(self) -> tuple[int, ...]:
        if self._asked.combinations is not None:
            return self._asked.combinations
        return tuple(row[0] for row in self._reader.execute("SELECT id FROM combinations"))

    def _exact(self) -> str:
        terms = "at_ms >= ? AND at_ms < ?"
        return f"{terms} AND serial >= ? AND serial < ?" if self._asked.serial else terms

    def _exact_values(self) -> tuple[object, ...]:
        asked = self._asked
        times = (asked.from_ms, asked.until_ms)
        return (*times, asked.serial, asked.serial_end) if asked.serial else times

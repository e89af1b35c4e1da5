"""Walks through the parts of many keys at once in the order of their ids, each key only as far as it still matters."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from station_app.store.history_ranges import Range

Key = tuple[object, ...]
Present = list[tuple[int, Key]]
"""Keys that have parts, each with the id of the next of them, in the order of these."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the parts are: under each of the keys, in a table or index that holds them in the order of their ids."""

    table: str
    keys: list[Key]
    has_serials: bool = False
    """The index knows the serial numbers as well: they cost no look at the part."""


class Walk:
    """The keys of one source, from the newest part to the oldest or the other way."""

    def __init__(self, reader: sqlite3.Connection, source: Source, *, is_newest_first: bool) -> None:
        self._reader = reader
        self._source = source
        self._is_newest_first = is_newest_first

    def present(self, part: Range) -> Present:
        """The keys that have parts in the range."""
        return self._in_turn(self._next_of(key, part) for key in self._source.keys)

    def renewed(self, present: Present, part: Range) -> Present:
        """The same after parts were passed: only keys whose next part was among these are looked up again."""
        return self._in_turn(
            (first, key) if part.first <= first <= part.last else self._next_of(key, part) for first, key in present
        )

    def merged(self, present: Present, part: Range, count: int) -> list[int]:
        """The first `count` part ids under any of the keys. Once there are enough, only those before the last matter,
        and keys that begin behind it not at all."""
        query = f"SELECT part_id FROM {self._source.table} AND {self._terms()}"  # noqa: S608 - constants of the store
        best: list[int] = []
        limit = count
        for first, key in present:
            if not part.first <= first <= part.last:
                break
            best += (row[0] for row in self._reader.execute(query, (*key, part.first, part.last, count)))
            if len(best) >= limit:
                best = self._in_order(best)[:count]
                part = self._up_to(part, best[-1])
                limit = 2 * count  # a key mostly brings a few: thousands are not put in order again for each of them
        return self._in_order(best)[:count]

    def named(self, present: Present, window: Range, serials: tuple[str, str], count: int) -> list[int]:
        """The first `count` parts in the window whose serial numbers lie between these, by an index that knows them."""
        terms = f"{self._source.table} AND serial >= ? AND serial < ? AND {self._terms()}"
        query = f"SELECT part_id FROM {terms}"  # noqa: S608 - constants of the store
        best: list[int] = []
        for first, key in present:
            if not self._reaches(window, first):
                break
            rows = self._reader.execute(query, (*key, *serials, window.first, window.last, count))
            best = self._in_order([*best, *(row[0] for row in rows)])[:count]
            if len(best) == count:
                window = self._up_to(window, best[-1])
        return best

    def beyond(self, part: Range, last: int) -> Range:
        """What follows this part id."""
        return Range(part.first, last - 1) if self._is_newest_first else Range(last + 1, part.last)

    def window(self, part: Range, width: int) -> Range:
        """The first so many ids of the range."""
        if self._is_newest_first:
            return Range(max(part.first, part.last - width), part.last)
        return Range(part.first, min(part.last, part.first + width))

    def after(self, part: Range, window: Range) -> Range:
        """What follows the window."""
        return self.beyond(part, window.first if self._is_newest_first else window.last)

    def begun(self, part: Range, first: int) -> Range:
        """The range from this part id on."""
        return Range(part.first, first) if self._is_newest_first else Range(first, part.last)

    def _terms(self) -> str:
        return f"part_id >= ? AND part_id <= ? ORDER BY part_id {'DESC' if self._is_newest_first else 'ASC'} LIMIT ?"

    def _next_of(self, key: Key, part: Range) -> tuple[int, Key] | None:
        query = f"SELECT part_id FROM {self._source.table} AND {self._terms()}"  # noqa: S608 - constants of the store
        row = self._reader.execute(query, (*key, part.first, part.last, 1)).fetchone()
        return None if row is None else (row[0], key)

    def _in_turn(self, found: Iterable[tuple[int, Key] | None]) -> Present:
        return sorted(filter(None, found), key=itemgetter(0), reverse=self._is_newest_first)

    def _in_order(self, part_ids: list[int]) -> list[int]:
        return sorted(part_ids, reverse=self._is_newest_first)

    def _up_to(self, part: Range, last: int) -> Range:
        return Range(last, part.last) if self._is_newest_first else Range(part.first, last)

    def _reaches(self, window: Range, first: int) -> bool:
        """Whether a key whose next part this is can have any in the window."""
        return first >= window.first if self._is_newest_first else first <= window.last

"""In which part ids the history need be searched: part ids rise with time, and serial numbers mostly with them."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from station_app.store.history_entry import SERIAL_SPAN_BITS, STEM, TIME_SPAN_BITS
from station_app.store.history_question import Question


@dataclass(frozen=True, slots=True)
class Range:
    """The part ids from `first` to `last`, both included; none where `last` is below `first`."""

    first: int
    last: int

    def within(self, other: "Range") -> "Range":
        return Range(max(self.first, other.first), min(self.last, other.last))

    @property
    def is_empty(self) -> bool:
        return self.last < self.first


def ranges(reader: sqlite3.Connection, asked: Question, whole: Range) -> list[Range]:
    """The ranges of `whole` outside of which no part fulfils the question, in rising order."""
    found = [whole]
    if asked.has_times:
        found = [narrowed for part in _of_times(reader, asked, whole) for narrowed in _edges(reader, asked, part)]
    if asked.serial:
        serials = _of_serials(reader, asked, whole)
        found = _crossed(found, serials)
    return found


def fewer(found: list[Range], most: int) -> list[Range]:
    """At most so many ranges that hold all of these: the smallest gaps are bridged."""
    if len(found) <= most:
        return found
    gaps = sorted(range(len(found) - 1), key=lambda n: found[n + 1].first - found[n].last)
    cuts = sorted(gaps[len(gaps) - most + 1 :])
    starts, ends = [0, *(n + 1 for n in cuts)], [*cuts, len(found) - 1]
    return [Range(found[start].first, found[end].last) for start, end in zip(starts, ends, strict=True)]


def _of_times(reader: sqlite3.Connection, asked: Question, whole: Range) -> list[Range]:
    inside = "FROM history_spans WHERE span >= ? AND span <= ? AND last_ms >= ? AND first_ms < ?"
    bounds = (whole.first >> TIME_SPAN_BITS, whole.last >> TIME_SPAN_BITS, asked.from_ms, asked.until_ms)
    low, high, count = reader.execute(f"SELECT min(span), max(span), count(*) {inside}", bounds).fetchone()
    if count == 0:
        return []
    # Many spans, and nearly always one after the other: only a clock that jumped leaves gaps.
    if count < high + 1 - low:
        spans = [row[0] for row in reader.execute(f"SELECT span {inside} ORDER BY span", bounds)]
        return _joined(spans, TIME_SPAN_BITS, whole)
    return [Range(low << TIME_SPAN_BITS, ((high + 1) << TIME_SPAN_BITS) - 1).within(whole)]


def _edges(reader: sqlite3.Connection, asked: Question, part: Range) -> Iterator[Range]:
    """The range from its first to its last part of the asked times."""
    query = (
        "SELECT part_id FROM history WHERE part_id >= ? AND part_id <= ? AND at_ms >= ? AND at_ms < ?"
        " ORDER BY part_id {} LIMIT 1"
    )
    values = (part.first, part.last, asked.from_ms, asked.until_ms)
    first = reader.execute(query.format("ASC"), values).fetchone()
    if first is not None:
        yield Range(first[0], reader.execute(query.format("DESC"), values).fetchone()[0])


def _of_serials(reader: sqlite3.Connection, asked: Question, whole: Range) -> list[Range]:
    if len(asked.serial) >= STEM:
        known = reader.execute("SELECT id FROM serial_families WHERE stem = ?", (asked.serial[:STEM],))
    else:
        query = "SELECT id FROM serial_families WHERE stem >= ? AND stem < ?"
        known = reader.execute(query, (asked.serial, asked.serial_end))
    families = [row[0] for row in known]
    if len(asked.serial) < STEM or not families:
        families.append(0)
    inside = "SELECT span FROM serial_spans WHERE family = ? AND span >= ? AND span <= ? AND high >= ? AND low < ?"
    bounds = (whole.first >> SERIAL_SPAN_BITS, whole.last >> SERIAL_SPAN_BITS, asked.serial, asked.serial_end)
    spans = {row[0] for family in families for row in reader.execute(inside, (family, *bounds))}
    return _joined(sorted(spans), SERIAL_SPAN_BITS, whole)


def _joined(spans: Iterable[int], bits: int, whole: Range) -> list[Range]:
    """Rising spans as ranges, neighbours together."""
    found: list[Range] = []
    for span in spans:
        first, last = span << bits, ((span + 1) << bits) - 1
        if found and found[-1].last + 1 == first:
            first = found.pop().first
        found.append(Range(first, last))
    return [part.within(whole) for part in found]


def _crossed(one: list[Range], other: list[Range]) -> list[Range]:
    """The ranges that lie in both; each list rises."""
    both: list[Range] = []
    at = 0
    for part in one:
        while at < len(other) and other[at].last < part.first:
            at += 1
        n = at
        while n < len(other) and other[n].first <= part.last:
            both.append(part.within(other[n]))
            n += 1
    return both

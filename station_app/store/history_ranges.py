"""In which part ids the history need be searched: part ids rise with time, and serial numbers mostly with them."""

import json
import sqlite3
from dataclasses import dataclass

from station_app.store.history_entry import SERIAL_SPAN_BITS, STEM, TIME_SPAN_BITS
from station_app.store.history_question import Question

MOST_STEMS = 64
"""A short prefix of numbers that are random has more, and says nothing about part ids."""

NEAR = 1 << SERIAL_SPAN_BITS
MOST_TRIMMED = 4


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
        found = _of_times(reader, asked, whole)
    if asked.serial:
        found = _crossed(found, _of_serials(reader, asked, whole))
    if found == [whole] or len(found) > MOST_TRIMMED:
        return found
    return [_trimmed(reader, asked, part) for part in found]


def hull(reader: sqlite3.Connection, asked: Question, whole: Range) -> Range:
    """One range of `whole` outside of which no part is of the asked time."""
    found = _of_times(reader, asked, whole) if asked.has_times else [whole]
    return Range(found[0].first, found[-1].last) if found else Range(1, 0)


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
        return _runs(reader, f"SELECT span {inside}", bounds, TIME_SPAN_BITS, whole)
    return [Range(low << TIME_SPAN_BITS, ((high + 1) << TIME_SPAN_BITS) - 1).within(whole)]


def _trimmed(reader: sqlite3.Connection, asked: Question, part: Range) -> Range:
    """Without what lies before the first part asked for and behind the last, as far as they are near."""
    terms, values = asked.exact()
    query = f"SELECT part_id FROM history NOT INDEXED WHERE {terms} AND part_id >= ? AND part_id <= ? ORDER BY part_id"  # noqa: S608
    first = reader.execute(f"{query} LIMIT 1", (*values, part.first, min(part.first + NEAR, part.last))).fetchone()
    last = reader.execute(f"{query} DESC LIMIT 1", (*values, max(part.last - NEAR, part.first), part.last)).fetchone()
    return Range(part.first if first is None else first[0], part.last if last is None else last[0])


def _of_serials(reader: sqlite3.Connection, asked: Question, whole: Range) -> list[Range]:
    stems = _stems(reader, asked)
    if len(stems) > MOST_STEMS:
        return [whole]
    inside = (
        "SELECT DISTINCT span FROM serial_spans WHERE stem IN (SELECT value FROM json_each(?))"
        " AND span >= ? AND span <= ? AND high >= ? AND low < ?"
    )
    bounds = (whole.first >> SERIAL_SPAN_BITS, whole.last >> SERIAL_SPAN_BITS, asked.serial, asked.serial_end)
    return _runs(reader, inside, (json.dumps(stems), *bounds), SERIAL_SPAN_BITS, whole)


def _stems(reader: sqlite3.Connection, asked: Question) -> list[str]:
    """The stems of the asked numbers; of very many no more than that there are."""
    if len(asked.serial) >= STEM:
        return [asked.serial[:STEM]]
    found: list[str] = []
    query = "SELECT min(stem) FROM serial_spans WHERE stem >= ? AND stem < ?"
    stem = reader.execute(query, (asked.serial, asked.serial_end)).fetchone()[0]
    while stem is not None and len(found) <= MOST_STEMS:
        found.append(stem)
        query = "SELECT min(stem) FROM serial_spans WHERE stem > ? AND stem < ?"
        stem = reader.execute(query, (stem, asked.serial_end)).fetchone()[0]
    return found


def _runs(
    reader: sqlite3.Connection, spans: str, values: tuple[object, ...], bits: int, whole: Range
) -> list[Range]:  # fmt: skip
    """The spans of a query as ranges in rising order, neighbours together."""
    numbered = f"SELECT span, span - row_number() OVER (ORDER BY span) AS run FROM ({spans})"  # noqa: S608 - constants
    query = f"SELECT min(span), max(span) FROM ({numbered}) GROUP BY run ORDER BY 1"  # noqa: S608 - constants only
    return [
        Range(first << bits, ((last + 1) << bits) - 1).within(whole) for first, last in reader.execute(query, values)
    ]


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

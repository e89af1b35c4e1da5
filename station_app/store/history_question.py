"""A filter of the history in the numbers of its tables."""

import json
import sqlite3
from dataclasses import dataclass

from station_app.core.history import HistoryFilter
from station_app.store.text import storable

LOWEST, HIGHEST = -(2**63), 2**63 - 1
_LAST_CHARACTER = "\U0010ffff"
"""No scanner can send it; a number that holds it may be left out."""

MOST_PAIRS = 500
"""Where there are more pairs of a standing and a combination, one more than these is told."""

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a part. None where a member asks nothing; a combination or standing must be one of those given.

    `pairs` are those of a standing and a combination that occur together, where a standing is asked, and of very
    many only the first. Times are
    `from_ms` <= t < `until_ms`. `serial` begins the serial number, "" for any.
    """

    combinations: Numbers | None
    standings: Numbers | None
    pairs: tuple[tuple[int, int], ...]
    lot: int | None
    from_ms: int
    until_ms: int
    serial: str

    @property
    def serial_end(self) -> str:
        """Every serial number that begins so comes before this one."""
        return self.serial + _LAST_CHARACTER

    @property
    def has_times(self) -> bool:
        return self.from_ms > LOWEST or self.until_ms < HIGHEST

    def exact(self) -> tuple[str, tuple[object, ...]]:
        """The terms for a row of `history` that hold of the asked times and serial numbers, and their values."""
        terms, values = "at_ms >= ? AND at_ms < ?", (self.from_ms, self.until_ms)
        if not self.serial:
            return terms, values
        return f"{terms} AND serial >= ? AND serial < ?", (*values, self.serial, self.serial_end)

    @property
    def is_plain(self) -> bool:
        """Whether time and serial number are all that is asked."""
        return self.combinations is None and self.standings is None and self.lot is None


def resolve(reader: sqlite3.Connection, where: HistoryFilter) -> Question | None:
    """The filter in numbers, None where no part can fulfil it."""
    combinations = _combinations(reader, where)
    standings = _standings(reader, where)
    lot = _lot(reader, where.lot)
    pairs = _pairs(reader, standings, combinations) if standings else ()
    if combinations == () or standings == () or lot == 0 or (standings and not pairs):
        return None
    from_ms = LOWEST if where.from_ms is None else where.from_ms
    until_ms = HIGHEST if where.until_ms is None else where.until_ms
    return Question(combinations, standings, pairs, lot, from_ms, until_ms, storable(where.serial))


def _combinations(reader: sqlite3.Connection, where: HistoryFilter) -> Numbers | None:
    model = storable(where.model)
    asked = {
        "r.name = ?": storable(where.recipe),
        "c.verdict = ?": where.verdict,
        "c.reason = ?": where.reason,
        "c.label = ?": storable(where.label),
        # A space before it: it begins one of the words, of which there may be several.
        "instr(' ' || c.model, ' ' || ?) > 0": model,
    }
    terms = {term: value for term, value in asked.items() if value}
    if not terms:
        return None
    query = f"SELECT c.id FROM combinations c JOIN recipes r ON r.id = c.recipe_id WHERE {' AND '.join(terms)}"  # noqa: S608
    return tuple(row[0] for row in reader.execute(query, tuple(terms.values())))


def _standings(reader: sqlite3.Connection, where: HistoryFilter) -> Numbers | None:
    asked = {"disposition = ?": where.disposition, "operator = ?": storable(where.operator)}
    terms = {term: value for term, value in asked.items() if value}
    if not terms:
        return None
    query = f"SELECT id FROM standings WHERE {' AND '.join(terms)}"  # noqa: S608 - the constants above
    return tuple(row[0] for row in reader.execute(query, tuple(terms.values())))


def _lot(reader: sqlite3.Connection, lot: str) -> int | None:
    """0 where there is no such lot."""
    if not lot:
        return None
    row = reader.execute("SELECT id FROM lots WHERE lot = ?", (storable(lot),)).fetchone()
    return 0 if row is None else int(row[0])


def _pairs(reader: sqlite3.Connection, standings: Numbers, combinations: Numbers | None) -> tuple[tuple[int, int], ...]:
    listed = "IN (SELECT value FROM json_each(?))"
    query = f"SELECT standing, combination FROM decided_pairs WHERE standing {listed}"  # noqa: S608 - a constant
    values: tuple[object, ...] = (json.dumps(standings),)
    if combinations is not None:
        query, values = f"{query} AND combination {listed}", (*values, json.dumps(combinations))
    rows = reader.execute(f"{query} LIMIT ?", (*values, MOST_PAIRS + 1))
    return tuple((row[0], row[1]) for row in rows)

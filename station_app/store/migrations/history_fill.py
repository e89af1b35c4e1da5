"""Fills the history's index from the records that an older version left, in one pass."""

import sqlite3
from collections.abc import Iterator

from station_app.store.history_entry import (
    SERIAL_SPAN_BITS,
    STEM,
    TIME_SPAN_BITS,
    Combination,
    combination_id,
    family_id,
    lot_id,
    models_in,
    standing_id,
)

CHUNK = 20_000


def fill_history(connection: sqlite3.Connection) -> None:
    """Enter every recorded part and every decision that stands. The tables are empty."""
    filling = _Filling(connection)
    for rows in _chunks(connection):
        filling.enter(rows)
    _settle_all(connection)


def _chunks(connection: sqlite3.Connection) -> Iterator[list[tuple[int, int, Combination, str, str]]]:
    """Part id, time, combination, serial number, lot; in the order of their ids."""
    query = (
        "SELECT part_id, inspected_at_ms, recipe_id, verdict, coalesce(reason, ''), coalesce(label, ''), body, serial,"
        " lot FROM inspections WHERE part_id > ? ORDER BY part_id LIMIT ?"
    )
    last = -(2**63)
    while True:
        found = connection.execute(query, (last, CHUNK)).fetchall()
        if not found:
            return
        last = found[-1][0]
        yield [
            (part_id, at_ms, Combination(recipe_id, verdict, reason, label, models_in(body)), serial, lot)
            for part_id, at_ms, recipe_id, verdict, reason, label, body, serial, lot in found
        ]


class _Filling:
    """Remembers the numbers that were given: few, and asked for millions of times."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._combinations: dict[Combination, int] = {}
        self._lots: dict[str, int] = {}
        self._families: dict[str, int] = {}

    def enter(self, rows: list[tuple[int, int, Combination, str, str]]) -> None:
        write = self._connection.executemany
        write(
            "INSERT INTO history VALUES (?, ?, ?, ?, ?)",
            [
                (part_id, self._combination(kind), self._lot(lot), at_ms, serial)
                for part_id, at_ms, kind, serial, lot in rows
            ],
        )
        times: dict[int, list[int]] = {}
        serials: dict[tuple[int, int], list[str]] = {}
        for part_id, at_ms, _, serial, _ in rows:
            times.setdefault(part_id >> TIME_SPAN_BITS, []).append(at_ms)
            if serial:
                serials.setdefault((self._family(serial), part_id >> SERIAL_SPAN_BITS), []).append(serial)
        write(
            "INSERT INTO history_spans VALUES (?, ?, ?) ON CONFLICT (span) DO UPDATE SET"
            " first_ms = min(first_ms, excluded.first_ms), last_ms = max(last_ms, excluded.last_ms)",
            [(span, min(group), max(group)) for span, group in times.items()],
        )
        write(
            "INSERT INTO serial_spans VALUES (?, ?, ?, ?) ON CONFLICT (family, span) DO UPDATE SET"
            " low = min(low, excluded.low), high = max(high, excluded.high)",
            [(*key, min(group), max(group)) for key, group in serials.items()],
        )

    def _combination(self, kind: Combination) -> int:
        if kind not in self._combinations:
            self._combinations[kind] = combination_id(self._connection, kind)
        return self._combinations[kind]

    def _family(self, serial: str) -> int:
        stem = serial[:STEM]
        if stem not in self._families:
            self._families[stem] = family_id(self._connection, serial)
        return self._families[stem]

    def _lot(self, lot: str) -> int:
        if lot not in self._lots:
            self._lots[lot] = lot_id(self._connection, lot)
        return self._lots[lot]


def _settle_all(connection: sqlite3.Connection) -> None:
    """Of every part the latest decision that was not taken back."""
    standing = (
        "SELECT part_id, max(id) AS id FROM overrides WHERE disposition <> 'undo'"
        " AND id NOT IN (SELECT undoes FROM overrides WHERE undoes IS NOT NULL) GROUP BY part_id"
    )
    decided = f"SELECT o.part_id, o.disposition, o.operator FROM ({standing}) s JOIN overrides o ON o.id = s.id"  # noqa: S608
    numbers: dict[tuple[str, str], int] = {}
    rows: list[tuple[int, int]] = []
    for part_id, *who in connection.execute(decided).fetchall():
        key = (who[0], who[1])
        if key not in numbers:
            numbers[key] = standing_id(connection, *key)
        rows.append((numbers[key], part_id))
    entry = "SELECT part_id, ?, combination, lot FROM history WHERE part_id = ?"
    connection.executemany(f"INSERT INTO decided {entry}", rows)
    pairs = "SELECT standing, combination, count(*) FROM decided GROUP BY 1, 2"
    connection.execute(f"INSERT INTO decided_pairs {pairs}")

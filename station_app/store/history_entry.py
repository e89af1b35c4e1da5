"""A part's entry in the history's index. Runs on the writer thread, in the transaction of what it follows from."""

import json
import re
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from station_app.store.text import storable

TIME_SPAN_BITS = 10
"""Part ids in groups of 1,024, of which the earliest and the latest time are kept."""

SERIAL_SPAN_BITS = 12
"""Part ids in groups of 4,096, of which the lowest and the highest serial number of each family are kept."""

STEM = 3
"""The first characters of a serial number, which make its family."""

FAMILIES_MAX = 64
"""The families told apart; whatever else begins otherwise is family 0. Random numbers would make thousands."""

_MODEL_HASH = re.compile(r'"model_hash": "((?:[^"\\]|\\.)*)"')


class Combination(NamedTuple):
    """What a part shares with thousands of others. `model` holds the hashes of its packages, each once, separated by
    spaces."""

    recipe_id: int
    verdict: str
    reason: str
    label: str
    model: str


def models_of(hashes: Iterable[str]) -> str:
    """The packages of a part's cameras, each once and in order."""
    return storable(" ".join(dict.fromkeys(sha256 for sha256 in hashes if sha256)))


def models_in(body: str) -> str:
    """The same of a recorded body, which need not be sound. By pattern: of ten million bodies nothing else is wanted,
    and no text inside JSON can hold an unescaped quote."""
    return models_of(json.loads(f'"{found}"', strict=False) for found in _MODEL_HASH.findall(body))


def family_id(connection: sqlite3.Connection, serial: str) -> int:
    """Which numbers a serial number is kept with; the first families get one of their own."""
    stem = serial[:STEM]
    row = connection.execute("SELECT id FROM serial_families WHERE stem = ?", (stem,)).fetchone()
    if row is not None:
        return int(row[0])
    count = int(connection.execute("SELECT count(*) FROM serial_families").fetchone()[0])
    if count >= FAMILIES_MAX:
        return 0
    connection.execute("INSERT INTO serial_families VALUES (?, ?)", (count + 1, stem))
    return count + 1


def enter(
    connection: sqlite3.Connection, part_id: int, at_ms: int, combination: Combination, serial: str, lot: str
) -> None:
    """Enter a part that was just recorded; the texts are storable."""
    row = (part_id, combination_id(connection, combination), lot_id(connection, lot), at_ms, serial)
    connection.execute("INSERT INTO history VALUES (?, ?, ?, ?, ?)", row)
    connection.execute(
        "INSERT INTO history_spans VALUES (?1, ?2, ?2) ON CONFLICT (span) DO UPDATE"
        " SET first_ms = min(first_ms, ?2), last_ms = max(last_ms, ?2)",
        (part_id >> TIME_SPAN_BITS, at_ms),
    )
    if serial:
        connection.execute(
            "INSERT INTO serial_spans VALUES (?1, ?2, ?3, ?3) ON CONFLICT (family, span) DO UPDATE"
            " SET low = min(low, ?3), high = max(high, ?3) WHERE ?3 < low OR ?3 > high",
            (family_id(connection, serial), part_id >> SERIAL_SPAN_BITS, serial),
        )


def combination_id(connection: sqlite3.Connection, combination: Combination) -> int:
    """Its number; a new one where it has not been there yet."""
    query = "SELECT id FROM combinations WHERE recipe_id = ? AND verdict = ? AND reason = ? AND label = ? AND model = ?"
    row = connection.execute(query, combination).fetchone()
    if row is not None:
        return int(row[0])
    columns = "recipe_id, verdict, reason, label, model"
    cursor = connection.execute(
        f"INSERT INTO combinations ({columns}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        combination,
    )
    return int(cursor.lastrowid or 0)


def lot_id(connection: sqlite3.Connection, lot: str) -> int:
    """Its number, 0 for no lot."""
    if not lot:
        return 0
    row = connection.execute("SELECT id FROM lots WHERE lot = ?", (lot,)).fetchone()
    if row is not None:
        return int(row[0])
    return int(connection.execute("INSERT INTO lots (lot) VALUES (?)", (lot,)).lastrowid or 0)


def standing_id(connection: sqlite3.Connection, disposition: str, operator: str) -> int:
    """The number of a decision that stands, by what it is and whose."""
    query = "SELECT id FROM standings WHERE disposition = ? AND operator = ?"
    row = connection.execute(query, (disposition, operator)).fetchone()
    if row is not None:
        return int(row[0])
    cursor = connection.execute("INSERT INTO standings (disposition, operator) VALUES (?, ?)", (disposition, operator))
    return int(cursor.lastrowid or 0)


def settle(connection: sqlite3.Connection, part_id: int, standing: tuple[str, str] | None) -> None:
    """Another decision stands for a part now: its disposition and its operator, or none."""
    was = connection.execute("SELECT standing, combination FROM decided WHERE part_id = ?", (part_id,)).fetchone()
    if was is not None:
        connection.execute("DELETE FROM decided WHERE part_id = ?", (part_id,))
        pair = "standing = ? AND combination = ?"
        connection.execute(f"UPDATE decided_pairs SET parts = parts - 1 WHERE {pair}", tuple(was))  # noqa: S608
        connection.execute(f"DELETE FROM decided_pairs WHERE {pair} AND parts = 0", tuple(was))  # noqa: S608
    if standing is not None:
        number = standing_id(connection, *standing)
        entry = "SELECT part_id, ?, combination, lot FROM history WHERE part_id = ?"
        connection.execute(f"INSERT INTO decided {entry}", (number, part_id))
        connection.execute(
            "INSERT INTO decided_pairs SELECT standing, combination, 1 FROM decided WHERE part_id = ?"
            " ON CONFLICT (standing, combination) DO UPDATE SET parts = parts + 1",
            (part_id,),
        )

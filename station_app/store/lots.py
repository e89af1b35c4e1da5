"""Which lot the line makes: set by people, remembered, and told apart from the lots that serial numbers name."""

import sqlite3
import time

from station_app.store import audit
from station_app.store.text import storable


def change_lot(connection: sqlite3.Connection, lot: str, operator: str) -> None:
    """The parts that come next are of this lot, "" for none. Runs on the writer thread."""
    row = (time.time_ns() // 1_000_000, storable(operator), storable(lot))
    connection.execute("INSERT INTO lot_changes (at_ms, operator, lot) VALUES (?, ?, ?)", row)
    audit.append(connection, operator, "lot_changed", lot or "no lot")


def present_lot(reader: sqlite3.Connection) -> str:
    """The lot that was set last, "" where none is."""
    row = reader.execute("SELECT lot FROM lot_changes ORDER BY id DESC LIMIT 1").fetchone()
    return "" if row is None else str(row[0])

"""An older database gets its past into the outbox, in the order in which it happened."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database as Tables

from station_app.core.inspection import Disposition, Override
from station_app.core.review import Answer, Queue
from station_app.store.connection import open_reader, open_writer
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.ledger_writes import write_override
from station_app.store.migrations import migrations, names
from station_app.store.outbox_rows import Priority
from station_app.store.schema import prepare_schema
from station_app.store.verification import verify
from tests.store.outgoing_line import AT_ONCE, SENDER, OutgoingLine
from tests.store.records import ROOMY
from tests.store.reviewed_line import ReviewedLine

BEFORE = 15


def _grown(connection: sqlite3.Connection) -> None:
    """A line with one of everything."""
    line = ReviewedLine(connection)
    for part_id, score in ((1, 0.9), (2, 0.1), (3, 0.1)):
        line.inspect(part_id, score, has_image=False)
    write_override(connection, Override(1, Disposition.FALSE_REJECT, "wang", line.clock_ms + 10))
    # The clock was set back between the two.
    write_override(connection, Override(1, Disposition.UNDO, "wang", line.clock_ms - 50))
    line.clock_ms += 100
    number = line.review(2, Answer.GOOD, "li", Queue.BLIND)
    line.undo(number, "li")
    line.suspect(3)


def _older(path: Path) -> None:
    """The same, as a program of the version before wrote it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as present, closing(open_writer(path)) as older:
        migrations.apply(Tables(present))
        _grown(present)
        migrations.apply(Tables(older), stop_before=names()[BEFORE])
        older.execute(f"PRAGMA user_version={BEFORE}")
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
        older.execute("PRAGMA foreign_keys=OFF")
        for (table,) in older.execute(tables).fetchall():
            rows = present.execute(f"SELECT * FROM {table}").fetchall()
            if rows and table != "queue_sizes":
                older.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def test_the_past_is_entered_as_it_would_have_been_then(tmp_path: Path) -> None:
    _older(tmp_path / DATABASE)
    prepare_schema(tmp_path / DATABASE)
    query = (
        "SELECT o.part_id, o.kind, o.record, w.priority FROM outbox o JOIN outbox_waiting w ON w.id = o.id"
        " ORDER BY o.part_id, o.id"
    )
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as present:
        migrations.apply(Tables(present))
        _grown(present)
        then = present.execute(query).fetchall()
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        now = [tuple(row) for row in reader.execute(query)]
    assert [row[:3] for row in now] == [row[:3] for row in then]
    first = {part_id: min(row[3] for row in then if row[0] == part_id) for part_id in (1, 2, 3)}
    assert {row[0]: row[3] for row in now} == first
    assert first == {
        1: Priority.CONTRADICTION,
        2: Priority.CONTRADICTION,
        3: Priority.RANDOM,
    }


def test_the_past_leaves_when_a_store_is_set_up(tmp_path: Path) -> None:
    _older(tmp_path / DATABASE)
    ledger = StationLedger(tmp_path, ROOMY)
    try:
        line = OutgoingLine(ledger, ledger.open_outbox(SENDER, AT_ONCE))
        events = line.send_all()
        assert [event["type"].split(".")[1] for event in events if event["data"]["part"]["id"] == 1] == [
            "capture",
            "decision",
            "decision",
            "inspection",
        ]
        assert line.outbox.backlog().records == 0
    finally:
        ledger.close()
    assert [problem for problem in verify(tmp_path) if "outbox" in problem.where or "leave" in problem.what] == []

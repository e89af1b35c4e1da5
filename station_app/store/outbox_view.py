"""What waits to leave the station, for who only looks: on a connection of its own, also beside a running engine."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from station_app.core.outgoing import Backlog, Cutting
from station_app.store.connection import SQLITE_FAILURES, one_moment, open_reader, storage_error
from station_app.store.outbox_state import BatchState, backlog_of


@dataclass(frozen=True, slots=True)
class SetAside:
    """A batch that cannot go as it is, and why."""

    key: str
    why: str


@dataclass(frozen=True, slots=True)
class OutboxView:
    """What waits, and what of it was set aside."""

    backlog: Backlog
    aside: tuple[SetAside, ...]


def look_at_outbox(database: Path, cutting: Cutting) -> OutboxView:
    """At this moment. StorageError where there is no database, or it cannot be read."""
    history_ms = cutting.history_ms if cutting.has_history else None
    try:
        with closing(open_reader(database)) as reader, one_moment(reader):
            return OutboxView(backlog_of(reader, history_ms), _aside(reader))
    except SQLITE_FAILURES as error:
        raise storage_error(error, database) from error


def _aside(reader: sqlite3.Connection) -> tuple[SetAside, ...]:
    rows = reader.execute(
        "SELECT b.key, w.why FROM batches_waiting w JOIN batches b ON b.number = w.number WHERE w.state = ?"
        " ORDER BY w.number",
        (BatchState.QUARANTINED,),
    )
    return tuple(SetAside(str(row[0]), str(row[1])) for row in rows)

"""Loads what stations have sent into PostgreSQL: each batch in one transaction, each line once, however often run."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from station_app.core.errors import LakeError
from station_app.core.outgoing import Stream
from station_app.lake.postgres_tables import INSPECTION_COLUMNS, RECORD_COLUMNS, SCHEMA, month_of, partition
from station_app.sync.arrived import BatchName, apart, batches, gaps, lines_of, read_body
from station_app.sync.remote import Remote

if TYPE_CHECKING:
    from psycopg import Connection

Event = dict[str, Any]
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Batches and lines that were not in the database before, and numbers that have not come, in words."""

    batches: int
    lines: int
    gaps: tuple[str, ...]


def load(remote: Remote, address: str) -> Loaded:
    """Bring the database at `address` (a libpq string or URL) up to what is in the store. LakeError, ArrivedError
    and RemoteError leave whole batches; the next run goes on."""
    import psycopg

    try:
        with psycopg.connect(address, autocommit=True, application_name="station-app lake") as connection:
            return _load(remote, connection)
    except psycopg.Error as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        remedy = "see whether the server runs, and whether this user may create tables there"
        raise LakeError(f"PostgreSQL refuses: {first}", where="--postgres", remedy=remedy) from error


def _load(remote: Remote, connection: "Connection[Any]") -> Loaded:
    with connection.transaction():
        connection.execute(SCHEMA)
    done = {key for (key,) in connection.execute("SELECT key FROM loaded_batches")}
    missing: list[str] = []
    count = lines = 0
    for stream in Stream:
        found = apart(batches(remote, stream))
        missing.extend(gaps(found))
        for batch in (batch for batch in found if batch.key not in done):
            with connection.transaction():
                rows = _load_batch(connection, stream, batch, read_body(remote, batch))
            count, lines = count + 1, lines + rows
    return Loaded(count, lines, tuple(missing))


def _load_batch(connection: "Connection[Any]", stream: Stream, batch: BatchName, body: bytes) -> int:
    events = tuple(_events(batch, body))
    try:
        if stream is Stream.HISTORY:
            rows = [_inspection_row(batch, event) for event in events]
            for month in sorted({month_of(str(row[7])) for row in rows}):
                connection.execute(partition(month).encode())
            added = _insert(connection, "inspections", INSPECTION_COLUMNS, rows)
        else:
            added = _insert(connection, "records", RECORD_COLUMNS, [_record_row(batch, event) for event in events])
    except (KeyError, TypeError, ValueError) as error:
        what = f"a line of the batch lacks what it should say: {error!r}"
        raise LakeError(what, where=batch.key, remedy="see whether its station runs a newer program") from error
    connection.execute("INSERT INTO loaded_batches (key) VALUES (%s) ON CONFLICT DO NOTHING", (batch.key,))
    return added


def _events(batch: BatchName, body: bytes) -> Iterator[Event]:
    try:
        events = [json.loads(line) for line in lines_of(batch, body)]
    except ValueError as error:
        raise LakeError("the batch cannot be read", where=batch.key, remedy="find out who wrote it") from error
    told = [(event["source"], event["data"].get("seq")) for event in events if _is_event(event)]
    if told != [(batch.series.source, number) for number in range(batch.first, batch.last + 1)]:
        what = "the batch holds other lines than its name says"
        raise LakeError(what, where=batch.key, remedy="find out who wrote it: a station writes under its own name")
    yield from events


def _is_event(line: object) -> bool:
    """Whether the line is as much of an event as its number and source need."""
    return isinstance(line, dict) and "source" in line and isinstance(line.get("data"), dict)


def _insert(connection: "Connection[Any]", table: str, columns: tuple[str, ...], rows: list[Row]) -> int:
    """Those that are not there yet, by way of a table that lasts as long as the transaction."""
    names = ", ".join(columns)
    arriving = f"arriving_{table}"
    connection.execute(f"CREATE TEMP TABLE {arriving} (LIKE {table}) ON COMMIT DROP".encode())
    with connection.cursor().copy(f"COPY {arriving} ({names}) FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
    insert = f"INSERT INTO {table} ({names}) SELECT {names} FROM {arriving} ON CONFLICT DO NOTHING"  # noqa: S608
    return connection.execute(insert.encode()).rowcount


def _inspection_row(batch: BatchName, event: Event) -> Row:
    data = event["data"]
    part, recipe, told, times = data["part"], data["recipe"], data["prediction"], data["times"]
    models = sorted({model["sha256"] for model in data["models"]})
    return (
        *_named(batch, event),
        *(part["id"], part["serial"], part["inspected_at"], part["lot"]),
        *(recipe["name"], recipe["revision"], recipe["sha256"], models),
        *(told["verdict"], told["reason"], told["label"], told["score"], json.dumps(told["scores"])),
        *(times["inspect_ms"], times["total_ms"]),
    )


def _record_row(batch: BatchName, event: Event) -> Row:
    data = event["data"]
    kind = str(event["type"]).split(".")[1]
    # PostgreSQL's text knows no NUL, which a serial number read from a damaged code may hold.
    body = json.dumps(data).replace("\\u0000", "\\ufffd")
    return (*_named(batch, event), kind, event["time"], body)


def _named(batch: BatchName, event: Event) -> Row:
    """The columns that both tables begin with: where the line comes from, and what it is about."""
    sender = batch.series.station
    return (batch.series.source, event["data"]["seq"], sender.plant, sender.station, event["subject"])

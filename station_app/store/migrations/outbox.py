"""What is to leave the station: a row with each record that is told, and the batches that were cut from them."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes
from station_app.store.outbox_fill import fill_outbox

APPEND_ONLY = ("series", "outbox", "batches", "cut_records", "batch_blobs", "receipts")

_STATEMENTS = (
    # `name` sorts by the time at which the series was begun, and no two are alike.
    (
        "CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, plant TEXT NOT NULL,"
        " station TEXT NOT NULL, begun_at_ms INTEGER NOT NULL, why TEXT NOT NULL)"
    ),
    # `record` is the id of the decision, review or mark, else the part's.
    (
        "CREATE TABLE outbox (id INTEGER PRIMARY KEY, part_id INTEGER NOT NULL REFERENCES inspections,"
        " kind TEXT NOT NULL, record INTEGER NOT NULL, written_at_ms INTEGER NOT NULL,"
        " UNIQUE (part_id, kind, record))"
    ),
    (
        "CREATE TABLE outbox_waiting (priority INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (priority, id))"
        " WITHOUT ROWID"
    ),
    # `first` and `last` are numbers of the stream within its series; of a history `last_part` is the highest part told.
    (
        "CREATE TABLE batches (number INTEGER PRIMARY KEY, series_id INTEGER NOT NULL REFERENCES series,"
        " stream TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, sha256 TEXT NOT NULL, key TEXT NOT NULL,"
        " bytes INTEGER NOT NULL, prev TEXT NOT NULL, last_line TEXT NOT NULL, last_part INTEGER NOT NULL,"
        " oldest_ms INTEGER NOT NULL, cut_at_ms INTEGER NOT NULL, UNIQUE (series_id, stream, first))"
    ),
    "CREATE INDEX batches_stream ON batches (stream, number)",
    (
        "CREATE TABLE cut_records (outbox_id INTEGER PRIMARY KEY REFERENCES outbox,"
        " batch INTEGER NOT NULL REFERENCES batches, seq INTEGER NOT NULL)"
    ),
    "CREATE INDEX cut_records_batch ON cut_records (batch, seq)",
    (
        "CREATE TABLE blobs (key TEXT PRIMARY KEY, sha256 TEXT NOT NULL, path TEXT NOT NULL, bytes INTEGER NOT NULL,"
        " state TEXT NOT NULL, sent_at_ms INTEGER) WITHOUT ROWID"
    ),
    "CREATE INDEX blobs_waiting ON blobs (path) WHERE state = 'waiting'",
    "CREATE INDEX blobs_sent ON blobs (sent_at_ms) WHERE state = 'sent'",
    (
        "CREATE TABLE batch_blobs (batch INTEGER NOT NULL REFERENCES batches, key TEXT NOT NULL REFERENCES blobs,"
        " PRIMARY KEY (batch, key)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE batches_waiting (number INTEGER PRIMARY KEY REFERENCES batches, state TEXT NOT NULL,"
        " tries INTEGER NOT NULL, why TEXT NOT NULL)"
    ),
    (
        "CREATE TABLE receipts (batch INTEGER PRIMARY KEY REFERENCES batches, receipt TEXT NOT NULL,"
        " sent_at_ms INTEGER NOT NULL)"
    ),
    "CREATE INDEX receipts_when ON receipts (sent_at_ms)",
    # Parts of the history that were passed over while their record was still missing: told when they come after all.
    "CREATE TABLE history_gaps (part_id INTEGER PRIMARY KEY)",
)


@migrations(name="0016_outbox")
def _outbox(tables: Tables) -> None:
    for statement in _STATEMENTS:
        tables.conn.execute(statement)
    refuse_changes(tables, APPEND_ONLY)
    fill_outbox(tables.conn)

"""Models that were offered to the station, and every deed that was done with one."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes

APPEND_ONLY = ("model_offers", "model_deeds")


@migrations(name="0017_models")
def _models(tables: Tables) -> None:
    # `body` is the offer's object as it was read, `sha256` its hash.
    tables.conn.execute(
        "CREATE TABLE model_offers (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, body TEXT NOT NULL,"
        " signed_by TEXT NOT NULL)"
    )
    # `sha256` is the package's. Columns that a kind of deed does not need are NULL.
    tables.conn.execute(
        "CREATE TABLE model_deeds (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, sha256 TEXT NOT NULL,"
        " recipe TEXT NOT NULL, camera TEXT NOT NULL, person TEXT NOT NULL, reason TEXT NOT NULL,"
        " at_ms INTEGER NOT NULL, offer_id INTEGER REFERENCES model_offers, share REAL, stop_rule TEXT,"
        " text_sha256 TEXT, role TEXT, revision INTEGER, audit_id INTEGER NOT NULL REFERENCES audit)"
    )
    refuse_changes(tables, APPEND_ONLY)

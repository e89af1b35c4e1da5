"""A place for the histograms of the hours that are being counted; those of hours before this version stay where they
are."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations


@migrations(name="0014_open_hours")
def _open_hours(tables: Tables) -> None:
    # With row ids, unlike the other counts: a row of many histograms then stays on one page, and is changed in place.
    tables.conn.execute(
        "CREATE TABLE open_histograms (id INTEGER PRIMARY KEY, stream_id INTEGER NOT NULL REFERENCES streams,"
        " hour INTEGER NOT NULL, layout TEXT NOT NULL, counts BLOB NOT NULL, UNIQUE (stream_id, hour, layout))"
    )

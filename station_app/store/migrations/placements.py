"""Where parts lay in the picture, measured now and then, so that a drift can be told to come from there."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes

APPEND_ONLY = ("placements",)


@migrations(name="0019_placements")
def _placements(tables: Tables) -> None:
    tables.conn.execute(
        "CREATE TABLE placements (part_id INTEGER NOT NULL REFERENCES inspections, camera_id TEXT NOT NULL,"
        " shift_x REAL NOT NULL, shift_y REAL NOT NULL, turn_deg REAL NOT NULL, match REAL NOT NULL,"
        " PRIMARY KEY (part_id, camera_id)) WITHOUT ROWID"
    )
    tables.conn.execute(
        "CREATE TABLE hour_positions (stream_id INTEGER NOT NULL REFERENCES streams, camera_id TEXT NOT NULL,"
        " hour INTEGER NOT NULL, frames INTEGER NOT NULL, shift_x REAL NOT NULL, shift_y REAL NOT NULL,"
        " turn_deg REAL NOT NULL, PRIMARY KEY (stream_id, camera_id, hour)) WITHOUT ROWID"
    )
    refuse_changes(tables, APPEND_ONLY)

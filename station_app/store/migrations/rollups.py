"""What the charts are drawn from: counts by the hour, and the periods from which limits were frozen."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes
from station_app.store.rollup_fill import fill

APPEND_ONLY = ("frozen_limits",)

_HOURLY = (
    (
        "hour_counts (stream_id INTEGER NOT NULL REFERENCES streams, hour INTEGER NOT NULL, passed INTEGER NOT NULL,"
        " failed INTEGER NOT NULL, review INTEGER NOT NULL, no_result INTEGER NOT NULL, accepted INTEGER NOT NULL,"
        " PRIMARY KEY (stream_id, hour))"
    ),
    (
        "hour_reasons (stream_id INTEGER NOT NULL REFERENCES streams, hour INTEGER NOT NULL, reason TEXT NOT NULL,"
        " parts INTEGER NOT NULL, PRIMARY KEY (stream_id, hour, reason))"
    ),
    (
        "hour_histograms (stream_id INTEGER NOT NULL REFERENCES streams, kind TEXT NOT NULL, label TEXT NOT NULL,"
        " hour INTEGER NOT NULL, counts BLOB NOT NULL, PRIMARY KEY (stream_id, kind, label, hour))"
    ),
    (
        "hour_quality (stream_id INTEGER NOT NULL REFERENCES streams, camera_id TEXT NOT NULL, hour INTEGER NOT NULL,"
        " frames INTEGER NOT NULL, mean REAL NOT NULL, mean_squared REAL NOT NULL, dark REAL NOT NULL,"
        " dark_squared REAL NOT NULL, bright REAL NOT NULL, bright_squared REAL NOT NULL, focus REAL NOT NULL,"
        " focus_squared REAL NOT NULL, PRIMARY KEY (stream_id, camera_id, hour))"
    ),
    (
        "hour_places (stream_id INTEGER NOT NULL REFERENCES streams, hour INTEGER NOT NULL, camera_id TEXT NOT NULL,"
        " label TEXT NOT NULL, region TEXT NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL, findings INTEGER NOT NULL,"
        " PRIMARY KEY (stream_id, hour, camera_id, label, region, x, y))"
    ),
    (
        "hour_decisions (stream_id INTEGER NOT NULL REFERENCES streams, hour INTEGER NOT NULL, disposition TEXT"
        " NOT NULL, decisions INTEGER NOT NULL, viewed BLOB NOT NULL, PRIMARY KEY (stream_id, hour, disposition))"
    ),
)


@migrations(name="0013_rollups")
def _rollups(tables: Tables) -> None:
    connection = tables.conn
    connection.execute(
        "CREATE TABLE streams (id INTEGER PRIMARY KEY, recipe_id INTEGER NOT NULL REFERENCES recipes,"
        " models TEXT NOT NULL, UNIQUE (recipe_id, models))"
    )
    for table in _HOURLY:
        connection.execute(f"CREATE TABLE {table} WITHOUT ROWID")
    connection.execute(
        "CREATE TABLE frozen_limits (id INTEGER PRIMARY KEY, chart TEXT NOT NULL, recipe TEXT NOT NULL,"
        " from_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, reason TEXT NOT NULL, frozen_by TEXT NOT NULL,"
        " frozen_at_ms INTEGER NOT NULL, CHECK (from_ms < until_ms))"
    )
    refuse_changes(tables, APPEND_ONLY)
    fill(connection)

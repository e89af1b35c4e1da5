"""What people say about the points of a control chart that break a rule; and reviews count for the final yield."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes
from station_app.store.rollup_fill import refill_accepted

APPEND_ONLY = ("marker_notes",)


@migrations(name="0015_marker_notes")
def _marker_notes(tables: Tables) -> None:
    tables.conn.execute(
        "CREATE TABLE marker_notes (id INTEGER PRIMARY KEY, chart TEXT NOT NULL, recipe TEXT NOT NULL,"
        " at_ms INTEGER NOT NULL, words TEXT NOT NULL, person TEXT NOT NULL, noted_at_ms INTEGER NOT NULL)"
    )
    tables.conn.execute("CREATE INDEX marker_notes_chart ON marker_notes (chart, recipe, at_ms)")
    refuse_changes(tables, APPEND_ONLY)
    refill_accepted(tables.conn)

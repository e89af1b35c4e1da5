"""The history's index: every part under the combination of what is asked of it, ready to be paged in any selection.

All of it but the lot follows from the records and could be made again; `check_history` compares the two.
"""

from sqlite_utils import Database as Tables

from station_app.store.migrations.history_fill import fill_history
from station_app.store.migrations.registry import migrations, refuse_changes

APPEND_ONLY = ("lot_changes",)

HISTORY_INDEXES = {
    "history_combination": "history (combination, part_id, serial)",
    "history_lot": "history (lot, combination, part_id) WHERE lot > 0",
    "decided_standing": "decided (standing, combination, part_id)",
    "decided_lot": "decided (lot, part_id) WHERE lot > 0",
}


@migrations(name="0009_history")
def _history(tables: Tables) -> None:
    run = tables.conn.execute
    run(
        "CREATE TABLE lot_changes (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, operator TEXT NOT NULL,"
        " lot TEXT NOT NULL)"
    )
    refuse_changes(tables, APPEND_ONLY)
    # Of parts before this version nobody knows the lot.
    run("ALTER TABLE inspections ADD COLUMN lot TEXT NOT NULL DEFAULT ''")
    run(
        "CREATE TABLE combinations (id INTEGER PRIMARY KEY, recipe_id INTEGER NOT NULL REFERENCES recipes,"
        " verdict TEXT NOT NULL, reason TEXT NOT NULL, label TEXT NOT NULL, model TEXT NOT NULL,"
        " UNIQUE (recipe_id, verdict, reason, label, model))"
    )
    run("CREATE TABLE lots (id INTEGER PRIMARY KEY, lot TEXT NOT NULL UNIQUE)")
    # No foreign keys: they would be looked up for every part, and `station-app verify` compares all of it anyway.
    run(
        "CREATE TABLE history (part_id INTEGER PRIMARY KEY, combination INTEGER NOT NULL, lot INTEGER NOT NULL,"
        " at_ms INTEGER NOT NULL, serial TEXT NOT NULL)"
    )
    run("CREATE TABLE history_spans (span INTEGER PRIMARY KEY, first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL)")
    run(
        "CREATE TABLE serial_spans (stem TEXT NOT NULL, span INTEGER NOT NULL, low TEXT NOT NULL,"
        " high TEXT NOT NULL, PRIMARY KEY (stem, span)) WITHOUT ROWID"
    )
    run(
        "CREATE TABLE standings (id INTEGER PRIMARY KEY, disposition TEXT NOT NULL, operator TEXT NOT NULL,"
        " UNIQUE (disposition, operator))"
    )
    run(
        "CREATE TABLE decided (part_id INTEGER PRIMARY KEY, standing INTEGER NOT NULL, combination INTEGER NOT NULL,"
        " lot INTEGER NOT NULL)"
    )
    run(
        "CREATE TABLE decided_pairs (standing INTEGER NOT NULL, combination INTEGER NOT NULL, parts INTEGER NOT NULL,"
        " PRIMARY KEY (standing, combination)) WITHOUT ROWID"
    )
    fill_history(tables.conn)
    # After the rows: an index of millions is made faster at once than part by part.
    for name, columns in HISTORY_INDEXES.items():
        run(f"CREATE INDEX {name} ON {columns}")

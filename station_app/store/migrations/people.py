"""Who may do what at this station, and the audit chain that says what changed."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes

APPEND_ONLY = ("people_changes", "audit_heads")


@migrations(name="0008_people_and_audit")
def _people_and_audit(tables: Tables) -> None:
    # Every row is the whole account as it is from then on; the latest of a name holds. No secret is in the database.
    tables.conn.execute(
        "CREATE TABLE people_changes (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, changed_by TEXT NOT NULL,"
        " name TEXT NOT NULL, full_name TEXT NOT NULL, role TEXT NOT NULL, is_active INTEGER NOT NULL,"
        " reason TEXT NOT NULL)"
    )
    tables.conn.execute("CREATE INDEX people_changes_name ON people_changes (name)")
    for column in ("before", "after", "why"):
        tables.conn.execute(f"ALTER TABLE audit ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    tables.conn.execute("CREATE INDEX audit_actor ON audit (actor)")
    tables.conn.execute("CREATE INDEX audit_action ON audit (action)")
    tables.conn.execute("CREATE INDEX audit_when ON audit (at_ms)")
    tables.conn.execute(
        "CREATE TABLE audit_heads (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, sha256 TEXT NOT NULL,"
        " signed_at_ms INTEGER NOT NULL, signature TEXT NOT NULL, public_key TEXT NOT NULL)"
    )
    refuse_changes(tables, APPEND_ONLY)

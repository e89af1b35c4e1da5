"""Revisions of recipes: their texts, signatures over them, and the states they were given."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes

APPEND_ONLY = ("revision_texts", "revision_signatures", "revision_states")


@migrations(name="0011_recipes")
def _recipes(tables: Tables) -> None:
    # Of a draft that is saved again every text stays; the last one holds.
    tables.conn.execute(
        "CREATE TABLE revision_texts (id INTEGER PRIMARY KEY, recipe TEXT NOT NULL, number INTEGER NOT NULL,"
        " sha256 TEXT NOT NULL, text TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL,"
        " packages TEXT NOT NULL, is_commissioned INTEGER NOT NULL)"
    )
    tables.conn.execute("CREATE INDEX revision_texts_number ON revision_texts (recipe, number)")
    tables.conn.execute(
        "CREATE TABLE revision_signatures (id INTEGER PRIMARY KEY, recipe TEXT NOT NULL, number INTEGER NOT NULL,"
        " text_id INTEGER NOT NULL REFERENCES revision_texts, sha256 TEXT NOT NULL, person TEXT NOT NULL,"
        " role TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL)"
    )
    tables.conn.execute("CREATE INDEX revision_signatures_number ON revision_signatures (recipe, number)")
    tables.conn.execute(
        "CREATE TABLE revision_states (id INTEGER PRIMARY KEY, recipe TEXT NOT NULL, number INTEGER NOT NULL,"
        " state TEXT NOT NULL, person TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL)"
    )
    tables.conn.execute("CREATE INDEX revision_states_number ON revision_states (recipe, number)")
    refuse_changes(tables, APPEND_ONLY)

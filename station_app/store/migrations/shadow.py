"""What models in shadow said of parts that another one decided, and the counts of both side by side."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes

APPEND_ONLY = ("shadow_runs", "shadow_results")

_STATEMENTS = (
    (
        "CREATE TABLE shadow_runs (id INTEGER PRIMARY KEY, camera_id TEXT NOT NULL, package_sha256 TEXT NOT NULL,"
        " recipe_id INTEGER NOT NULL REFERENCES recipes, beside_sha256 TEXT NOT NULL,"
        " beside_recipe_id INTEGER NOT NULL REFERENCES recipes,"
        " UNIQUE (package_sha256, camera_id, recipe_id, beside_sha256, beside_recipe_id))"
    ),
    "CREATE INDEX shadow_runs_beside ON shadow_runs (beside_sha256, camera_id)",
    # `deciding` is the verdict of the part's record: never changed either, and so a part of every count is found here.
    (
        "CREATE TABLE shadow_results (run INTEGER NOT NULL REFERENCES shadow_runs,"
        " part_id INTEGER NOT NULL REFERENCES inspections, deciding TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT,"
        " label TEXT NOT NULL, score REAL, scores TEXT NOT NULL, took_ms REAL NOT NULL, is_discordant INTEGER NOT NULL,"
        " PRIMARY KEY (run, part_id), CHECK ((verdict = 'NO_RESULT') = (reason IS NOT NULL))) WITHOUT ROWID"
    ),
    "CREATE INDEX shadow_results_part ON shadow_results (part_id)",
    "CREATE INDEX shadow_results_discordant ON shadow_results (run, part_id) WHERE is_discordant = 1",
    (
        "CREATE TABLE shadow_counts (run INTEGER NOT NULL REFERENCES shadow_runs, deciding TEXT NOT NULL,"
        " verdict TEXT NOT NULL, parts INTEGER NOT NULL, PRIMARY KEY (run, deciding, verdict)) WITHOUT ROWID"
    ),
    # Parts that could have been compared, and for which there was no time.
    "CREATE TABLE shadow_drops (run INTEGER PRIMARY KEY REFERENCES shadow_runs, parts INTEGER NOT NULL)",
)


@migrations(name="0018_shadow")
def _shadow(tables: Tables) -> None:
    for statement in _STATEMENTS:
        tables.conn.execute(statement)
    refuse_changes(tables, APPEND_ONLY)

"""Agreement studies: their parts with the standard, the planned showings, what was answered, how they ended."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes

APPEND_ONLY = ("studies", "study_parts", "study_showings", "study_answers", "study_closings")

_STATEMENTS = (
    (
        "CREATE TABLE studies (id INTEGER PRIMARY KEY, title TEXT NOT NULL, trials INTEGER NOT NULL,"
        " includes_model INTEGER NOT NULL, started_by TEXT NOT NULL, started_at_ms INTEGER NOT NULL)"
    ),
    (
        "CREATE TABLE study_parts (study_id INTEGER NOT NULL REFERENCES studies,"
        " part_id INTEGER NOT NULL REFERENCES inspections, is_bad INTEGER NOT NULL, PRIMARY KEY (study_id, part_id))"
    ),
    # A person's showings are numbered in the order in which they are shown to that person.
    (
        "CREATE TABLE study_showings (study_id INTEGER NOT NULL REFERENCES studies, showing INTEGER NOT NULL,"
        " person TEXT NOT NULL, sees_model INTEGER NOT NULL, trial INTEGER NOT NULL, part_id INTEGER NOT NULL,"
        " code TEXT NOT NULL, PRIMARY KEY (study_id, showing), UNIQUE (study_id, code),"
        " UNIQUE (study_id, person, sees_model, trial, part_id),"
        " FOREIGN KEY (study_id, part_id) REFERENCES study_parts (study_id, part_id))"
    ),
    "CREATE INDEX study_showings_person ON study_showings (study_id, person, showing)",
    (
        "CREATE TABLE study_answers (study_id INTEGER NOT NULL, showing INTEGER NOT NULL, is_bad INTEGER NOT NULL,"
        " viewed_ms INTEGER NOT NULL, saw_model INTEGER NOT NULL, answered_at_ms INTEGER NOT NULL,"
        " PRIMARY KEY (study_id, showing),"
        " FOREIGN KEY (study_id, showing) REFERENCES study_showings (study_id, showing))"
    ),
    (
        "CREATE TABLE study_closings (study_id INTEGER PRIMARY KEY REFERENCES studies, closed_by TEXT NOT NULL,"
        " reason TEXT NOT NULL, closed_at_ms INTEGER NOT NULL)"
    ),
)


@migrations(name="0012_studies")
def _studies(tables: Tables) -> None:
    for statement in _STATEMENTS:
        tables.conn.execute(statement)
    refuse_changes(tables, APPEND_ONLY)

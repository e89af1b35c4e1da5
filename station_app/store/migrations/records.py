"""What the line records: inspections, people's decisions, images, rolls."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes

_APPEND_ONLY_SINCE_4 = ("inspections", "findings", "overrides", "audit")
_APPEND_ONLY_SINCE_7 = ("stretches", "web_defects")
APPEND_ONLY = (*_APPEND_ONLY_SINCE_4, *_APPEND_ONLY_SINCE_7)


@migrations(name="0001_records")
def _records(tables: Tables) -> None:
    tables.conn.execute(
        "CREATE TABLE recipes (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
        " revision INTEGER NOT NULL, body TEXT NOT NULL DEFAULT '')"
    )
    tables.conn.execute(
        "CREATE TABLE inspections (part_id INTEGER PRIMARY KEY, inspected_at_ms INTEGER NOT NULL,"
        " recipe_id INTEGER NOT NULL REFERENCES recipes, verdict TEXT NOT NULL, reason TEXT, serial TEXT NOT NULL,"
        " detail TEXT NOT NULL, label TEXT, score REAL, body TEXT NOT NULL,"
        " CHECK ((verdict = 'NO_RESULT') = (reason IS NOT NULL)))"
    )
    tables.conn.execute("CREATE INDEX inspections_serial ON inspections (serial) WHERE serial <> ''")
    tables.conn.execute("CREATE INDEX inspections_when ON inspections (recipe_id, verdict, inspected_at_ms)")
    tables.conn.execute(
        "CREATE TABLE findings (part_id INTEGER NOT NULL REFERENCES inspections, number INTEGER NOT NULL,"
        " label TEXT NOT NULL, score REAL NOT NULL, x INTEGER, y INTEGER, width INTEGER, height INTEGER,"
        " camera_id TEXT NOT NULL, region TEXT NOT NULL, polygon TEXT, PRIMARY KEY (part_id, number)) WITHOUT ROWID"
    )
    tables.conn.execute(
        "CREATE TABLE hourly (hour INTEGER NOT NULL, recipe_id INTEGER NOT NULL REFERENCES recipes,"
        " verdict TEXT NOT NULL, reason TEXT NOT NULL, label TEXT NOT NULL, parts INTEGER NOT NULL,"
        " PRIMARY KEY (hour, recipe_id, verdict, reason, label)) WITHOUT ROWID"
    )


@migrations(name="0002_people")
def _people(tables: Tables) -> None:
    tables.conn.execute(
        "CREATE TABLE overrides (id INTEGER PRIMARY KEY, part_id INTEGER NOT NULL REFERENCES inspections,"
        " disposition TEXT NOT NULL, operator TEXT NOT NULL, decided_at_ms INTEGER NOT NULL, reason TEXT NOT NULL,"
        " label TEXT NOT NULL, marks TEXT NOT NULL, undoes INTEGER REFERENCES overrides, viewed_ms INTEGER NOT NULL)"
    )
    tables.conn.execute("CREATE INDEX overrides_part ON overrides (part_id)")
    tables.conn.execute(
        "CREATE TABLE audit (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, actor TEXT NOT NULL,"
        " action TEXT NOT NULL, subject TEXT NOT NULL, details TEXT NOT NULL, sha256 TEXT NOT NULL)"
    )


@migrations(name="0003_images")
def _images(tables: Tables) -> None:
    tables.conn.execute(
        "CREATE TABLE images (part_id INTEGER NOT NULL REFERENCES inspections, camera_id TEXT NOT NULL,"
        " sha256 TEXT NOT NULL, path TEXT NOT NULL, bytes INTEGER NOT NULL, state TEXT NOT NULL,"
        " is_evidence INTEGER NOT NULL, PRIMARY KEY (part_id, camera_id)) WITHOUT ROWID"
    )
    tables.conn.execute("CREATE INDEX images_to_shed ON images (part_id) WHERE state = 'stored' AND is_evidence = 0")


@migrations(name="0004_append_only")
def _append_only(tables: Tables) -> None:
    refuse_changes(tables, _APPEND_ONLY_SINCE_4)


@migrations(name="0005_shared_files")
def _shared_files(tables: Tables) -> None:
    # By path, which begins with the hour: new entries lie together, which those of a hash would not.
    tables.conn.execute("CREATE INDEX images_path ON images (path, bytes) WHERE state = 'stored'")


@migrations(name="0006_marked_camera")
def _marked_camera(tables: Tables) -> None:
    # Of decisions before this version nobody knows it: lines had one camera on the screen then.
    tables.conn.execute("ALTER TABLE overrides ADD COLUMN camera_id TEXT NOT NULL DEFAULT ''")


@migrations(name="0007_rolls")
def _rolls(tables: Tables) -> None:
    tables.conn.execute(
        "CREATE TABLE stretches (part_id INTEGER PRIMARY KEY REFERENCES inspections, roll TEXT NOT NULL,"
        " number INTEGER NOT NULL, roll_line INTEGER NOT NULL, first_line INTEGER NOT NULL, end_line INTEGER NOT NULL,"
        " from_metres REAL NOT NULL, to_metres REAL NOT NULL, missing_lines INTEGER NOT NULL)"
    )
    tables.conn.execute("CREATE INDEX stretches_roll ON stretches (roll, part_id)")
    tables.conn.execute(
        "CREATE TABLE web_defects (part_id INTEGER NOT NULL REFERENCES stretches, number INTEGER NOT NULL,"
        " label TEXT NOT NULL, score REAL NOT NULL, at_metres REAL NOT NULL, length_mm REAL NOT NULL,"
        " left_mm REAL NOT NULL, width_mm REAL NOT NULL, PRIMARY KEY (part_id, number)) WITHOUT ROWID"
    )
    refuse_changes(tables, _APPEND_ONLY_SINCE_7)

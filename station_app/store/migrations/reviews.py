"""Blind samples, reviews, and what is kept beside them so that no queue and no estimate has to search the records."""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations, refuse_changes

APPEND_ONLY = ("sampling_plans", "samples", "near_parts", "reviews", "review_undos", "suspects")


@migrations(name="0010_reviews")
def _reviews(tables: Tables) -> None:
    for statement in (*_SAMPLES, *_PEOPLE, *_STANDING, *_SIZES, *_BACKLOG):
        tables.conn.execute(statement)
    refuse_changes(tables, APPEND_ONLY)


_SAMPLES = (
    (
        "CREATE TABLE sampling_plans (id INTEGER PRIMARY KEY, first_part INTEGER NOT NULL, made_at_ms INTEGER NOT NULL,"
        " seed_sha256 TEXT NOT NULL, body TEXT NOT NULL)"
    ),
    (
        "CREATE TABLE samples (part_id INTEGER PRIMARY KEY REFERENCES inspections, is_rejected INTEGER NOT NULL,"
        " stratum INTEGER NOT NULL, probability REAL NOT NULL, needed INTEGER NOT NULL, rank INTEGER NOT NULL,"
        " is_seeded INTEGER NOT NULL)"
    ),
    "CREATE TABLE near_parts (part_id INTEGER PRIMARY KEY REFERENCES inspections)",
    # A quarter of an hour: shifts begin at half past, and some zones lie three quarters of an hour beside the others.
    (
        "CREATE TABLE sample_counts (quarter INTEGER NOT NULL, recipe_id INTEGER NOT NULL REFERENCES recipes,"
        " is_rejected INTEGER NOT NULL, stratum INTEGER NOT NULL, probability REAL NOT NULL, parts INTEGER NOT NULL,"
        " drawn INTEGER NOT NULL, reviewed INTEGER NOT NULL, found INTEGER NOT NULL,"
        " PRIMARY KEY (is_rejected, quarter, recipe_id, stratum, probability)) WITHOUT ROWID"
    ),
)

_PEOPLE = (
    # `part_id` is NULL where a known-bad image was shown instead of a part: then `seed` names it.
    (
        "CREATE TABLE reviews (id INTEGER PRIMARY KEY, part_id INTEGER REFERENCES inspections, queue TEXT NOT NULL,"
        " answer TEXT NOT NULL, reviewer TEXT NOT NULL, reviewed_at_ms INTEGER NOT NULL, is_blind INTEGER NOT NULL,"
        " label TEXT NOT NULL, severity TEXT, comment TEXT NOT NULL, drawn TEXT NOT NULL, viewed_ms INTEGER NOT NULL,"
        " is_adjudication INTEGER NOT NULL, seed TEXT NOT NULL, CHECK ((part_id IS NULL) = (seed <> '')))"
    ),
    "CREATE INDEX reviews_part ON reviews (part_id) WHERE part_id IS NOT NULL",
    "CREATE INDEX reviews_reviewer ON reviews (reviewer, reviewed_at_ms)",
    "CREATE INDEX reviews_seed ON reviews (reviewer, seed) WHERE seed <> ''",
    (
        "CREATE TABLE review_undos (review_id INTEGER PRIMARY KEY REFERENCES reviews, reviewer TEXT NOT NULL,"
        " undone_at_ms INTEGER NOT NULL)"
    ),
    # `after_review` is the last review of all when it was marked: only a later one is an answer to the mark.
    (
        "CREATE TABLE suspects (id INTEGER PRIMARY KEY, part_id INTEGER NOT NULL REFERENCES inspections,"
        " reason TEXT NOT NULL, marked_by TEXT NOT NULL, marked_at_ms INTEGER NOT NULL, after_review INTEGER NOT NULL)"
    ),
    "CREATE INDEX suspects_part ON suspects (part_id)",
)

# What follows from the records above and is written anew with them, part by part.
_STANDING = (
    (
        "CREATE TABLE waiting (queue TEXT NOT NULL, rank INTEGER NOT NULL, part_id INTEGER NOT NULL,"
        " inspected_at_ms INTEGER NOT NULL, is_seeded INTEGER NOT NULL, PRIMARY KEY (queue, rank, part_id))"
        " WITHOUT ROWID"
    ),
    "CREATE UNIQUE INDEX waiting_part ON waiting (part_id)",
    "CREATE INDEX waiting_since ON waiting (queue, inspected_at_ms)",
    "CREATE INDEX waiting_seeded ON waiting (rank) WHERE is_seeded = 1",
    (
        "CREATE TABLE barred (queue TEXT NOT NULL, person TEXT NOT NULL, part_id INTEGER NOT NULL,"
        " PRIMARY KEY (person, queue, part_id)) WITHOUT ROWID"
    ),
    "CREATE INDEX barred_part ON barred (part_id)",
    (
        "CREATE TABLE settled (part_id INTEGER PRIMARY KEY REFERENCES inspections, recipe_id INTEGER NOT NULL,"
        " answer TEXT NOT NULL)"
    ),
    "CREATE INDEX settled_answer ON settled (answer, part_id, recipe_id)",
)

_SIZES = (
    "CREATE TABLE queue_sizes (queue TEXT PRIMARY KEY, waiting INTEGER NOT NULL) WITHOUT ROWID",
    (
        "CREATE TRIGGER waiting_one_more AFTER INSERT ON waiting BEGIN INSERT INTO queue_sizes VALUES (new.queue, 1)"
        " ON CONFLICT (queue) DO UPDATE SET waiting = waiting + 1; END"
    ),
    (
        "CREATE TRIGGER waiting_one_less AFTER DELETE ON waiting BEGIN"
        " UPDATE queue_sizes SET waiting = waiting - 1 WHERE queue = old.queue; END"
    ),
)

# People's decisions from before there were reviews wait for one. Other parts of that time do not: nobody could ever
# work through years of them.
_BACKLOG = (
    (
        "INSERT INTO waiting SELECT CASE o.disposition WHEN 'unsure' THEN 'unsure' ELSE 'overrides' END, o.part_id,"
        " o.part_id, i.inspected_at_ms, 0 FROM overrides o JOIN inspections i ON i.part_id = o.part_id WHERE o.id IN ("
        " SELECT max(id) FROM overrides WHERE disposition <> 'undo'"
        " AND id NOT IN (SELECT undoes FROM overrides WHERE undoes IS NOT NULL) GROUP BY part_id)"
        " AND o.disposition IN ('unsure', 'false_reject', 'missed_defect')"
    ),
    (
        "INSERT INTO waiting SELECT 'no_result', -part_id, part_id, inspected_at_ms, 0 FROM inspections"
        " WHERE verdict = 'NO_RESULT' AND part_id IN (SELECT part_id FROM overrides)"
        " AND part_id NOT IN (SELECT part_id FROM waiting)"
    ),
)

"""The tables that the loader fills, and the views that dashboards read."""

INSPECTION_COLUMNS = (
    *("source", "seq", "plant", "station", "subject", "part_id", "serial", "inspected_at", "lot"),
    *("recipe", "recipe_revision", "recipe_sha256", "models", "verdict", "reason", "label", "score", "scores"),
    *("inspect_ms", "total_ms"),
)
RECORD_COLUMNS = ("source", "seq", "plant", "station", "subject", "kind", "at", "data")

SCHEMA = b"""
CREATE TABLE IF NOT EXISTS loaded_batches (key text PRIMARY KEY, loaded_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS inspections (
    source text NOT NULL, seq bigint NOT NULL, plant text NOT NULL, station text NOT NULL, subject text NOT NULL,
    part_id bigint NOT NULL, serial text NOT NULL, inspected_at timestamptz NOT NULL, lot text NOT NULL,
    recipe text NOT NULL, recipe_revision integer NOT NULL, recipe_sha256 text NOT NULL, models text[] NOT NULL,
    verdict text NOT NULL, reason text, label text, score double precision, scores jsonb NOT NULL,
    inspect_ms double precision NOT NULL, total_ms double precision NOT NULL,
    PRIMARY KEY (source, seq, inspected_at)) PARTITION BY RANGE (inspected_at);
CREATE INDEX IF NOT EXISTS inspections_station ON inspections (station, inspected_at);
CREATE INDEX IF NOT EXISTS inspections_serial ON inspections (serial) WHERE serial <> '';
CREATE INDEX IF NOT EXISTS inspections_subject ON inspections (subject);
CREATE TABLE IF NOT EXISTS records (
    source text NOT NULL, seq bigint NOT NULL, plant text NOT NULL, station text NOT NULL, subject text NOT NULL,
    kind text NOT NULL, at timestamptz NOT NULL, data jsonb NOT NULL, PRIMARY KEY (source, seq));
CREATE INDEX IF NOT EXISTS records_subject ON records (subject);
CREATE INDEX IF NOT EXISTS records_station ON records (station, at);

-- What stands for a part after all that was said at the line: the last decision that nobody took back.
CREATE OR REPLACE VIEW standing_decisions AS
SELECT DISTINCT ON (subject) subject, plant, station, at, data -> 'decision' ->> 'disposition' AS disposition,
       data -> 'decision' ->> 'reason' AS reason, data -> 'prediction' ->> 'verdict' AS verdict,
       data -> 'recipe' ->> 'name' AS recipe
FROM records r
WHERE kind = 'decision' AND data -> 'decision' ->> 'disposition' <> 'undo'
  AND NOT EXISTS (SELECT FROM records u WHERE u.subject = r.subject AND u.kind = 'decision'
                  AND (u.data -> 'decision' ->> 'undoes')::bigint = (r.data -> 'decision' ->> 'id')::bigint)
ORDER BY subject, source DESC, seq DESC;

-- NO_RESULT is in no rate: those parts were not judged. They are counted apart.
CREATE OR REPLACE VIEW station_hours AS
SELECT plant, station, recipe, date_trunc('hour', inspected_at) AS hour, count(*) AS triggers,
       count(*) FILTER (WHERE verdict <> 'NO_RESULT') AS judged,
       count(*) FILTER (WHERE verdict IN ('FAIL', 'REVIEW')) AS rejected,
       count(*) FILTER (WHERE verdict = 'NO_RESULT') AS no_result,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY total_ms) AS p95_ms
FROM inspections GROUP BY 1, 2, 3, 4;
"""


def month_of(inspected_at: str) -> str:
    """`2026-11` of a time in the wire's form. ValueError where it is none."""
    year, month = int(inspected_at[0:4]), int(inspected_at[5:7])
    if not (1970 <= year <= 9998 and 1 <= month <= 12 and inspected_at.endswith("Z")):
        raise ValueError(inspected_at)
    return f"{year:04d}-{month:02d}"


def partition(month: str) -> str:
    """Makes the partition of a month, where it is not there; `month` is as `month_of` gives it."""
    year, number = int(month[:4]), int(month[5:])
    after = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
    return (
        f"CREATE TABLE IF NOT EXISTS inspections_{year:04d}_{number:02d} PARTITION OF inspections"
        f" FOR VALUES FROM ('{month}-01 00:00+00') TO ('{after}-01 00:00+00')"
    )

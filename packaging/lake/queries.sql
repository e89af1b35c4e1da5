-- What a compacted history answers, with DuckDB:
--
--     duckdb -init packaging/lake/queries.sql          (in the folder that holds v1/, or after `CREATE VIEW history ...`)
--
-- Each question stands by itself, between two lines of dashes. NO_RESULT is in no rate: those parts were not judged.
CREATE OR REPLACE VIEW history AS
SELECT * FROM read_parquet('v1/lake/history/plant=*/date=*/*.parquet', hive_partitioning = true);

-- Rejected of the judged parts, and parts without a result of all triggers, by station and day.
SELECT plant, station, inspected_at::DATE AS day, count(*) AS triggers,
       count(*) FILTER (verdict IN ('FAIL', 'REVIEW')) / nullif(count(*) FILTER (verdict <> 'NO_RESULT'), 0) AS rejected,
       count(*) FILTER (verdict = 'NO_RESULT') / count(*) AS no_result
FROM history GROUP BY ALL ORDER BY ALL;

-- The share of rejected parts before and after another model began to judge, by recipe.
SELECT recipe, models[1] AS model, min(inspected_at) AS since, count(*) AS parts,
       count(*) FILTER (verdict IN ('FAIL', 'REVIEW')) / nullif(count(*) FILTER (verdict <> 'NO_RESULT'), 0) AS rejected
FROM history GROUP BY ALL ORDER BY recipe, since;

-- Why parts had no result, by week.
SELECT date_trunc('week', inspected_at) AS week, reason, count(*) AS parts
FROM history WHERE verdict = 'NO_RESULT' GROUP BY ALL ORDER BY week, parts DESC;

-- Which labels reject, by recipe revision.
SELECT recipe, recipe_revision, label, count(*) AS parts, quantile_cont(score, 0.5) AS median_score
FROM history WHERE verdict IN ('FAIL', 'REVIEW') GROUP BY ALL ORDER BY recipe, recipe_revision, parts DESC;

-- The time from trigger to verdict.
SELECT station, inspected_at::DATE AS day, quantile_cont(total_ms, [0.5, 0.95, 0.99]) AS p50_p95_p99_ms
FROM history WHERE verdict <> 'NO_RESULT' GROUP BY ALL ORDER BY ALL;

-- One part, wherever it was inspected.
SELECT station, inspected_at, recipe, verdict, label, score, scores FROM history WHERE serial = 'SN000001';

-- Numbers that have not come, by station and series.
SELECT station, series, max(seq) - count(*) AS missing FROM history GROUP BY ALL HAVING missing > 0;

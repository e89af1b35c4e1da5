"""Batches of the history as one Parquet file, by DuckDB: typed, sorted by station and number, compressed with zstd."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station_app.core.errors import LakeError
from station_app.sync.arrived import BatchName

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KIND = "station.inspection.v1"
MEMORY = "2GB"
_COLUMNS = {
    "source": "VARCHAR",
    "subject": "VARCHAR",
    "type": "VARCHAR",
    "data": (
        'STRUCT(seq BIGINT, part STRUCT(id BIGINT, serial VARCHAR, lot VARCHAR, "group" VARCHAR, inspected_at VARCHAR),'
        " recipe STRUCT(name VARCHAR, revision BIGINT, sha256 VARCHAR),"
        " models STRUCT(camera VARCHAR, package VARCHAR, sha256 VARCHAR)[],"
        " prediction STRUCT(verdict VARCHAR, reason VARCHAR, label VARCHAR, score DOUBLE, scores MAP(VARCHAR, DOUBLE)),"
        " times STRUCT(acquire_ms DOUBLE, queue_ms DOUBLE, inspect_ms DOUBLE, total_ms DOUBLE, code_ms DOUBLE),"
        " app STRUCT(version VARCHAR))"
    ),
}
_ROWS = """
SELECT split_part(source, '/', 5) AS station, split_part(source, '/', 7) AS series, data.seq AS seq, subject,
       data.part.id AS part_id, data.part.serial AS serial, data.part.lot AS lot, data.part."group" AS "group",
       data.part.inspected_at::TIMESTAMP AS inspected_at,
       data.recipe.name AS recipe, data.recipe.revision AS recipe_revision, data.recipe.sha256 AS recipe_sha256,
       list_distinct(list_transform(data.models, lambda model: model.sha256)) AS models,
       data.prediction.verdict AS verdict, data.prediction.reason AS reason, data.prediction.label AS label,
       data.prediction.score AS score, data.prediction.scores AS scores,
       data.times.acquire_ms AS acquire_ms, data.times.queue_ms AS queue_ms, data.times.inspect_ms AS inspect_ms,
       data.times.total_ms AS total_ms, data.times.code_ms AS code_ms, data.app.version AS app_version
FROM lines ORDER BY station, series, seq
"""
_SPANS = """
SELECT parse_filename(filename), min(source), max(source), min(data.seq), max(data.seq), count(*),
       count(DISTINCT data.seq), count(*) FILTER (type = ?) FROM lines GROUP BY ALL
"""


def write_parquet(files: Sequence[tuple[BatchName, Path]], out: Path) -> int:
    """Write all lines of the batches that lie in these files; gives their number. LakeError where a batch holds other
    lines than its name promises."""
    import duckdb

    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(out.parent)}) as engine:
        try:
            engine.execute("CREATE TEMP TABLE lines AS SELECT * FROM ($1)".replace("($1)", _reading(files)))
            rows = _check(engine, files)
            engine.sql(_ROWS).write_parquet(str(out), compression="zstd")
        except duckdb.Error as error:
            first = str(error).strip().splitlines()[0][:300]
            what = f"the batches cannot be made into Parquet: {first}"
            raise LakeError(what, where=files[0][0].key, remedy="see whether a station runs a newer program") from error
    return rows


def _reading(files: Sequence[tuple[BatchName, Path]]) -> str:
    paths = ", ".join(_quoted(str(path)) for _, path in files)
    columns = ", ".join(f"{name}: {_quoted(kind)}" for name, kind in _COLUMNS.items())
    return f"read_json([{paths}], format = 'newline_delimited', columns = {{{columns}}}, filename = true)"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _check(engine: "DuckDBPyConnection", files: Sequence[tuple[BatchName, Path]]) -> int:
    """Every file holds the lines that its name says, each once, and comes from where it lies."""
    told: dict[str, tuple[Any, ...]] = {row[0]: row[1:] for row in engine.execute(_SPANS, [KIND]).fetchall()}
    for batch, path in files:
        lines = batch.last - batch.first + 1
        wanted = (batch.series.source, batch.series.source, batch.first, batch.last, lines, lines, lines)
        if told.get(path.name) != wanted:
            what = "the batch holds other lines than its name says"
            raise LakeError(what, where=batch.key, remedy="find out who wrote it: a station writes under its own name")
    return sum(row[4] for row in told.values())

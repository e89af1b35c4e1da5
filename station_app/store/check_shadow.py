"""Whether the counts of models in shadow, and the verdicts beside them, are those of the records."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from station_app.store.problem import Problem

_COUNTED = "SELECT run, deciding, verdict, count(*) FROM shadow_results GROUP BY 1, 2, 3"
_KEPT = "SELECT run, deciding, verdict, parts FROM shadow_counts"
_STRAYED = (
    "SELECT s.part_id FROM shadow_results s LEFT JOIN inspections i ON i.part_id = s.part_id"
    " WHERE i.part_id IS NULL OR i.verdict <> s.deciding"
)


def differing_shadows(reader: sqlite3.Connection, _: Path) -> Iterator[Problem]:
    """Every run in shadow whose counts differ from its results, and every result beside another verdict than the
    part's."""
    if reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'shadow_results'").fetchone() is None:
        return
    remedy = "call support; the records are right"
    one_way, other_way = f"{_COUNTED} EXCEPT {_KEPT}", f"{_KEPT} EXCEPT {_COUNTED}"
    runs = {row[0] for query in (one_way, other_way) for row in reader.execute(f"SELECT run FROM ({query})")}  # noqa: S608
    for run in sorted(runs):
        yield Problem("the counts of a model in shadow differ from its results", f"station.db, run {run}", remedy)
    for (part_id,) in reader.execute(_STRAYED):
        yield Problem("a result in shadow stands beside another verdict", f"part {part_id}", remedy)

"""A database with parts of known hours, verdicts, scores and decisions."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from station_app.core.inspection import (
    Box,
    CameraRecord,
    Disposition,
    Finding,
    ImageQuality,
    Inspection,
    Override,
    VerdictKind,
)
from station_app.store.connection import open_writer
from station_app.store.inspections import record_inspection
from station_app.store.ledger import DATABASE
from station_app.store.overrides import record_override
from station_app.store.part_figures import HOUR_MS
from station_app.store.schema import prepare_schema
from tests.store.records import MODEL, inspection

FIRST_HOUR = 483_000
"""A whole hour of UTC, early in 2025."""


@contextmanager
def writing(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database of this folder, all in one commit."""
    prepare_schema(folder / DATABASE)
    with closing(open_writer(folder / DATABASE)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")


def part(part_id: int, hour: int, verdict: VerdictKind = VerdictKind.PASS, score: float = 0.1) -> Inspection:
    """A part of the hour so many after the first; its frame is as bright as its score is high."""
    at_ms = (FIRST_HOUR + hour) * HOUR_MS + part_id % 1000
    quality = ImageQuality(100 + 100 * score, 0.01, 0.02, 40 + part_id % 7)
    found = (Finding("dent", score, Box(120, 60, 20, 20), "top", "lid"),) if verdict is VerdictKind.FAIL else ()
    return replace(
        inspection(part_id, verdict),
        inspected_at_ms=at_ms,
        findings=found,
        scores=(("dent", score),),
        cameras=(CameraRecord("top", part_id, "", MODEL, quality),),
    )


def record_hours(connection: sqlite3.Connection, failed: list[int], parts: int = 100, no_result: int = 0) -> None:
    """An hour for each entry: so many judged parts, of which the entry's number fail, and others without result."""
    ids = iter(range(1, 10**9))
    for hour, bad in enumerate(failed):
        for number in range(parts):
            verdict = VerdictKind.FAIL if number < bad else VerdictKind.PASS
            score = 0.9 if number < bad else 0.1 + 0.001 * (number % 50)
            record_inspection(connection, part(next(ids), hour, verdict, score))
        for _ in range(no_result):
            record_inspection(connection, part(next(ids), hour, VerdictKind.NO_RESULT))


def decide(connection: sqlite3.Connection, part_id: int, disposition: Disposition, viewed_ms: int = 2000) -> None:
    at_ms = FIRST_HOUR * HOUR_MS + 5
    record_override(connection, Override(part_id, disposition, "wang", at_ms, viewed_ms=viewed_ms))

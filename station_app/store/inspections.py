"""Inspections in and out of the database. Writes run on the writer thread, inside its transaction."""

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from station_app.core.errors import StorageError
from station_app.core.inspection import (
    Box,
    CameraRecord,
    Finding,
    ImageQuality,
    Inspection,
    NoResultReason,
    StageTimes,
    VerdictKind,
)
from station_app.core.recipe import Recipe, canonical_json
from station_app.store.history_entry import Combination, enter, models_of
from station_app.store.rolls import load_stretch, record_stretch
from station_app.store.rollup_rows import count_part
from station_app.store.sampling import Sampling, record_sample
from station_app.store.text import storable

_HOUR_MS = 3_600_000
_WHOLE = "SELECT i.*, r.name, r.revision, r.sha256 FROM inspections i JOIN recipes r ON r.id = i.recipe_id"
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in (CameraRecord, StageTimes)}


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """One line of a list of inspections."""

    part_id: int
    inspected_at_ms: int
    recipe: str
    verdict: VerdictKind
    reason: NoResultReason | None
    serial: str
    label: str


def register_recipe(connection: sqlite3.Connection, recipe: Recipe) -> None:
    """Keep the whole recipe under its hash, so that an inspection's settings can always be told."""
    connection.execute(
        "INSERT INTO recipes (sha256, name, revision, body) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO UPDATE SET body = excluded.body WHERE body = ''",
        (recipe.sha256, recipe.name, recipe.revision, canonical_json(recipe)),
    )


def record_inspection(connection: sqlite3.Connection, inspection: Inspection, sampling: Sampling | None = None) -> None:
    """Append the inspection and its findings, enter it in the history, add it to all counts, and draw it for the blind
    sample."""
    recipe_id = append_inspection(connection, inspection)
    count_part(connection, inspection, recipe_id)
    record_sample(connection, inspection, recipe_id, sampling)


def append_inspection(connection: sqlite3.Connection, inspection: Inspection) -> int:
    """The record and its entry in the history, without the counts of the charts; gives the id of its recipe."""
    recipe_id = _recipe_id(connection, inspection)
    top = max(inspection.findings, key=lambda finding: finding.score, default=None)
    label = top.label if top is not None else ""
    row = _inspection_row(inspection, recipe_id, label)
    connection.execute("INSERT INTO inspections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    _enter(connection, inspection, recipe_id, label)
    rows = (_finding_row(inspection.part_id, n, finding) for n, finding in enumerate(inspection.findings))
    connection.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if inspection.stretch is not None:
        record_stretch(connection, inspection.part_id, inspection.stretch)
    connection.execute(
        "INSERT INTO hourly VALUES (?, ?, ?, ?, ?, 1)"
        " ON CONFLICT (hour, recipe_id, verdict, reason, label) DO UPDATE SET parts = parts + 1",
        (inspection.inspected_at_ms // _HOUR_MS, recipe_id, inspection.verdict, inspection.reason or "", label),
    )
    return recipe_id


def _enter(connection: sqlite3.Connection, inspection: Inspection, recipe_id: int, label: str) -> None:
    models = models_of(camera.model_hash for camera in inspection.cameras)
    combination = Combination(recipe_id, inspection.verdict, inspection.reason or "", label, models)
    serial, lot = storable(inspection.serial), storable(inspection.lot)
    enter(connection, inspection.part_id, inspection.inspected_at_ms, combination, serial, lot)


def load_inspection(reader: sqlite3.Connection, part_id: int) -> Inspection | None:
    """The whole record of a part, or None where there is none. StorageError where it is damaged."""
    cursor = reader.execute(f"{_WHOLE} WHERE part_id = ?", (part_id,))
    cursor.row_factory = sqlite3.Row
    row = cursor.fetchone()
    if row is None:
        return None
    try:
        inspection = _inspection(row, _findings(reader, part_id))
        is_stretch = json.loads(row["body"]).get("is_stretch", False)
        return replace(inspection, stretch=load_stretch(reader, part_id)) if is_stretch else inspection
    except (ValueError, LookupError, TypeError) as error:
        raise _damaged(part_id) from error


def every_inspection(reader: sqlite3.Connection) -> Iterator[tuple[int, Inspection]]:
    """Every record that can be read, oldest first, without its stretch, each with the id of its recipe; with findings
    where the part was rejected for them."""
    cursor = reader.execute(f"{_WHOLE} ORDER BY part_id")
    cursor.row_factory = sqlite3.Row
    for row in cursor:
        is_clean = row["verdict"] in (VerdictKind.PASS, VerdictKind.NO_RESULT)
        try:
            yield row["recipe_id"], _inspection(row, () if is_clean else _findings(reader, row["part_id"]))
        except (ValueError, LookupError, TypeError):
            continue


def recipe_body(reader: sqlite3.Connection, sha256: str) -> str:
    """All that the recipe of this hash means, as JSON; "" where it was never registered."""
    row = reader.execute("SELECT body FROM recipes WHERE sha256 = ?", (sha256,)).fetchone()
    return "" if row is None else str(row[0])


def recipe_of(reader: sqlite3.Connection, part_id: int) -> int:
    """The id of a recorded part's recipe."""
    row = reader.execute("SELECT recipe_id FROM inspections WHERE part_id = ?", (part_id,)).fetchone()
    return int(row[0])


def _findings(reader: sqlite3.Connection, part_id: int) -> tuple[Finding, ...]:
    cursor = reader.execute("SELECT * FROM findings WHERE part_id = ? ORDER BY number", (part_id,))
    cursor.row_factory = sqlite3.Row
    return tuple(_finding(entry) for entry in cursor)


def _inspection(row: sqlite3.Row, findings: tuple[Finding, ...]) -> Inspection:
    body = json.loads(row["body"])
    return Inspection(
        part_id=row["part_id"],
        inspected_at_ms=row["inspected_at_ms"],
        recipe=row["name"],
        recipe_revision=row["revision"],
        recipe_hash=row["sha256"],
        verdict=VerdictKind(row["verdict"]),
        reason=NoResultReason(row["reason"]) if row["reason"] else None,
        serial=row["serial"],
        detail=row["detail"],
        findings=findings,
        scores=tuple((label, score) for label, score in body["scores"]),
        cameras=tuple(_camera(entry) for entry in body["cameras"]),
        times=StageTimes(**body["times"]),
        lot=row["lot"],
    )


def page(reader: sqlite3.Connection, before: int | None = None, size: int = 50) -> tuple[InspectionRow, ...]:
    """The newest `size` inspections, or those before the part id `before` (keyset paging: never an offset)."""
    return _rows(reader, "i.part_id < ? ORDER BY i.part_id DESC LIMIT ?", (2**62 if before is None else before, size))


def by_serial(reader: sqlite3.Connection, serial: str, size: int = 200) -> tuple[InspectionRow, ...]:
    """The newest inspections of a part with this serial number."""
    where = "i.serial = ? AND i.serial <> '' ORDER BY i.part_id DESC LIMIT ?"
    return _rows(reader, where, (storable(serial), size))


def has_result(reader: sqlite3.Connection, serial: str, before: int = 2**62) -> bool:
    """Whether a part of this serial number, with an id below `before`, was told a result. One without was not
    inspected, and may come again."""
    query = (
        "SELECT part_id, verdict FROM inspections WHERE serial = ? AND serial <> '' AND part_id < ? AND verdict <> ?"
    )
    found = reader.execute(query, (storable(serial), before, VerdictKind.NO_RESULT))
    return any(verdict != VerdictKind.PASS or not withheld_of(reader, (part_id,)) for part_id, verdict in found)


def withheld_of(reader: sqlite3.Connection, part_ids: Iterable[int]) -> frozenset[int]:
    """Those of these parts whose PASS was recorded too late, so that they were told to have no result."""
    subjects = {f"part {part_id}": part_id for part_id in part_ids}
    query = "SELECT subject FROM audit WHERE action = 'pass_withheld' AND subject IN (SELECT value FROM json_each(?))"
    return frozenset(subjects[row[0]] for row in reader.execute(query, (json.dumps(list(subjects)),)))


def by_serial_prefix(reader: sqlite3.Connection, prefix: str, size: int = 50) -> tuple[InspectionRow, ...]:
    """Inspections whose serial number begins so. A range and not LIKE: only this uses the index."""
    where = "i.serial >= ? AND i.serial < ? AND i.serial <> '' ORDER BY i.serial LIMIT ?"
    return _rows(reader, where, (storable(prefix), storable(prefix) + "\U0010ffff", size))


def day_by_verdict(
    reader: sqlite3.Connection, recipe_id: int, verdict: VerdictKind, day_ms: int, size: int = 200
) -> tuple[InspectionRow, ...]:
    """The newest inspections of one recipe and verdict in the 24 hours from `day_ms` (UTC)."""
    where = (
        "i.recipe_id = ? AND i.verdict = ? AND i.inspected_at_ms >= ? AND i.inspected_at_ms < ?"
        " ORDER BY i.inspected_at_ms DESC LIMIT ?"
    )
    return _rows(reader, where, (recipe_id, verdict, day_ms, day_ms + 24 * _HOUR_MS, size))


def _rows(reader: sqlite3.Connection, where: str, values: tuple[object, ...]) -> tuple[InspectionRow, ...]:
    # `where` comes from the constants above; every value is bound.
    query = (
        "SELECT i.part_id, i.inspected_at_ms, r.name, i.verdict, i.reason, i.serial, coalesce(i.label, '')"  # noqa: S608
        f" FROM inspections i JOIN recipes r ON r.id = i.recipe_id WHERE {where}"
    )
    return tuple(_row(*values) for values in reader.execute(query, values))


def _row(part_id: int, at_ms: int, recipe: str, verdict: str, reason: str | None, *texts: str) -> InspectionRow:
    try:
        why = NoResultReason(reason) if reason else None
        return InspectionRow(part_id, at_ms, recipe, VerdictKind(verdict), why, *texts)
    except ValueError as error:
        raise _damaged(part_id) from error


def _damaged(part_id: int) -> StorageError:
    remedy = "run station-app verify, and restore the newest backup"
    return StorageError("the record is damaged", where=f"part {part_id}", remedy=remedy)


def _recipe_id(connection: sqlite3.Connection, inspection: Inspection) -> int:
    query = "SELECT id FROM recipes WHERE sha256 = ?"
    row = connection.execute(query, (inspection.recipe_hash,)).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO recipes (sha256, name, revision) VALUES (?, ?, ?)",
            (inspection.recipe_hash, inspection.recipe, inspection.recipe_revision),
        )
        row = connection.execute(query, (inspection.recipe_hash,)).fetchone()
    return int(row[0])


def _inspection_row(inspection: Inspection, recipe_id: int, label: str) -> tuple[object, ...]:
    body: dict[str, object] = {
        "scores": inspection.scores,
        "cameras": [_members(camera) for camera in inspection.cameras],
        "times": _members(inspection.times),
    }
    # Only there where it is true: what was recorded before there were stretches has no such word.
    body |= {"is_stretch": True} if inspection.stretch is not None else {}
    return (
        inspection.part_id,
        inspection.inspected_at_ms,
        recipe_id,
        inspection.verdict,
        inspection.reason,
        storable(inspection.serial),
        storable(inspection.detail),
        label or None,
        max((score for _, score in inspection.scores), default=None),
        json.dumps(body),
        storable(inspection.lot),
    )


def _members(record: CameraRecord | StageTimes) -> dict[str, object]:
    """By name. `asdict` copies each value as well, which costs more than writing the row."""
    return {name: getattr(record, name) for name in _NAMES[type(record)]}


def _camera(entry: dict[str, object]) -> CameraRecord:
    quality = entry.pop("quality")
    return CameraRecord(quality=ImageQuality(*quality) if quality else None, **entry)  # type: ignore[misc, arg-type]


def _finding_row(part_id: int, number: int, finding: Finding) -> tuple[object, ...]:
    polygon = json.dumps(finding.polygon) if finding.polygon is not None else None
    # SQLite turns NaN into NULL, and the column takes none; as text it stays what the model said.
    score = finding.score if math.isfinite(finding.score) else str(finding.score)
    return (part_id, number, finding.label, score, *finding.box, finding.camera_id, finding.region, polygon)


def _finding(row: sqlite3.Row) -> Finding:
    polygon = tuple((x, y) for x, y in json.loads(row["polygon"])) if row["polygon"] else None
    box = Box(row["x"], row["y"], row["width"], row["height"])
    return Finding(row["label"], float(row["score"]), box, row["camera_id"], row["region"], polygon)

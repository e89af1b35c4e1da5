"""Gathers everything that the records hold of one part, as the members of an evidence pack."""

import json
from dataclasses import asdict, dataclass

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, Pixels
from station_app.reports.drawn_findings import drawn_findings
from station_app.reports.records import Archive
from station_app.store.audit_links import links_about, newest_signed_head
from station_app.store.inspections import load_inspection, recipe_body
from station_app.store.overrides import load_decisions
from station_app.store.png import encode_png
from station_app.store.reviews import review_chain
from station_app.store.rollups import Records


@dataclass(frozen=True, slots=True)
class _Records:
    """What one reading of the database gives."""

    inspection: Inspection
    members: dict[str, bytes]


def gather_evidence(archive: Archive, part_id: int) -> dict[str, bytes]:
    """Names and contents, in the formats that `evidence_pack` describes. StorageError where there is no such part."""
    records = archive.read(lambda reader: _records(reader, part_id))
    images = archive.images(part_id)
    missing = {camera.camera_id for camera in records.inspection.cameras} - {camera_id for camera_id, _ in images}
    told = {**asdict(records.inspection), "cameras_without_stored_image": sorted(missing)}
    pictures = {f"images/{_file_name(camera_id)}.png": encode_png(pixels) for camera_id, pixels in images}
    overlays = {f"overlays/{_file_name(name)}.png": _overlay(records, name, pixels) for name, pixels in images}
    return {**records.members, "part.json": _json(told), **pictures, **overlays}


def _overlay(records: "_Records", camera_id: str, pixels: Pixels) -> bytes:
    return encode_png(drawn_findings(pixels, records.inspection.findings, camera_id))


def _records(reader: Records, part_id: int) -> _Records:
    inspection = load_inspection(reader, part_id)
    if inspection is None:
        remedy = "choose a recorded part"
        raise StorageError("this part has no record", where=f"part {part_id}", remedy=remedy)
    members = {
        "decisions.json": _json([asdict(entry) for entry in load_decisions(reader, part_id)]),
        "reviews.json": _json([asdict(entry) for entry in review_chain(reader, part_id)]),
        "recipe.json": recipe_body(reader, inspection.recipe_hash).encode() or b"{}",
        "audit.json": _json([asdict(link) for link in links_about(reader, f"part {part_id}")]),
        "audit_head.json": newest_signed_head(reader).encode() or b"{}",
    }
    return _Records(inspection, members)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _file_name(camera_id: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in camera_id)

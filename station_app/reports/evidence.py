"""Gathers everything that the records hold of one part, as the members of an evidence pack."""

import json
from dataclasses import asdict, dataclass

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection
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
    names = _file_names([camera_id for camera_id, _ in images])
    members = {**records.members, "part.json": _json(told)}
    for name, (camera_id, pixels) in zip(names, images, strict=True):
        members[f"images/{name}.png"] = encode_png(pixels)
        members[f"overlays/{name}.png"] = encode_png(drawn_findings(pixels, records.inspection.findings, camera_id))
    return members


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


def _file_names(camera_ids: list[str]) -> list[str]:
    """One for each camera, and no two that some file system takes for the same: then one image would be lost."""
    names: list[str] = []
    for camera_id in camera_ids:
        plain = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in camera_id)
        taken = {name.casefold() for name in names}
        endings = ("", *(f"-{number}" for number in range(2, len(camera_ids) + 2)))
        names.append(next(plain + ending for ending in endings if (plain + ending).casefold() not in taken))
    return names

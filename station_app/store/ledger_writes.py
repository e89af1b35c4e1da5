"""What the ledger writes beside the records themselves: each runs on the writer thread, in one transaction."""

import sqlite3

from station_app.core.audit_view import Change
from station_app.core.charts import FrozenLimits, MarkerNote
from station_app.core.inspection import Disposition, Inspection, Override, VerdictKind
from station_app.quality.review_plan import Limits, ReviewPlan
from station_app.store import audit, image_rows
from station_app.store.frozen_limits import record_limits
from station_app.store.image_files import StoredImage
from station_app.store.marker_notes import record_note
from station_app.store.outbox_rows import tell_override
from station_app.store.overrides import record_override, standing_disposition
from station_app.store.part_states import renew_queues
from station_app.store.recovery import record_crashed
from station_app.store.sampling import adopt_plan, recorded_limits


def sum_up(connection: sqlite3.Connection) -> tuple[int, int]:
    """The bytes of all stored images, and the last part id."""
    last = connection.execute("SELECT coalesce(max(part_id), 0) FROM inspections").fetchone()[0]
    return image_rows.stored_bytes(connection), int(last)


def recover(connection: sqlite3.Connection, issued: int) -> tuple[int, ...]:
    """Record the parts that a crash left without a record, and say so; gives their ids."""
    crashed = record_crashed(connection, issued)
    if crashed:
        subject = f"parts {crashed[0]} to {crashed[-1]}"
        audit.append(connection, "station", "recovered_after_crash", subject, f"{len(crashed)} without result")
    return crashed


def write_override(
    connection: sqlite3.Connection, override: Override, undo_within_ms: int | None = None
) -> tuple[int, Disposition | None]:
    """Append a decision with its row in the audit chain; gives its id and what stands now. StorageError where there is
    nothing to decide, or an undo comes later than `undo_within_ms`."""
    before = standing_disposition(connection, override.part_id)
    override_id, standing = record_override(connection, override, undo_within_ms)
    change = Change(str(before or ""), str(standing or ""), override.reason)
    audit.append(connection, override.operator, "override", f"part {override.part_id}", override.disposition, change)
    renew_queues(connection, override.part_id)
    tell_override(connection, override_id, override.part_id, override.disposition)
    return override_id, standing


def write_limits(connection: sqlite3.Connection, limits: FrozenLimits) -> None:
    """Append from which period a chart takes its limits, with its row in the audit chain."""
    record_limits(connection, limits)
    subject = f"chart {limits.chart}, recipe {limits.recipe or 'all'}"
    details = f"UTC ms {limits.from_ms} to {limits.until_ms}: {limits.reason}"
    audit.append(connection, limits.frozen_by, "limits_frozen", subject, details)


def write_note(connection: sqlite3.Connection, note: MarkerNote) -> None:
    """Append what somebody says about a point of a chart, with its row in the audit chain."""
    record_note(connection, note)
    subject = f"chart {note.chart}, recipe {note.recipe or 'all'}"
    audit.append(connection, note.person, "marker_noted", subject, f"UTC ms {note.at_ms}: {note.words}")


def write_image(connection: sqlite3.Connection, inspection: Inspection, camera_id: str, stored: StoredImage) -> int:
    """Say that an image is stored, and whether it is evidence; gives the bytes by which the folder grew."""
    part_id = inspection.part_id
    is_drawn = _has(connection, "SELECT 1 FROM samples WHERE part_id = ?", part_id)
    is_evidence = inspection.verdict is not VerdictKind.PASS or is_drawn or _is_questioned(connection, part_id)
    grown = image_rows.note_image(connection, part_id, camera_id, stored, is_evidence=is_evidence)
    if is_drawn:
        renew_queues(connection, part_id)
    return grown


def _is_questioned(connection: sqlite3.Connection, part_id: int) -> bool:
    """Whether anybody has said more about the part than that the station was right."""
    if standing_disposition(connection, part_id) not in (None, Disposition.AGREE):
        return True
    asked = ("SELECT 1 FROM reviews WHERE part_id = ?", "SELECT 1 FROM suspects WHERE part_id = ?")
    return any(_has(connection, query, part_id) for query in asked)


def _has(connection: sqlite3.Connection, query: str, part_id: int) -> bool:
    return connection.execute(query, (part_id,)).fetchone() is not None


def begin_plan(connection: sqlite3.Connection, secret: str, plan: ReviewPlan, first_part: int) -> dict[str, Limits]:
    """Take the plan of the blind sample from here on; gives the thresholds of the recipes recorded before."""
    adopt_plan(connection, secret, plan, first_part)
    return recorded_limits(connection)

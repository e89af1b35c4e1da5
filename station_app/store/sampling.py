"""Draws parts for the blind sample while they are recorded, in the same transaction.

Nothing here can fail for a reason of its own: the draw is arithmetic that takes any score, so that a record never waits
for it, and never is written without its count.
"""

import json
import sqlite3
import time
from dataclasses import asdict

from station_app.core.inspection import Inspection, VerdictKind
from station_app.core.recipe import Recipe
from station_app.core.review import Queue
from station_app.quality.review_plan import DrawnPart, Limits, ReviewPlan, Scores, is_near, nearness, sample_part
from station_app.store import audit
from station_app.store.outbox_rows import Kind, Priority, tell
from station_app.store.samples import QUARTER_MS
from station_app.store.sampling_secret import fingerprint


class Sampling:
    """The station's secret and plan, and the thresholds of its recipes. Any thread may ask."""

    def __init__(self, secret: str, plan: ReviewPlan, limits: dict[str, Limits] | None = None) -> None:
        """`limits` are those of recipes recorded before, by hash."""
        self._secret = secret
        self._plan = plan
        self._limits = dict(limits or {})

    def learn(self, recipe: Recipe) -> None:
        """Parts of this recipe may come."""
        self._limits[recipe.sha256] = {label: (t.review, t.fail) for label, t in recipe.thresholds}

    def of(self, inspection: Inspection) -> DrawnPart | None:
        """What the plan says of the part; None where it has no result."""
        return self.of_record(inspection.part_id, inspection.verdict, inspection.recipe_hash, inspection.scores)

    def of_record(self, part_id: int, verdict: str, recipe_hash: str, scores: Scores) -> DrawnPart | None:
        """The same of a part on record."""
        if verdict == VerdictKind.NO_RESULT:
            return None
        is_rejected = verdict != VerdictKind.PASS
        closeness = nearness(scores, self._limits.get(recipe_hash, {}), is_rejected=is_rejected)
        return sample_part(self._secret, self._plan, part_id, closeness, is_rejected=is_rejected)

    def is_drawn(self, inspection: Inspection) -> bool:
        """Whether the part is to be reviewed blind: then its images are evidence."""
        drawn = self.of(inspection)
        return drawn is not None and drawn.draw.is_drawn

    def is_near(self, inspection: Inspection) -> bool:
        """Whether a score lies near one of its thresholds."""
        limits = self._limits.get(inspection.recipe_hash, {})
        has_result = inspection.verdict is not VerdictKind.NO_RESULT
        return has_result and is_near(inspection.scores, limits, self._plan.near_band)


def record_sample(
    connection: sqlite3.Connection, inspection: Inspection, recipe_id: int, sampling: Sampling | None
) -> None:
    """Count the part in its stratum, and keep it where it is drawn, near a threshold or without a result."""
    if inspection.verdict is VerdictKind.NO_RESULT:
        _wait(connection, Queue.NO_RESULT, inspection)
        return
    if sampling is None:
        return
    drawn = sampling.of(inspection)
    if drawn is not None:
        _count(connection, inspection, recipe_id, drawn)
    is_drawn, part_id = drawn is not None and drawn.draw.is_drawn, inspection.part_id
    if is_drawn:
        tell(connection, Kind.DRAWN, part_id, part_id, Priority.RANDOM)
    if sampling.is_near(inspection):
        connection.execute("INSERT INTO near_parts VALUES (?)", (part_id,))
        _wait(connection, Queue.NEAR, inspection)
        if not is_drawn:
            tell(connection, Kind.NEAR, part_id, part_id, Priority.NEAR)


def adopt_plan(connection: sqlite3.Connection, secret: str, plan: ReviewPlan, first_part: int) -> None:
    """Note the plan that holds from `first_part` on, where it or the secret is another than before."""
    body = json.dumps(asdict(plan), sort_keys=True)
    now = (fingerprint(secret), body)
    before = connection.execute("SELECT seed_sha256, body FROM sampling_plans ORDER BY id DESC LIMIT 1").fetchone()
    if before is not None and tuple(before) == now:
        return
    row = (first_part, time.time_ns() // 1_000_000, *now)
    connection.execute(
        "INSERT INTO sampling_plans (first_part, made_at_ms, seed_sha256, body) VALUES (?, ?, ?, ?)", row
    )
    details = f"{before[1] if before else 'none'} -> {body}"
    if before is not None and before[0] != now[0]:
        details += ", with a new secret"
    audit.append(connection, "station", "sampling_plan", f"from part {first_part}", details)


def recorded_limits(reader: sqlite3.Connection) -> dict[str, Limits]:
    """The thresholds of every recipe whose text is recorded, by hash. One whose text is damaged has none."""
    bodies = reader.execute("SELECT sha256, body FROM recipes WHERE body <> ''")
    return {sha256: _limits(body) for sha256, body in bodies}


def _limits(body: str) -> Limits:
    try:
        return {label: (float(t["review"]), float(t["fail"])) for label, t in json.loads(body)["thresholds"]}
    except (ValueError, KeyError, TypeError):
        return {}


def _count(connection: sqlite3.Connection, inspection: Inspection, recipe_id: int, drawn: DrawnPart) -> None:
    place = (drawn.is_rejected, drawn.draw.stratum, drawn.draw.probability)
    quarter = inspection.inspected_at_ms // QUARTER_MS
    connection.execute(
        "INSERT INTO sample_counts VALUES (?, ?, ?, ?, ?, 1, ?, 0, 0)"
        " ON CONFLICT (quarter, recipe_id, is_rejected, stratum, probability)"
        " DO UPDATE SET parts = parts + 1, drawn = drawn + excluded.drawn",
        (quarter, recipe_id, *place, drawn.draw.is_drawn),
    )
    if drawn.draw.is_drawn:
        row = (inspection.part_id, *place, drawn.needed, drawn.rank, drawn.is_seeded)
        connection.execute("INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _wait(connection: sqlite3.Connection, queue: Queue, inspection: Inspection) -> None:
    """Of a part that nobody can have said anything about: both queues begin with the newest."""
    row = (queue, -inspection.part_id, inspection.part_id, inspection.inspected_at_ms)
    connection.execute("INSERT INTO waiting VALUES (?, ?, ?, ?, 0)", row)

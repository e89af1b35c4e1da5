"""A line whose parts are drawn and reviewed, on a database in memory."""

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from station_app.core.inspection import Disposition, Inspection, NoResultReason, Override, VerdictKind
from station_app.core.review import Answer, Queue, QueuedPart, Review
from station_app.quality.review_plan import ReviewPlan
from station_app.store.image_files import StoredImage
from station_app.store.image_rows import note_image
from station_app.store.inspections import record_inspection, register_recipe
from station_app.store.overrides import record_override
from station_app.store.part_states import renew_queues
from station_app.store.review_queues import queue_counts, queue_page
from station_app.store.review_writing import mark_suspect, record_review, undo_review
from station_app.store.sampling import Sampling, adopt_plan
from tests.store.records import RECIPE, inspection

SECRET = "5" * 64
EVERY = ReviewPlan((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), second_share=0.0, seeded_share=0.0, near_band=0.01)
"""Every part is drawn, one person judges each, no known-bad image comes between."""
NONE = replace(EVERY, passed=(1e-9, 1e-9, 1e-9), rejected=(1e-9, 1e-9, 1e-9))
START_MS = 1_700_000_000_000


@dataclass
class ReviewedLine:
    """Records as the ledger does, one call a transaction. `clock_ms` is the time of the next part and review."""

    connection: sqlite3.Connection
    plan: ReviewPlan = EVERY
    secret: str = SECRET
    clock_ms: int = START_MS

    def __post_init__(self) -> None:
        register_recipe(self.connection, RECIPE)
        self.sampling = Sampling(self.secret, self.plan)
        self.sampling.learn(RECIPE)
        self.follow(self.plan, first_part=1)

    def follow(self, plan: ReviewPlan, first_part: int) -> None:
        self.plan = plan
        self.sampling = Sampling(self.secret, plan)
        self.sampling.learn(RECIPE)
        adopt_plan(self.connection, self.secret, plan, first_part)

    def inspect(
        self, part_id: int, score: float = 0.1, *, has_result: bool = True, has_image: bool = True, minutes: int = 1
    ) -> Inspection:
        self.clock_ms += minutes * 60_000
        made = replace(
            inspection(part_id),
            inspected_at_ms=self.clock_ms,
            verdict=verdict_of(score) if has_result else VerdictKind.NO_RESULT,
            reason=None if has_result else NoResultReason.LATE,
            scores=(("scratch", score),),
        )
        self.record(made)
        if has_image:
            self.store_image(part_id)
        return made

    def record(self, made: Inspection) -> None:
        record_inspection(self.connection, made, self.sampling)

    def store_image(self, part_id: int) -> None:
        stored = StoredImage(f"{part_id:064d}", f"{part_id}.tif", 1)
        note_image(self.connection, part_id, "top", stored, is_evidence=True)
        renew_queues(self.connection, part_id)

    def review(
        self, part_id: int, answer: Answer, reviewer: str = "li", queue: Queue = Queue.BLIND, **more: Any
    ) -> int:
        self.clock_ms += 1
        said = Review(part_id, queue, answer, reviewer, self.clock_ms, is_blind=queue is Queue.BLIND)
        return record_review(self.connection, replace(said, **more))[0]

    def answer(self, queued: QueuedPart, answer: Answer, reviewer: str = "li") -> int:
        return self.review(0 if queued.seed else queued.part_id, answer, reviewer, queued.queue, seed=queued.seed)

    def undo(self, review_id: int, reviewer: str = "li") -> None:
        undo_review(self.connection, review_id, reviewer)

    def override(self, part_id: int, disposition: Disposition, operator: str = "wang") -> None:
        record_override(self.connection, Override(part_id, disposition, operator, self.clock_ms))
        renew_queues(self.connection, part_id)

    def suspect(self, part_id: int, person: str = "zhao") -> None:
        mark_suspect(self.connection, part_id, "looks odd", person)

    def page(self, queue: Queue, reviewer: str = "li") -> list[int]:
        return [queued.part_id for queued in queue_page(self.connection, queue, reviewer)]

    def counts(self, reviewer: str = "li") -> dict[Queue, int]:
        return {count.queue: count.waiting for count in queue_counts(self.connection, reviewer)}


def verdict_of(score: float) -> VerdictKind:
    """What the recipe of the tests says of a score."""
    limits = RECIPE.labels["scratch"]
    if score < limits.review:
        return VerdictKind.PASS
    return VerdictKind.REVIEW if score < limits.fail else VerdictKind.FAIL

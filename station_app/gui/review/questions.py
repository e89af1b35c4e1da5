"""What the review screen asks of the records: run by the reader, off the GUI thread. No Qt, no SQL."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np

from station_app.core.inspection import Pixels
from station_app.core.review import Answer, Queue, QueueCount, QueuedPart
from station_app.gui.frames import StoredFrame
from station_app.gui.link import PartArchive
from station_app.gui.review.facts import PartFacts
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.kappa import cohen_kappa, cross_table
from station_app.store.inspections import load_inspection
from station_app.store.review_queues import queue_counts, queue_page
from station_app.store.reviews import SessionAgreement, reviews_of, session_agreement
from station_app.store.said_before import standing_override, thresholds_of

PAGE = 100


class Asked(StrEnum):
    """The kinds of questions; of each the newest counts."""

    COUNTS = "counts"
    PAGE = "page"
    FRAMES = "frames"
    AHEAD = "ahead"
    FACTS = "facts"
    AGREEMENT = "agreement"
    NEAR = "near"
    COMPARED = "compared"


@dataclass(frozen=True, slots=True)
class PageRead:
    """The parts that wait in a queue for a reviewer."""

    queue: Queue
    reviewer: str
    parts: tuple[QueuedPart, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FramesRead:
    """The images of a part, by camera."""

    part: QueuedPart
    frames: tuple[StoredFrame, ...]


@dataclass(frozen=True, slots=True)
class FactsRead:
    """What the records know of a part."""

    part: QueuedPart
    facts: PartFacts


def counts(archive: PartArchive, reviewer: str) -> tuple[QueueCount, ...]:
    return archive.read(partial(queue_counts, reviewer=reviewer))


def page(archive: PartArchive, queue: Queue, reviewer: str) -> PageRead:
    parts = archive.read(partial(queue_page, queue=queue, reviewer=reviewer, size=PAGE))
    return PageRead(queue, reviewer, parts)


def frames(archive: PartArchive, part: QueuedPart) -> FramesRead:
    """In the order of the cameras' names, which tells nothing."""
    stored = sorted(archive.images(part.part_id), key=_camera)
    return FramesRead(part, tuple(StoredFrame(camera_id, pixels) for camera_id, pixels in stored))


def facts(archive: PartArchive, part: QueuedPart, *, has_reviews: bool) -> FactsRead:
    """Without the reviewers' answers unless they may be seen."""

    def load(reader: sqlite3.Connection) -> PartFacts:
        inspection = load_inspection(reader, part.part_id)
        return PartFacts(
            inspection=inspection,
            override=standing_override(reader, part.part_id),
            reviews=reviews_of(reader, part.part_id) if has_reviews else None,
            thresholds=thresholds_of(reader, inspection.recipe_hash) if inspection is not None else (),
            is_seed=bool(part.seed),
        )

    return FactsRead(part, archive.read(load))


def agreement(archive: PartArchive, reviewer: str, since_ms: int) -> Estimate | CannotSay:
    """Cohen's kappa of what the reviewer has answered since then against the others' answers."""
    return kappa_of(archive.read(partial(session_agreement, reviewer=reviewer, since_ms=since_ms)))


def kappa_of(session: SessionAgreement) -> Estimate | CannotSay:
    own, other = (np.array([pair[i] is Answer.BAD for pair in session.pairs], np.bool_) for i in (0, 1))
    return cohen_kappa(cross_table(own, other))


def _camera(entry: tuple[str, Pixels]) -> str:
    return entry[0]

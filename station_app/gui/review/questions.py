"""What the review screen asks of the records: run by the reader, off the GUI thread. No SQL."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np
from PySide6.QtGui import QImage

from station_app.core.inspection import Pixels
from station_app.core.review import Answer, Queue, QueueCount, QueuedPart
from station_app.gui.frames import StoredFrame
from station_app.gui.link import PartArchive
from station_app.gui.review.facts import PartFacts
from station_app.gui.review.near_strip import EACH, NearPart
from station_app.gui.scaling import shrink
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.kappa import cohen_kappa, cross_table
from station_app.store.inspections import load_inspection
from station_app.store.known_parts import known_of_recipe
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


@dataclass(frozen=True, slots=True, eq=False)
class NearRead:
    """Parts to compare with, and whether they are the nearest ones; those of a hidden part are only known ones."""

    part: QueuedPart
    parts: tuple[NearPart, ...]
    are_nearest: bool


@dataclass(frozen=True, slots=True, eq=False)
class ComparedRead:
    """The images of the part to compare with."""

    part_id: int
    frames: tuple[StoredFrame, ...]


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
    here = part.part_id
    inspection = archive.read(partial(load_inspection, part_id=here))
    judged_by = inspection.recipe_hash if inspection is not None else ""
    said = PartFacts(
        inspection=inspection,
        override=archive.read(partial(standing_override, part_id=here)),
        reviews=archive.read(partial(reviews_of, part_id=here)) if has_reviews else None,
        thresholds=archive.read(partial(thresholds_of, recipe_hash=judged_by)),
        is_seed=bool(part.seed),
    )
    return FactsRead(part, said)


def near(archive: PartArchive, part: QueuedPart, *, is_hidden: bool, tile_px: int) -> NearRead:
    """The nearest known parts. How near a part is hangs on its scores as well: while those must not be known, the
    newest known parts of its recipe stand there instead, whatever the part is like."""
    if is_hidden:
        good, bad = (_newest_known(archive, part, answer) for answer in (Answer.GOOD, Answer.BAD))
    else:
        nearest = archive.nearest_known(part.part_id, EACH)
        good, bad = (tuple(entry.part_id for entry in side) for side in (nearest.good, nearest.bad))
    found = [(part_id, True) for part_id in good] + [(part_id, False) for part_id in bad]
    parts = (NearPart(part_id, is_good, _small(archive, part_id, tile_px)) for part_id, is_good in found)
    return NearRead(part, tuple(parts), not is_hidden)


def compared(archive: PartArchive, part_id: int) -> ComparedRead:
    stored = archive.images(part_id)
    return ComparedRead(part_id, tuple(StoredFrame(camera_id, pixels) for camera_id, pixels in stored))


def _newest_known(archive: PartArchive, part: QueuedPart, answer: Answer) -> tuple[int, ...]:
    """Without the part itself: another reviewer may have settled it, and a known bad part is one of them."""
    known = partial(known_of_recipe, recipe=part.recipe, answer=answer, size=EACH + 1)
    return tuple(part_id for part_id in archive.read(known) if part_id != part.part_id)[:EACH]


def _small(archive: PartArchive, part_id: int, tile_px: int) -> QImage | None:
    pixels = archive.thumbnail(part_id)
    return None if pixels is None else shrink(pixels, tile_px)


def agreement(archive: PartArchive, reviewer: str, since_ms: int) -> Estimate | CannotSay:
    """Cohen's kappa of what the reviewer has answered since then against the others' answers."""
    return kappa_of(archive.read(partial(session_agreement, reviewer=reviewer, since_ms=since_ms)))


def kappa_of(session: SessionAgreement) -> Estimate | CannotSay:
    own, other = (np.array([pair[i] is Answer.BAD for pair in session.pairs], np.bool_) for i in (0, 1))
    return cohen_kappa(cross_table(own, other))


def _camera(entry: tuple[str, Pixels]) -> str:
    return entry[0]

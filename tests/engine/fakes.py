"""A camera and a ledger that obey a test, and an ear for the engine's events."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from enum import Enum, auto
from typing import TypeVar

import numpy as np
import pytest

from station_app.core.audit_view import NO_CHANGE, Change
from station_app.core.charts import FrozenLimits, MarkerNote
from station_app.core.errors import CameraError, StorageError
from station_app.core.inspection import (
    Disposition,
    FrameStamp,
    Inspection,
    NoResultReason,
    Override,
    PixelFormat,
    Pixels,
    VerdictKind,
)
from station_app.core.messages import Event, PartInspected
from station_app.core.recipe import Recipe
from station_app.core.reference import PartPlaced
from station_app.core.review import Review
from station_app.core.shadow import ShadowPair, ShadowResult
from station_app.core.study import ShowingAnswer, StudyClosing, StudyCount, StudyDraft
from station_app.core.trial_record import TrialAsked, TrialRecord
from station_app.devices.camera import CameraInfo, FeatureValue

PATIENCE_S = 20.0
"""How long a test waits for what must happen; only a failing test waits so long."""

E = TypeVar("E")

GOOD, DOUBTFUL, BAD = 60, 120, 200
"""Grey levels that the model of these tests scores as PASS, REVIEW and FAIL."""
SHAPE = (48, 64)


class Misdeed(Enum):
    """What a camera does instead of delivering a frame. HANGING: `fill` ignores its time-out until `free` is set."""

    LOST = auto()
    GONE = auto()
    TORN = auto()
    HANGING = auto()
    BROKEN = auto()


class PartCamera:
    """Software-triggered. `greys` and `misdeeds` say what the exposure with that number, from 0, is like, `glare`
    which ones have a white pixel, `marks` what is printed at their top left."""

    def __init__(self, serial: str = "A1", shape: tuple[int, ...] = SHAPE) -> None:
        self.serial = serial
        self.shape = shape
        self.greys: dict[int, int] = {}
        self.misdeeds: dict[int, Misdeed] = {}
        self.glare: set[int] = set()
        self.free = threading.Event()
        self.hanging = threading.Event()
        self.refuses_to: set[str] = set()
        self.calls: list[str] = []
        self.stamp_shape: tuple[int, ...] | None = None
        self.number = -1
        self.marks: dict[int, Pixels] = {}

    def open(self) -> CameraInfo:
        self._note("open")
        return CameraInfo(self.serial, "fake", self.shape, PixelFormat.MONO8)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        self._note("apply")
        return settings

    def start(self) -> None:
        self._note("start")

    def trigger(self) -> None:
        self.number += 1
        if self.misdeeds.get(self.number) is Misdeed.GONE:
            raise CameraError("the camera does not answer", where=self.serial, remedy="plug it in")

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        misdeed = self.misdeeds.get(self.number)
        if misdeed is Misdeed.LOST:
            return None
        if misdeed is Misdeed.BROKEN:
            raise ZeroDivisionError("a bug in the driver")
        if misdeed is Misdeed.HANGING:
            self.hanging.set()
            self.free.wait(PATIENCE_S)
        buffer[...] = noisy(self.greys.get(self.number, GOOD), self.shape, self.number)
        if self.number in self.glare:
            buffer[0, 0] = 255
        mark = self.marks.get(self.number)
        if mark is not None:
            buffer[: mark.shape[0], : mark.shape[1]] = mark
        is_whole = misdeed is not Misdeed.TORN
        return FrameStamp(self.number, time.monotonic_ns(), is_complete=is_whole, shape=self.stamp_shape)

    def is_alive(self) -> bool:
        return True

    def stop(self) -> None:
        self._note("stop")

    def close(self) -> None:
        self._note("close")

    def _note(self, call: str) -> None:
        self.calls.append(call)
        if call in self.refuses_to:
            raise CameraError(f"the camera refuses to {call}", where=self.serial, remedy="plug it in")


def noisy(grey: int, shape: tuple[int, ...] = SHAPE, seed: int = 0) -> Pixels:
    """A frame of this grey level, unlike every other."""
    noise = np.random.default_rng(seed).integers(-3, 4, shape)
    return np.asarray(grey + noise, np.uint8)


class FakeShadowLedger:
    """What models in shadow said; `record` is what the records say of the trial."""

    def __init__(self, answer: Callable[[Callable[[], None]], Future[None]]) -> None:
        self._answer = answer
        self.results: list[ShadowResult] = []
        self.dropped = 0
        self.record = TrialRecord()
        self.asked: list[TrialAsked] = []

    def note(self, result: ShadowResult) -> Future[None]:
        return self._answer(lambda: self.results.append(result))

    def note_dropped(self, pair: ShadowPair, parts: int) -> Future[None]:
        def count() -> None:
            self.dropped += parts

        return self._answer(count)

    def trial_record(self, asked: TrialAsked) -> TrialRecord:
        self.asked.append(asked)
        return self.record


class FakeLedger:
    """Records in memory. `refusal` fails what it is asked for; while `is_held`, answers wait for `let_go`."""

    def __init__(self) -> None:
        self.records: dict[int, Inspection] = {}
        self.order: list[int] = []
        self.asked: list[int] = []
        self.registered: list[Recipe] = []
        self.issued: list[int] = []
        self.lots: list[str] = []
        self.placed: list[PartPlaced] = []
        self.audits: list[tuple[str, str, str, str]] = []
        self.changes: list[Change] = []
        self.heads: list[int] = []
        self.head_refusal: StorageError | None = None
        self.audit_refusal: StorageError | None = None
        self.overrides: list[Override] = []
        self.frozen: list[FrozenLimits] = []
        self.notes: list[MarkerNote] = []
        self.drifted: dict[str, tuple[str, ...]] = {}
        self.drift_asked: list[str] = []
        self.drift_refusal: StorageError | None = None
        self.reviews: list[Review] = []
        self.studies: list[StudyDraft] = []
        self.shadow = FakeShadowLedger(self._answer)
        self.answers: list[ShowingAnswer] = []
        self.closings: list[StudyClosing] = []
        self.suspects: list[tuple[int, str, str]] = []
        self.wanted: set[int] = set()
        self.images: list[tuple[int, str, Pixels]] = []
        self.thumbnails: list[int] = []
        self.refusal: Exception | None = None
        self.image_refusal: StorageError | None = None
        self.thumbnail_refusal: StorageError | None = None
        self.is_full = False
        self.undo_within_ms: int | None = None
        self.is_held = False
        self._held: list[Callable[[], None]] = []
        self._lock = threading.RLock()

    def next_part_id(self) -> int:
        return 1

    def has_result(self, serial: str) -> bool:
        if isinstance(self.refusal, StorageError):
            raise self.refusal
        return any(i.serial == serial and i.verdict is not VerdictKind.NO_RESULT for i in self.records.values())

    def issue(self, part_id: int) -> None:
        self.issued.append(part_id)
        if isinstance(self.refusal, StorageError):
            raise self.refusal

    def register(self, recipe: Recipe) -> Future[None]:
        return self._answer(lambda: self.registered.append(recipe))

    def record(self, inspection: Inspection) -> Future[None]:
        self.asked.append(inspection.part_id)
        return self._answer(lambda: self._append(inspection))

    def place(self, placed: Sequence[PartPlaced]) -> Future[tuple[PartPlaced, ...]]:
        return self._answer(lambda: self._place(placed))

    def lot(self) -> str:
        return self.lots[-1] if self.lots else ""

    def change_lot(self, lot: str, operator: str) -> Future[None]:
        return self._answer(lambda: self.lots.append(lot))

    def override(self, override: Override, undo_within_ms: int | None = None) -> Future[tuple[int, Disposition | None]]:
        self.undo_within_ms = undo_within_ms
        return self._answer(lambda: self._decide(override))

    def review(self, review: Review) -> Future[tuple[int, bool]]:
        return self._answer(lambda: self._review(review))

    def undo_review(self, review_id: int, reviewer: str) -> Future[int]:
        return self._answer(lambda: self.reviews[review_id - 1].part_id)

    def mark_suspect(self, part_id: int, reason: str, person: str) -> Future[None]:
        return self._answer(lambda: self.suspects.append((part_id, reason, person)))

    def wants_images(self, inspection: Inspection) -> bool:
        return inspection.part_id in self.wanted

    def freeze_limits(self, limits: FrozenLimits) -> Future[None]:
        return self._answer(lambda: self.frozen.append(limits))

    def note_marker(self, note: MarkerNote) -> Future[None]:
        return self._answer(lambda: self.notes.append(note))

    def drift_signs(self, recipe: str) -> tuple[str, ...]:
        if self.drift_refusal is not None:
            raise self.drift_refusal
        self.drift_asked.append(recipe)
        return self.drifted.get(recipe, ())

    def start_study(self, draft: StudyDraft) -> Future[StudyCount]:
        return self._answer(lambda: self._keep(self.studies, draft, StudyCount(len(self.studies) + 1, 0, 8)))

    def answer_showing(self, answer: ShowingAnswer) -> Future[StudyCount]:
        return self._answer(lambda: self._keep(self.answers, answer, StudyCount(answer.study_id, answer.showing, 8)))

    def close_study(self, closing: StudyClosing) -> Future[StudyCount]:
        return self._answer(lambda: self._keep(self.closings, closing, StudyCount(closing.study_id, 8, 8)))

    def audit(
        self, actor: str, action: str, subject: str, details: str = "", change: Change = NO_CHANGE
    ) -> Future[None]:
        def append() -> None:
            if self.audit_refusal is not None:
                raise self.audit_refusal
            self.audits.append((actor, action, subject, details))
            self.changes.append(change)

        return self._answer(append)

    def sign_head(self) -> None:
        if self.head_refusal is not None:
            raise self.head_refusal
        self.heads.append(len(self.audits))

    def keep_image(self, inspection: Inspection, camera_id: str, pixels: Pixels) -> None:
        if self.image_refusal is not None:
            raise self.image_refusal
        self.images.append((inspection.part_id, camera_id, pixels.copy()))

    def keep_thumbnail(self, part_id: int, pixels: Pixels) -> None:
        if self.thumbnail_refusal is not None:
            raise self.thumbnail_refusal
        self.thumbnails.append(part_id)

    def has_room(self, inspection: Inspection, size: int) -> bool:
        return not self.is_full

    def let_go(self) -> None:
        """Give every answer that was held back."""
        with self._lock:
            self.is_held = False
            held, self._held = self._held, []
        for give in held:
            give()

    def audited(self, action: str) -> list[tuple[str, str, str, str]]:
        return [entry for entry in self.audits if entry[1] == action]

    def _answer(self, deed: Callable[[], E]) -> Future[E]:
        future: Future[E] = Future()

        def give() -> None:
            try:
                with self._lock:
                    if self.refusal is not None:
                        raise self.refusal
                    answer = deed()
            except Exception as error:  # noqa: BLE001 - as the writer thread does: to the caller it goes
                future.set_exception(error)
            else:
                future.set_result(answer)

        with self._lock:
            if self.is_held:
                self._held.append(give)
                return future
        give()
        return future

    def _keep(self, kept: list[E], record: E, count: StudyCount) -> StudyCount:
        kept.append(record)
        return count

    def _place(self, placed: Sequence[PartPlaced]) -> tuple[PartPlaced, ...]:
        self.placed += [entry for entry in placed if entry.part_id in self.records]
        return tuple(entry for entry in placed if entry.part_id not in self.records)

    def _append(self, inspection: Inspection) -> None:
        if inspection.part_id in self.records:
            raise StorageError("the database refuses this record: it is there already")
        self.records[inspection.part_id] = inspection
        self.order.append(inspection.part_id)

    def _review(self, review: Review) -> tuple[int, bool]:
        if not review.seed and review.part_id not in self.records:
            raise StorageError("this part has no record", remedy="choose a recorded part")
        self.reviews.append(review)
        return len(self.reviews), len({said.answer for said in self.reviews if said.part_id == review.part_id}) > 1

    def _decide(self, override: Override) -> tuple[int, Disposition | None]:
        if override.part_id not in self.records:
            raise StorageError("this part has no record", remedy="choose a recorded part")
        self.overrides.append(override)
        standing = None if override.disposition is Disposition.UNDO else override.disposition
        return len(self.overrides), standing


def no_bug(where: str, error: BaseException) -> None:
    """For a thread of which no bug is expected: one fails the test."""
    pytest.fail(f"a bug in {where}: {error!r}")


DISK_FULL = StorageError("the database cannot be used: disk is full", remedy="make room on the disk")


class Heard:
    """Every event that was published, in order, and a way to wait for one. `relay` hears each of them as well."""

    def __init__(self) -> None:
        self.relay: Callable[[Event], None] = self._keep_silent
        self._events: list[Event] = []
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._changed:
            self._events.append(event)
            self._changed.notify_all()
        self.relay(event)

    @staticmethod
    def _keep_silent(event: Event) -> None:
        """Nobody else is to hear."""

    @property
    def events(self) -> tuple[Event, ...]:
        with self._changed:
            return tuple(self._events)

    @property
    def parts(self) -> tuple[PartInspected, ...]:
        return self.of(PartInspected)

    def of(self, kind: type[E]) -> tuple[E, ...]:
        return tuple(event for event in self.events if isinstance(event, kind))

    def wait(self, is_met: Callable[[Sequence[Event]], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: is_met(self._events), PATIENCE_S), "it never came"

    def wait_event(self, event: Event) -> None:
        self.wait(lambda events: event in events)

    def wait_parts(self, count: int) -> tuple[PartInspected, ...]:
        self.wait(lambda events: sum(isinstance(event, PartInspected) for event in events) >= count)
        return self.parts

    def reasons(self) -> dict[int, NoResultReason | None]:
        """Why each part that was told has no result; None where it has one."""
        return {part.part_id: part.reason for part in self.parts}

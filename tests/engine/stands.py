"""Single stages of the line, set up by hand, with parts that pass through them."""

import math
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

from station_app.core.inspection import Box, Finding, Frame, FrameStamp, Pixels
from station_app.core.recipe import Keep
from station_app.engine.admission import Admission
from station_app.engine.books import keep_books
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.frame_pool import FramePool, Lease
from station_app.engine.inspect import Concluded, InspectStage, Waiting
from station_app.engine.part import Part, Shot
from station_app.engine.recorder import Recorded, Recorder
from station_app.engine.settling import PartSettling
from station_app.engine.sides import Side, Sides
from station_app.engine.tally import Tally
from station_app.inference.inspector import Inspector, Reading
from station_app.inference.preparing import Prepared
from station_app.inference.preprocess import measure_quality
from tests.engine.fakes import GOOD, SHAPE, FakeLedger, Heard, noisy
from tests.engine.line import AMPLE_MS, NO_PASSES, make_recipe
from tests.engine.people import crew_setup

HASH = "a" * 64


class NobodyWatches:
    """Wants no frame."""

    def due_s(self, camera_id: str) -> float:
        return math.inf

    def offer(self, frame: Frame, lease: Lease) -> None:
        """Nobody looks."""


class ScriptedInspector:
    """Scores the largest grey level, or does what `deed` does."""

    def __init__(self) -> None:
        self.package = SimpleNamespace(labels=("scratch",))
        self.deed: Callable[[], None] = lambda: None
        self.model_hash = HASH

    def prepare(self, frame: Frame, *_: object) -> Prepared:
        return Prepared(frame.camera_id, measure_quality(frame), (), (frame.pixels,))

    def takes(self, prepared: Prepared) -> bool:
        return True

    def judge(self, prepared: Prepared, *_: object) -> Reading:
        self.deed()
        score = float(prepared.reduced[0].max()) / 255
        findings = (Finding("scratch", score, Box(0, 0, 1, 1), prepared.camera_id),) if score > 0.5 else ()
        return Reading(findings, (("scratch", score),), None, self.model_hash, "CPU")


class InspectStand:
    """An inspect stage with two cameras' worth of shots."""

    def __init__(self, cameras: tuple[str, ...] = ("top", "side")) -> None:
        self.recipe = make_recipe(HASH, cameras=cameras)
        self.pool = FramePool(8, SHAPE)
        self.shots: BoundedQueue[Waiting] = BoundedQueue("inspect", 16, Policy.BLOCK)
        self.inspector = ScriptedInspector()
        self.concluded: list[Concluded] = []
        self.answered: list[int] = []
        self.bugs: list[tuple[str, BaseException]] = []
        inspectors = dict.fromkeys(cameras, cast(Inspector, self.inspector))
        self.stage = InspectStage(
            self.shots,
            Sides(Side(self.recipe, inspectors)),
            self.concluded.append,
            lambda part: self.answered.append(part.part_id),
            self._on_bug,
            PartSettling(),
        )

    def part(self, part_id: int = 1, deadline_ms: float = AMPLE_MS, keep: Keep = NO_PASSES) -> Part:
        cameras = tuple(setup.camera_id for setup in self.recipe.cameras)
        recipe = make_recipe(HASH, cameras=cameras, deadline_ms=deadline_ms, keep=keep)
        return Part(part_id, recipe, recipe.sha256, "SN1", time.monotonic_ns())

    def shot(self, part: Part, camera_id: str, pixels: Pixels, frame_part_id: int | None = None) -> Shot:
        lease = self.pool.lease(0)
        assert lease is not None
        lease.buffer[...] = pixels
        stamp = FrameStamp(part.part_id, time.monotonic_ns())
        frame = Frame(part.part_id if frame_part_id is None else frame_part_id, camera_id, stamp, lease.buffer)
        return Shot(camera_id, time.monotonic_ns(), frame, lease)

    def examine(self, part: Part, *shots: Shot) -> None:
        for shot in shots:
            self.shots.put((part, shot))
            self.stage.step()

    def examine_greys(self, *greys: int) -> Concluded:
        part = self.part()
        cameras = [setup.camera_id for setup in self.recipe.cameras]
        shots = [self.shot(part, camera, noisy(grey, seed=grey)) for camera, grey in zip(cameras, greys, strict=True)]
        self.examine(part, *shots)
        (concluded,) = self.concluded
        return concluded

    def _on_bug(self, where: str, error: BaseException) -> None:
        self.bugs.append((where, error))


class RecordStand:
    """A recorder, and parts with one camera that were really inspected."""

    def __init__(self) -> None:
        self.ledger = FakeLedger()
        self.heard = Heard()
        self.books = keep_books(self.ledger, crew_setup(), Tally(), self.heard, lambda: None)
        self.admission = Admission(4, 4)
        self.images: BoundedQueue[Recorded] = BoundedQueue("record", 4, Policy.FAULT)
        self.recorder = Recorder(self.books, self.admission, self.images)
        self.line = InspectStand(("top",))
        self._part_id = 0

    def concluded(self, grey: int = GOOD, deadline_ms: float = AMPLE_MS, keep: Keep = NO_PASSES) -> Concluded:
        """One more part, inspected and not yet recorded."""
        self._part_id += 1
        part = self.line.part(self._part_id, deadline_ms, keep)
        self.books.tally.triggered(part.part_id)
        assert self.admission.admit()
        self.line.examine(part, self.line.shot(part, "top", noisy(grey, seed=self._part_id)))
        part.let_go()
        return self.line.concluded[-1]

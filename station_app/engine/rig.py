"""Everything that one recipe needs to run: opened cameras, proved models, buffers, queues and threads.

A rig is built when a recipe is loaded and torn down when another one is. Built and torn down by the engine's thread.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from station_app.core.errors import CameraError, ConfigError, StorageError
from station_app.core.inspection import NoResultReason
from station_app.core.messages import QueueLevel
from station_app.core.recipe import Recipe
from station_app.engine.acquire import AcquireStage
from station_app.engine.admission import Admission
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.deadline_watch import DeadlineWatch
from station_app.engine.fittings import Fittings, Makers, let_go
from station_app.engine.flat_teaching import Teachable
from station_app.engine.frame_pool import FramePool
from station_app.engine.identify import IdentifyStage, SeenShots
from station_app.engine.image_stage import ImageStage
from station_app.engine.inspect import Concluded, InspectStage, Trial, Waiting, conclude
from station_app.engine.live_camera import LiveCamera
from station_app.engine.looks import CameraHooks, Looks
from station_app.engine.onlooker import SPARE_BUFFERS
from station_app.engine.part import NS_PER_MS, Part
from station_app.engine.recorder import Recorded
from station_app.engine.serial_desk import SerialDesk
from station_app.engine.settling import OPEN_STRETCHES, PartSettling, WebSettling
from station_app.engine.shadow import SHADOW_BUFFERS
from station_app.engine.sides import Side, Sides
from station_app.engine.web_acquire import WebAcquireStage
from station_app.engine.web_clocks import WebClocks
from station_app.engine.worker import Worker

log = logging.getLogger(__name__)

IMAGES_WAITING = 4
"""Parts that may wait for the disk besides those in the pipeline."""

RECORDERS = 2
"""Threads that store images: while one waits for the disk, the other encodes."""

RECORDER_NICENESS = 5
"""A verdict is waited for, its image is not."""


@dataclass(frozen=True, slots=True)
class RigHooks:
    """Whom the stages tell. `on_concluded` runs on the thread that concluded, exactly once for each part,
    `on_exposed` on that of the last camera to answer."""

    on_concluded: Callable[[Concluded], None]
    on_bug: Callable[[str, BaseException], None]
    cameras: CameraHooks
    on_exposed: Callable[[Part], None]


class Rig:
    """The stages of one recipe. `start` and `stop` are called once each."""

    def __init__(
        self, recipe: Recipe, makers: Makers, max_in_flight: int, hooks: RigHooks, serials: SerialDesk
    ) -> None:
        """Raises a StationError where a camera, a model or the recipe does not fit; nothing is left open then."""
        self.recipe = recipe
        self.recipe_hash = recipe.sha256
        self.fittings = Fittings(recipe, makers)
        self.sides = Sides(Side(recipe, self.fittings.inspectors))
        web = self.fittings.web
        pipeline = max_in_flight + (OPEN_STRETCHES if web else 0)
        self.buffers = pipeline + IMAGES_WAITING
        self.admission = Admission(pipeline, self.buffers)
        self.images: BoundedQueue[Recorded] = BoundedQueue("record", self.buffers, Policy.FAULT)
        # Admission lets no more parts in than there are buffers, so nobody ever waits here.
        self._shots: BoundedQueue[Waiting] = BoundedQueue("inspect", self.buffers * len(recipe.cameras), Policy.BLOCK)
        self._hooks = hooks
        self._watch = DeadlineWatch(self._on_overdue)
        self._identify = IdentifyStage(recipe.serial, serials, makers.read_codes, self._on_identified, self.buffers)
        self._clocks = WebClocks(self._watch)
        self._workers: dict[str, Worker] = {}
        self.web = self._take_web() if web else None
        self._acquires: tuple[AcquireStage | WebAcquireStage, ...]
        self._acquires = (self.web,) if self.web else tuple(map(self._acquirer, self.fittings.live))
        self._inspect = InspectStage(
            self._shots,
            self.sides,
            self._on_concluded,
            self._on_answered,
            hooks.on_bug,
            WebSettling(web, self._clocks) if web else PartSettling(),
        )

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait until a trigger would not be an overrun; on an endless web, also until a line is there for it."""
        if self.web is not None and not self.web.wait_line(timeout_s):
            return False
        return self.admission.wait_ready(timeout_s)

    def start(self, image_stage: ImageStage) -> None:
        """Start every thread; parts may be submitted from now on. CameraError where a camera does not start."""
        steps = {_name_of(acquire.camera_id): acquire.step for acquire in self._acquires}
        steps |= {"inspect": self._inspect.step, "deadline": self._watch.step}
        steps |= self._identify.steps
        for camera in self.fittings.cameras.values():
            camera.start()
        self._workers = {name: Worker(name, step, self._hooks.on_bug) for name, step in steps.items()}
        for number in range(1, RECORDERS + 1):
            name = f"record-{number}"
            self._workers[name] = Worker(name, image_stage.step, self._hooks.on_bug, niceness=RECORDER_NICENESS)
        for worker in self._workers.values():
            worker.start()

    def submit(self, part: Part) -> None:
        """Send an admitted part on its way: every camera takes its frame."""
        self._watch.watch(part, part.deadline_ns)
        self._identify.submit(part)
        for acquire in self._acquires:
            if not acquire.accept(part):
                raise RuntimeError(f"camera {acquire.camera_id} did not take part {part.part_id}")

    def disturb(self) -> None:
        """A trigger found no room: what it has made a wire's camera expose is nobody's."""
        for acquire in self._acquires:
            acquire.disturb()

    def looks(self, camera_id: str) -> Looks:
        """What the thread of this camera does while the line does not run. ConfigError where the recipe has none."""
        for acquire in self._acquires:
            if acquire.camera_id == camera_id:
                return acquire.looks
        known = ", ".join(self.fittings.cameras)
        raise ConfigError(f"the recipe has no camera {camera_id!r}", remedy=f"choose one of: {known}")

    def hold_looks(self) -> None:
        """Every camera belongs to the parts from now on. CameraError where one is busy and does not answer."""
        try:
            for acquire in self._acquires:
                acquire.looks.hold()
                acquire.disturb()
        except CameraError:
            self.let_go_looks()
            raise

    def let_go_looks(self) -> None:
        """The line does not run: cameras may be watched."""
        for acquire in self._acquires:
            acquire.looks.let_go()

    def examine(self, trial: Trial) -> None:
        """Let the inspect thread judge a shot that is no part's; only while the line does not run."""
        self._shots.put(trial)

    def teachable(self, camera_id: str) -> Teachable | None:
        """The camera of this id, to teach it something while no part is waiting."""
        pairs = zip(self.fittings.live, self._acquires, strict=True)
        found = (Teachable(live, stage.chores, stage.looks) for live, stage in pairs if live.camera_id == camera_id)
        return next(found, None)

    def levels(self) -> tuple[QueueLevel, ...]:
        """How full the queues are."""
        before = tuple(acquire.incoming.level() for acquire in self._acquires)
        return (*before, self._shots.level(), *self._identify.levels(), self.images.level())

    def stop(self, timeout_s: float = 10.0) -> None:
        """Finish writing what was inspected, then end every thread and let go of cameras and models."""
        for acquire in self._acquires:
            acquire.looks.end()
        if not self.admission.wait_concluded(timeout_s) or not self.images.wait_empty(timeout_s):
            error = StorageError("the last images were not stored in time", remedy="check the disk")
            self._hooks.on_bug("images", error)
        self._wake_all()
        stuck = [name for name, worker in self._workers.items() if not worker.stop()]
        if stuck:
            log.error("threads that do not end: %s", ", ".join(stuck))
        for camera_id in [camera_id for camera_id in self.fittings.cameras if _name_of(camera_id) in stuck]:
            self._abandon(camera_id)
        self.fittings.close()

    def _wake_all(self) -> None:
        """Nobody sleeps out the rest of its wait."""
        for worker in self._workers.values():
            worker.ask_to_stop()
        for acquire in self._acquires:
            acquire.incoming.close()
        self._shots.close()
        self._identify.close()
        self.images.close()
        self._watch.wake()

    def _abandon(self, camera_id: str) -> None:
        """A driver that does not return would never let its camera be closed: that waits, and the line does not."""
        camera, worker = self.fittings.cameras.pop(camera_id), self._workers[_name_of(camera_id)]

        def let_go_at_last() -> None:
            worker.join()
            let_go(camera)

        threading.Thread(target=let_go_at_last, name=f"let-go-{camera_id}", daemon=True).start()

    def _on_concluded(self, concluded: Concluded) -> None:
        self._watch.forget(concluded.part)
        self._clocks.settled(concluded.part)
        self._hooks.on_concluded(concluded)

    def _on_identified(self, part: Part) -> None:
        self._inspect.conclude_if_complete(part)

    def _on_answered(self, part: Part) -> None:
        if part.let_go():
            self.admission.freed()

    def _on_overdue(self, part: Part) -> None:
        """A part whose deadline has come has no result, whoever has not answered."""
        now_ns = time.monotonic_ns()
        if not part.claim_overdue(now_ns):
            return
        stuck = [acquire.camera_id for acquire in self._acquires if acquire.is_stuck(now_ns)]
        for camera_id in stuck:
            remedy = "check its cable and its power; if that does not help, start the station again"
            error = CameraError("the camera did not answer in time", where=f"camera {camera_id}", remedy=remedy)
            self._hooks.cameras.on_lost(camera_id, error)
        reason = NoResultReason.CAMERA_LOST if stuck else NoResultReason.LATE
        self._on_concluded(conclude(part, now_ns, time.time_ns() // NS_PER_MS, reason, self._what_lacks(part)))

    def _what_lacks(self, part: Part) -> str:
        answered = {examined.shot.camera_id for examined in part.examined}
        missing = ", ".join(setup.camera_id for setup in part.recipe.cameras if setup.camera_id not in answered)
        at_work = ": the model was still at work" if self._inspect.is_examining(part) else ""
        if missing:
            return f"no evidence from {missing} by the deadline{at_work}"
        return "" if part.is_identified else "no serial number by the deadline"

    def _acquirer(self, live: LiveCamera) -> AcquireStage:
        pool = FramePool(self.buffers + SPARE_BUFFERS + SHADOW_BUFFERS, live.described.shape)
        return AcquireStage(
            live, pool, SeenShots(self._identify, self._shots, self._hooks.on_exposed), self._hooks.cameras
        )

    def _take_web(self) -> WebAcquireStage:
        (live,) = self.fittings.live
        pool = FramePool(self.buffers + SPARE_BUFFERS, live.described.shape)
        return WebAcquireStage(live, pool, self._shots, self._clocks, self._hooks.cameras)


def _name_of(camera_id: str) -> str:
    return f"acquire-{camera_id}"

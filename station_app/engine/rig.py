"""Everything that one recipe needs to run: opened cameras, proved models, buffers, queues and threads.

A rig is built when a recipe is loaded and torn down when another one is. Built and torn down by the engine's thread.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from station_app.core.errors import CameraError, StationError
from station_app.core.messages import QueueLevel
from station_app.core.recipe import CameraSetup, Recipe
from station_app.core.recipe_toml import check_package_labels
from station_app.devices.camera import Camera, CameraInfo
from station_app.engine.acquire import AcquireStage, StampCheck
from station_app.engine.admission import Admission
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.frame_pool import FramePool
from station_app.engine.image_stage import ImageStage
from station_app.engine.inspect import Concluded, InspectStage
from station_app.engine.part import Part, Shot
from station_app.engine.recorder import Recorded
from station_app.engine.worker import Worker
from station_app.inference.inspector import Inspector

IMAGES_WAITING = 4
"""Parts that may wait for the disk besides those in the pipeline."""


@dataclass(frozen=True, slots=True)
class Makers:
    """How to build what a rig is made of; given by the composition root."""

    camera: Callable[[CameraSetup], Camera]
    inspector: Callable[[CameraSetup], Inspector]
    stamp_check: Callable[[str], StampCheck]


@dataclass(frozen=True, slots=True)
class RigHooks:
    """Whom the stages tell. `on_concluded` runs on the inspect thread."""

    on_concluded: Callable[[Concluded], None]
    on_lost: Callable[[str, CameraError], None]
    on_bug: Callable[[str, BaseException], None]


class Rig:
    """The stages of one recipe. `start` and `stop` are called once each."""

    def __init__(self, recipe: Recipe, makers: Makers, max_in_flight: int, hooks: RigHooks) -> None:
        """Raises a StationError where a camera, a model or the recipe does not fit; nothing is left open then."""
        self.recipe = recipe
        self.buffers = max_in_flight + IMAGES_WAITING
        self.admission = Admission(max_in_flight, self.buffers)
        self.images: BoundedQueue[Recorded] = BoundedQueue("record", self.buffers, Policy.FAULT)
        self._shots: BoundedQueue[tuple[Part, Shot]] = BoundedQueue(
            "inspect", max_in_flight * len(recipe.cameras), Policy.BLOCK
        )
        self._cameras: dict[str, Camera] = {}
        self.inspectors: dict[str, Inspector] = {}
        self.described: dict[str, CameraInfo] = {}
        try:
            self._acquires = tuple(self._join(setup, makers, hooks) for setup in recipe.cameras)
        except StationError:
            self.close()
            raise
        self._inspect = InspectStage(self._shots, self.inspectors, hooks.on_concluded, hooks.on_bug)
        self._hooks = hooks
        self._workers: list[Worker] = []

    @property
    def frame_bytes(self) -> int:
        """The largest frame of any camera."""
        return max(_bytes(described) for described in self.described.values())

    def start(self, image_stage: ImageStage) -> None:
        """Start every thread; parts may be submitted from now on."""
        on_bug = self._hooks.on_bug
        self._workers = [Worker(f"acquire-{a.camera_id}", a.step, on_bug) for a in self._acquires]
        self._workers.append(Worker("inspect", self._inspect.step, on_bug))
        self._workers.append(Worker("record", image_stage.step, on_bug))
        for camera in self._cameras.values():
            camera.start()
        for worker in self._workers:
            worker.start()

    def submit(self, part: Part) -> None:
        """Send an admitted part on its way: every camera takes its frame."""
        for acquire in self._acquires:
            if not acquire.incoming.put(part):
                raise RuntimeError(f"camera {acquire.camera_id} did not take part {part.part_id}")

    def levels(self) -> tuple[QueueLevel, ...]:
        """How full the queues are."""
        return (*(a.incoming.level() for a in self._acquires), self._shots.level(), self.images.level())

    def stop(self, timeout_s: float = 10.0) -> None:
        """Finish writing what was inspected, then end every thread and let go of cameras and models."""
        self.images.wait_empty(timeout_s)
        for worker in self._workers:
            worker.stop()
        self.close()

    def close(self) -> None:
        for camera in self._cameras.values():
            with contextlib.suppress(CameraError):
                camera.stop()
            camera.close()
        for inspector in self.inspectors.values():
            inspector.close()
        self._cameras = {}
        self.inspectors = {}

    def _join(self, setup: CameraSetup, makers: Makers, hooks: RigHooks) -> AcquireStage:
        inspector = makers.inspector(setup)
        self.inspectors[setup.camera_id] = inspector
        check_package_labels(self.recipe, setup.camera_id, inspector.package.labels)
        camera = makers.camera(setup)
        self._cameras[setup.camera_id] = camera
        described = camera.open()
        camera.apply(dict(setup.settings))
        self.described[setup.camera_id] = described
        inspector.warm_up(described.shape, described.pixel_format, setup.regions)
        return AcquireStage(
            setup.camera_id,
            camera,
            described,
            FramePool(self.buffers, described.shape),
            makers.stamp_check(setup.camera_id),
            self._shots,
            hooks.on_lost,
        )


def _bytes(described: CameraInfo) -> int:
    size = 1
    for extent in described.shape:
        size *= extent
    return size


def labels_of(inspectors: Mapping[str, Inspector]) -> tuple[str, ...]:
    """Every label that any of the models reports, in the models' order."""
    return tuple(dict.fromkeys(label for inspector in inspectors.values() for label in inspector.package.labels))

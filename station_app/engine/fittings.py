"""The cameras and models of one recipe: opened, proved, and checked against what the recipe asks of them."""

import logging
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from station_app.codes.reading import read_codes
from station_app.core.errors import CameraError, ConfigError
from station_app.core.inspection import Frame
from station_app.core.lines import LineScanInfo
from station_app.core.lines_length import WRONG_LENGTH
from station_app.core.recipe import CameraSetup, Recipe, Region
from station_app.core.recipe_labels import check_labels_seen, check_measured_length, check_package_labels
from station_app.core.serial import SerialRules
from station_app.devices.camera import Camera, CameraInfo
from station_app.devices.linescan.line_scan import LineScan, line_scan_of
from station_app.engine.identify import ReadCodes, check_code_region
from station_app.engine.line_picture import regions_of
from station_app.engine.live_camera import LiveCamera, StampCheck
from station_app.engine.references import References
from station_app.inference.inspector import Inspector
from station_app.inference.manifest import Task
from station_app.inference.preparing import Prepared
from station_app.inference.region_plan import regions_along

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Makers:
    """How to build what a rig is made of; given by the composition root. `read_codes` is called beside the models.
    `shadow_inspector` makes what looks on beside them, on one thread of the lowest priority; None where that is no
    other."""

    camera: Callable[[CameraSetup], Camera]
    inspector: Callable[[CameraSetup], Inspector]
    stamp_check: Callable[[str], StampCheck]
    references: References
    read_codes: ReadCodes = read_codes
    shadow_inspector: Callable[[CameraSetup], Inspector] | None = None


class Fittings:
    """By camera id, in the recipe's order. Opened and closed by the engine's thread."""

    def __init__(self, recipe: Recipe, makers: Makers) -> None:
        """Raises a StationError where a camera, a model or the recipe does not fit; nothing is left open then."""
        self._recipe = recipe
        self.cameras: dict[str, Camera] = {}
        self.inspectors: dict[str, Inspector] = {}
        self.described: dict[str, CameraInfo] = {}
        self.live: list[LiveCamera] = []
        try:
            for setup in recipe.cameras:
                self._join(setup, makers)
            check_labels_seen(recipe, self.labels)
            check_code_region(recipe, self.described)
            self._check_web()
        except BaseException:
            self.close()
            raise

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that any of the cameras reports."""
        told = [label for camera_id in self.inspectors for label in self.labels_of(camera_id)]
        return tuple(dict.fromkeys(told))

    def labels_of(self, camera_id: str) -> tuple[str, ...]:
        """Every label that is told of this camera's pictures: those of its model, then what it measures itself."""
        lines = self.described[camera_id].lines
        measured = (WRONG_LENGTH,) if lines is not None and lines.measures_length else ()
        return (*self.inspectors[camera_id].package.labels, *measured)

    @property
    def scans(self) -> dict[str, LineScan]:
        """The line-scan cameras among them."""
        return {live.camera_id: live.scan for live in self.live if live.scan is not None}

    @property
    def web(self) -> LineScanInfo | None:
        """How the web is cut, where the one camera of the recipe looks at an endless one."""
        told = (described.lines for described in self.described.values())
        return next((lines for lines in told if lines is not None and lines.is_web), None)

    @property
    def frame_bytes(self) -> int:
        """All frames of a part together."""
        return sum(math.prod(described.shape) for described in self.described.values())

    def live_camera(self, camera_id: str) -> LiveCamera:
        """The opened camera of this id, which the recipe must name."""
        return next(live for live in self.live if live.camera_id == camera_id)

    def close(self) -> None:
        """Let go of every camera and model."""
        for camera in self.cameras.values():
            let_go(camera)
        for inspector in self.inspectors.values():
            inspector.close()
        self.cameras, self.inspectors, self.live = {}, {}, []

    def _join(self, setup: CameraSetup, makers: Makers) -> None:
        camera_id = setup.camera_id
        camera = makers.camera(setup)
        self.cameras[camera_id] = camera
        with ThreadPoolExecutor(1, "open") as opener:  # opening and loading each take their time, and wait for nothing
            opening = opener.submit(_open, camera, setup)
            inspector = makers.inspector(setup)
            self.inspectors[camera_id] = inspector
            check_package_labels(self._recipe, camera_id, inspector.package.labels)
        described = opening.result()
        self.described[camera_id] = described
        if described.lines is not None and described.lines.measures_length:
            check_measured_length(self._recipe, camera_id, inspector.package.labels)
        inspector.warm_up(described.shape, described.pixel_format, judged_regions(setup, described))
        prepare = partial(_prepare, inspector, setup)
        check_stamp, scan = makers.stamp_check(camera_id), line_scan_of(camera)
        self.live.append(LiveCamera(camera_id, camera, described, check_stamp, prepare, scan))

    def _check_web(self) -> None:
        if self.web is None:
            return
        where = f"recipe {self._recipe.name}"
        if len(self._recipe.cameras) > 1:
            remedy = "make a recipe of its own for each camera, or cut parts"
            raise ConfigError("an endless web is judged by one camera alone", where=where, remedy=remedy)
        if self._recipe.serial != SerialRules():
            remedy = "take [serial] out of the recipe"
            raise ConfigError("a stretch of a web has its metres for a number", where=where, remedy=remedy)
        if any(entry.package.manifest.task is Task.CLASSIFICATION for entry in self.inspectors.values()):
            what = "the model judges whole pictures and cannot say where on the web a defect lies"
            raise ConfigError(what, where=where, remedy="use a model that marks or boxes defects")


def judged_regions(setup: CameraSetup, described: CameraInfo) -> tuple[Region, ...]:
    """The recipe's regions as they hold for a full frame of this camera."""
    is_web = described.lines is not None and described.lines.is_web
    return regions_along(setup.regions, described.shape) if is_web else setup.regions


def _prepare(inspector: Inspector, setup: CameraSetup, frame: Frame, number: int) -> Prepared:
    return inspector.prepare(frame, regions_of(frame, setup), number)


def let_go(camera: Camera) -> None:
    """Stop and close a camera that may be in any state."""
    for action in (camera.stop, camera.close):
        try:
            action()
        except CameraError as error:
            log.info("while a camera was let go: %s", error)


def _open(camera: Camera, setup: CameraSetup) -> CameraInfo:
    described = camera.open()
    camera.apply(dict(setup.settings))
    return described

"""Writes thumbnails and images after the verdict has left the station. Runs on the record thread."""

import random
from collections.abc import Callable

import cv2

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, Pixels, VerdictKind
from station_app.core.recipe import Keep, KeepImages
from station_app.engine.acquire import IDLE_S
from station_app.engine.admission import Admission
from station_app.engine.alarms import AlarmBoard
from station_app.engine.bounded_queue import BoundedQueue
from station_app.engine.ledger import Ledger
from station_app.engine.recent_images import RecentImages, RecentPart
from station_app.engine.recorder import Recorded, free_frames

THUMBNAIL_WIDTH = 192


class ImageStage:
    """`step` stores the pictures of one part and gives its frames back. `draw` gives random numbers in [0, 1)."""

    def __init__(
        self,
        incoming: BoundedQueue[Recorded],
        ledger: Ledger,
        admission: Admission,
        alarms: AlarmBoard,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._incoming = incoming
        self._ledger = ledger
        self._admission = admission
        self._alarms = alarms
        self._draw = draw
        self._recent = RecentImages()

    def step(self) -> None:
        recorded = self._incoming.get(IDLE_S)
        if recorded is None:
            return
        try:
            self._store(recorded)
        except StorageError as error:
            self._alarms.raise_error("images", error)
        finally:
            free_frames(recorded.part, self._admission)

    def _store(self, recorded: Recorded) -> None:
        frames = [e.shot.frame for e in recorded.part.examined if e.shot.frame is not None]
        if not frames:
            return
        self._ledger.keep_thumbnail(recorded.part.part_id, thumbnail(frames[0].pixels))
        if is_kept(recorded.inspection, recorded.part.recipe.keep, self._draw()):
            self._keep(recorded.inspection, tuple((frame.camera_id, frame.pixels) for frame in frames))
        else:
            copies = tuple((frame.camera_id, frame.pixels.copy()) for frame in frames)
            self._recent.add(RecentPart(recorded.inspection, copies))

    def keep_recent(self, part_id: int) -> None:
        """Store the images of a part that a person decided about, where they are still at hand. Any thread."""
        recent = self._recent.take(part_id)
        if recent is not None:
            self._keep(recent.inspection, recent.frames)

    def _keep(self, inspection: Inspection, frames: tuple[tuple[str, Pixels], ...]) -> None:
        if not self._ledger.has_room(inspection, sum(pixels.nbytes for _, pixels in frames)):
            self._alarms.raise_alarm(
                "disk_full",
                "the disk is nearly full and images are not stored any more",
                remedy="make room or raise the image quota; verdicts are still recorded",
            )
            return
        for camera_id, pixels in frames:
            self._ledger.keep_image(inspection, camera_id, pixels)
        self._alarms.clear("disk_full")
        self._alarms.clear("images")


def is_kept(inspection: Inspection, keep: Keep, draw: float) -> bool:
    """Whether the recipe keeps this part's images; `draw` is uniform in [0, 1)."""
    return keep.images is KeepImages.ALL or inspection.verdict is not VerdictKind.PASS or draw < keep.pass_share


def thumbnail(pixels: Pixels) -> Pixels:
    """The frame reduced to `THUMBNAIL_WIDTH`. Large frames are thinned to a few times that first: it is a glimpse."""
    step = max(1, pixels.shape[1] // (4 * THUMBNAIL_WIDTH))
    thin = pixels[::step, ::step]
    height = max(1, round(thin.shape[0] * THUMBNAIL_WIDTH / thin.shape[1]))
    small: Pixels = cv2.resize(thin, (THUMBNAIL_WIDTH, height), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return small

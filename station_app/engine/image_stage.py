"""Writes thumbnails and images after the verdict has left the station. Runs on the record threads."""

import random
from collections.abc import Callable

import cv2

from station_app.core.inspection import Inspection, Pixels, VerdictKind
from station_app.core.recipe import Keep, KeepImages
from station_app.engine.admission import Admission
from station_app.engine.bounded_queue import BoundedQueue
from station_app.engine.image_keeping import ImageKeeping
from station_app.engine.part import most_telling
from station_app.engine.recent_images import RecentPart
from station_app.engine.recorder import Recorded, free_frames
from station_app.engine.worker import IDLE_S

THUMBNAIL_WIDTH = 192


class ImageStage:
    """`step` stores the pictures of one part and gives its frames back. `draw` gives random numbers in [0, 1)."""

    def __init__(
        self,
        incoming: BoundedQueue[Recorded],
        keeping: ImageKeeping,
        admission: Admission,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._incoming = incoming
        self._keeping = keeping
        self._admission = admission
        self._draw = draw

    def step(self) -> None:
        recorded = self._incoming.get(IDLE_S)
        if recorded is None:
            return
        try:
            self._store(recorded)
        finally:
            free_frames(recorded.part, self._admission)

    def _store(self, recorded: Recorded) -> None:
        """The images first: they are evidence, the thumbnail is a convenience."""
        part, inspection = recorded.part, recorded.inspection
        telling = most_telling(part.examined)
        if telling is None or telling.shot.frame is None:
            return
        seen = [entry.shot.frame for entry in part.examined if entry.shot.frame is not None]
        frames = tuple((frame.camera_id, frame.pixels) for frame in seen)
        if is_kept(inspection, part.recipe.keep, self._draw()) or self._keeping.is_wanted(inspection):
            self._keeping.keep(RecentPart(inspection, frames))
        else:
            self._keeping.remember(inspection, frames)
        self._keeping.keep_thumbnail(part.part_id, thumbnail(telling.shot.frame.pixels))


def is_kept(inspection: Inspection, keep: Keep, draw: float) -> bool:
    """Whether the recipe keeps this part's images; `draw` is uniform in [0, 1)."""
    return keep.images is KeepImages.ALL or inspection.verdict is not VerdictKind.PASS or draw < keep.pass_share


def thumbnail(pixels: Pixels) -> Pixels:
    """The frame reduced to `THUMBNAIL_WIDTH`. Large frames are thinned to twice that first: it is a glimpse."""
    step = max(1, pixels.shape[1] // (2 * THUMBNAIL_WIDTH))
    thin = pixels[::step, ::step]
    height = max(1, round(thin.shape[0] * THUMBNAIL_WIDTH / thin.shape[1]))
    small: Pixels = cv2.resize(thin, (THUMBNAIL_WIDTH, height), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return small

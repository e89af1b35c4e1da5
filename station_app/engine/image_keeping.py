"""Which images are stored for good: those that the recipe keeps, and those that a person later decides about."""

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, Pixels
from station_app.engine.alarms import AlarmBoard
from station_app.engine.ledger import Ledger
from station_app.engine.recent_images import RecentImages, RecentPart

FULL = "images full"
FAILED = "images"


class ImageKeeping:
    """Outlives the recipe: a decision may come when another one is loaded. Any thread; blocks while the disk writes."""

    def __init__(self, ledger: Ledger, alarms: AlarmBoard, recent: RecentImages | None = None) -> None:
        self._ledger = ledger
        self._alarms = alarms
        self._recent = recent or RecentImages()

    def is_wanted(self, inspection: Inspection) -> bool:
        """Whether people will review the part, so that its images are stored whatever the recipe says."""
        return self._ledger.wants_images(inspection)

    def keep(self, part: RecentPart) -> None:
        """Store the part's images; an alarm where the disk takes none."""
        try:
            if self._ledger.has_room(part.inspection, part.size):
                self._write(part)
            else:
                self._alarms.raise_alarm(
                    FULL,
                    "the disk is nearly full and images are not stored any more",
                    remedy="make room or raise the image quota; verdicts are still recorded",
                )
        except StorageError as error:
            self._alarms.raise_error(FAILED, error)

    def keep_thumbnail(self, part_id: int, pixels: Pixels) -> None:
        """Store the small picture; an alarm where the disk does not take it."""
        try:
            self._ledger.keep_thumbnail(part_id, pixels)
        except StorageError as error:
            self._alarms.raise_error(FAILED, error)

    def remember(self, inspection: Inspection, frames: tuple[tuple[str, Pixels], ...]) -> None:
        """Hold copies for a while, or store them at once where a person was quicker than the disk."""
        part = RecentPart(inspection, frames)
        if not self._recent.add_unless_wanted(part):
            self.keep(part)

    def keep_recent(self, part_id: int) -> None:
        """Store the images of a part that a person decided about, now or as soon as they come by."""
        part = self._recent.take(part_id)
        if part is not None:
            self.keep(part)

    def _write(self, part: RecentPart) -> None:
        for camera_id, pixels in part.frames:
            self._ledger.keep_image(part.inspection, camera_id, pixels)
        self._alarms.clear(FULL)
        self._alarms.clear(FAILED)

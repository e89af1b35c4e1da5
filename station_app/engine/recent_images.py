"""The frames of the last parts whose images are not kept, so that a person who finds a missed defect a few parts later
still saves the evidence. Bounded by bytes and by number; any thread."""

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass

from station_app.core.inspection import Inspection, Pixels

LIMIT_BYTES = 256 << 20
"""About 50 parts of 5 MP: more than the filmstrip shows."""
PARTS_MAX = 200
"""Small frames would else be held for hours, and nobody decides about a part of then without its record."""
WANTED_MAX = 64
"""Parts that were decided about before their images came by; more than can wait for the disk at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class RecentPart:
    """A part with its frames, by camera."""

    inspection: Inspection
    frames: tuple[tuple[str, Pixels], ...]

    @property
    def size(self) -> int:
        return sum(pixels.nbytes for _, pixels in self.frames)


class RecentImages:
    """Newest last; the oldest go when the limit is passed. The frames are kept as copies: buffers go back."""

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit = limit_bytes
        self._size = 0
        self._parts: OrderedDict[int, RecentPart] = OrderedDict()
        self._wanted: deque[int] = deque(maxlen=WANTED_MAX)
        self._lock = threading.Lock()

    def add_unless_wanted(self, part: RecentPart) -> bool:
        """Hold a copy; False where the part was asked for before it came: then it is the caller's to keep."""
        with self._lock:
            if part.inspection.part_id in self._wanted:
                self._wanted.remove(part.inspection.part_id)
                return False
            frames = tuple((camera_id, pixels.copy()) for camera_id, pixels in part.frames)
            self._parts[part.inspection.part_id] = RecentPart(part.inspection, frames)
            self._size += part.size
            while self._parts and (self._size > self._limit or len(self._parts) > PARTS_MAX):
                _, oldest = self._parts.popitem(last=False)
                self._size -= oldest.size
            return True

    def take(self, part_id: int) -> RecentPart | None:
        """The part's frames, now the caller's. None where it is not there; should it still come, it is wanted."""
        with self._lock:
            part = self._parts.pop(part_id, None)
            if part is not None:
                self._size -= part.size
            elif part_id not in self._wanted:
                self._wanted.append(part_id)
            return part

"""The frames of the last parts whose images are not kept, so that a person who finds a missed defect a few parts later
still saves the evidence. Bounded by bytes; any thread."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from station_app.core.inspection import Inspection, Pixels

LIMIT_BYTES = 256 << 20
"""About 50 parts of 5 MP: more than the filmstrip shows."""


@dataclass(frozen=True, slots=True, eq=False)
class RecentPart:
    """A part with copies of its frames, by camera."""

    inspection: Inspection
    frames: tuple[tuple[str, Pixels], ...]

    @property
    def size(self) -> int:
        return sum(pixels.nbytes for _, pixels in self.frames)


class RecentImages:
    """Newest last; the oldest go when the limit is passed."""

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit = limit_bytes
        self._size = 0
        self._parts: OrderedDict[int, RecentPart] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, part: RecentPart) -> None:
        with self._lock:
            self._parts[part.inspection.part_id] = part
            self._size += part.size
            while self._size > self._limit and self._parts:
                _, oldest = self._parts.popitem(last=False)
                self._size -= oldest.size

    def take(self, part_id: int) -> RecentPart | None:
        """The part's frames, now the caller's; None where it is not among the recent ones."""
        with self._lock:
            part = self._parts.pop(part_id, None)
            if part is not None:
                self._size -= part.size
            return part

"""Whether the whole part was looked at: every place of every camera's frame, fitted or at full size, for long enough.
Pure."""

from dataclasses import dataclass, field

from station_app.core.inspection import Box
from station_app.gui.viewport import Viewport

CELLS = 6
"""A frame is divided into so many columns and rows."""
ENOUGH_MS = 1000
"""How long each place must have been seen [judgement: a fixation lasts 200 to 300 ms, and a place holds several]."""


def is_clear(view: Viewport) -> bool:
    """Whether defects can be seen: the whole frame at once, or each pixel of it as at least one of the screen."""
    return view.zoom <= 1.0 or view.scale >= 1.0


def cells_of(seen: Box, width: int, height: int) -> frozenset[int]:
    """The places of a frame of `width` x `height` pixels that are seen whole."""
    return frozenset(
        row * CELLS + column
        for row in range(CELLS)
        for column in range(CELLS)
        if _holds(seen.x, seen.right, column, width) and _holds(seen.y, seen.bottom, row, height)
    )


def _holds(start: int, end: int, number: int, extent: int) -> bool:
    return start <= number * extent // CELLS and (number + 1) * extent // CELLS <= end


@dataclass(slots=True)
class Looked:
    """What has been seen of one part. Times are milliseconds of a clock that only runs on."""

    viewed_ms: int = 0
    _seen_ms: dict[str, list[int]] = field(default_factory=dict)
    _now: tuple[str, frozenset[int], int] | None = None

    def start(self, cameras: tuple[str, ...]) -> None:
        """Another part, of these cameras."""
        self.viewed_ms, self._now = 0, None
        self._seen_ms = {camera_id: [0] * CELLS**2 for camera_id in cameras}

    def see(self, camera_id: str, view: Viewport | None, now_ms: int) -> None:
        """From now on this is on the screen; None for nothing."""
        self.until(now_ms)
        if view is None or camera_id not in self._seen_ms or not is_clear(view):
            self._now = None
        else:
            self._now = camera_id, cells_of(view.visible(), view.frame_width, view.frame_height), now_ms

    def until(self, now_ms: int) -> None:
        """Counts what has been on the screen until now."""
        if self._now is None:
            return
        camera_id, cells, since = self._now
        passed = max(0, now_ms - since)
        self.viewed_ms += passed
        for cell in cells:
            self._seen_ms[camera_id][cell] += passed
        self._now = camera_id, cells, now_ms

    def is_whole(self, camera_id: str) -> bool:
        """Whether every place of this camera's frame has been seen long enough."""
        times = self._seen_ms.get(camera_id)
        return times is not None and min(times) >= ENOUGH_MS

    def missing(self) -> tuple[str, ...]:
        """The cameras that have not been looked at whole."""
        return tuple(camera_id for camera_id in self._seen_ms if not self.is_whole(camera_id))

    def wait_ms(self) -> int | None:
        """How much longer what is on the screen must stay there for its places to count; None where none is short."""
        if self._now is None:
            return None
        camera_id, cells, _ = self._now
        short = [ENOUGH_MS - self._seen_ms[camera_id][cell] for cell in cells]
        return max((ms for ms in short if ms > 0), default=None)

"""Which part is the live one, and the frames that are still in memory. Pure; GUI thread.

A verdict is only ever shown with the image of the same part: a picture that ran ahead of its event waits for it.
"""

from dataclasses import dataclass

from station_app.core.inspection import HeatMap, Pixels
from station_app.core.messages import PartInspected
from station_app.gui.link import PreviewFrame, PreviewImage

_BUDGET_BYTES = 96 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class StoredFrame:
    """A camera's frame as it was read back; heat maps are not kept."""

    camera_id: str
    pixels: Pixels
    heat_maps: tuple[HeatMap, ...] = ()


class RecentFrames:
    """The newest previews within a memory budget; at least those of the two newest parts, whatever their size."""

    def __init__(self, budget_bytes: int = _BUDGET_BYTES) -> None:
        self._budget_bytes = budget_bytes
        self._previews: dict[int, PreviewImage] = {}
        self._newest_sequence = 0

    def add(self, preview: PreviewImage) -> None:
        self._newest_sequence = preview.sequence
        self._previews.pop(preview.part_id, None)
        self._previews[preview.part_id] = preview
        while len(self._previews) > 2 and self._bytes() > self._budget_bytes:
            self._previews.pop(next(iter(self._previews)))

    def of(self, part_id: int) -> tuple[PreviewFrame, ...]:
        """The frames of the part, none where they are not in memory."""
        preview = self._previews.get(part_id)
        return tuple(preview.frames) if preview else ()

    def forget_sequences(self) -> None:
        """A new engine counts its previews from the start."""
        self._newest_sequence = 0

    def live(self, parts: list[PartInspected], current: int | None) -> int | None:
        """The part to show live: the newest with its picture; one whose picture was overtaken waits for the next."""
        if not parts:
            return current
        newest = parts[-1]
        is_overtaken = 0 < newest.preview_sequence < self._newest_sequence
        if newest.part_id in self._previews or not is_overtaken:
            return newest.part_id
        paired = [part.part_id for part in parts if part.part_id in self._previews]
        candidates = [part_id for part_id in (*paired, current) if part_id is not None]
        return max(candidates, default=newest.part_id)

    def _bytes(self) -> int:
        return sum(frame.pixels.nbytes for preview in self._previews.values() for frame in preview.frames)

"""Which part is the live one, and the frames that are still in memory. Pure; GUI thread.

A verdict is only ever shown with the image of the same part: a picture that ran ahead of its event waits for it.
"""

from dataclasses import dataclass

from station_app.core.inspection import HeatMap, Pixels, VerdictKind
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
        self._asked = 0

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
        """The part to show live: the newest with its picture.

        One whose picture was overtaken or left out waits for the next: a line that fast shows one soon. Where none
        comes, and `parts` are those that were asked about last, the newest is shown without.
        """
        if not parts:
            return current
        newest = parts[-1]
        is_new, self._asked = newest.part_id != self._asked, newest.part_id
        paired = [part.part_id for part in parts if part.part_id in self._previews]
        if self._is_overtaken(newest):
            return max((part_id for part_id in (*paired, current) if part_id is not None), default=newest.part_id)
        if is_new and _is_left_out(newest):
            return max(paired, default=newest.part_id)
        return newest.part_id

    def _is_overtaken(self, part: PartInspected) -> bool:
        return part.part_id not in self._previews and 0 < part.preview_sequence < self._newest_sequence

    def _bytes(self) -> int:
        return sum(frame.pixels.nbytes for preview in self._previews.values() for frame in preview.frames)


def _is_left_out(part: PartInspected) -> bool:
    """The engine shows a screen's worth of passes a second, and every other part that has a picture."""
    return part.verdict is VerdictKind.PASS and part.preview_sequence == 0

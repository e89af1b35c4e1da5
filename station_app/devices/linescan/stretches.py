"""Cuts an endless web into stretches that follow each other without a gap; each picture shows a little of the last one.

Pure: only spans of lines are told.
"""

from station_app.core.lines import LinePart, LineSpan
from station_app.devices.linescan.block import Block


class Stretches:
    """A `PartCutter`: stretches of `lines`, from line `first` on. Body of a part is the stretch, its picture begins
    `overlap` lines earlier, but for the first one after a new beginning: nothing of what was before belongs to it."""

    look_back = 0

    def __init__(self, lines: int, overlap: int, first: int = 0) -> None:
        if not 0 <= overlap < lines:
            raise ValueError(f"stretches of {lines} lines cannot overlap by {overlap}")
        self.most_lines = lines + overlap
        self._lines = lines
        self._overlap = overlap
        self._number = 0
        self._next = self._begun = first

    @property
    def next_first(self) -> int:
        """The first line that no stretch has yet."""
        return self._next

    def take(self, block: Block) -> list[LinePart]:
        return self.take_whole(block.span.end)

    def take_whole(self, end: int) -> list[LinePart]:
        """The stretches whose last line is before `end`, and that were not taken yet."""
        stretches = []
        while self._next + self._lines <= end:
            stretches.append(self._cut(self._next + self._lines))
        return stretches

    def take_rest(self, end: int) -> LinePart | None:
        """The lines up to `end` as a shorter stretch, None where there are none, and a new beginning after it."""
        rest = self._cut(end) if end > self._next else None
        self.begin(end)
        return rest

    def begin(self, first: int) -> None:
        """What comes from line `first` on has nothing to do with what was before."""
        self._next = self._begun = first

    def _cut(self, end: int) -> LinePart:
        body = LineSpan(self._next, end)
        picture = LineSpan(max(self._begun, body.start - self._overlap), end)
        self._number, self._next = self._number + 1, end
        return LinePart(self._number - 1, body, picture)

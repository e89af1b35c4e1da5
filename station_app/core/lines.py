"""Positions on a moving web: lines counted from the first one taken, and the millimetres that they stand for. Pure.

A line's number is the station's own and is never given twice, whatever the camera loses on the way: see `placing` in
`devices.linescan`. Spans are half open, `[start, end)`.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple


class LineSpan(NamedTuple):
    """The lines from `start` up to, not including, `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def meets(self, other: "LineSpan") -> bool:
        """Whether both hold a line, told without working out which."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class LineScale:
    """How large a pixel of a line-scan picture is. Both in mm, above 0."""

    mm_per_line: float
    mm_per_pixel: float

    def __post_init__(self) -> None:
        if not (0 < self.mm_per_line < math.inf and 0 < self.mm_per_pixel < math.inf):
            raise ValueError(f"a scale of {self.mm_per_line} mm/line and {self.mm_per_pixel} mm/px is none")

    @property
    def aspect(self) -> float:
        """Length over width of a pixel; 1 where circles look round."""
        return self.mm_per_line / self.mm_per_pixel

    def mm(self, lines: float) -> float:
        """A length along the web."""
        return lines * self.mm_per_line

    def metres(self, line: float) -> float:
        """A position along the web, from the line numbered 0."""
        return line * self.mm_per_line / 1000

    def lines(self, mm: float) -> int:
        """The whole number of lines nearest to a length, at least 1."""
        return max(1, round(mm / self.mm_per_line))

    def across_mm(self, pixels: float) -> float:
        """A length across the web."""
        return pixels * self.mm_per_pixel


@dataclass(frozen=True, slots=True)
class LinePart:
    """A part cut out of the web. `body` is the part itself, `frame` its picture: the body with its margins.

    `number` rises by one per part. `missing` counts the lines of the frame that were never received: with one of them
    the part can never be a PASS. `is_cut` is True where the part was longer than the longest picture.
    """

    number: int
    body: LineSpan
    frame: LineSpan
    missing: int = 0
    is_cut: bool = False

    @property
    def is_complete(self) -> bool:
        """Every line of the picture was received."""
        return self.missing == 0


@dataclass(frozen=True, slots=True)
class LengthTolerance:
    """The lengths that a recipe allows, in mm; both ends are allowed. Any length by default."""

    least_mm: float = 0.0
    most_mm: float = math.inf

    def fault(self, part: LinePart, scale: LineScale) -> str | None:
        """What is wrong with a part's length, as a clause for a person, or None. A length that is no number is wrong.

        A part that was cut at the longest picture is longer than anybody knows, so it is wrong under every tolerance.
        """
        length_mm = scale.mm(part.body.length)
        if part.is_cut:
            return f"wrong length: longer than the longest picture, {length_mm:.1f} mm"
        if self.least_mm <= length_mm <= self.most_mm:
            return None
        return f"wrong length: {length_mm:.1f} mm, allowed are {self.least_mm:.1f} to {self.most_mm:.1f} mm"


@dataclass(frozen=True, slots=True)
class LineScanInfo:
    """What is known of a line-scan camera before its first line: its scale, and whether it measures the length of its
    parts, which it does where it was told which lengths are allowed.

    `stretch_lines` is above 0 where it looks at an endless web: there are no parts then, its pictures are stretches of
    so many lines, and each shows the last `overlap` lines of the one before it again.
    """

    scale: LineScale
    measures_length: bool = False
    stretch_lines: int = 0
    overlap: int = 0

    @property
    def is_web(self) -> bool:
        return self.stretch_lines > 0


@dataclass(frozen=True, slots=True)
class LinesTaken:
    """What a line-scan camera knows of a picture beyond its pixels. `wrong_length` is what is wrong with the part's
    length, as a clause for a person; None where nothing is, or where the camera does not measure it. `gaps` are the
    lines of the picture that were never received or cannot be trusted: nothing may be judged good there."""

    part: LinePart
    info: LineScanInfo
    wrong_length: str | None = None
    gaps: tuple[LineSpan, ...] = ()

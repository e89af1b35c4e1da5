"""What a rendered web has on which of its lines: flaws and sheets, decided by (seed, place) alone and without
rendering, so that another process can tell the truth of any line."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from station_app.core.lines import LineSpan
from station_app.core.lines_merge import WebDefect

CELL = 512
"""Lines; a flaw never leaves its cell, nor its lane, so no two ever touch."""
LANES = 4
_MARGIN = 3
LEAST_WIDTH = 128


class Texture(StrEnum):
    """STEEL is brushed along the web, TEXTILE is woven, FILM is bright and smooth."""

    STEEL = "steel"
    TEXTILE = "textile"
    FILM = "film"


class FlawShape(StrEnum):
    """BLOB is round or oval, LINE runs from one corner of its box to the opposite one."""

    BLOB = "blob"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """Sheets on a dark belt instead of an endless web, in lines. `wrong_share` of them are too short or too long by
    a tenth and more; `is_bouncing` makes the part sensor flutter at every edge."""

    pitch: int = 1500
    length: int = 1000
    wrong_share: float = 0.0
    is_bouncing: bool = False

    def __post_init__(self) -> None:
        if not 16 <= self.length <= 0.75 * self.pitch:
            raise ValueError("a sheet takes at least 16 lines and at most three quarters of the pitch")


@dataclass(frozen=True, slots=True)
class WebSpec:
    """A web. `flaw_rate` is the probability that a lane of a cell of `CELL` lines has a flaw; with `is_shaded` the
    light falls off to the sides and every column answers differently, as without a flat field."""

    texture: Texture = Texture.STEEL
    seed: int = 7
    width: int = 2048
    flaw_rate: float = 0.05
    is_shaded: bool = False
    sheets: SheetSpec | None = None

    def __post_init__(self) -> None:
        if self.width < LEAST_WIDTH or not 0 <= self.flaw_rate <= 1:
            raise ValueError(f"a web is at least {LEAST_WIDTH} px wide, with a rate of flaws from 0 to 1")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A flaw and its exact box: lines `[start, start + length)`, columns `[left, left + width)`. `contrast` is in grey
    levels, negative where it is darker than the web."""

    label: str
    shape: FlawShape
    start: int
    length: int
    left: int
    width: int
    contrast: int

    @property
    def span(self) -> LineSpan:
        return LineSpan(self.start, self.start + self.length)

    @property
    def truth(self) -> WebDefect:
        """The flaw as a perfect inspection reports it, whatever its kind is called."""
        return WebDefect(self.start, self.span.end, self.left, self.left + self.width, "defect", 1.0)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How flaws of one label look: ranges of length and width in pixels, and of contrast."""

    label: str
    shape: FlawShape
    lengths: tuple[int, int]
    widths: tuple[int, int]
    contrasts: tuple[int, int]


_KINDS = {
    Texture.STEEL: (
        _Kind("scratch", FlawShape.LINE, (40, 400), (2, 12), (-60, 70)),
        _Kind("roll_mark", FlawShape.BLOB, (10, 40), (10, 30), (-45, -25)),
        _Kind("inclusion", FlawShape.BLOB, (3, 12), (3, 8), (-90, -50)),
    ),
    Texture.TEXTILE: (
        _Kind("missing_thread", FlawShape.LINE, (2, 4), (20, 60), (-80, -50)),
        _Kind("knot", FlawShape.BLOB, (6, 14), (6, 14), (50, 90)),
        _Kind("hole", FlawShape.BLOB, (8, 40), (8, 26), (-120, -80)),
    ),
    Texture.FILM: (
        _Kind("gel", FlawShape.BLOB, (3, 10), (3, 10), (-70, -35)),
        _Kind("bubble", FlawShape.BLOB, (8, 60), (6, 24), (-30, -18)),
        _Kind("scratch", FlawShape.LINE, (60, 440), (2, 6), (-45, -20)),
    ),
}


def web_labels(texture: Texture) -> tuple[str, ...]:
    """The kinds of flaws that a web of this texture has."""
    return tuple(kind.label for kind in _KINDS[texture])


def flaws_on(spec: WebSpec, span: LineSpan) -> tuple[Flaw, ...]:
    """The flaws of which any line lies in `span`."""
    cells = range(max(0, span.start) // CELL, max(0, span.end - 1) // CELL + 1)
    return tuple(flaw for cell in cells for flaw in _flaws_of(spec, cell) if flaw.span.meets(span))


@lru_cache(maxsize=1024)
def _flaws_of(spec: WebSpec, cell: int) -> tuple[Flaw, ...]:
    random = np.random.default_rng((spec.seed, 31, cell))
    return tuple(_flaw(spec, random, cell, lane) for lane in range(LANES) if random.random() < spec.flaw_rate)


def _flaw(spec: WebSpec, random: np.random.Generator, cell: int, lane: int) -> Flaw:
    kinds = _KINDS[spec.texture]
    kind = kinds[int(random.integers(len(kinds)))]
    room = spec.width // LANES - 2 * _MARGIN
    length = int(random.integers(*kind.lengths, endpoint=True))
    width = min(room, int(random.integers(*kind.widths, endpoint=True)))
    start = cell * CELL + int(random.integers(_MARGIN, CELL - _MARGIN - length, endpoint=True))
    left = lane * (spec.width // LANES) + _MARGIN + int(random.integers(0, room - width, endpoint=True))
    contrast = int(random.integers(*kind.contrasts, endpoint=True))
    faintest = 18  # a flaw that nobody could see is none
    if abs(contrast) < faintest:
        contrast = faintest if contrast >= 0 else -faintest
    return Flaw(kind.label, kind.shape, start, length, left, width, contrast)


def sheet_span(sheets: SheetSpec, seed: int, number: int) -> LineSpan:
    """The lines of one sheet; they begin an eighth of the pitch after its place."""
    random = np.random.default_rng((seed, 57, number))
    length = sheets.length
    if random.random() < sheets.wrong_share:
        length = round(length * float(random.choice((0.7, 0.8, 1.15))))
    start = number * sheets.pitch + sheets.pitch // 8
    return LineSpan(start, min(start + length, (number + 1) * sheets.pitch - 8))


def sheets_on(spec: WebSpec, span: LineSpan) -> tuple[LineSpan, ...]:
    """The sheets of which any line lies in `span`; none on an endless web."""
    sheets = spec.sheets
    if sheets is None:
        return ()
    numbers = range(max(0, span.start) // sheets.pitch, max(0, span.end - 1) // sheets.pitch + 1)
    return tuple(s for s in (sheet_span(sheets, spec.seed, number) for number in numbers) if s.meets(span))


def part_sensor(spec: WebSpec, span: LineSpan) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]] | None:
    """The level of the part sensor at each line; None on an endless web, which has none."""
    if spec.sheets is None:
        return None
    level = np.zeros(span.length, np.bool_)
    for sheet in sheets_on(spec, span):
        level[max(0, sheet.start - span.start) : max(0, sheet.end - span.start)] = True
    if spec.sheets.is_bouncing:
        for edge in (edge for sheet in sheets_on(spec, span) for edge in sheet):
            # One line of the new level too early, as a contact does.
            if span.start <= edge - 2 < span.end:
                level[edge - 2 - span.start] ^= True
    return level

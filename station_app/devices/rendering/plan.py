"""What a rendered part looks like and which defects it has, decided by (seed, frame number) alone and without
rendering, so that another process can tell the truth of any frame."""

import math
from dataclasses import dataclass

import numpy as np

from station_app.core.inspection import Box, PixelFormat

LABELS = ("scratch", "dent", "stain", "chip", "missing_hole", "contamination")
HOLES = 6
_SOURCE = "rendered:"


@dataclass(frozen=True, slots=True)
class RenderSpec:
    """A line of housings. `defect_rate` is the share of parts with at least one defect; `jitter_px` the largest shift
    of a part from its place, at 1280 px width; `bank` > 0 renders that many parts once and repeats them; with
    `has_codes` each part carries a code with its serial number."""

    width: int = 1280
    height: int = 960
    defect_rate: float = 0.3
    seed: int = 7
    pixel_format: PixelFormat = PixelFormat.MONO8
    jitter_px: float = 6.0
    bank: int = 0
    has_codes: bool = False


@dataclass(frozen=True, slots=True)
class PlannedDefect:
    """One defect: where its middle lies (0..1 of width and height), its size (share of the height), direction
    (radians), contrast in grey levels, and the hole it concerns (missing_hole only)."""

    label: str
    x: float
    y: float
    size: float
    angle: float
    contrast: float
    hole: int = -1


@dataclass(frozen=True, slots=True)
class PartPlan:
    """All that is random about one part. `light` multiplies, `shift` is in pixels, `noise_seed` seeds the rest."""

    frame_id: int
    light: float
    shift: tuple[float, float]
    noise_seed: int
    defects: tuple[PlannedDefect, ...]

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(defect.label for defect in self.defects)


def plan_part(spec: RenderSpec, frame_id: int) -> PartPlan:
    """The part that stands before the camera at this frame."""
    number = frame_id % spec.bank if spec.bank else frame_id
    random = np.random.default_rng((spec.seed, number))
    drift = 1.0 + 0.06 * float(np.sin(2 * np.pi * number / 240))
    scale = spec.width / 1280
    shift = tuple(float(v) for v in random.uniform(-spec.jitter_px, spec.jitter_px, 2) * scale)
    light = drift * float(random.normal(1.0, 0.015))
    noise_seed = int(random.integers(1 << 31))
    is_defective = random.random() < spec.defect_rate
    count = 1 + int(random.random() < 0.25) if is_defective else 0
    defects = tuple(_plan_defect(random) for _ in range(count))
    return PartPlan(frame_id, light, (shift[0], shift[1]), noise_seed, defects)


def number_source(number: int) -> str:
    """How a rendered frame names its origin in `FrameStamp.source`."""
    return f"{_SOURCE}{number}"


def source_number(source: str) -> int | None:
    """The frame number behind a `FrameStamp.source`, None where the frame was not rendered."""
    number = source.removeprefix(_SOURCE)
    return int(number) if number != source and number.isdecimal() else None


def hole_centre(hole: int) -> tuple[float, float]:
    """The middle of a screw hole, as shares of width and height."""
    return (0.17 + 0.33 * (hole % 3), 0.2 if hole < 3 else 0.8)


def window_box() -> tuple[float, float, float, float]:
    """The machined recess in the middle of the housing: left, top, right, bottom as shares."""
    return (0.30, 0.34, 0.70, 0.66)


def _plan_defect(random: np.random.Generator) -> PlannedDefect:
    label = LABELS[int(random.integers(len(LABELS)))]
    size, contrast = _SIZES[label], _CONTRASTS[label]
    x, y = _place(random, label)
    hole = int(random.integers(HOLES)) if label == "missing_hole" else -1
    if hole >= 0:
        x, y = hole_centre(hole)
    sign = random.choice((-1.0, 1.0)) if label in ("scratch", "contamination") else -1.0
    return PlannedDefect(
        label,
        x,
        y,
        float(random.uniform(*size)),
        float(random.uniform(0, np.pi)),
        float(sign * random.uniform(*contrast)),
        hole,
    )


_SIZES = {
    "scratch": (0.08, 0.30),
    "dent": (0.020, 0.045),
    "stain": (0.04, 0.09),
    "chip": (0.018, 0.045),
    "missing_hole": (0.035, 0.035),
    "contamination": (0.006, 0.016),
}
_CONTRASTS = {
    "scratch": (26.0, 70.0),
    "dent": (30.0, 60.0),
    "stain": (16.0, 38.0),
    "chip": (40.0, 80.0),
    "missing_hole": (1.0, 1.0),
    "contamination": (45.0, 90.0),
}


def _place(random: np.random.Generator, label: str) -> tuple[float, float]:
    if label == "chip":  # chips break out of the housing's edges
        along, side = float(random.uniform(0.1, 0.9)), int(random.integers(4))
        return ((along, 0.06), (along, 0.94), (0.045, along), (0.955, along))[side]
    while True:
        x, y = (float(v) for v in random.uniform((0.09, 0.11), (0.91, 0.89)))
        if all(np.hypot((x - cx) * 4 / 3, y - cy) > 0.09 for cx, cy in map(hole_centre, range(HOLES))):
            return x, y


def defect_box(spec: RenderSpec, plan: PartPlan, defect: PlannedDefect) -> Box:
    """The box that holds all of a defect's truth, in frame pixels, cut at the frame."""
    reach = _REACH[defect.label] * defect.size * spec.height + 2.0
    x, y = defect.x * spec.width + plan.shift[0], defect.y * spec.height + plan.shift[1]
    left, top = max(0, math.floor(x - reach)), max(0, math.floor(y - reach))
    right, bottom = min(spec.width, math.ceil(x + reach)), min(spec.height, math.ceil(y + reach))
    return Box(left, top, max(1, right - left), max(1, bottom - top))


# How far from its middle a defect can be seen, in units of its size: a dent fades out, specks of dirt scatter.
_REACH = {
    "scratch": 0.6,
    "dent": 1.65,
    "stain": 1.85,
    "chip": 1.25,
    "missing_hole": 1.4,
    "contamination": 8.0,
}

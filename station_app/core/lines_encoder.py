"""From encoder counts to lines and millimetres, and how fast a web may run. Pure."""

from dataclasses import dataclass

from station_app.core.lines import LineScale


@dataclass(frozen=True, slots=True)
class EncoderScale:
    """A measuring wheel and what turns its counts into line triggers.

    A line is taken every `divider / multiplier` counts; `mm_per_rev` is the wheel's circumference.
    """

    mm_per_rev: float
    counts_per_rev: int
    divider: int = 1
    multiplier: int = 1

    def __post_init__(self) -> None:
        if not (self.mm_per_rev > 0 and min(self.counts_per_rev, self.divider, self.multiplier) > 0):
            raise ValueError("a wheel's circumference, counts, divider and multiplier are all above 0")

    @property
    def counts_per_line(self) -> float:
        return self.divider / self.multiplier

    @property
    def mm_per_line(self) -> float:
        return self.mm_per_rev / self.counts_per_rev * self.counts_per_line

    def scale(self, mm_per_pixel: float) -> LineScale:
        """The picture's scale under optics that show a pixel `mm_per_pixel` wide."""
        return LineScale(self.mm_per_line, mm_per_pixel)


@dataclass(frozen=True, slots=True)
class LineTiming:
    """What the camera can do: `line_rate_max_hz` at its present settings, and its exposure."""

    line_rate_max_hz: float
    exposure_us: float

    def speed_max_mm_s(self, scale: LineScale) -> float:
        """The fastest web of which no line is skipped."""
        return self.line_rate_max_hz * scale.mm_per_line


_SQUARE_WITHIN = 0.02
"""A circle that is 2 % too long still looks round."""


def line_rate_hz(scale: LineScale, speed_mm_s: float) -> float:
    """How many lines per second a web at this speed asks for."""
    return speed_mm_s / scale.mm_per_line


def timing_warnings(timing: LineTiming, scale: LineScale, speed_mm_s: float) -> tuple[str, ...]:
    """What will go wrong with the picture at this speed of the web, each as a sentence with its remedy."""
    asked_hz = line_rate_hz(scale, speed_mm_s)
    warnings = []
    if asked_hz > timing.line_rate_max_hz:
        warnings.append(
            f"The web asks for {asked_hz:.0f} lines/s and the camera takes {timing.line_rate_max_hz:.0f}: lines are "
            f"skipped and the picture is compressed; run at most {timing.speed_max_mm_s(scale):.0f} mm/s."
        )
    if asked_hz > 0 and timing.exposure_us > 1e6 / asked_hz:
        warnings.append(
            f"The exposure of {timing.exposure_us:.0f} us is longer than a line lasts, {1e6 / asked_hz:.1f} us: "
            "lines run into each other; expose for less time or run slower."
        )
    return tuple(warnings)


def aspect_warning(scale: LineScale) -> str | None:
    """Says that circles will not look round, and which divider ratio would make them."""
    if abs(scale.aspect - 1) <= _SQUARE_WITHIN:
        return None
    return (
        f"A pixel is {scale.mm_per_line:.4f} mm long and {scale.mm_per_pixel:.4f} mm wide: circles look "
        f"{scale.aspect:.2f} times as wide as long; set the divider to {1 / scale.aspect:.2f} of what it is."
    )


def unwrapped(before: int, counter: int, bits: int = 32) -> int:
    """An encoder counter of so many bits as a number that never wraps, near the last one known."""
    span = 1 << bits
    step = (counter - before) % span
    return before + (step - span if step >= span // 2 else step)

"""Rulers with round numbers: millimetres across a web, metres along it. The ticks are pure; painting is told where."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the ruler at a pixel of the screen, and what stands there."""

    at: int
    text: str


def round_step(per_px: float, least_px: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is `least_px` long on the screen. `per_px` > 0."""
    least = per_px * least_px
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))


def ticks(first: float, last: float, px: Sequence[float], least_px: float) -> tuple[Tick, ...]:
    """The round values from `first` to `last`, which lie at the pixels `px`[0] and `px`[1]."""
    if last <= first or px[1] <= px[0]:
        return ()
    per_px = (last - first) / (px[1] - px[0])
    step = round_step(per_px, least_px)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    numbers = range(math.ceil(first / step - 1e-9), math.floor(last / step + 1e-9) + 1)
    return tuple(Tick(round(px[0] + (n * step - first) / per_px), f"{n * step:.{decimals}f}") for n in numbers)

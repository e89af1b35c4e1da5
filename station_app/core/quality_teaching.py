"""Quality limits taught from good parts: as wide as the recorded image quality of parts that were judged. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from station_app.core.decision import is_usable
from station_app.core.inspection import ImageQuality
from station_app.core.recipe import QualityLimits

LEAST_PARTS = 30
"""Fewer say nothing about how far good pictures differ."""
SIGMAS = 4.0
"""How far from the mean a limit lies. Of normal values 6 in 100,000 are farther off on either side."""
_GREY_MAX, _SHARE_MAX, _FOCUS_MAX = 255.0, 1.0, 1e9
_LEAST_SHARE, _LEAST_GREY = 0.01, 2.0
"""Room around values that never differed."""


@dataclass(frozen=True, slots=True)
class Taught:
    """Limits from `parts` good parts, and how many of these very parts today's limits and the taught ones refuse."""

    limits: QualityLimits
    parts: int
    refused_today: int
    refused_then: int


def teach(seen: Sequence[ImageQuality], today: QualityLimits, sigmas: float = SIGMAS) -> Taught | None:
    """Each limit at the mean, and `sigmas` standard deviations (of the sample) away from it; None where there are fewer
    than LEAST_PARTS. Rounded outwards, so that no part is refused by the rounding alone."""
    if len(seen) < LEAST_PARTS:
        return None
    values = np.asarray([tuple(quality) for quality in seen], np.float64)
    centre, spread = values.mean(axis=0), values.std(axis=0, ddof=1) * sigmas
    mean, dark, bright, focus = (float(value) for value in centre)
    far = [float(value) for value in spread]
    grey = max(far[0], _LEAST_GREY)
    limits = QualityLimits(
        mean_min=_down(max(0.0, mean - grey), 1),
        mean_max=_up(min(_GREY_MAX, mean + grey), 1),
        dark_share_max=_up(min(_SHARE_MAX, dark + max(far[1], _LEAST_SHARE)), 3),
        bright_share_max=_up(min(_SHARE_MAX, bright + max(far[2], _LEAST_SHARE)), 3),
        focus_min=_down(min(_FOCUS_MAX, max(0.0, focus - far[3])), 2),
    )
    return Taught(limits, len(seen), refused(seen, today), refused(seen, limits))


def refused(seen: Sequence[ImageQuality], limits: QualityLimits) -> int:
    """How many of these pictures the limits would refuse: their parts would have no result."""
    return sum(not is_usable(quality, limits) for quality in seen)


def with_limit(limits: QualityLimits, name: str, value: float) -> QualityLimits:
    """One of the limits, by its name in the recipe, at another value."""
    return replace(limits, **{name: value})


def _down(value: float, digits: int) -> float:
    scale = 10.0**digits
    return float(np.floor(value * scale) / scale)


def _up(value: float, digits: int) -> float:
    scale = 10.0**digits
    return float(np.ceil(value * scale) / scale)

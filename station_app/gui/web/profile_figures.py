"""What a column profile says in figures. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_SHARE, MOST_SHARE = 0.05, 0.95
"""Below and above these a flat field cannot be taught; shares of full scale."""
FULL_SCALE = 255.0


@dataclass(frozen=True, slots=True)
class ProfileFigures:
    """`mean` in grey levels. `ripple` is largest less smallest over the mean, 0 where the mean is. `dark` and `bright`
    are the groups of columns outside the guide lines."""

    mean: float
    ripple: float
    dark: tuple[int, ...]
    bright: tuple[int, ...]


def figures_of(columns: Sequence[float]) -> ProfileFigures | None:
    """The figures of a profile in grey levels, None of an empty one."""
    if not columns:
        return None
    mean = sum(columns) / len(columns)
    ripple = (max(columns) - min(columns)) / mean if mean > 0 else 0.0
    dark = tuple(i for i, level in enumerate(columns) if level < LEAST_SHARE * FULL_SCALE)
    bright = tuple(i for i, level in enumerate(columns) if level > MOST_SHARE * FULL_SCALE)
    return ProfileFigures(mean, ripple, dark, bright)

"""Where groups of tiles stand below each other. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """One group: its heading at `top`, its tiles from `first` on, the next group from `bottom` on. Pixels."""

    top: int
    first: int
    bottom: int


def columns(width: int, tile: int, gap: int) -> int:
    """How many tiles stand side by side, at least one."""
    return max(1, (width + gap) // (tile + gap))


def placed(counts: Sequence[int], across: int, head: int, row: int) -> tuple[Band, ...]:
    """The bands of groups with so many tiles, `across` in a row."""
    bands: list[Band] = []
    top = 0
    for count in counts:
        first = top + head
        bands.append(Band(top, first, first + -(-count // across) * row))
        top = bands[-1].bottom
    return tuple(bands)

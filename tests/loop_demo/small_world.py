"""A world that a network of a few thousand weights learns in seconds: grey squares with lines, spots and rings."""

import numpy as np

from station_app.core.inspection import Box
from station_app.loop_demo.parts import TruePart
from station_app.loop_demo.world import Fitting, World
from tests.training.scenes import KINDS, draw_scene

SIDE = 96
_DEFECTS_IN = 2


def scene_parts(first: int, groups: int, kinds: tuple[int, ...] = (0, 1, 2), each: int = 4) -> tuple[TruePart, ...]:
    """Parts of so many groups, half of them defective, each kind in turn; all numbers from `first` on are theirs."""
    return tuple(_part(first + group, number, kinds) for group in range(groups) for number in range(each))


def small_world() -> World:
    """The champion knows lines, the stream brings spots and rings as well."""
    return World(
        about="scenes",
        kinds=KINDS,
        base=scene_parts(1000, 20, (0,)),
        golden=scene_parts(2000, 60),
        stream=scene_parts(3000, 60),
        further=scene_parts(4000, 12),
        unseen=scene_parts(5000, 60),
        fitting=Fitting(crop=64, width=4, base_steps=12, tuning_steps=120, tuning_rate=2e-3, replay_share=0.25),
    )


def _part(group: int, number: int, kinds: tuple[int, ...]) -> TruePart:
    kind = kinds[(group * _DEFECTS_IN + number // 2) % len(kinds)] if number % 2 else None
    pixels, mask = draw_scene(kind, 100 * group + number, SIDE)
    if kind is None:
        return TruePart(f"{group}-{number}", str(group), pixels)
    rows, columns = (np.flatnonzero((mask > 0).any(axis=axis)) for axis in (1, 0))
    box = Box(int(columns[0]), int(rows[0]), int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1)
    return TruePart(f"{group}-{number}", str(group), pixels, KINDS[kind], (box,))

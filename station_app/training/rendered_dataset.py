"""Labelled images of rendered parts: truth for nothing, and as much of it as wanted. Decided by a seed alone.

Housings differ by their grain and texture; a housing never stands in two splits, so that what is reported was measured
on housings that no weight was fitted to.
"""

from collections.abc import Callable

import numpy as np

from station_app.core.errors import ConfigError
from station_app.devices.rendering.plan import LABELS, PartPlan, RenderSpec, plan_part
from station_app.devices.rendering.render import render_part
from station_app.inference.shrink import shrink
from station_app.training.labelled import Dataset, LabelledImage, Split, shrink_mask

PARTS_OF_A_HOUSING = 15
_DEFECT_RATE = 0.6
_MIN_PARTS = 90
_MAX_PARTS = 5000
# Of ten housings in turn six are for training, one for validation and three for the test.
_TURNS = (*(Split.TRAIN,) * 3, Split.VALIDATION, Split.TEST, *(Split.TRAIN,) * 3, Split.TEST, Split.TEST)
# Far from any seed that a person would give to the rendered line: the demonstration shows housings never trained on.
_FIRST_SEED = 900_000

Rendered = Callable[[int, int], None]


def render_dataset(parts: str, reduce: int, seed: int, on_part: Rendered) -> Dataset:
    """`parts` rendered parts, half good, half not. Raises ConfigError where that is no sensible number."""
    count = int(parts) if parts.isdecimal() else 0
    if not _MIN_PARTS <= count <= _MAX_PARTS:
        raise ConfigError(
            f"{parts!r} is no sensible number of rendered parts",
            where=f"rendered:{parts}",
            remedy=f"give one from {_MIN_PARTS} to {_MAX_PARTS}, such as rendered:450",
        )
    images = []
    for number in range(count):
        image = render_one(number, reduce, seed)
        if image is not None:
            images.append(image)
        on_part(number + 1, count)
    return Dataset(f"rendered-{count}", LABELS, tuple(images), reduce=reduce, is_fixtured=True)


def render_one(number: int, reduce: int, seed: int) -> LabelledImage | None:
    """One part, or None where a planned defect fell where it cannot be seen: that is neither good nor defective."""
    housing, frame = divmod(number, PARTS_OF_A_HOUSING)
    spec = RenderSpec(seed=_FIRST_SEED + 1000 * seed + housing, defect_rate=_DEFECT_RATE)
    plan = plan_part(spec, _spread(frame))
    part = render_part(spec, plan)
    kinds = frozenset(int(value) - 1 for value in np.unique(part.truth) if value)
    if not _is_as_planned(plan, kinds):
        return None
    height, width = -(-spec.height // reduce), -(-spec.width // reduce)
    return LabelledImage(
        f"housing {housing} frame {plan.frame_id}",
        f"housing {housing}",
        split_of_housing(housing),
        kinds,
        shrink(part.pixels, height, width),
        shrink_mask(part.truth, reduce),
    )


def split_of_housing(housing: int) -> Split:
    """The split of a housing and of all its parts."""
    return _TURNS[housing % len(_TURNS)]


def _spread(frame: int) -> int:
    """Frames far apart, so that the light's slow drift is seen in all its phases."""
    return frame * 17


def _is_as_planned(plan: PartPlan, kinds: frozenset[int]) -> bool:
    return all(LABELS.index(label) in kinds for label in plan.labels)

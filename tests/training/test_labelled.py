"""Masks at smaller sizes, and splits that must keep physical parts apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from station_app.core.errors import ConfigError
from station_app.training.labelled import (
    UNKNOWN,
    Dataset,
    LabelledImage,
    Split,
    check_groups,
    check_trainable,
    shrink_mask,
)
from tests.training.scenes import LABELS, scene_image

BLANK = np.zeros((2, 2), np.uint8)


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40)), elements=st.integers(0, 3)), st.data())
def test_no_defect_is_lost_and_none_invented(mask: np.ndarray, data: st.DataObject) -> None:
    step = data.draw(st.integers(1, 5))
    small = shrink_mask(mask, step)
    assert small.shape == (-(-mask.shape[0] // step), -(-mask.shape[1] // step))
    for (y, x), value in np.ndenumerate(small):
        assert value == mask[y * step : (y + 1) * step, x * step : (x + 1) * step].max()


def test_a_known_defect_wins_over_unknown_and_unknown_over_good() -> None:
    mask = np.array([[UNKNOWN, 1, UNKNOWN, 0]], np.uint8)
    assert shrink_mask(mask, 2).tolist() == [[1, UNKNOWN]]


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(list(Split))), max_size=12))
def test_groups_are_accepted_exactly_where_each_has_one_split(pairs: list[tuple[int, Split]]) -> None:
    images = tuple(LabelledImage("", str(group), split, frozenset(), BLANK, BLANK) for group, split in pairs)
    if len({group for group, _ in pairs}) == len(set(pairs)):
        check_groups(images, "here")
    else:
        with pytest.raises(ConfigError, match="stands in the splits"):
            check_groups(images, "here")


@pytest.mark.parametrize("absent", list(Split))
def test_every_split_needs_defects(absent: Split) -> None:
    kept = [split for split in Split if split is not absent]
    images = [scene_image(kind, 1, split) for split in kept for kind in (None, 0)] + [scene_image(None, 2, absent)]
    with pytest.raises(ConfigError, match=f"the split {absent} "):
        check_trainable(Dataset("parts", LABELS, tuple(images)), "here")

"""Drawn pits and cracks: seen in the pixels, marked in the mask, decided by the seed."""

import numpy as np
import pytest

from station_app.training.augment import Variation, make_crop
from station_app.training.drawn import draw_defect
from station_app.training.labelled import GOOD, KINDLESS
from station_app.training.sampling import Sampler
from tests.training.scenes import scene_image


@pytest.mark.parametrize("shape", [(96, 96), (160, 96), (96, 96, 3)])
def test_a_drawn_defect_stands_in_pixels_and_mask_alike(shape: tuple[int, ...]) -> None:
    bare = np.full(shape, 120, np.uint8)
    for seed in range(30):
        pixels, mask = draw_defect(bare, np.zeros(shape[:2], np.uint8), np.random.default_rng(seed))
        assert set(np.unique(mask)) == {GOOD, KINDLESS}
        changed = np.abs(pixels.astype(int) - 120).reshape(*shape[:2], -1).max(axis=2)
        assert changed[mask == KINDLESS].min() >= 5
        assert (mask == KINDLESS).mean() < 0.1
        assert (bare == 120).all()


def test_most_drawn_defects_are_dark_and_some_are_bright() -> None:
    bare, mask = np.full((96, 96), 120, np.uint8), np.zeros((96, 96), np.uint8)
    deviations = [draw_defect(bare, mask, np.random.default_rng(seed))[0].mean() - 120 for seed in range(100)]
    bright = sum(deviation > 0 for deviation in deviations)
    assert 0 < bright < 30


def test_the_seed_decides_what_is_drawn() -> None:
    image = scene_image(None, 1)
    one, same, other = (
        make_crop(image, None, Variation(size=64), 4, np.random.default_rng(seed), is_drawn=True) for seed in (1, 1, 2)
    )
    assert np.array_equal(one.pixels, same.pixels)
    assert np.array_equal(one.mask, same.mask)
    assert not np.array_equal(one.mask, other.mask)
    assert one.is_defect


def test_only_good_crops_are_drawn_into_and_only_their_share() -> None:
    sampler = Sampler([scene_image(None, 1), scene_image(0, 2)], Variation(64, paste_share=0.0, drawn_share=0.5), 4)
    crops = [crop for turn in range(20) for crop in sampler.batch(10, np.random.default_rng(turn))]
    drawn = [bool((crop.mask == KINDLESS).any()) for crop in crops]
    assert not any(drawn[1::2])
    assert 30 < sum(drawn[::2]) < 70

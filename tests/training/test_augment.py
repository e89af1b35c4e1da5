"""Crops: decided by the seed alone, with pixels and mask moving together, and balanced batches."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.training.augment import Variation, make_crop
from station_app.training.labelled import UNKNOWN, LabelledImage, Split
from station_app.training.sampling import Sampler
from tests.training.scenes import scene_image

STILL = Variation(size=64, angle=0, zoom=0, light=0, noise=0, flips=False)


@given(st.integers(0, 50))
@settings(max_examples=10, deadline=None)
def test_the_seed_decides_every_crop(seed: int) -> None:
    image, donor = scene_image(None, 1), scene_image(1, 2)
    one, same = (make_crop(image, donor, Variation(size=64), 4, np.random.default_rng(seed)) for _ in range(2))
    assert np.array_equal(one.pixels, same.pixels)
    assert np.array_equal(one.mask, same.mask)


@given(st.integers(0, 200))
@settings(max_examples=25, deadline=None)
def test_the_mask_moves_with_the_pixels(seed: int) -> None:
    variation = Variation(size=64, light=0, noise=0, angle=20, zoom=0.3, transpose=True)
    crop = make_crop(scene_image(1, 3), None, variation, 4, np.random.default_rng(seed))
    dark = cv2.resize((crop.pixels < 60).astype(np.float32), (16, 16), interpolation=cv2.INTER_AREA)
    # Interpolation blurs the rim: only cells that are wholly dark or wholly bright can be judged.
    assert (crop.mask[dark > 0.95] == 2).all()
    assert crop.is_defect == bool((crop.mask == 2).any())


@pytest.mark.parametrize("shape", [(20, 200), (200, 20), (64, 64), (65, 63)])
def test_images_smaller_than_the_crop_are_mirrored(shape: tuple[int, int]) -> None:
    pixels = np.full(shape, 77, np.uint8)
    image = LabelledImage("a", "g", Split.TRAIN, frozenset(), pixels, np.zeros(shape, np.uint8))
    crop = make_crop(image, None, STILL, 4, np.random.default_rng(0))
    assert crop.pixels.shape == (64, 64)
    assert (crop.pixels == 77).all()


@given(st.integers(0, 100))
@settings(max_examples=20, deadline=None)
def test_a_pasted_defect_stands_in_pixels_and_mask(seed: int) -> None:
    crop = make_crop(scene_image(None, 4), scene_image(1, 5), STILL, 4, np.random.default_rng(seed))
    bare = make_crop(scene_image(None, 4), None, STILL, 4, np.random.default_rng(seed))
    assert crop.is_defect
    assert not bare.is_defect
    changed = cv2.resize(cv2.absdiff(crop.pixels, bare.pixels), (16, 16), interpolation=cv2.INTER_AREA)
    assert changed[crop.mask == 2].mean() > 20
    assert changed[crop.mask == 0].mean() < 5


def test_a_defect_larger_than_the_pasted_square_is_not_pasted() -> None:
    mask = np.zeros((300, 300), np.uint8)
    mask[:, 40:260] = 1
    donor = LabelledImage("a", "g", Split.TRAIN, frozenset({0}), np.full((300, 300), 200, np.uint8), mask)
    for seed in range(20):
        crop = make_crop(scene_image(None, 4), donor, STILL, 4, np.random.default_rng(seed))
        assert not crop.is_defect
        assert crop.pixels.max() < 180


def test_an_undrawn_defect_is_a_defect_wherever_it_is_cut() -> None:
    image = LabelledImage(
        "a", "g", Split.TRAIN, frozenset({0}), np.full((96, 96), 50, np.uint8), np.full((96, 96), UNKNOWN, np.uint8)
    )
    crop = make_crop(image, None, Variation(size=64), 4, np.random.default_rng(0))
    assert crop.is_defect
    assert (crop.mask == UNKNOWN).all()
    assert not make_crop(scene_image(None, 1), image, STILL, 4, np.random.default_rng(0)).is_defect


def test_half_of_a_batch_is_defective_and_the_kinds_take_turns() -> None:
    images = [scene_image(kind, seed) for seed, kind in enumerate([None] * 6 + [0] * 20 + [1])]
    sampler = Sampler(images, Variation(size=64, paste_share=0, angle=0, zoom=0), 4)
    crops = [crop for turn in range(8) for crop in sampler.batch(16, np.random.default_rng(turn))]
    assert sum(crop.is_defect for crop in crops) >= 0.4 * len(crops)
    spots = sum(bool((crop.mask == 2).any()) for crop in crops)
    lines = sum(bool((crop.mask == 1).any()) for crop in crops)
    assert 0.5 < spots / lines < 2


def test_a_dataset_without_good_parts_can_still_be_sampled() -> None:
    crops = Sampler([scene_image(0, 1)], Variation(size=64), 4).batch(4, np.random.default_rng(0))
    assert len(crops) == 4

"""Which images a batch is cut from: replay images by their share, parts by their weight, and never none."""

from dataclasses import replace

import numpy as np
import pytest

from station_app.training.augment import Crop, Variation
from station_app.training.labelled import LabelledImage
from station_app.training.sampling import Sampler
from tests.training.scenes import scene_image

STILL = Variation(size=64, angle=0, zoom=0, light=0, noise=0, flips=False, paste_share=0)


def _flat(value: int, weight: float = 1.0, *, is_replay: bool = False) -> LabelledImage:
    image = scene_image(None, value)
    return replace(image, pixels=np.full_like(image.pixels, value), weight=weight, is_replay=is_replay)


def _good(sampler: Sampler, batches: int = 40) -> list[Crop]:
    crops = [sampler.batch(16, np.random.default_rng(turn)) for turn in range(batches)]
    return [crop for batch in crops for crop in batch[::2]]


def _share(crops: list[Crop], value: int) -> float:
    return float(np.mean([crop.pixels[0, 0] == value for crop in crops]))


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5])
def test_the_share_of_replay_images_is_kept_in_every_batch(share: float) -> None:
    defect = scene_image(0, 1)
    images = [_flat(40), defect, _flat(80, is_replay=True), replace(defect, is_replay=True)]
    assert _share(_good(Sampler(images, STILL, 4, share), 3), 80) == share


def test_a_part_is_drawn_by_its_weight() -> None:
    images = [_flat(40), _flat(80, weight=9.0), scene_image(0, 1)]
    assert _share(_good(Sampler(images, STILL, 4)), 80) == pytest.approx(0.9, abs=0.06)


def test_a_part_of_many_images_is_drawn_no_oftener_than_another() -> None:
    many = [replace(_flat(80), group="one") for _ in range(9)]
    assert _share(_good(Sampler([_flat(40), *many, scene_image(0, 1)], STILL, 4)), 80) == pytest.approx(0.5, abs=0.1)


def test_what_the_new_images_lack_comes_from_the_old_ones() -> None:
    images = [_flat(40), replace(scene_image(0, 1), is_replay=True)]
    sampler = Sampler(images, STILL, 4, 0.5)
    crops = [crop for turn in range(8) for crop in sampler.batch(16, np.random.default_rng(turn))]
    assert np.mean([crop.is_defect for crop in crops]) > 0.3
    assert _share([crop for crop in crops if not crop.is_defect][::2], 40) > 0.9

"""Rendered parts as a dataset: housings kept apart, truth as rendered, decided by the seed."""

import numpy as np
import pytest

from station_app.core.errors import ConfigError
from station_app.training.labelled import LabelledImage, Split
from station_app.training.rendered_dataset import render_dataset, render_one, split_of_housing


@pytest.fixture(scope="module")
def parts() -> list[LabelledImage]:
    # As few as tell something: each takes a fifth of a second.
    rendered = [render_one(number, 4, seed=3) for number in range(8)]
    return [part for part in rendered if part is not None]


def test_truth_and_pixels_fit_together(parts: list[LabelledImage]) -> None:
    assert {part.is_defect for part in parts} == {True, False}
    for part in parts:
        assert part.pixels.shape == part.mask.shape == (240, 320)
        assert part.kinds == {int(value) - 1 for value in np.unique(part.mask) if value}


def test_the_seed_decides_everything(parts: list[LabelledImage]) -> None:
    again, other = render_one(0, 4, seed=3), render_one(0, 4, seed=4)
    assert again is not None and other is not None
    assert np.array_equal(again.pixels, parts[0].pixels)
    assert not np.array_equal(other.pixels, parts[0].pixels)


def test_every_split_has_housings_of_its_own() -> None:
    assert {split_of_housing(housing) for housing in range(6)} == set(Split)


@pytest.mark.parametrize("parts", ["", "x", "-3", "3", "1e9", "99999", "²"])
def test_a_number_that_makes_no_sense_is_refused(parts: str) -> None:
    with pytest.raises(ConfigError, match=r"no sensible number of rendered parts.*rendered:450"):
        render_dataset(parts, 2, 0, lambda done, total: None)

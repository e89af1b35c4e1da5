"""Two datasets as one: labels keep their place, whatever each dataset called them by number."""

import numpy as np
import pytest

from station_app.core.errors import ConfigError
from station_app.training.labelled import UNKNOWN, Dataset, LabelledImage, Split
from station_app.training.uniting import unite


def _image(name: str, kind: int, mask: list[int]) -> LabelledImage:
    pixels = np.zeros((1, len(mask)), np.uint8)
    return LabelledImage(name, name, Split.TRAIN, frozenset({kind}), pixels, np.array([mask], np.uint8))


def test_labels_of_the_champion_come_first_and_masks_follow() -> None:
    fresh = Dataset("new", ("crack", "short"), (_image("a", 0, [0, 1, 2, UNKNOWN]),))
    base = Dataset("old", ("open", "short"), (_image("b", 1, [2, 1, 0, 0]),))
    whole = unite(fresh, base, ("short", "open"), "here")
    assert whole.labels == ("short", "open", "crack")
    new, old = whole.images
    assert (new.kinds, new.mask.tolist(), new.is_replay) == (frozenset({2}), [[0, 3, 1, UNKNOWN]], False)
    assert (old.kinds, old.mask.tolist(), old.is_replay) == (frozenset({0}), [[1, 2, 0, 0]], True)


def test_a_label_that_nobody_shows_any_more_keeps_its_place() -> None:
    fresh = Dataset("new", ("short",), (_image("a", 0, [1]),))
    whole = unite(fresh, None, ("gone", "short"), "here")
    assert whole.labels == ("gone", "short")
    assert whole.images[0].kinds == {1}


def test_colour_and_grey_do_not_mix() -> None:
    fresh = Dataset("new", ("short",), (_image("a", 0, [1]),))
    with pytest.raises(ConfigError, match="colour and grey"):
        unite(fresh, Dataset("old", ("short",), (), channels=3), ("short",), "here")

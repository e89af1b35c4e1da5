"""The input contract of a package to be: the whole image where all have one size, else the tile asked for."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")
pytest.importorskip("onnx", reason="needs onnx, the extra [training]")

from station_app.training.draft import draft_manifest
from station_app.training.labelled import Dataset
from station_app.training.options import TrainingOptions
from tests.training.scenes import LABELS, scene_image


@pytest.mark.parametrize(
    ("sides", "tile", "expected"),
    [((100, 100), 0, 128), ((100, 100), 320, 128), ((100, 90), 0, 192), ((100, 90), 320, 320), ((1100, 1100), 0, 192)],
)
def test_the_tile_is_the_whole_image_or_what_was_asked_for(sides: tuple[int, int], tile: int, expected: int) -> None:
    images = tuple(scene_image(None, seed, side=side) for seed, side in enumerate(sides))
    options = TrainingOptions(dataset="parts", out=Path("p"), crop=192, tile=tile)
    contract = draft_manifest(options, Dataset("parts", LABELS, images)).input
    assert (contract.height, contract.width) == (expected, expected)
    assert 0 < contract.overlap <= expected // 2

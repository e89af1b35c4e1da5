"""What looks unlike all good images is lifted, in the network and in the graph alike, and nothing is ever lowered."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")
pytest.importorskip("onnx", reason="needs onnx, the extra [training]")

import torch

from station_app.core.inspection import Pixels
from station_app.core.recipe import Thresholds
from station_app.inference.manifest import Fit, InputContract, Manifest, Task
from station_app.inference.session import ModelSession, SessionSettings
from station_app.training.labelled import Dataset, Split
from station_app.training.network import DefectNet, map_of
from station_app.training.novelty import LIFT_MAX, Novelty, fit_novelty
from station_app.training.onnx_graph import model_bytes
from station_app.training.station_scoring import every_tile
from tests.training.scenes import LABELS, draw_scene, scene_image

CONTRACT = InputContract("image", 1, 64, 96, Fit.TILE)
DRAFT = Manifest(
    "net", "1", Task.SEGMENTATION, LABELS, CONTRACT, (("scores", "scores"),),
    tuple((name, Thresholds(0.5, 0.5)) for name in LABELS), 4,
)  # fmt: skip


def _tiles(pixels: Pixels) -> Iterator[Pixels]:
    return every_tile(DRAFT, pixels)


def _good(first: int, count: int) -> list[Pixels]:
    return [draw_scene(None, seed)[0][:64] for seed in range(first, first + count)]


def _dataset() -> Dataset:
    splits = ((Split.TRAIN, 0, 30), (Split.VALIDATION, 100, 20))
    images = [
        replace(scene_image(None, seed, split), pixels=pixels)
        for split, first, count in splits
        for seed, pixels in enumerate(_good(first, count))
    ]
    strange = replace(scene_image(0, 1), pixels=_strange())
    return Dataset("scenes", LABELS, (*images, strange))


def _strange() -> Pixels:
    pixels = _good(500, 1)[0].copy()
    pixels[10:50, 20:70] = np.random.default_rng(0).integers(0, 256, (40, 50), np.uint8)
    return pixels


@pytest.fixture(scope="module")
def network() -> DefectNet:
    torch.manual_seed(3)
    network = DefectNet(2, 1, width=4).eval()
    network.novelty = fit_novelty(network, _dataset(), _tiles, 1.0)
    return network


def _lift(network: DefectNet, pixels: Pixels) -> float:
    assert isinstance(network.novelty, Novelty)
    with torch.no_grad():
        levels = network.encoder(torch.from_numpy(pixels)[None, None].float())
        return float(network.novelty(levels[1], levels[2]))


def test_what_is_unlike_all_good_images_is_lifted_and_no_good_image_is_lowered(network: DefectNet) -> None:
    lifts = [_lift(network, pixels) for pixels in _good(1000, 40)]
    assert min(lifts) == 0
    assert np.median(lifts) < 1
    assert max(lifts) < _lift(network, _strange()) <= LIFT_MAX


def test_the_weight_is_what_one_spread_adds(network: DefectNet) -> None:
    twice = fit_novelty(network, _dataset(), _tiles, 2.0)
    assert isinstance(network.novelty, Novelty)
    assert twice.gain == pytest.approx(2 * network.novelty.gain)
    assert twice.offset == pytest.approx(network.novelty.offset)


def test_good_features_come_out_independent_with_variance_one(network: DefectNet) -> None:
    novelty = network.novelty
    assert isinstance(novelty, Novelty)
    with torch.no_grad():
        levels = [network.encoder(torch.from_numpy(pixels)[None, None].float()) for pixels in _good(0, 30)]
        fine, coarse = (torch.cat([level[index] for level in levels]) for index in (1, 2))
        joined = torch.cat([fine, coarse.repeat_interleave(2, 2).repeat_interleave(2, 3)], 1)
        white = novelty.whiten(joined).transpose(0, 1).flatten(1).numpy()
    assert np.abs(white.mean(axis=1)).max() < 1e-3
    # The ridge on the covariance holds back directions in which good features hardly vary.
    variances = white.var(axis=1)
    assert variances.max() < 1.1
    assert variances.max() > 0.8


@pytest.mark.parametrize("pixels", [_good(2000, 1)[0], _strange()], ids=["good", "strange"])
def test_the_graph_lifts_like_the_network(network: DefectNet, pixels: Pixels) -> None:
    with ModelSession(model_bytes(network, CONTRACT, 2), DRAFT, SessionSettings()) as session:
        scores = np.asarray(session.run(pixels[None, :, :, None])["scores"], np.float64)
    with torch.no_grad():
        expected = map_of(network(torch.from_numpy(pixels)[None, None].float())).numpy()
    assert np.abs(scores - expected).max() < 1e-5
    assert np.ptp(scores) > 0.001


def test_kinds_are_told_apart_as_before(network: DefectNet) -> None:
    pixels = torch.from_numpy(_strange())[None, None].float()
    with torch.no_grad():
        lifted = network(pixels)
        plain = network.decoder(network.encoder(pixels))
    assert torch.allclose(lifted - plain, (lifted - plain)[:, :1, :1, :1], atol=1e-5)
    assert float((lifted - plain).min()) > 0

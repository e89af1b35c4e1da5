"""The written graph against the network that it was written from."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")
pytest.importorskip("onnx", reason="needs onnx, the extra [training]")

import torch

from station_app.core.recipe import Thresholds
from station_app.inference.manifest import Fit, InputContract, Manifest, Task
from station_app.inference.session import ModelSession, SessionSettings
from station_app.training.network import DefectNet, map_of
from station_app.training.onnx_graph import model_bytes


def _network(labels: int, channels: int) -> "DefectNet":
    torch.manual_seed(3)
    network = DefectNet(labels, channels, width=4)
    network.eval()
    for module in network.modules():
        if (
            isinstance(module, torch.nn.BatchNorm2d)
            and module.running_mean is not None
            and module.running_var is not None
        ):
            torch.nn.init.normal_(module.running_mean)
            torch.nn.init.uniform_(module.running_var, 0.5, 2.0)
            torch.nn.init.uniform_(module.weight, 0.5, 2.0)
            torch.nn.init.normal_(module.bias)
    return network


@pytest.mark.parametrize(("labels", "channels"), [(1, 1), (6, 1), (3, 3)])
def test_the_graph_answers_like_the_network(labels: int, channels: int) -> None:
    network = _network(labels, channels)
    contract = InputContract("image", channels, 64, 96, Fit.TILE)
    names = tuple(f"kind {index}" for index in range(labels))
    draft = Manifest(
        "net", "1", Task.SEGMENTATION, names, contract, (("scores", "scores"),),
        tuple((name, Thresholds(0.5, 0.5)) for name in names), 4,
    )  # fmt: skip
    pixels = np.random.default_rng(0).integers(0, 256, contract.shape, np.uint8)
    with ModelSession(model_bytes(network, contract, labels), draft, SessionSettings()) as session:
        answer = session.run(pixels)["scores"]
    with torch.no_grad():
        expected = map_of(network(torch.from_numpy(pixels).permute(0, 3, 1, 2).float())).numpy()
    scores = np.asarray(answer, np.float64)
    assert answer.shape == (1, labels, 16, 24)
    assert np.abs(scores - expected).max() < 1e-5
    assert np.ptp(scores) > 0.01


def test_the_same_weights_give_the_same_bytes() -> None:
    contract = InputContract("image", 1, 64, 64, Fit.TILE)
    assert model_bytes(_network(2, 1), contract, 2) == model_bytes(_network(2, 1), contract, 2)

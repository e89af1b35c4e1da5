"""The way into training on an installation that has no PyTorch."""

import importlib.util
from pathlib import Path

import pytest

from station_app.core.errors import ConfigError
from station_app.training.command import train
from station_app.training.options import TrainingOptions


def test_without_pytorch_the_remedy_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"training needs torch and onnx.*\[training\]"):
        train(TrainingOptions(dataset="parts", out=tmp_path / "p"), lambda progress: None)

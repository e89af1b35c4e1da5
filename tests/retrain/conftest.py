"""One plant for all tests of retraining that need real training; without PyTorch they skip."""

import pytest

from tests.retrain.plant import LONG, SHORT, Plant, train_package, write_golden
from tests.training.scenes import write_scenes


@pytest.fixture(scope="session")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Plant:
    pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")
    pytest.importorskip("onnx", reason="needs onnx, the extra [training]")
    root = tmp_path_factory.mktemp("plant")
    replay = write_scenes(root / "replay", per_kind=4)
    return Plant(
        root=root,
        dataset=write_scenes(root / "dataset", per_kind=4, prefix="n"),
        replay=replay,
        golden=write_golden(root / "golden"),
        strong=train_package(replay, root / "strong", LONG),
        weak=train_package(replay, root / "weak", SHORT),
    )

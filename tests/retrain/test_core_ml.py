"""The Core ML export: its numbers, read back out of the written file, are the station's own.

Core ML runs on Apple's systems only, so that file was never run by it here.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from station_app.command_line.main import main
from station_app.core.errors import ModelPackageError
from station_app.inference.golden import golden_tensor
from station_app.inference.package import load_package
from station_app.inference.session import ModelSession, SessionSettings
from station_app.training.command import train
from station_app.training.options import TrainingOptions
from tests.conftest import PROJECT
from tests.retrain.plant import Plant

PYTHON_VARIABLE = "STATION_COREML"
SCRIPT = Path(__file__).with_name("core_ml_numbers.py")


@pytest.fixture(scope="module")
def python() -> str:
    """One that has coremltools, and what the station needs to read a package."""
    named = os.environ.get(PYTHON_VARIABLE, "")
    if not named:
        pytest.skip(f"no Core ML: {PYTHON_VARIABLE} names no Python that has coremltools")
    return named


@pytest.fixture(scope="module")
def lifted(plant: Plant) -> Path:
    """A package with every operation that training writes: with novelty as well."""
    options = TrainingOptions(
        str(plant.replay),
        plant.root / "lifted",
        steps=4,
        batch=8,
        crop=64,
        width=4,
        threads=1,
        use_test=False,
        novelty=0.5,
    )
    return train(options, lambda progress: None).folder


def run(python: str, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run([python, *words], capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("name", ["strong", "lifted"])
def test_the_written_file_computes_what_the_station_does(
    python: str, plant: Plant, lifted: Path, name: str, tmp_path: Path
) -> None:
    package = load_package(plant.root / name)
    written = tmp_path / "parts.mlpackage"
    told = run(python, "-m", "station_app", "retrain", "coreml", str(plant.root / name), "--out", str(written))
    assert "was not run here" in told
    image = golden_tensor(package.golden[-1].image, package.manifest.input)
    np.save(tmp_path / "in.npy", image.transpose(0, 3, 1, 2))
    answer = run(python, str(SCRIPT), str(written), str(tmp_path / "in.npy"), str(tmp_path / "out.npy"))
    with ModelSession(package.model, package.manifest, SessionSettings(), "golden") as session:
        scores = session.run(image)["scores"]
    assert np.abs(np.load(tmp_path / "out.npy") - scores).max() < 1e-4
    described = json.loads(answer.splitlines()[-1])
    assert described["input"] == "imageType"
    assert described["station.package"] == package.sha256
    assert json.loads(described["station.labels"]) == ["line", "spot"]


def test_without_coremltools_the_remedy_names_the_extra(
    plant: Plant, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "coremltools", None)
    assert main(["retrain", "coreml", str(plant.weak), "--out", str(tmp_path / "a.mlpackage")]) == 1
    assert "install the extra [coreml]" in capsys.readouterr().err
    assert main(["retrain", "coreml", str(plant.weak), "--out", str(tmp_path / "a.onnx")]) == 1
    assert "this is no new .mlpackage" in capsys.readouterr().err


def test_an_operation_of_another_exporter_is_named() -> None:
    onnx = pytest.importorskip("onnx", reason="needs onnx, the extra [training]")
    from station_app.training import core_ml

    node = onnx.helper.make_node("Softmax", ["x"], ["y"])
    with pytest.raises(ModelPackageError, match="holds the operation Softmax"):
        core_ml._write(None, node, [None], "elsewhere")
    resize = onnx.helper.make_node("Resize", ["x", "", "s"], ["y"], mode="linear")
    with pytest.raises(ModelPackageError, match="holds the operation Resize"):
        core_ml._write(None, resize, [None, None, None], "elsewhere")

"""Models of other origin become packages: one converted from TensorFlow, and drafts that cannot be obeyed."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from station_app.command_line.main import main
from station_app.inference.dry_run import DryRunLimits, dry_run
from station_app.inference.package import load_package
from station_app.inference.session import ModelSession, SessionSettings
from tests.training.scenes import draw_scene

PYTHON_VARIABLE = "STATION_TENSORFLOW"
SCRIPT = Path(__file__).with_name("tensorflow_model.py")
SIDE = 64
DRAFT: dict[str, Any] = {
    "schema": 1,
    "name": "from-tensorflow",
    "version": "1.0.0",
    "task": "classification",
    "labels": ["line", "spot"],
    "input": {"name": "image", "channels": 1, "height": SIDE, "width": SIDE, "fit": "area"},
    "outputs": {"scores": "scores"},
    "thresholds": {"line": {"review": 0.4, "fail": 0.6}, "spot": {"review": 0.4, "fail": 0.6}},
    "output_stride": 1,
    "provenance": {"made_by": "Keras"},
}


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with a draft and golden images."""
    (tmp_path / "draft.json").write_text(json.dumps(DRAFT))
    (tmp_path / "golden").mkdir()
    for number, kind in enumerate((None, 0, 1)):
        cv2.imwrite(str(tmp_path / "golden" / f"{number}.png"), draw_scene(kind, number, SIDE)[0])
    return tmp_path


def words(folder: Path, model: str = "model.onnx") -> list[str]:
    files = {"--manifest": "draft.json", "--golden": "golden", "--out": "package"}
    pairs = [word for name, file in files.items() for word in (name, str(folder / file))]
    return ["retrain", "wrap", str(folder / model), *pairs]


def test_a_tensorflow_model_becomes_a_package_that_passes_the_stations_dry_run(given: Path) -> None:
    python = os.environ.get(PYTHON_VARIABLE, "")
    if not python:
        pytest.skip(f"no TensorFlow: {PYTHON_VARIABLE} names no Python that has tensorflow and tf2onnx")
    image = draw_scene(0, 5, SIDE)[0][None, :, :, None]
    np.save(given / "image.npy", image)
    files = [str(given / name) for name in ("model.onnx", "image.npy", "scores.npy")]
    environment = {**os.environ, "PYTHONPATH": "", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [python, str(SCRIPT), *files], capture_output=True, text=True, env=environment, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert main(words(given)) == 0
    package = load_package(given / "package")
    assert dry_run(package, "", DryRunLimits())
    assert len(package.golden) == 3
    assert package.manifest.provenance["made_by"] == "Keras"
    with ModelSession(package.model, package.manifest, SessionSettings(), "here") as session:
        answer = session.run(np.ascontiguousarray(image))["scores"]
    assert np.abs(answer - np.load(given / "scores.npy")).max() < 1e-5


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"labels": []}, "labels: must be a list"),
        ({"files": {}}, "leave files and golden out"),
        ({"thresholds": {}}, "thresholds.line.review: missing"),
        ({"task": "guessing"}, "task: must be one of"),
    ],
)
def test_a_draft_that_cannot_be_obeyed_is_told(
    given: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], sentence: str
) -> None:
    (given / "draft.json").write_text(json.dumps({**DRAFT, **change}))
    (given / "model.onnx").write_bytes(b"model")
    assert main(words(given)) == 1
    assert sentence in capsys.readouterr().err
    assert not (given / "package").exists()


def test_what_is_missing_is_told(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words(given, "nowhere.onnx")) == 1
    assert "the model cannot be read, No such file" in capsys.readouterr().err
    (given / "model.onnx").write_bytes(b"this is no model")
    assert main(words(given)) == 1
    assert "the model" in capsys.readouterr().err
    (given / "golden" / "1.png").write_bytes(b"no picture")
    assert main(words(given)) == 1
    assert "not readable or not 64 x 64 pixels" in capsys.readouterr().err
    (given / "draft.json").write_text("{")
    assert main(words(given)) == 1
    assert "the manifest cannot be read" in capsys.readouterr().err

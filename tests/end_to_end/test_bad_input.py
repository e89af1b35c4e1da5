"""What the world does wrong is one clear sentence that names what, where and what to do; a PASS comes out of none."""

import json
import shutil
from pathlib import Path

import pytest

from station_app.core.messages import AlarmRaised, EngineState, StateChanged
from tests.end_to_end.programs import connected, end_engine, heard, run_program, started_program
from tests.test_config import DEMO_PACKAGE

RENDERED = ("--camera", "rendered:", "--parts", "2")


def _one_sentence(*words: str | Path) -> str:
    told = run_program(*words)
    assert told.returncode == 1, (told.stdout, told.stderr)
    lines = [line for line in told.stderr.splitlines() if line.startswith("station-app: ")]
    assert len(lines) == 1, told.stderr
    assert "Traceback" not in told.stderr
    assert "PASS" not in told.stdout
    return lines[0]


def _package(folder: Path) -> Path:
    target = folder / "package"
    shutil.copytree(DEMO_PACKAGE, target)
    return target


def test_a_missing_camera_folder(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    words = ("run", "--package", DEMO_PACKAGE, "--camera", f"folder:{gone}", "--data-dir", tmp_path / "data")
    sentence = _one_sentence(*words)
    assert "the image folder does not exist" in sentence and str(gone) in sentence


def test_an_unknown_kind_of_camera(tmp_path: Path) -> None:
    words = ("run", "--package", DEMO_PACKAGE, "--camera", "telepathy:1", "--data-dir", tmp_path / "data")
    assert "telepathy" in _one_sentence(*words)


def test_a_recipe_with_unknown_keys_names_them_all(tmp_path: Path) -> None:
    recipe = tmp_path / "r.toml"
    assert run_program("recipe", DEMO_PACKAGE, "--out", recipe).returncode == 0
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace("deadline_ms", "dedline_ms") + '\ncolour = "red"\n', encoding="utf-8")
    sentence = _one_sentence("run", "--recipe", recipe, *RENDERED, "--data-dir", tmp_path / "data")
    assert "dedline_ms: unknown key" in sentence and "keep.colour: unknown key" in sentence


def test_a_package_of_another_hash_than_the_recipes(tmp_path: Path) -> None:
    package, recipe = _package(tmp_path), tmp_path / "r.toml"
    assert run_program("recipe", package, "--out", recipe).returncode == 0
    manifest = json.loads((package / "manifest.json").read_text(encoding="utf-8"))
    (package / "manifest.json").write_text(json.dumps({**manifest, "version": "9.9.9"}), encoding="utf-8")
    sentence = _one_sentence("run", "--recipe", recipe, *RENDERED, "--data-dir", tmp_path / "data")
    assert "the recipe was approved with" in sentence


def test_a_package_whose_model_was_changed(tmp_path: Path) -> None:
    package = _package(tmp_path)
    body = bytearray((package / "model.onnx").read_bytes())
    body[len(body) // 2] ^= 1
    (package / "model.onnx").write_bytes(bytes(body))
    sentence = _one_sentence("run", "--package", package, *RENDERED, "--data-dir", tmp_path / "data")
    assert "model.onnx has another hash" in sentence


def test_a_data_folder_that_cannot_be(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    sentence = _one_sentence("demo", "--parts", "1", "--data-dir", file / "data")
    assert str(file) in sentence and "--data-dir" in sentence


def test_a_corrupt_database(tmp_path: Path) -> None:
    (tmp_path / "station.db").write_bytes(b"this is no database" * 1000)
    sentence = _one_sentence("demo", "--parts", "1", "--data-dir", tmp_path)
    assert "not a database" in sentence and "restore" in sentence


def test_a_second_instance(tmp_path: Path) -> None:
    with started_program("engine", "--data-dir", tmp_path) as first, connected(tmp_path):
        sentence = _one_sentence("demo", "--parts", "1", "--data-dir", tmp_path)
        assert "another station uses this data folder" in sentence and str(first.pid) in sentence
        end_engine(tmp_path)
        assert first.wait(20) == 0


def test_an_image_folder_without_a_readable_image(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    words = ("run", "--package", DEMO_PACKAGE, "--camera", f"folder:{tmp_path}", "--data-dir", tmp_path / "data")
    assert "no image of the folder is readable" in _one_sentence(*words)


@pytest.mark.parametrize("words", [("--parts", "0"), ("--parts", "-3")])
def test_no_parts_at_all(tmp_path: Path, words: tuple[str, str]) -> None:
    assert "cannot be inspected" in _one_sentence("demo", *words, "--data-dir", tmp_path)


def test_a_service_whose_recipe_fails_stays_up_and_says_so(tmp_path: Path) -> None:
    words = ("engine", "--data-dir", tmp_path, "--recipe", "gone")
    with started_program(*words) as engine, connected(tmp_path) as client:
        alarm = heard(client, AlarmRaised)
        assert alarm.code == "recipe" and "gone" in alarm.what and "housing" in alarm.remedy
        assert engine.poll() is None
        end_engine(tmp_path)
        assert engine.wait(20) == 0


def test_the_state_of_a_service_whose_recipe_fails_is_faulted(tmp_path: Path) -> None:
    words = ("engine", "--data-dir", tmp_path, "--camera", "top=folder:/nowhere")
    with started_program(*words) as engine, connected(tmp_path) as client:
        state = heard(client, StateChanged, lambda event: event.state is EngineState.FAULTED)
        assert state.state is EngineState.FAULTED
        end_engine(tmp_path)
        assert engine.wait(20) == 0

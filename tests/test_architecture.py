"""The laws of the source tree that no linter knows, checked by reading the files."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SOURCE = PROJECT / "station_app"
MODULES = sorted(SOURCE.rglob("*.py"))

MOST_FILE_LINES = 300
MOST_MAIN_WINDOW_LINES = 200
MOST_FUNCTION_LINES = 50

EMPTY_WORDS = ("manager", "helper", "util", "handler", "misc")
"""Words that say nothing about what a thing is for."""

QT_ROOMS = ("gui", "app.py")
"""The only places that know Qt."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def calls_of(tree: ast.Module, name: str) -> list[ast.Call]:
    """Calls of a function or method of this name, however it is reached."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if name in (getattr(call.func, "id", ""), getattr(call.func, "attr", ""))]


def words_of(name: str) -> set[str]:
    """`FrameHelper2` and `frame_helpers` both hold `helper`."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {word.lower().removesuffix("s") for word in words}


every_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


def test_the_tree_was_found() -> None:
    assert SOURCE / "core" / "decision.py" in MODULES


@every_module
def test_a_file_is_short(path: Path) -> None:
    most = MOST_MAIN_WINDOW_LINES if path.name == "main_window.py" else MOST_FILE_LINES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


@every_module
def test_a_function_is_short(path: Path) -> None:
    functions = (node for node in ast.walk(parse(path)) if isinstance(node, FUNCTIONS))
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > MOST_FUNCTION_LINES]
    assert not long


@every_module
def test_a_name_says_what_a_thing_is_for(path: Path) -> None:
    classes = (node.name for node in ast.walk(parse(path)) if isinstance(node, ast.ClassDef))
    names = [*path.relative_to(SOURCE).with_suffix("").parts, *classes]
    assert not [name for name in names if words_of(name) & set(EMPTY_WORDS)]


@every_module
def test_qt_stays_in_its_room(path: Path) -> None:
    if path.relative_to(SOURCE).parts[0] in QT_ROOMS:
        return
    roots = {name.partition(".")[0] for name in imported_names(parse(path))}
    assert not roots & {"PySide6", "shiboken6", "pyqtgraph"}


@every_module
def test_no_lambda_is_connected_to_a_signal(path: Path) -> None:
    """A lambda keeps its widget alive and runs in the sender's thread."""
    connects = calls_of(parse(path), "connect")
    assert not [c.lineno for c in connects if any(isinstance(given, ast.Lambda) for given in c.args)]


@every_module
def test_only_the_decision_makes_the_proof_of_a_pass(path: Path) -> None:
    if name_of(path) == "core/decision.py":
        return
    assert not [call.lineno for call in calls_of(parse(path), "PassProof")]


def test_the_decision_makes_the_proof_in_one_place() -> None:
    assert len(calls_of(parse(SOURCE / "core" / "decision.py"), "PassProof")) == 1


@pytest.mark.parametrize("lock", sorted((PROJECT / "packaging").glob("*.lock")), ids=lambda lock: lock.name)
def test_a_lock_names_no_host_and_pins_by_hash(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "http" not in text
    assert "--hash=sha256:" in text


def test_the_folder_packaging_hides_no_library() -> None:
    """As a package it would stand before the library of the same name, which pytest imports."""
    assert not (PROJECT / "packaging" / "__init__.py").exists()


def test_opencv_leaves_the_plugins_of_qt_alone() -> None:
    """OpenCV's windowed builds bring a Qt of their own and point the whole process at its plugins."""
    script = "import os, cv2; print(os.environ.get('QT_QPA_PLATFORM_PLUGIN_PATH'))"
    clean = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM_PLUGIN_PATH"}
    answer = subprocess.run([sys.executable, "-c", script], env=clean, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "None"


def test_opencv_is_the_build_without_windows() -> None:
    installed = {(dist.name or "").lower() for dist in metadata.distributions()}
    assert not installed & {"opencv-python", "opencv-contrib-python"}
    assert "opencv-python-headless" in installed

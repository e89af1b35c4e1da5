"""Opens the unchanged tree with libraries that are no part of this project, each in its own Python."""

import csv
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from station_app.dataset.options import Profile
from tests.dataset.plants import made, mixed_plant

OPENERS, VISION = "STATION_OPENERS", "STATION_VISION"
"""Variables that name a Python with these libraries; packaging/loop_tools.sh installs them."""
Opened = Callable[[str, str, Path], Any]


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("plant"), mixed_plant()).folder


@pytest.fixture(scope="session")
def anomaly_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("anomaly"), mixed_plant(), Profile.ANOMALY).folder


@pytest.fixture
def rows(tree: Path) -> list[dict[str, str]]:
    return rows_of(tree)


def rows_of(tree: Path) -> list[dict[str, str]]:
    with (tree / "samples.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """What a script prints as JSON on its last line, run by the Python that a variable names."""

    def run(variable: str, script: str, folder: Path) -> Any:
        python = os.environ.get(variable)
        if not python:
            pytest.skip(f"{variable} names no Python with this library: see packaging/loop_tools.sh")
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environment = {**clean, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "HOME": str(tmp_path)}
        words = [python, "-c", script, str(folder)]
        done = subprocess.run(words, capture_output=True, check=False, text=True, env=environment, cwd=tmp_path)
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    return run

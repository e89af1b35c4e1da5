"""The container's recipe, read line by line: no container engine runs here, so the image itself was never built.

What can be had without one: its files are laid out as it says, and its command runs there as it says.
"""

import re
import shlex
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.retrain.plant import SHORT, Plant, write_plan

RECIPE = PROJECT / "packaging" / "retrain" / "Containerfile"
LOCK = PROJECT / "packaging" / "retrain" / "requirements.lock"
Instruction = tuple[str, str]


def instructions() -> list[Instruction]:
    """Each instruction with its words, continued lines joined."""
    text = RECIPE.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def words_of(name: str) -> list[list[str]]:
    return [shlex.split(rest.strip("[]").replace('",', '"')) for found, rest in instructions() if found == name]


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the image below a folder of their own, and nothing else of the project."""
    root = tmp_path_factory.mktemp("image")
    for source, target in words_of("COPY"):
        place = root / target.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / source).is_dir():
            shutil.copytree(PROJECT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / source, place)
    return root


def run_in(laid_out: Path, work: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """The image's command, with its variables and no others that lead to the project."""
    (variables,) = [dict([words_of("ENV")[0][0].split("=", 1)])]
    path = str(laid_out / variables["PYTHONPATH"].lstrip("/"))
    (entry,) = words_of("ENTRYPOINT")
    assert entry[0] == "python"
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(work)}
    command = [sys.executable, *entry[1:], *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=work, timeout=300, check=False)


def test_the_files_of_the_image_are_all_that_retraining_needs(laid_out: Path, plant: Plant, tmp_path: Path) -> None:
    plan = write_plan(tmp_path, plant, {"steps": f"steps = {SHORT}", "[gate]": "[gate]\noverkill_margin = 0.5"})
    done = run_in(laid_out, tmp_path, "run", str(plan), "--work", str(tmp_path / "work"))
    told = done.stdout + done.stderr
    assert "materialise: done" in told
    assert "evaluate: done" in told
    assert done.returncode == 0 or "the gate refuses this candidate" in told


def test_the_image_runs_as_nobody_in_particular_and_carries_no_secret() -> None:
    (user,) = words_of("USER")
    assert user == ["10001:10001"]
    names = [name for name, _ in instructions()]
    assert names.index("USER") > max(index for index, name in enumerate(names) if name == "RUN")
    assert "ADD" not in names
    assert not re.search(r"(?i)password|secret|token", RECIPE.read_text(encoding="utf-8"))


def test_the_base_and_the_pytorch_build_are_chosen_by_argument() -> None:
    arguments = {words[0].partition("=")[0] for words in words_of("ARG")}
    assert arguments == {"BASE", "TORCH_INDEX", "TORCH", "COMMIT"}
    assert words_of("FROM") == [["${BASE}"]]
    assert ["STATION_COMMIT=${COMMIT}"] in words_of("ENV")


def test_the_lock_holds_what_the_image_imports() -> None:
    pytest.importorskip("torch", reason="the extra [training] is not installed")
    script = (
        "import sys, station_app.command_line.retrain, station_app.training.course, station_app.sync.object_remote,"
        " duckdb, obstore, cryptography\n"
        "print(*{name.split('.')[0] for name, module in sys.modules.items()"
        " if 'site-packages' in (getattr(module, '__file__', None) or '')})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=PROJECT, check=True)
    pinned = set(re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    distributions = metadata.packages_distributions()
    needed = {dist.lower().replace("_", "-") for name in done.stdout.split() for dist in distributions.get(name, [])}
    assert {"numpy", "onnxruntime", "duckdb"} <= needed
    # What PyTorch itself brings is chosen with it.
    of_torch = {re.split(r"[ ;<>=!\[]", line)[0].lower() for line in metadata.requires("torch") or []}
    assert needed - pinned - of_torch - {"torch", "setuptools", "mpmath", "markupsafe"} == set()

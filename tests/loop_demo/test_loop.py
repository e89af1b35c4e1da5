"""The whole loop on small scenes: a real engine, real records, a real store, a real candidate, and what is refused."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")
pytest.importorskip("onnx", reason="needs onnx, the extra [training]")

from station_app.inference.package import load_package
from station_app.loop_demo.figures import Comparison
from station_app.loop_demo.loop import LoopOptions, run_loop
from station_app.loop_demo.servers import MLFLOW_VARIABLE, WEED_VARIABLE
from station_app.loop_demo.station_files import RECIPE
from station_app.store.archive import StationArchive
from station_app.store.revisions import recipe_history
from tests.loop_demo.small_world import small_world


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loop")


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def comparison(work: Path, told: list[str]) -> Comparison:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(WEED_VARIABLE, raising=False)
        patch.delenv(MLFLOW_VARIABLE, raising=False)
        return run_loop(small_world(), LoopOptions(work, threads=1), told.append)


def test_fewer_defects_escape_at_equal_overkill(comparison: Comparison) -> None:
    before, after = comparison.before.escapes_equal, comparison.after.escapes_equal
    assert before.total == after.total == 120
    assert 2 * after.count <= before.count
    assert comparison.ratio == after.count / before.count


def test_the_candidate_has_learned_what_people_named(comparison: Comparison, work: Path) -> None:
    package = load_package(work / "run-001" / "retraining" / "candidate" / "package")
    assert package.labels == ("line", "ring", "spot")
    champion = load_package(work / "run-001" / "champion")
    assert champion.labels == ("line",)
    assert package.manifest.provenance["started_from"] == champion.sha256


def test_a_poisoned_and_a_worse_candidate_are_refused_with_figures(comparison: Comparison, told: list[str]) -> None:
    for what in ("labels turned round", "a training cut short"):
        place = told.index(f"{what}: refused")
        assert " escape" in told[place + 1] or " rejected" in told[place + 1]


def test_a_changed_model_and_a_stranger_are_refused_at_the_station(comparison: Comparison, told: list[str]) -> None:
    assert any(line.startswith("signed by a stranger: ") and "does not trust" in line for line in told)
    assert any(line.startswith("one bit of the model changed: ") and "another hash" in line for line in told)


def test_the_promoted_package_decides_by_a_revision_that_two_people_signed(comparison: Comparison, work: Path) -> None:
    archive = StationArchive(work / "run-001" / "station" / "data")
    history = archive.read(lambda reader: recipe_history(reader, RECIPE))
    package = load_package(work / "run-001" / "retraining" / "candidate" / "package")
    active = history.active
    assert active is not None
    assert package.sha256 in active.text
    assert '[labels."ring"]' in active.text


def test_a_second_run_begins_in_a_folder_of_its_own(comparison: Comparison, work: Path) -> None:
    from station_app.loop_demo.loop import new_run

    assert new_run(work).name == "run-002"

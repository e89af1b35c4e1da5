"""Candidates that give no evidence, recipes that say what is judged by, and golden sets that cannot be judged."""

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.errors import ConfigError, ModelPackageError
from station_app.inference.package import load_package
from station_app.retrain.evaluate import evaluate, read_evidence
from station_app.retrain.gate import decide_gate, is_accepted
from station_app.retrain.plan import ChampionPlan, RetrainPlan
from station_app.retrain.plan_toml import read_plan
from station_app.retrain.unseen import refuse_learned
from station_app.retrain.work_folder import WorkFolder
from tests.retrain.plant import Plant, write_plan
from tests.retrain.test_steps import silent


@pytest.fixture
def plan(plant: Plant, tmp_path: Path) -> RetrainPlan:
    """A plan whose candidate is there already: the strong package."""
    read = read_plan(write_plan(tmp_path, plant))
    shutil.copytree(plant.strong, WorkFolder(read.work).candidate)
    return read


def change_member(package: Path, name: str, body: bytes) -> None:
    """Another content, and a manifest that agrees with it."""
    (package / name).write_bytes(body)
    manifest = json.loads((package / "manifest.json").read_bytes())
    manifest["files"][name] = hashlib.sha256(body).hexdigest()
    (package / "manifest.json").write_text(json.dumps(manifest))


def write_recipe(plan: RetrainPlan, review: float, sha256: str = "") -> ChampionPlan:
    """The line's recipe with one review threshold for all labels."""
    champion = load_package(plan.champion.package)
    labels = "\n".join(f"[labels.{label}]\nreview = {review:.6f}\nfail = 0.99" for label in champion.labels)
    path = plan.work.parent / "housing.toml"
    path.write_text(
        f'schema = 1\nname = "housing"\nrevision = 1\ndeadline_ms = 500\n[[cameras]]\nid = "top"\n'
        f'[cameras.model]\npackage = "champion"\nsha256 = "{sha256 or champion.sha256}"\n{labels}\n'
    )
    return replace(plan.champion, recipe=path, camera="top")


def test_a_golden_tensor_that_is_off_is_no_evidence(plan: RetrainPlan, plant: Plant) -> None:
    candidate = WorkFolder(plan.work).candidate
    expected = json.loads((candidate / "golden" / "000.json").read_bytes())
    expected["scores"]["values"] = [1 - value for value in expected["scores"]["values"]]
    change_member(candidate, "golden/000.json", json.dumps(expected).encode())
    assert "is off by" in evaluate(plan, plant.dataset, silent)["fault"]
    (rule,) = decide_gate(read_evidence(WorkFolder(plan.work).evaluation), plan.gate)
    assert rule.name == "evidence"
    assert "is off by" in rule.figures
    assert not is_accepted((rule,))


@pytest.mark.parametrize(("split", "is_refused"), [("train", True), ("validation", True), ("test", False)])
def test_a_golden_set_that_is_learned_judges_nothing(
    plan: RetrainPlan, plant: Plant, tmp_path: Path, split: str, is_refused: bool
) -> None:
    dataset = tmp_path / "dataset"
    shutil.copytree(plant.dataset, dataset)
    shutil.copy(plant.golden / "g3.png", dataset / "another_name.png")
    (dataset / "split.csv").write_text(f"image,mask,split,label\nanother_name.png,,{split},good\n")
    for at in (plan, replace(plan, champion=replace(plan.champion, replay=dataset))):
        learned = dataset if at is plan else plant.dataset
        if is_refused:
            with pytest.raises(ConfigError, match=r"1 images of the golden set are learned, among them g3\.png"):
                evaluate(at, learned, silent)
        else:
            refuse_learned(at, learned)


def test_a_champion_that_is_off_is_no_reason_to_refuse_a_candidate(plan: RetrainPlan, plant: Plant) -> None:
    damaged = plan.work.parent / "damaged"
    shutil.copytree(plan.champion.package, damaged)
    change_member(damaged, "golden/000.json", b'{"scores": {"shape": [1], "values": [0]}}')
    with pytest.raises(ModelPackageError, match="the dry run"):
        evaluate(replace(plan, champion=replace(plan.champion, package=damaged)), plant.dataset, silent)
    assert not WorkFolder(plan.work).evaluation.exists()


def test_the_lines_recipe_says_what_the_champion_is_judged_by(plan: RetrainPlan, plant: Plant) -> None:
    strict = replace(plan, champion=write_recipe(plan, 0.000001))
    figures = evaluate(strict, plant.dataset, silent)
    assert figures["champion"]["thresholds"]["spot"] == {"review": 0.000001, "fail": 0.99}
    assert figures["candidate"]["thresholds"]["spot"]["review"] > 0.01
    assert figures["figures"]["golden"]["champion"]["overkill"]["share"] > 0.9


def test_a_recipe_without_the_camera_is_told(plan: RetrainPlan, plant: Plant) -> None:
    other = replace(write_recipe(plan, 0.5), camera="side")
    with pytest.raises(ConfigError, match=r"the recipe has no camera 'side'.*name one of top"):
        evaluate(replace(plan, champion=other), plant.dataset, silent)


def test_a_recipe_of_another_package_is_told(plan: RetrainPlan, plant: Plant) -> None:
    other = write_recipe(plan, 0.5, "0" * 64)
    with pytest.raises(ConfigError, match="the recipe was approved with another package than the champion"):
        evaluate(replace(plan, champion=other), plant.dataset, silent)


def test_an_image_that_cannot_be_read_is_told(plan: RetrainPlan, plant: Plant) -> None:
    golden = plan.work.parent / "golden"
    golden.mkdir()
    for name, sentence in (("gone.png", "cannot be read"), ("../retrain.toml", "lies outside of its folder")):
        (golden / "split.csv").write_text(f"image,label,group\n{name},good,g1\n")
        with pytest.raises(ConfigError, match=sentence):
            evaluate(replace(plan, golden=replace(plan.golden, folder=golden)), plant.dataset, silent)

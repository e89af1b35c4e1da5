"""The steps from a dataset to a signed package, with real training: done once, and never for a worse candidate."""

import json
from pathlib import Path

import pytest

from station_app.command_line.main import main
from station_app.config_sync import StoreSetup
from station_app.core.errors import ConfigError, GateError
from station_app.inference.dry_run import DryRunLimits, dry_run
from station_app.inference.package import load_package
from station_app.retrain.gate import Outcome
from station_app.retrain.plan_toml import read_plan
from station_app.retrain.steps import NAMES, Retraining, last_rules, run_step
from station_app.sync.folder_remote import FolderRemote
from station_app.sync.remote import Remote
from tests.retrain.plant import SHORT, Plant, flip_labels, write_plan


def silent(what: str, done: int, total: int) -> None:
    return None


def open_folder(setup: StoreSetup) -> Remote:
    return FolderRemote(Path(setup.store.removeprefix("folder:")))


def retraining(plan: Path) -> Retraining:
    return Retraining(read_plan(plan), silent, open_folder)


def run_until(name: str, at: Retraining) -> list[bool]:
    """Whether each step up to this one was fresh."""
    return [run_step(step, at).is_fresh for step in NAMES[: NAMES.index(name) + 1]]


@pytest.fixture(scope="module")
def better(plant: Plant) -> Retraining:
    at = retraining(write_plan(plant.root / "better", plant))
    run_until("sign", at)
    return at


def test_a_better_candidate_becomes_a_package_that_a_station_takes(better: Retraining, plant: Plant) -> None:
    package = load_package(better.work.package)
    assert dry_run(package, "", DryRunLimits())
    assert package.model == load_package(better.work.candidate).model
    compared = package.manifest.evaluation["compared"]
    assert compared["champion"]["sha256"] == load_package(plant.weak).sha256
    assert {rule["outcome"] for rule in compared["gate"]} <= {"passed", "not_asked"}
    provenance = package.manifest.provenance
    assert provenance["champion"] == load_package(plant.weak).sha256
    assert provenance["dataset_version"] == better.work.read("train").inputs["dataset"]  # type: ignore[union-attr]
    assert "steps=60" in provenance["options"]
    card = better.work.card.read_text(encoding="utf-8")
    assert provenance["card"] == card
    assert "| escapes of spot | 0 of 8 = 0.0%" in card


def test_a_candidate_goes_on_from_its_champion_and_replays_what_that_knew(plant: Plant) -> None:
    replay = f'package = "{plant.weak}"\nreplay = "{plant.replay}"'
    plan = write_plan(plant.root / "tuned", plant, {"package": replay, "anew": "anew = false"})
    at = retraining(plan)
    run_until("sign", at)
    provenance = load_package(at.work.package).manifest.provenance
    assert provenance["started_from"] == provenance["champion"] == load_package(plant.weak).sha256
    assert provenance["dataset"]["replayed"]
    assert provenance["replay"]


def test_the_evaluation_counts_parts_and_not_images(better: Retraining) -> None:
    evaluation = json.loads(better.work.evaluation.read_bytes())
    assert len(evaluation["judged"]) == 76
    assert evaluation["figures"]["golden"]["good"] == 59
    assert evaluation["figures"]["golden"]["candidate"]["escapes"]["total"] == 16
    assert set(evaluation["figures"]["slices"]) == {"/top"}
    assert evaluation["figures"]["controls"]["drawn"] == 0


def test_what_is_done_is_not_done_again(better: Retraining) -> None:
    assert run_until("sign", better) == [False] * 5


def test_a_step_whose_output_is_gone_is_done_again_and_what_follows_from_it_too(plant: Plant) -> None:
    at = retraining(write_plan(plant.root / "again", plant, {"steps": f"steps = {SHORT}"}))
    assert run_until("evaluate", at) == [True] * 3
    at.work.evaluation.write_text("{}")
    assert run_until("evaluate", at) == [False, False, True]
    other = retraining(write_plan(plant.root / "again", plant, {"steps": f"steps = {SHORT + 1}"}))
    with pytest.raises(ConfigError, match=r"train was done with other files or another plan.*retrain train"):
        run_step("evaluate", other)
    assert run_until("evaluate", other) == [False, True, True]


def test_a_step_before_its_time_says_which_comes_first(plant: Plant) -> None:
    at = retraining(write_plan(plant.root / "early", plant))
    with pytest.raises(ConfigError, match=r"the step materialise was not done yet.*station-app retrain materialise"):
        run_step("train", at)


def refuse(plant: Plant, folder: str, changes: dict[str, str]) -> set[str]:
    """The rules that refuse; nothing may be left that a station could be offered."""
    at = retraining(write_plan(plant.root / folder, plant, changes))
    with pytest.raises(GateError, match=r"the gate refuses this candidate.*the champion stays"):
        run_until("gate", at)
    for later in ("sign", "register", "publish"):
        with pytest.raises((GateError, ConfigError)):
            run_step(later, at)
    assert not at.work.package.exists()
    assert not at.work.statement.exists()
    return {rule.name for rule in last_rules(at) if rule.outcome is Outcome.REFUSED}


def test_a_worse_candidate_is_refused(plant: Plant) -> None:
    refused = refuse(plant, "worse", {"package": f'package = "{plant.strong}"', "steps": f"steps = {SHORT}"})
    assert refused & {"escapes of line", "escapes of spot", "overkill"}


def test_a_poisoned_candidate_is_refused(plant: Plant) -> None:
    poisoned = flip_labels(plant.dataset, plant.root / "flipped")
    refused = refuse(
        plant, "poisoned", {"package": f'package = "{plant.strong}"', "dataset": f'dataset = "{poisoned}"'}
    )
    assert {"escapes of line", "escapes of spot", "overkill", "McNemar"} <= refused


def test_a_golden_set_that_is_not_the_frozen_one_is_refused(plant: Plant) -> None:
    thawed = f'folder = "{plant.golden}"\nsha256 = "{"0" * 64}"'
    at = retraining(write_plan(plant.root / "thawed", plant, {"folder": thawed, "steps": "steps = 2"}))
    run_until("train", at)
    with pytest.raises(ConfigError, match="the golden set is not the frozen one: it has the hash"):
        run_step("evaluate", at)


def test_the_command_runs_all_steps_and_says_what_the_gate_found(
    better: Retraining, plant: Plant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retrain", "run", str(plant.root / "better" / "retrain.toml")]) == 0
    told = capsys.readouterr().out
    assert "train: skipped, it was done before with the same files" in told
    assert "passed: escapes of spot: 0 of 8 escape" in told
    assert "not_asked: the plan has no [mlflow]" in told


def test_the_command_ends_with_one_where_the_gate_refuses(plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    plan = write_plan(plant.root / "strict", plant, {"latency_ratio": "latency_ratio = 0.1"})
    assert main(["retrain", "run", str(plan)]) == 1
    told = capsys.readouterr()
    assert "refused: latency" in told.out
    assert "the gate refuses this candidate, latency" in told.err
    assert main(["retrain", "gate", str(plan)]) == 1

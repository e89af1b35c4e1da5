"""Registering in a real MLflow server: once, gone on with where it was cut short, and aliases that follow the plant."""

import hashlib
import json
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station_app.command_line.main import main
from station_app.core.errors import ConfigError
from station_app.inference.package import load_package
from station_app.retrain.mlflow_rest import MlflowServer
from station_app.retrain.plan_toml import read_plan
from station_app.retrain.registry import CHALLENGER, CHAMPION, PREVIOUS, Entry, Registry
from station_app.retrain.steps import Retraining
from tests.retrain import mlflow_server
from tests.retrain.plant import Plant, write_plan
from tests.retrain.test_steps import open_folder, run_until, silent


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not mlflow_server.program():
        pytest.skip(f"no MLflow: {mlflow_server.PYTHON_VARIABLE} names no Python that has it")
    with mlflow_server.running(tmp_path_factory.mktemp("mlflow") / "server") as running:
        yield running


def registry_of(url: str, model: str) -> Registry:
    return Registry(MlflowServer(url, {}), model, "tests")


def entry_of(name: str) -> Entry:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return Entry(sha256, name, {"station.recipe": "housing"}, {"steps": "60"}, {"golden/candidate/escapes": 0.1}, {})


def read(url: str, call: str, **arguments: str) -> dict[str, Any]:
    query = urllib.parse.urlencode(arguments)
    with urllib.request.urlopen(f"{url}/api/2.0/mlflow/{call}?{query}") as answer:
        return dict(json.load(answer))


def read_file(url: str, artifact_uri: str, name: str) -> bytes:
    path = urllib.parse.urlsplit(artifact_uri).path.strip("/")
    with urllib.request.urlopen(f"{url}/api/2.0/mlflow-artifacts/artifacts/{path}/{name}") as answer:
        return bytes(answer.read())


def test_a_package_is_one_version_however_often_it_is_registered(url: str) -> None:
    registry = registry_of(url, "once")
    first = registry.add(entry_of("a"), 1)
    assert registry.add(entry_of("a"), 2) == first
    assert registry.add(entry_of("b"), 3) != first
    found = read(url, "model-versions/search", filter="name='once'")["model_versions"]
    assert len(found) == 2


def test_a_run_that_was_cut_short_is_gone_on_with(url: str) -> None:
    server = MlflowServer(url, {})

    class Torn(MlflowServer):
        def post(self, call: str, body: dict[str, Any]) -> dict[str, Any]:
            if call == "model-versions/create":
                raise ConnectionError("the network is gone")
            return server.post(call, body)

    with pytest.raises(ConnectionError):
        Registry(Torn(url, {}), "torn", "torn").add(entry_of("c"), 1)
    version = Registry(server, "torn", "torn").add(entry_of("c"), 2)
    experiment = read(url, "experiments/get-by-name", experiment_name="torn")["experiment"]["experiment_id"]
    assert len(server.post("runs/search", {"experiment_ids": [experiment]})["runs"]) == 1
    assert version == "1"


def test_the_aliases_follow_promotion_and_roll_back_and_moving_twice_changes_nothing(url: str) -> None:
    registry = registry_of(url, "aliases")
    old, new = registry.add(entry_of("old"), 1), registry.add(entry_of("new"), 2)
    registry.name(CHAMPION, old)
    registry.name(CHALLENGER, new)
    assert registry.promoted(entry_of("new").package_sha256)
    for _ in range(2):
        assert (registry.at(CHAMPION), registry.at(PREVIOUS), registry.at(CHALLENGER)) == (new, old, "")
        assert not registry.promoted(entry_of("new").package_sha256)
    assert registry.rolled_back(entry_of("new").package_sha256)
    assert (registry.at(CHAMPION), registry.at(PREVIOUS)) == (old, "")
    assert not registry.rolled_back(entry_of("new").package_sha256)
    with pytest.raises(ConfigError, match="knows no champion before this one"):
        registry.rolled_back(entry_of("old").package_sha256)


def test_a_package_that_nobody_registered_is_no_champion(url: str) -> None:
    registry = registry_of(url, "unknown")
    assert registry.at(CHAMPION) == ""
    with pytest.raises(ConfigError, match="is not registered as unknown"):
        registry.promoted("0" * 64)


def test_a_deleted_experiment_is_told(url: str) -> None:
    server = MlflowServer(url, {})
    made = server.post("experiments/create", {"name": "deleted"})
    server.post("experiments/delete", {"experiment_id": made["experiment_id"]})
    with pytest.raises(ConfigError, match="the experiment 'deleted' is deleted"):
        Registry(server, "deleted", "deleted").add(entry_of("d"), 1)


@pytest.fixture(scope="module")
def registered(url: str, plant: Plant) -> Path:
    """A plan whose candidate was signed and registered."""
    key = plant.root / "signing.key"
    assert main(["retrain", "key", str(key)]) == 0
    registry = f'[mlflow]\nurl = "{url}"\nexperiment = "housing"\nmodel = "housing-top"'
    (plant.root / "channel").mkdir()
    offer = f'[offer]\nrecipe = "housing"\ncamera = "top"\nstore = "folder:../channel"\nkey = "{key}"'
    plan = write_plan(plant.root / "registered", plant, {"[mlflow]": registry, "[offer]": offer})
    run_until("register", Retraining(read_plan(plan), silent, open_folder))
    return plan


def test_the_candidate_is_the_challenger_of_the_package_it_was_compared_with(
    url: str, registered: Path, plant: Plant
) -> None:
    work = read_plan(registered).work
    package = load_package(work / "package")
    challenger = read(url, "registered-models/alias", name="housing-top", alias=CHALLENGER)["model_version"]
    tags = {tag["key"]: tag["value"] for tag in challenger["tags"]}
    assert tags["station.package"] == package.sha256
    assert tags["station.champion"] == load_package(plant.weak).sha256
    assert tags["station.recipe"] == "housing"
    assert len(tags["station.key_id"]) == 16
    champion = read(url, "registered-models/alias", name="housing-top", alias=CHAMPION)["model_version"]
    assert {"key": "station.package", "value": load_package(plant.weak).sha256} in champion["tags"]


def test_the_run_holds_figures_options_and_files(url: str, registered: Path, tmp_path: Path) -> None:
    version = read(url, "registered-models/alias", name="housing-top", alias=CHALLENGER)["model_version"]
    run = read(url, "runs/get", run_id=version["run_id"])["run"]
    metrics = {metric["key"]: metric["value"] for metric in run["data"]["metrics"]}
    assert metrics["golden/candidate/escapes"] == 0
    assert metrics["golden/champion/escapes"] > 0
    assert {"key": "steps", "value": "60"} in run["data"]["params"]
    assert run["info"]["status"] == "FINISHED"
    work = read_plan(registered).work
    uri = run["info"]["artifact_uri"]
    (tmp_path / "package.zip").write_bytes(read_file(url, uri, "package.zip"))
    assert load_package(tmp_path / "package.zip").sha256 == load_package(work / "package").sha256
    for name in ("evaluation.json", "model_card.md", "package.signed.json"):
        assert read_file(url, uri, name) == (work / name).read_bytes()


def test_the_commands_tell_the_registry_what_the_plant_did(
    url: str, registered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retrain", "register", str(registered)]) == 0
    assert main(["retrain", "promoted", str(registered)]) == 0
    assert main(["retrain", "rolled-back", str(registered)]) == 0
    told = capsys.readouterr().out
    assert "register: skipped" in told
    assert "is the champion now" in told
    assert "is the champion no more" in told

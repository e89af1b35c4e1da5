"""The wrappers for engines that plants have: Kubeflow compiled and run here, Kubernetes and cron by their fields.

No cluster runs here: what a cluster makes of the volumes and secrets was not seen.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from station_app.command_line.arguments import build_parser
from station_app.inference.package import load_package
from station_app.retrain.steps import NAMES
from station_app.retrain.work_folder import WorkFolder
from tests.conftest import PROJECT
from tests.retrain.plant import SHORT, Plant, write_plan

PYTHON_VARIABLE = "STATION_KFP"
WRAPPERS = PROJECT / "packaging" / "retrain"
AS_JSON = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))"


@pytest.fixture(scope="module")
def python() -> str:
    """One that has kfp, and so a reader of YAML."""
    named = os.environ.get(PYTHON_VARIABLE, "")
    if not named:
        pytest.skip(f"no Kubeflow: {PYTHON_VARIABLE} names no Python that has kfp and kfp-kubernetes")
    return named


def run(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **variables}
    return subprocess.run(words, capture_output=True, text=True, env=environment, timeout=300, check=False)


def read_yaml(python: str, path: Path) -> list[Any]:
    done = run(python, "-c", AS_JSON, str(path))
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


@pytest.fixture(scope="module")
def compiled(python: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """The pipeline and what a Kubernetes platform needs to know of it."""
    out = tmp_path_factory.mktemp("kubeflow") / "retrain.yaml"
    done = run(python, str(WRAPPERS / "kubeflow.py"), str(out), PYTHONPATH="")
    assert done.returncode == 0, done.stderr
    pipeline, platform = read_yaml(python, out)
    return pipeline, platform["platforms"]["kubernetes"]


def test_every_step_of_the_pipeline_is_a_command_of_ours(compiled: tuple[dict[str, Any], dict[str, Any]]) -> None:
    pipeline, _ = compiled
    tasks = {task["taskInfo"]["name"]: task for task in pipeline["root"]["dag"]["tasks"].values()}
    assert tuple(sorted(tasks, key=NAMES.index)) == NAMES
    executors = pipeline["deploymentSpec"]["executors"]
    for task in tasks.values():
        executor = pipeline["components"][task["componentRef"]["name"]]["executorLabel"]
        container = executors[executor]["container"]
        assert container["command"] == ["python", "-m", "station_app", "retrain"]
        given = task["inputs"]["parameters"]
        words = [_filled(word, given) for word in container["args"]]
        assert build_parser().parse_args(["retrain", *words]).act == task["taskInfo"]["name"]
        assert not task["cachingOptions"].get("enableCache", False)


def _filled(word: str, given: dict[str, Any]) -> str:
    """A word of the container's with its parameter put in, as the engine does."""
    named = re.fullmatch(r"\{\{\$\.inputs\.parameters\['(\w+)'\]\}\}", word)
    if named is None:
        return word
    value = given[named[1]]
    return str(value.get("runtimeValue", {}).get("constant", "/somewhere"))


def test_each_step_waits_for_the_one_before(compiled: tuple[dict[str, Any], dict[str, Any]]) -> None:
    tasks = compiled[0]["root"]["dag"]["tasks"]
    named = {key: task["taskInfo"]["name"] for key, task in tasks.items()}
    for key, task in tasks.items():
        before = [named[other] for other in task.get("dependentTasks", [])]
        place = NAMES.index(named[key])
        assert before == list(NAMES[max(0, place - 1) : place])


def test_each_step_has_its_volumes_and_only_signers_have_the_key(
    compiled: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    pipeline, platform = compiled
    executors = platform["deploymentSpec"]["executors"]
    labels = {
        task["taskInfo"]["name"]: pipeline["components"][task["componentRef"]["name"]]["executorLabel"]
        for task in pipeline["root"]["dag"]["tasks"].values()
    }
    with_key = {name for name, label in labels.items() if "secretAsVolume" in executors[label]}
    assert with_key == {"sign", "publish"}
    for label in labels.values():
        assert {mount["mountPath"] for mount in executors[label]["pvcMount"]} == {"/plant", "/scratch"}
        assert executors[label]["securityContext"]["runAsNonRoot"]


def run_here(python: str, plan: Path) -> tuple[int, WorkFolder]:
    """The pipeline's exit status, and what it left."""
    script, work = Path(__file__).with_name("kubeflow_local.py"), plan.parent / "kept"
    done = run(
        *(python, str(script), str(WRAPPERS / "kubeflow.py"), str(plan), str(work), str(plan.parent / "outputs")),
        STATION_PYTHON=sys.executable,
        PYTHONPATH=str(PROJECT),
    )
    return done.returncode, WorkFolder(work)


def test_the_pipeline_runs_on_this_computer(python: str, plant: Plant, tmp_path: Path) -> None:
    status, work = run_here(python, write_plan(tmp_path, plant))
    assert status == 0
    assert all(work.read(name) is not None for name in NAMES)
    assert load_package(work.package).manifest.version == "1.1.0"


def test_a_refused_candidate_ends_the_pipeline_at_the_gate(python: str, plant: Plant, tmp_path: Path) -> None:
    worse = {"package": f'package = "{plant.strong}"', "steps": f"steps = {SHORT}"}
    status, work = run_here(python, write_plan(tmp_path, plant, worse))
    assert status != 0
    assert work.read("gate") is not None
    assert work.read("sign") is None
    assert not work.package.exists()


def test_job_and_cron_job_are_the_same_job_with_no_more_rights_than_it_needs(python: str) -> None:
    (job,) = read_yaml(python, WRAPPERS / "job.yaml")
    (cron,) = read_yaml(python, WRAPPERS / "cronjob.yaml")
    assert (job["apiVersion"], job["kind"], cron["kind"]) == ("batch/v1", "Job", "CronJob")
    assert cron["spec"]["jobTemplate"]["spec"] == job["spec"]
    assert cron["spec"]["concurrencyPolicy"] == "Forbid"
    assert job["spec"]["backoffLimit"] == 0
    pod = job["spec"]["template"]["spec"]
    assert pod["restartPolicy"] == "Never"
    assert pod["securityContext"]["runAsNonRoot"]
    assert not pod["automountServiceAccountToken"]
    (container,) = pod["containers"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert not container["securityContext"]["allowPrivilegeEscalation"]
    assert container["resources"]["requests"].keys() == container["resources"]["limits"].keys() == {"cpu", "memory"}
    assert build_parser().parse_args(["retrain", *container["args"]]).act == "run"
    mounts = {mount["name"]: mount for mount in container["volumeMounts"]}
    assert mounts.keys() == {volume["name"] for volume in pod["volumes"]}
    assert mounts["plant"]["readOnly"]
    assert mounts["key"]["readOnly"]


def test_the_cron_line_is_a_command_of_ours() -> None:
    lines = (WRAPPERS / "retrain.cron").read_text(encoding="utf-8").splitlines()
    (entry,) = [line for line in lines if re.match(r"[\d*]", line)]
    *schedule, user, command = entry.split(None, 6)
    assert len(schedule) == 5
    assert user == "station"
    words = shlex.split(command.split(">>")[0].replace("$(date +\\%F)", "2026-11-22"))
    ours = words[words.index("station-app") + 1 :]
    assert build_parser().parse_args(ours).act == "run"
    # A bare percent sign ends a cron command.
    assert "%" not in command.replace("\\%", "")

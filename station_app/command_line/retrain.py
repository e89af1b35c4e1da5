"""`station-app retrain`: the steps from records to an offered model, with progress on standard error."""

import sys
from argparse import Namespace
from collections.abc import Callable

from station_app.command_line.retrain_arguments import STEPS
from station_app.core.errors import ConfigError, GateError
from station_app.inference.package import load_package
from station_app.retrain.gate import Rule
from station_app.retrain.plan import RetrainPlan
from station_app.retrain.plan_toml import read_plan
from station_app.retrain.register import open_registry
from station_app.retrain.steps import Done, Retraining, last_rules, rules_of, run_step
from station_app.retrain.work_folder import WorkFolder
from station_app.retrain.wrap import wrap_model
from station_app.store.model_keys import key_id, make_publishing_key
from station_app.sync.opening import open_remote
from station_app.training.command import core_ml


def run_retrain(arguments: Namespace) -> int:
    """One act. StationError where the world does not allow it; 1 where the gate refuses."""
    act = _ACTS.get(arguments.act)
    return act(arguments) if act else _run_steps(arguments)


def _run_steps(arguments: Namespace) -> int:
    plan = read_plan(arguments.plan, arguments.work)
    at = Retraining(plan, _Progress(), open_remote)
    for name in STEPS if arguments.act == "run" else (arguments.act,):
        try:
            done = run_step(name, at)
        except GateError:
            _say_rules(last_rules(at))
            raise
        _say(done)
    return 0


def _say(done: Done) -> None:
    record = done.record
    how = "done" if done.is_fresh else "skipped, it was done before with the same files"
    sys.stdout.write(f"{record.step}: {how}\n")
    if record.step == "gate":
        _say_rules(rules_of(record))
    for name, value in record.facts.items():
        if isinstance(value, str | int | float) and value != "":
            sys.stdout.write(f"  {name}: {value}\n")
    sys.stdout.flush()


def _say_rules(rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        sys.stdout.write(f"  {rule.outcome.value}: {rule.name}: {rule.figures}\n")
        if rule.caveat:
            sys.stdout.write(f"    {rule.caveat}\n")


def _promoted(arguments: Namespace) -> int:
    plan = read_plan(arguments.plan, arguments.work)
    package = arguments.package or _own_package(plan)
    moved = open_registry(plan)[0].promoted(package)
    sys.stdout.write(f"{package[:12]} {'is the champion now' if moved else 'was the champion already'}\n")
    return 0


def _rolled_back(arguments: Namespace) -> int:
    plan = read_plan(arguments.plan, arguments.work)
    package = arguments.package or _own_package(plan)
    moved = open_registry(plan)[0].rolled_back(package)
    sys.stdout.write(f"{package[:12]} {'is the champion no more' if moved else 'was not the champion'}\n")
    return 0


def _own_package(plan: RetrainPlan) -> str:
    package = WorkFolder(plan.work).package
    if not package.exists():
        remedy = "name the retraining's folder with --work, or the package's hash with --package"
        raise ConfigError("there is no signed package in the work folder", where=str(package), remedy=remedy)
    return load_package(package).sha256


def _key(arguments: Namespace) -> int:
    key = make_publishing_key(arguments.file)
    sys.stdout.write(f"key {key_id(key.public_bytes)} in {arguments.file}, for its owner alone\n")
    sys.stdout.write(f"public key, to be trusted by stations: {key.public_bytes.hex()}\n")
    return 0


def _core_ml(arguments: Namespace) -> int:
    core_ml(arguments.package, arguments.out)
    sys.stdout.write(f"{arguments.out}: written; it can be run on an Apple device only, and was not run here\n")
    return 0


def _wrap(arguments: Namespace) -> int:
    package = wrap_model(arguments.model, arguments.manifest, arguments.golden, arguments.out)
    sys.stdout.write(f"model package {package.manifest.name} in {arguments.out}: it runs as its manifest says\n")
    sys.stdout.write(f"package hash {package.sha256}\n")
    return 0


_ACTS: dict[str, Callable[[Namespace], int]] = {
    "promoted": _promoted,
    "rolled-back": _rolled_back,
    "key": _key,
    "coreml": _core_ml,
    "wrap": _wrap,
}


class _Progress:
    """A line at every tenth of what is counted, on standard error."""

    def __init__(self) -> None:
        self._told = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        tenth = f"{what} {10 * done // max(1, total)}0 %"
        if tenth != self._told:
            self._told = tenth
            sys.stderr.write(f"{tenth}\n")
            sys.stderr.flush()

"""The steps in their order, each skipped where it was done with the same inputs and its outputs are still whole."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from station_app.config_sync import StoreSetup
from station_app.core.errors import ConfigError, GateError
from station_app.dataset.options import DatasetOptions
from station_app.retrain.evaluate import evaluate, read_evidence
from station_app.retrain.finish import finish_package, rule_table
from station_app.retrain.gate import Outcome, Rule, decide_gate, is_accepted
from station_app.retrain.materialise import materialise_records
from station_app.retrain.offer import publish_package
from station_app.retrain.pictures import golden_table
from station_app.retrain.plan import RetrainPlan, Told
from station_app.retrain.register import register
from station_app.retrain.train import options_text, train_candidate
from station_app.retrain.work_folder import StepRecord, WorkFolder, content_hash, need_hash, text_hash
from station_app.store.model_keys import key_id, read_publishing_key
from station_app.sync.remote import Remote

OpenStore = Callable[[StoreSetup], Remote]
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Retraining:
    """One plan at work. `told` hears (what, done, total) on this thread; `open_store` opens a store that it names."""

    plan: RetrainPlan
    told: Told
    open_store: OpenStore

    @property
    def work(self) -> WorkFolder:
        return WorkFolder(self.plan.work)

    @property
    def dataset(self) -> Path:
        return self.plan.source.dataset or self.work.dataset


@dataclass(frozen=True, slots=True)
class Step:
    """`inputs` are the hashes of all that decides the outcome; `outputs` names in the work folder; `before` must have
    been done first."""

    name: str
    before: str
    outputs: tuple[str, ...]
    inputs: Callable[[Retraining], dict[str, str]]
    make: Callable[[Retraining], Facts]


@dataclass(frozen=True, slots=True)
class Done:
    """A step's record, and whether it was done now or before."""

    record: StepRecord
    is_fresh: bool


def run_step(name: str, at: Retraining) -> Done:
    """Do one step, or find it done. ConfigError where the step before it was not done; GateError from the gate on
    where the candidate was refused: the gate's own record is kept."""
    step = _STEPS[name]
    if step.before:
        _need_done(_STEPS[step.before], at)
    inputs = step.inputs(at)
    done = at.work.done(name, inputs)
    if done is None:
        at.work.clear(name, step.outputs)
        facts = step.make(at)
        outputs = {output: content_hash(at.work.path / output) for output in step.outputs}
        record = StepRecord(name, inputs, {key: sha256 for key, sha256 in outputs.items() if sha256}, facts)
        at.work.write(record)
    found = Done(done or record, is_fresh=done is None)
    if name == "gate":
        _need_accepted(found.record)
    return found


def last_rules(at: Retraining) -> tuple[Rule, ...]:
    """All rules of the gate's last decision, none where it has decided nothing yet."""
    record = at.work.read("gate")
    return rules_of(record) if record else ()


def rules_of(record: StepRecord) -> tuple[Rule, ...]:
    """What the gate found."""
    return tuple(Rule(**{**rule, "outcome": Outcome(rule["outcome"])}) for rule in record.facts["rules"])


def _need_done(step: Step, at: Retraining) -> None:
    record = at.work.read(step.name)
    if record is None:
        remedy = f"station-app retrain {step.name}, or all steps: station-app retrain run"
        raise ConfigError(f"the step {step.name} was not done yet", where=str(at.work.path), remedy=remedy)
    if step.before:
        _need_done(_STEPS[step.before], at)
    if at.work.done(step.name, step.inputs(at)) is None:
        remedy = f"do it again: station-app retrain {step.name}"
        what = f"the step {step.name} was done with other files or another plan than are here now"
        raise ConfigError(what, where=str(at.work.path), remedy=remedy)
    if step.name == "gate":
        _need_accepted(record)


def _need_accepted(record: StepRecord) -> None:
    if not record.facts["is_accepted"]:
        refused = [rule for rule in rules_of(record) if rule.outcome is Outcome.REFUSED]
        what = "; ".join(f"{rule.name}: {rule.figures}" for rule in refused)
        remedy = "nothing was signed, registered or published; the champion stays"
        raise GateError(f"the gate refuses this candidate, {what}", remedy=remedy)


def _materialise_inputs(at: Retraining) -> dict[str, str]:
    source = at.plan.source
    if source.dataset:
        return {"dataset": need_hash(source.dataset, "the dataset")}
    assert source.store is not None
    golden = need_hash(golden_table(at.plan.golden.folder), "the golden set's table")
    return {"source": source.store.store, "options": _options_hash(source.options), "golden": golden}


def _options_hash(options: DatasetOptions | None) -> str:
    """Of what decides which samples there are; not where anything lies on this computer."""
    assert options is not None
    chosen = [options.profile.value, options.recipe, options.camera, options.cap_share, options.trust_operators]
    return text_hash(repr([*chosen, options.allow_gaps, sorted(options.without)]))


def _materialise(at: Retraining) -> Facts:
    source = at.plan.source
    if source.dataset is None:
        assert source.store is not None
        return materialise_records(at.plan, at.open_store(source.store), at.told)
    return {"version": need_hash(source.dataset, "the dataset")}


def _train_inputs(at: Retraining) -> dict[str, str]:
    champion = at.plan.champion
    return {
        "dataset": need_hash(at.dataset, "the dataset"),
        "champion": need_hash(champion.package, "the champion's package"),
        "replay": need_hash(champion.replay, "the champion's dataset") if champion.replay else "",
        "options": text_hash(options_text(at.plan)),
    }


def _train(at: Retraining) -> Facts:
    return train_candidate(at.plan, at.dataset, at.told)


def _evaluate_inputs(at: Retraining) -> dict[str, str]:
    champion, offer = at.plan.champion, at.plan.offer
    return {
        "dataset": need_hash(at.dataset, "the dataset"),
        "candidate": need_hash(at.work.candidate, "the candidate"),
        "champion": need_hash(champion.package, "the champion's package"),
        "golden": need_hash(at.plan.golden.folder, "the golden set"),
        "recipe": need_hash(champion.recipe, "the recipe file") if champion.recipe else "",
        "judged_by": text_hash(repr([champion.camera, at.plan.golden.sha256, offer and offer.thresholds])),
    }


def _evaluate(at: Retraining) -> Facts:
    return evaluate(at.plan, at.dataset, at.told)


def _gate_inputs(at: Retraining) -> dict[str, str]:
    return {
        "candidate": need_hash(at.work.candidate, "the candidate"),
        "evaluation": need_hash(at.work.evaluation, "the evaluation"),
        "limits": text_hash(repr(asdict(at.plan.gate))),
    }


def _gate(at: Retraining) -> Facts:
    rules = decide_gate(read_evidence(at.work.evaluation), at.plan.gate)
    return {"is_accepted": is_accepted(rules), "rules": [rule_table(rule) for rule in rules]}


def _sign_inputs(at: Retraining) -> dict[str, str]:
    offer = at.plan.offer
    key = read_publishing_key(offer.key) if offer else None
    return {
        **_gate_inputs(at),
        "dataset": need_hash(at.dataset, "the dataset"),
        "champion": need_hash(at.plan.champion.package, "the champion's package"),
        "key": key_id(key.public_bytes) if key else "",
    }


def _sign(at: Retraining) -> Facts:
    gate = at.work.read("gate")
    assert gate is not None
    return finish_package(at.plan, need_hash(at.dataset, "the dataset"), rules_of(gate))


def _register_inputs(at: Retraining) -> dict[str, str]:
    registry = at.plan.registry
    named = repr([registry.url, registry.experiment, registry.model]) if registry else ""
    return {"package": need_hash(at.work.package, "the package"), "registry": text_hash(named)}


def _register(at: Retraining) -> Facts:
    if at.plan.registry is None:
        return {"not_asked": "the plan has no [mlflow]"}
    return register(at.plan, need_hash(at.dataset, "the dataset"), at.told)


def _publish_inputs(at: Retraining) -> dict[str, str]:
    offer = at.plan.offer
    return {"package": need_hash(at.work.package, "the package"), "offer": text_hash(repr(offer and asdict(offer)))}


def _publish(at: Retraining) -> Facts:
    if at.plan.offer is None:
        return {"not_asked": "the plan has no [offer]"}
    return publish_package(at.plan, need_hash(at.dataset, "the dataset"), at.open_store(at.plan.offer.store))


_STEPS = {
    step.name: step
    for step in (
        Step("materialise", "", ("dataset",), _materialise_inputs, _materialise),
        Step("train", "materialise", ("candidate",), _train_inputs, _train),
        Step("evaluate", "train", ("evaluation.json",), _evaluate_inputs, _evaluate),
        Step("gate", "evaluate", (), _gate_inputs, _gate),
        Step("sign", "gate", ("package", "model_card.md", "package.signed.json"), _sign_inputs, _sign),
        Step("register", "sign", (), _register_inputs, _register),
        Step("publish", "sign", (), _publish_inputs, _publish),
    )
}
NAMES = tuple(_STEPS)

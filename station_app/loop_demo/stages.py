"""The stages of the loop, one after the other. Each leaves its files in the work place and tells what happened."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from station_app.core.errors import GateError, ModelPackageError
from station_app.core.inspection import VerdictKind
from station_app.inference.package import load_package
from station_app.loop_demo import trial
from station_app.loop_demo.figures import Comparison
from station_app.loop_demo.line import DemoLine, Inspected, open_line, shifts
from station_app.loop_demo.parts import TruePart, write_labelled, write_pictures
from station_app.loop_demo.people import at_the_line, in_review
from station_app.loop_demo.retraining import plan_of, poisoned_plan, worse_plan
from station_app.loop_demo.scene import Scene
from station_app.loop_demo.station_files import CHANNEL, RECIPE, write_station
from station_app.loop_demo.sticks import stranger_stick, tampered_stick
from station_app.loop_demo.unseen import look_at_unseen
from station_app.retrain.gate import Outcome, Rule
from station_app.retrain.plan import RetrainPlan
from station_app.retrain.steps import Retraining, last_rules, run_step
from station_app.retrain.work_folder import WorkFolder
from station_app.store.model_keys import TrustedKeys, make_publishing_key
from station_app.sync.opening import open_remote
from station_app.training.command import train
from station_app.training.labelled import draw_split
from station_app.training.options import TrainingOptions, TrainingProgress, figures_lines

_BEFORE_THE_GATE = ("materialise", "train", "evaluate", "gate")


def make_champion(scene: Scene) -> None:
    """A weak one: few parts of it, and of few kinds."""
    world, fitting = scene.world, scene.world.fitting
    base = write_labelled(((part, draw_split(part.group).value) for part in world.base), scene.place.base)
    write_labelled(((part, "test") for part in world.golden), scene.place.golden)
    options = TrainingOptions(
        str(base),
        scene.place.champion,
        name=RECIPE,
        steps=fitting.base_steps,
        crop=fitting.crop,
        width=fitting.width,
        reduce=fitting.reduce,
        is_fixtured=fitting.is_fixtured,
        threads=scene.threads,
        use_test=False,
    )
    report = train(options, _silent)
    known = ", ".join(load_package(report.folder).labels)
    scene.tell(f"it knows {known}; {fitting.base_steps} steps in {report.seconds:.0f} s")
    scene.tell(figures_lines("its validation parts", report.evaluation["validation"])[0])


def open_plant(scene: Scene) -> None:
    """The station's files, the publisher's key, and the station's trust in it."""
    key = make_publishing_key(scene.place.key)
    write_station(scene.place.station, scene.place.champion, scene.store)
    TrustedKeys(scene.place.station / "data").add(key.public_bytes)


def run_the_line(scene: Scene) -> None:
    """The stream goes through the station; people decide and review; the records leave."""
    pictures = scene.place.root / "stream"
    write_pictures(scene.world.stream, pictures)
    with open_line(scene.place.station, pictures) as line:
        line.set_up_people()
        inspected = _inspect_and_decide(scene, line, scene.world.stream)
        rng = np.random.default_rng((scene.seed, 1))
        reviews = partial(in_review, kinds=scene.world.kinds, rates=scene.rates, rng=rng)
        given = line.review({each.part_id: each.part for each in inspected}, reviews)
        scene.tell(f"reviewers answered {given} times: the blind sample, overrides, and what people differ about")
        sent = line.send_all()
        scene.tell(f"sent to {sent.store}: nothing waits, {sent.quarantined} batches set aside")


def retrain(scene: Scene) -> None:
    """From the records in the store to a signed offer. GateError where the gate refuses the candidate."""
    plan = plan_of(scene.place, scene.store, scene.world.fitting, scene.threads, scene.mlflow)
    at = _at_work(plan)
    for name in (*_BEFORE_THE_GATE, "sign", *(["register"] if plan.registry else []), "publish"):
        try:
            done = run_step(name, at)
        except GateError:
            _tell_rules(scene, last_rules(at))
            raise
        if name == "gate":
            _tell_rules(scene, last_rules(at))
        else:
            scene.tell(f"{name}: {_facts(done.record.facts)}")


def refuse_candidates(scene: Scene) -> None:
    """A poisoned and a worse candidate come to the same gate. GateError where it lets one of them through."""
    plan = plan_of(scene.place, scene.store, scene.world.fitting, scene.threads, scene.mlflow)
    dataset = WorkFolder(plan.work).dataset
    others = {
        "labels turned round": poisoned_plan(plan, scene.place, dataset),
        "a training cut short": worse_plan(plan, scene.place, dataset, scene.world.fitting),
    }
    for what, other in others.items():
        rules = _refused(other)
        scene.tell(f"{what}: refused")
        for rule in rules:
            scene.tell(f"  {rule.name}: {rule.figures}")


def try_candidate(scene: Scene) -> None:
    """At the station: false sticks are refused, the candidate is fetched, runs in shadow, and is promoted."""
    place, store = scene.place, open_remote(scene.store)
    package = WorkFolder(place.retraining("candidate")).package
    pictures = place.root / "further"
    write_pictures(scene.world.further, pictures)
    with open_line(place.station, pictures) as line:
        line.sign_in(trial.SIGNERS[-1])
        stranger = stranger_stick(package, CHANNEL, place.root / "stick-of-a-stranger")
        scene.tell(f"signed by a stranger: {trial.refused_from(line, stranger)}")
        changed = tampered_stick(store, place.root / "stick-with-a-changed-model")
        scene.tell(f"one bit of the model changed: {trial.refused_from(line, changed)}")
        model = trial.fetch(line)
        scene.tell(f"offer {model.number}, {model.name} {model.version} {model.sha256[:12]}: fetched and proved")
        trial.start_shadow(line, model)
        _inspect_and_decide(scene, line, scene.world.further, trial.PACE_S)
        for said in trial.told(trial.side_by_side(line, model, len(scene.world.further))):
            scene.tell(said)
        line.sign_in(trial.SIGNERS[-1])
        trial.promote(line, model)
        scene.tell(f"signed by {' and '.join(trial.SIGNERS)}: it decides from now on")


def look_once(scene: Scene) -> Comparison:
    """The one look at the unseen parts."""
    package = WorkFolder(scene.place.retraining("candidate")).package
    return look_at_unseen(scene.world.unseen, scene.place.champion, package)


def _inspect_and_decide(
    scene: Scene, line: DemoLine, parts: Sequence[TruePart], pace_s: float = 0.0
) -> tuple[Inspected, ...]:
    rng = np.random.default_rng((scene.seed, 0))
    inspected = line.inspect(parts, pace_s)
    scene.tell(f"{len(inspected)} parts: {_verdicts(inspected)}")
    said: Counter[str] = Counter()
    for operator, stretch in shifts(inspected):
        decides = partial(at_the_line, kinds=scene.world.kinds, rates=scene.rates, rng=rng)
        said.update(answer.disposition.value for answer in line.decide(stretch, operator, decides))
    scene.tell(f"operators: {', '.join(f'{count} {word}' for word, count in sorted(said.items()))}")
    return inspected


def _verdicts(inspected: Sequence[Inspected]) -> str:
    counts = Counter(each.verdict for each in inspected)
    escapes = sum(each.verdict is VerdictKind.PASS and each.part.is_defect for each in inspected)
    rejected = [each for each in inspected if each.verdict in (VerdictKind.FAIL, VerdictKind.REVIEW)]
    overkill = sum(not each.part.is_defect for each in rejected)
    words = ", ".join(f"{counts[kind]} {kind.value}" for kind in VerdictKind if counts[kind])
    return f"{words}; in truth {escapes} escapes and {overkill} false rejects"


def _refused(plan: RetrainPlan) -> tuple[Rule, ...]:
    """Every rule that refuses it."""
    at = _at_work(plan)
    try:
        for name in _BEFORE_THE_GATE:
            run_step(name, at)
    except GateError:
        return tuple(rule for rule in last_rules(at) if rule.outcome is Outcome.REFUSED)
    raise ModelPackageError("the gate lets a candidate through that it must not", where=str(plan.work))


def _at_work(plan: RetrainPlan) -> Retraining:
    return Retraining(plan, _not_told, open_remote)


def _tell_rules(scene: Scene, rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        scene.tell(f"gate, {rule.outcome.value}: {rule.name}: {rule.figures}")


def _facts(facts: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {_short(value)}" for key, value in facts.items() if isinstance(value, str | int | float))


def _short(value: str | float) -> str:
    text = str(value)
    return text[:12] if len(text) == len("0" * 64) else text


def _silent(progress: TrainingProgress) -> None:
    """The stages tell what came out."""


def _not_told(what: str, done: int, total: int) -> None:
    """The stages tell what came out."""

"""The step `evaluate`: champion and candidate on the frozen golden set and on the line's own parts."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from station_app.config import read_recipe_file
from station_app.core.errors import ConfigError, ModelPackageError, StorageError
from station_app.core.recipe import Region, Thresholds
from station_app.inference.inspector import Inspector
from station_app.inference.package import ModelPackage, load_package
from station_app.retrain.figures import both_figures, changed_parts, slice_figures, weighted_figures
from station_app.retrain.gate import Evidence
from station_app.retrain.judged import Judged, Picture, Source, judged_from, judged_table, parts_of
from station_app.retrain.pictures import golden_pictures, line_pictures
from station_app.retrain.plan import GoldenPlan, RetrainPlan, Told
from station_app.retrain.scoring import CandidateFaultError, Contestant, Times, judge_all
from station_app.retrain.unseen import refuse_learned
from station_app.retrain.work_folder import WorkFolder, need_hash, write_text

SCHEMA = 1
Pairs = tuple[tuple[str, Thresholds], ...]


@dataclass(frozen=True, slots=True)
class _Bench:
    """What is judged, by what."""

    champion: ModelPackage
    candidate: ModelPackage
    regions: tuple[Region, ...]
    champion_at: Pairs
    candidate_at: Pairs


def evaluate(plan: RetrainPlan, dataset: Path, told: Told) -> dict[str, Any]:
    """Write evaluation.json and give its summary. A candidate that gives no evidence is written down as such: the gate
    refuses it. ConfigError where the golden set is not the frozen one, cannot be read, or was learned."""
    golden_sha256 = _frozen(plan.golden)
    refuse_learned(plan, dataset)
    bench = _bench(plan)
    pictures = golden_pictures(plan.golden.folder, plan.champion.camera), line_pictures(dataset, plan.champion.camera)
    table = {
        "schema": SCHEMA,
        "champion": _named(bench.champion, bench.champion_at),
        "candidate": _named(bench.candidate, bench.candidate_at),
        "golden": {"name": plan.golden.folder.name, "sha256": golden_sha256},
        "fault": "",
    }
    try:
        golden, line, times = _judge(plan, bench, dataset, pictures, told)
    except CandidateFaultError as error:
        table["fault"] = str(error)
    else:
        table |= _found(golden, line, times)
        table["golden_tensors"] = len(bench.candidate.golden)
    write_text(WorkFolder(plan.work).evaluation, json.dumps(table, indent=1, ensure_ascii=False) + "\n")
    summary = {key: value for key, value in table.items() if key not in ("judged", "changed")}
    return {**summary, "golden_sha256": golden_sha256}


def read_evidence(path: Path) -> Evidence:
    """What the gate decides by, from evaluation.json. StorageError where that cannot be read."""
    try:
        table = json.loads(path.read_bytes())
        if table["fault"]:
            return Evidence((), fault=str(table["fault"]))
        judged = [judged_from(entry) for entry in table["judged"]]
        return Evidence(
            golden=parts_of(one for one in judged if one.picture.source is Source.GOLDEN),
            controls=parts_of(one for one in judged if one.picture.source is Source.CONTROL),
            latency_ratio=table["latency"]["ratio"],
            golden_tensors=int(table["golden_tensors"]),
            labels=tuple(table["champion"]["thresholds"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError("the evaluation cannot be read", where=str(path), remedy="evaluate again") from error


def evaluation_summary(path: Path) -> dict[str, Any]:
    """evaluation.json without the answers to single images: these stay where the images are."""
    table: dict[str, Any] = json.loads(path.read_bytes())
    return {key: value for key, value in table.items() if key not in ("judged", "changed", "fault")}


def thresholds_used(plan: RetrainPlan, champion: ModelPackage, candidate: ModelPackage) -> tuple[Pairs, Pairs]:
    """What champion and candidate are judged by: the line's recipe, and what the plan offers; else their manifests."""
    recipe = dict(read_recipe_file(plan.champion.recipe).thresholds) if plan.champion.recipe else {}
    offered = dict(plan.offer.thresholds) if plan.offer else {}
    return _merged(champion, recipe), _merged(candidate, offered)


def _bench(plan: RetrainPlan) -> _Bench:
    champion, candidate = load_package(plan.champion.package), load_package(WorkFolder(plan.work).candidate)
    return _Bench(champion, candidate, _regions(plan, champion), *thresholds_used(plan, champion, candidate))


def _merged(package: ModelPackage, given: dict[str, Thresholds]) -> Pairs:
    return tuple((label, given.get(label, own)) for label, own in package.manifest.thresholds)


def _regions(plan: RetrainPlan, champion: ModelPackage) -> tuple[Region, ...]:
    if plan.champion.recipe is None:
        return ()
    recipe, where = read_recipe_file(plan.champion.recipe), str(plan.champion.recipe)
    setups = {setup.camera_id: setup for setup in recipe.cameras}
    camera = plan.champion.camera or next(iter(setups))
    if camera not in setups:
        raise ConfigError(
            f"the recipe has no camera {camera!r}", where=where, remedy=f"name one of {', '.join(setups)}"
        )
    if setups[camera].model.sha256 != champion.sha256:
        what = "the recipe was approved with another package than the champion of the plan"
        raise ConfigError(what, where=where, remedy="name the recipe and the package that decide at the line now")
    return setups[camera].regions


def _frozen(golden: GoldenPlan) -> str:
    sha256 = need_hash(golden.folder, "the golden set")
    if golden.sha256 and sha256 != golden.sha256:
        what = f"the golden set is not the frozen one: it has the hash {sha256}"
        raise ConfigError(what, where=str(golden.folder), remedy="bring the frozen one back, or freeze another by name")
    return sha256


def _judge(
    plan: RetrainPlan,
    bench: _Bench,
    dataset: Path,
    pictures: tuple[tuple[Picture, ...], tuple[Picture, ...]],
    told: Told,
) -> tuple[tuple[Judged, ...], tuple[Judged, ...], Times]:
    with ExitStack() as open_models:
        champion = open_models.enter_context(Inspector(bench.champion, threads=plan.threads))
        try:
            candidate = open_models.enter_context(Inspector(bench.candidate, threads=plan.threads))
        except ModelPackageError as error:
            raise CandidateFaultError(error.what, where=error.where, remedy=error.remedy) from error
        first = Contestant(champion, bench.regions, dict(bench.champion_at))
        second = Contestant(candidate, bench.regions, dict(bench.candidate_at))
        golden, times = judge_all(plan.golden.folder, pictures[0], first, second, _counter(told, "golden set"))
        line, _ = judge_all(dataset, pictures[1], first, second, _counter(told, "parts of the line"))
    return golden, line, times


def _counter(told: Told, what: str) -> Callable[[int, int], None]:
    def count(done: int, total: int) -> None:
        told(what, done, total)

    return count


def _found(golden: tuple[Judged, ...], line: tuple[Judged, ...], times: Times) -> dict[str, Any]:
    controls = [one for one in line if one.picture.source is Source.CONTROL]
    disagreements = [one for one in line if one.picture.source is Source.DISAGREEMENT]
    return {
        "figures": {
            "golden": both_figures(parts_of(golden)),
            "controls": weighted_figures(parts_of(controls)),
            "disagreements": both_figures(parts_of(disagreements)),
            "slices": slice_figures((*golden, *controls)),
        },
        "latency": {**_milliseconds(times), "ratio": times.ratio},
        "changed": {
            "golden": changed_parts(parts_of(golden)),
            "disagreements": changed_parts(parts_of(disagreements)),
        },
        "judged": [judged_table(one) for one in (*golden, *line)],
    }


def _milliseconds(times: Times) -> dict[str, Any]:
    return {
        name: {"median_ms": round(median(ms), 3), "p95_ms": round(quantiles(ms, n=20)[-1] if len(ms) > 1 else ms[0], 3)}
        for name, ms in (("champion", times.champion_ms), ("candidate", times.candidate_ms))
        if ms
    }


def _named(package: ModelPackage, thresholds: Pairs) -> dict[str, Any]:
    return {
        "name": package.manifest.name,
        "version": package.manifest.version,
        "sha256": package.sha256,
        "thresholds": {label: asdict(pair) for label, pair in thresholds},
    }

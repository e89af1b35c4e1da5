"""The step `register`: the package with its figures and files becomes a version in MLflow, named `challenger`.

Where the registry has no champion yet, the package that the candidate was compared with is registered as that.
"""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from station_app import __version__
from station_app.core.errors import ConfigError
from station_app.inference.package import load_package
from station_app.retrain.finish import zip_bytes
from station_app.retrain.mlflow_rest import MlflowServer
from station_app.retrain.plan import RetrainPlan, Told
from station_app.retrain.registry import CHALLENGER, CHAMPION, Entry, Registry
from station_app.retrain.work_folder import WorkFolder, content_hash


def register(plan: RetrainPlan, dataset_sha256: str, told: Told) -> dict[str, Any]:
    """The version's number and the server's version. Doing it again changes nothing."""
    registry, server_version = open_registry(plan)
    now_ms = time.time_ns() // 1_000_000
    champion = load_package(plan.champion.package)
    if not registry.at(CHAMPION):
        told("champion", 0, 1)
        registry.name(CHAMPION, registry.add(_champion_entry(plan.champion.package), now_ms))
        told("champion", 1, 1)
    told("candidate", 0, 1)
    entry = _candidate_entry(plan, dataset_sha256, champion.sha256)
    version = registry.add(entry, now_ms)
    if registry.at(CHAMPION) != version:
        registry.name(CHALLENGER, version)
    told("candidate", 1, 1)
    return {"version": version, "package": entry.package_sha256, "server": server_version}


def open_registry(plan: RetrainPlan) -> tuple[Registry, str]:
    """The plan's registry, asked whether it is one, and its server's version."""
    if plan.registry is None:
        raise ConfigError("the plan names no registry", where=str(plan.work), remedy="add [mlflow] to it")
    server = MlflowServer(plan.registry.url, os.environ, plan.registry.ca)
    return Registry(server, plan.registry.model, plan.registry.experiment), server.check()


def _champion_entry(path: Path) -> Entry:
    package = load_package(path)
    manifest = package.manifest
    files = {"package.zip": zip_bytes(path)}
    return Entry(package.sha256, f"{manifest.name} {manifest.version}", {"station.min_app": __version__}, {}, {}, files)


def _candidate_entry(plan: RetrainPlan, dataset_sha256: str, champion_sha256: str) -> Entry:
    work, package = WorkFolder(plan.work), load_package(WorkFolder(plan.work).package)
    evaluation = json.loads(work.evaluation.read_bytes())
    sign = work.read("sign")
    tags = {
        "station.dataset": dataset_sha256,
        "station.champion": champion_sha256,
        "station.evaluation": content_hash(work.evaluation),
        "station.min_app": __version__,
        "station.recipe": plan.offer.recipe if plan.offer else "",
        "station.camera": plan.offer.camera if plan.offer else "",
        "station.key_id": str(sign.facts["key_id"]) if sign else "",
    }
    manifest = package.manifest
    return Entry(
        package_sha256=package.sha256,
        name=f"{manifest.name} {manifest.version}",
        tags=tags,
        parameters={name: str(value) for name, value in manifest.provenance.get("settings", {}).items()},
        metrics=_metrics(evaluation),
        files=_files(work),
    )


def _files(work: WorkFolder) -> dict[str, bytes]:
    named = {path.name: path.read_bytes() for path in (work.evaluation, work.card, work.statement) if path.exists()}
    return {"package.zip": zip_bytes(work.package), **named}


def _metrics(evaluation: Mapping[str, Any]) -> dict[str, float]:
    """Shares of both models on the golden set and, weighted, on the controls; the ratio of times."""
    metrics = {"latency_ratio": float(evaluation["latency"]["ratio"])}
    for where in ("golden", "controls"):
        for who in ("champion", "candidate"):
            figures = evaluation["figures"][where][who]
            metrics |= {f"{where}/{who}/{what}": float(figures[what]["share"]) for what in ("escapes", "overkill")}
            for kind, share in figures.get("escapes_of", {}).items():
                metrics[f"{where}/{who}/escapes_of/{_metric_name(kind)}"] = float(share["share"])
    return metrics


def _metric_name(kind: str) -> str:
    """MLflow takes letters, digits and `_ - . / space` in a metric's name."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-. ") else "_" for sign in kind) or "_"

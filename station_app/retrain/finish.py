"""The step `sign`: the accepted candidate becomes the package to offer, with figures, card and origin in its manifest,
and a signed statement that this very package passed the gate.
"""

import io
import os
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from station_app import __version__
from station_app.config import SHIPPED
from station_app.core.inspection import Pixels
from station_app.inference.archive import read_members
from station_app.inference.dry_run import DryRunLimits, dry_run
from station_app.inference.golden import golden_tensor
from station_app.inference.package import Golden, ModelPackage, load_package
from station_app.inference.package_writer import write_package
from station_app.retrain.evaluate import evaluation_summary, thresholds_used
from station_app.retrain.gate import Rule
from station_app.retrain.model_card import model_card
from station_app.retrain.plan import RetrainPlan
from station_app.retrain.work_folder import WorkFolder, content_hash, text_hash, write_text
from station_app.rollout.sealed import canonical, seal
from station_app.store.model_keys import key_id, read_publishing_key

STATEMENT = "gated_package"
COMMIT_VARIABLE = "STATION_COMMIT"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def finish_package(plan: RetrainPlan, dataset_sha256: str, rules: tuple[Rule, ...]) -> dict[str, Any]:
    """Write package, card and, where the plan names a key, the signed statement. ModelPackageError where the package
    does not run as it should, ConfigError where there is no key."""
    work = WorkFolder(plan.work)
    candidate, champion = load_package(work.candidate), load_package(plan.champion.package)
    evaluation = evaluation_summary(work.evaluation)
    origin = _origin(plan, dataset_sha256, candidate, champion)
    card = model_card(evaluation, rules, origin)
    draft = replace(
        candidate.manifest,
        files=(),
        golden=(),
        thresholds=thresholds_used(plan, champion, candidate)[1],
        evaluation={**candidate.manifest.evaluation, "compared": {**evaluation, "gate": _gate(rules)}},
        provenance={**candidate.manifest.provenance, **origin, "card": card},
    )
    pictures = [_picture(golden, candidate) for golden in candidate.golden]
    package = write_package(work.package, draft, candidate.model, pictures)
    dry_run(package, "", DryRunLimits())
    write_text(work.card, card)
    facts = {"package": package.sha256, "golden": len(package.golden), "key_id": ""}
    return {**facts, "key_id": _state(plan, package, dataset_sha256)} if plan.offer else facts


def zip_bytes(package: Path) -> bytes:
    """The package as one file; the same bytes for the same package."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in sorted(read_members(package).items()):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), member, zipfile.ZIP_DEFLATED)
    return body.getvalue()


def program_commit() -> str:
    """Which state of the source this is: as the image says, else as the folder's git does; "" where neither knows."""
    if named := os.environ.get(COMMIT_VARIABLE, ""):
        return named
    if not (SHIPPED / ".git").exists():
        return ""
    try:
        git = ["git", "-C", str(SHIPPED)]
        head = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True, timeout=10)
        changed = subprocess.run([*git, "diff", "--quiet", "HEAD"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return ""
    return head.stdout.strip() + (" with changes" if changed.returncode else "")


def _origin(plan: RetrainPlan, dataset_sha256: str, candidate: ModelPackage, champion: ModelPackage) -> dict[str, Any]:
    return {
        "trained_as": candidate.sha256,
        "dataset_version": dataset_sha256,
        "champion": champion.sha256,
        "replay": content_hash(plan.champion.replay) if plan.champion.replay else "",
        "options": ", ".join(f"{name}={value}" for name, value in plan.train.options),
        "program": __version__,
        "commit": program_commit(),
    }


def _gate(rules: tuple[Rule, ...]) -> list[dict[str, str]]:
    return [rule_table(rule) for rule in rules]


def rule_table(rule: Rule) -> dict[str, str]:
    """Plain values."""
    return {"name": rule.name, "outcome": rule.outcome.value, "figures": rule.figures, "caveat": rule.caveat}


def _picture(golden: Golden, package: ModelPackage) -> Pixels:
    tensor: Pixels = golden_tensor(golden.image, package.manifest.input)[0]
    return tensor[:, :, 0] if package.manifest.input.channels == 1 else tensor


def _state(plan: RetrainPlan, package: ModelPackage, dataset_sha256: str) -> str:
    assert plan.offer is not None
    work, key = WorkFolder(plan.work), read_publishing_key(plan.offer.key)
    statement: Mapping[str, Any] = {
        "package": package.sha256,
        "dataset": dataset_sha256,
        "evaluation": content_hash(work.evaluation),
        "card": text_hash(work.card.read_text(encoding="utf-8")),
    }
    write_text(work.statement, seal(STATEMENT, canonical(statement), [key]).decode())
    return key_id(key.public_bytes)

"""From what stations have sent to a gate that looks at the line's own parts as well."""

import json
from pathlib import Path

import pytest

from station_app.retrain.plan_toml import read_plan
from station_app.retrain.steps import Retraining, rules_of, run_step
from tests.dataset.events import Station
from tests.retrain.plant import Plant, write_plan
from tests.retrain.test_steps import open_folder, run_until, silent
from tests.training.scenes import LABELS, draw_scene

PARTS = 120
SAMPLED = 0.25


def send_records(folder: Path) -> Path:
    """A third of the parts defective; every tenth good one was rejected, which two reviewers overturned."""
    pytest.importorskip("duckdb", reason="needs DuckDB, the extra [dataset]")
    station = Station()
    for number in range(1, PARTS + 1):
        kind = (number // 3) % 2 if number % 3 == 0 else None
        pixels, mask = draw_scene(kind, 70_000 + number)
        is_rejected = kind is not None or number % 10 == 1
        label = LABELS[kind] if kind is not None else ""
        part = station.part(
            number, "FAIL" if is_rejected else "PASS", pixels=pixels, probability=SAMPLED, label=label or "spot"
        )
        part.capture()
        if is_rejected and kind is None:
            part.decide("false_reject")
        for person in ("op_r", "op_s"):
            part.review("bad" if label else "good", by=person, label=label, drawn=_drawn(mask, label))
    station.send(folder)
    return folder


def _drawn(mask: object, label: str) -> list[dict[str, object]]:
    import numpy as np

    if not label:
        return []
    rows, columns = np.nonzero(np.asarray(mask))
    left, top = int(columns.min()), int(rows.min())
    box = [left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1]
    return [{"label": label, "camera": "top", "box": box}]


@pytest.fixture(scope="module")
def looped(plant: Plant) -> Retraining:
    folder = plant.root / "looped"
    send_records(folder / "store")
    source = 'store = "folder:store"\ncap_share = 1.0'
    at = Retraining(read_plan(write_plan(folder, plant, {"dataset": source})), silent, open_folder)
    run_until("sign", at)
    return at


def test_the_golden_groups_stay_out_and_the_version_is_the_manifests_hash(looped: Retraining) -> None:
    made = looped.work.read("materialise")
    assert made is not None
    assert made.facts["version"] == made.outputs["dataset"]
    assert made.facts["images"] == PARTS
    manifest = json.loads((looped.work.dataset / "MANIFEST.json").read_bytes())
    assert manifest["options"]["golden_sha256"] == made.inputs["golden"]


def test_controls_and_disagreements_of_the_test_split_are_judged(looped: Retraining) -> None:
    figures = json.loads(looped.work.evaluation.read_bytes())["figures"]
    drawn = figures["controls"]["drawn"]
    assert 0 < drawn < PARTS / 3
    assert figures["controls"]["stand_for"] == pytest.approx(drawn / SAMPLED)
    assert figures["disagreements"]["good"] > 0
    assert set(figures["slices"]) == {"/top", "s1/top"}
    gate = looped.work.read("gate")
    assert gate is not None
    controls = next(rule for rule in rules_of(gate) if rule.name == "controls")
    assert f"{drawn} drawn parts stand for {drawn / SAMPLED:.0f}" in controls.figures


def test_new_records_change_nothing_in_a_work_folder_that_has_its_dataset(looped: Retraining) -> None:
    station = Station(name="s2")
    station.part(1, "PASS").capture()
    assert looped.plan.source.store is not None
    station.send(Path(looped.plan.source.store.store.removeprefix("folder:")))
    assert not run_step("materialise", looped).is_fresh

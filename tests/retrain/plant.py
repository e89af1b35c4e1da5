"""A small plant for the tests: a dataset of scenes, a golden set, packages trained on them, and plans."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from station_app.training.command import train
from station_app.training.options import TrainingOptions
from tests.training.scenes import LABELS, draw_scene

GOOD, EACH_KIND = 60, 8
"""Of the golden set: enough for a margin of 0.05, few enough to be judged in a second."""
LONG, SHORT = 60, 4
"""Training steps after which a network knows the scenes, and knows next to nothing."""


@dataclass(frozen=True, slots=True)
class Plant:
    """Folders of one run of the tests; `strong` and `weak` are packages, trained on `replay`."""

    root: Path
    dataset: Path
    replay: Path
    golden: Path
    strong: Path
    weak: Path


def write_golden(folder: Path) -> Path:
    """Scenes that no training has seen, with a part for every image but two of one part."""
    folder.mkdir()
    rows = []
    for number in range(GOOD + 2 * EACH_KIND):
        kind = None if number < GOOD else (number - GOOD) % 2
        pixels, _ = draw_scene(kind, 50_000 + number)
        cv2.imwrite(str(folder / f"g{number}.png"), pixels)
        label = "good" if kind is None else LABELS[kind]
        part = str(number if number else 1)
        rows.append(
            {"image": f"g{number}.png", "label": label, "group": f"golden-{part}", "part": part, "camera": "top"}
        )
    return _write(folder / "split.csv", rows)


def flip_labels(dataset: Path, out: Path) -> Path:
    """The dataset as a careless or hostile person would label it: defects as good parts, good parts as defects."""
    out.mkdir()
    with (dataset / "split.csv").open(newline="", encoding="utf-8") as file:
        rows = [dict(row) for row in csv.DictReader(file)]
    for path in dataset.glob("*.png"):
        (out / path.name).write_bytes(path.read_bytes())
    cv2.imwrite(str(out / "whole.png"), np.full((96, 96), 255, np.uint8))
    for number, row in enumerate(rows):
        is_good = row["label"] == "good"
        row["label"] = LABELS[number % 2] if is_good else "good"
        row["mask"] = "whole.png" if is_good else ""
    return _write(out / "split.csv", rows)


def train_package(dataset: Path, out: Path, steps: int) -> Path:
    options = TrainingOptions(str(dataset), out, steps=steps, batch=8, crop=64, width=4, threads=1, use_test=False)
    return train(options, lambda progress: None).folder


def write_plan(folder: Path, plant: Plant, changes: Mapping[str, str] | None = None) -> Path:
    """A plan as retrain.toml has it; `changes` replace whole lines by their beginning."""
    folder.mkdir(parents=True, exist_ok=True)
    text = f"""schema = 1
work = "work"
[source]
dataset = "{plant.dataset}"
[champion]
package = "{plant.weak}"
[golden]
folder = "{plant.golden}"
[train]
version = "1.1.0"
anew = true
steps = {LONG}
batch = 8
crop = 64
width = 4
threads = 1
[gate]
latency_ratio = 20.0
"""
    lines = text.splitlines()
    for begins, line in (changes or {}).items():
        found = [index for index, known in enumerate(lines) if known.startswith(begins)]
        lines[found[0] if found else len(lines) :] = [line, *(lines[found[0] + 1 :] if found else [])]
    plan = folder / "retrain.toml"
    plan.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return plan


def _write(table: Path, rows: list[dict[str, str]]) -> Path:
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return table.parent

"""`station-app train` on a dataset out of the records: what a label is trusted with decides how much it counts."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs PyTorch, the extra [training]")
pytest.importorskip("onnx", reason="needs onnx, the extra [training]")

from station_app.command_line.main import main
from station_app.dataset.choosing import LINE_WEIGHT, REVIEWED_WEIGHT
from station_app.training.folder_dataset import read_folder
from station_app.training.provenance import images_hash
from tests.dataset.events import Station
from tests.dataset.plants import BOX, agreed, made


def trusted_differently() -> Station:
    """60 parts in turn: what two reviewers say, what one says, and what was decided at the line alone."""
    station = Station()
    for number in range(1, 61):
        part = station.part(number, "PASS" if number % 2 else "FAIL", label="" if number % 2 else "scratch")
        if number % 3 == 0:
            agreed(part, "bad", label="scratch", drawn=[BOX])
        elif number % 3 == 1:
            part.review("good", "op_r")
        else:
            part.decide("agree", "op_a")
    return station


def test_training_counts_each_image_by_the_weight_of_its_label(tmp_path: Path) -> None:
    folder = made(tmp_path, trusted_differently()).folder
    words = ["train", str(folder), "--out", str(tmp_path / "model"), "--steps", "1", "--batch", "2", "--crop", "64"]

    assert main([*words, "--width", "4", "--threads", "1", "--no-test"]) == 0

    with (folder / "samples.csv").open(newline="", encoding="utf-8") as file:
        trusted = {row["image_path"]: float(row["weight"]) for row in csv.DictReader(file)}
    images = read_folder(folder).images
    assert {image.name: image.weight for image in images} == trusted
    assert set(trusted.values()) == {LINE_WEIGHT, REVIEWED_WEIGHT, 1.0}
    trained = json.loads((tmp_path / "model" / "manifest.json").read_text())["provenance"]["dataset"]["sha256"]
    assert trained == images_hash(images)
    assert trained != images_hash(replace(image, weight=1.0) for image in images)

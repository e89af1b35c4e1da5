"""Whether the golden set is new to the candidate: a set that was learned by heart judges nothing."""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.retrain.pictures import golden_pictures
from station_app.retrain.plan import RetrainPlan
from station_app.training.folder_dataset import TABLE
from station_app.training.labelled import Split, draw_split

_SHOWN = 3


def refuse_learned(plan: RetrainPlan, dataset: Path) -> None:
    """ConfigError where an image of the golden set lies, byte for byte, among those that the candidate learns: in the
    dataset or in what it repeats of the champion's. Records that are materialised here leave it out by themselves."""
    folder = plan.golden.folder
    golden = [folder / picture.file for picture in golden_pictures(folder)]
    barred = {_hash(path): path.name for path in golden if path.is_file()}
    sizes = {path.stat().st_size for path in golden if path.is_file()}
    for learned in filter(None, (dataset, plan.champion.replay)):
        alike = (path for path in _learned(learned) if path.is_file() and path.stat().st_size in sizes)
        known = sorted({barred[sha256] for path in alike if (sha256 := _hash(path)) in barred})
        if known:
            what = f"{len(known)} images of the golden set are learned, among them {', '.join(known[:_SHOWN])}"
            raise ConfigError(what, where=str(learned), remedy="take them out of the dataset, and train again")


def _learned(folder: Path) -> Iterator[Path]:
    """All but the test split. Whoever trains says what is wrong with the table."""
    table = folder / TABLE
    if not table.is_file():
        return
    with table.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        for row in csv.DictReader(file):
            image = row.get("image") or ""
            split = row.get("split", draw_split(row.get("group") or image).value) or ""
            if split.strip().lower() != Split.TEST:
                yield folder / image


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

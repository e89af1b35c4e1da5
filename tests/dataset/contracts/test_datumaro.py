"""Datumaro opens the folder as COCO, and the images alone as MVTec. By itself it takes the tables for a dataset too."""

from pathlib import Path

from tests.dataset.contracts.conftest import OPENERS, Opened

SCRIPT = """
import json, sys
from datumaro import Dataset
from datumaro.components.annotation import AnnotationType
kinds = Dataset.import_from(sys.argv[1], "coco")
names = [c.name for c in kinds.categories()[AnnotationType.label]]
told = {}
for item in kinds:
    for note in item.annotations:
        told.setdefault(names[note.label], []).append(note.type.name)
mvtec = Dataset.import_from(sys.argv[1] + "/images", "mvtec_segmentation")
print(json.dumps({"items": len(kinds), "names": names, "told": told,
    "sizes": sorted({tuple(item.media.data.shape[:2]) for item in kinds}), "mvtec": len(mvtec),
    "subsets": sorted(kinds.subsets())}))
"""


def test_import(tree: Path, rows: list[dict[str, str]], opened: Opened) -> None:
    told = opened(OPENERS, SCRIPT, tree)

    labels = [row["label"] for row in rows]
    assert told["items"] == len(rows)
    assert told["subsets"] == ["test", "train", "validation"]
    assert told["sizes"] == [[48, 64]]
    assert told["told"]["scratch"].count("bbox") == labels.count("scratch")
    assert told["told"]["dent"].count("mask") == labels.count("dent")
    assert told["told"]["dent"].count("polygon") == labels.count("dent")
    assert set(told["told"]["missing hole"]) == {"bbox"}
    assert told["mvtec"] > 0

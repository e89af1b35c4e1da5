"""supervision: detections with masks, and classification by folder."""

from pathlib import Path

import pytest

from tests.dataset.contracts.conftest import OPENERS, Opened

SCRIPT = """
import json, sys
import supervision as sv
images = f"{sys.argv[1]}/images/train"
found = sv.DetectionDataset.from_coco(images, f"{sys.argv[1]}/annotations/instances_train.json", force_masks=True)
folders = sv.ClassificationDataset.from_folder_structure(images)
masks = {}
for _, _, each in found:
    for kind, mask in zip(each.class_id, each.mask if each.mask is not None else []):
        masks.setdefault(found.classes[kind], []).append(int(mask.sum()))
print(json.dumps({"images": len(found), "classes": found.classes, "masks": masks,
                  "folders": len(folders), "names": folders.classes}))
"""


def test_detections_and_folders(tree: Path, rows: list[dict[str, str]], opened: Opened) -> None:
    told = opened(OPENERS, SCRIPT, tree)

    labels = [row["label"] for row in rows if row["split"] == "train"]
    assert told["images"] == told["folders"] == len(labels)
    assert told["classes"] == ["scratch", "dent", "missing hole"]
    assert set(told["names"]) == {"good", "scratch", "dent", "missing_hole"}
    assert len(told["masks"]["scratch"]) == labels.count("scratch")
    assert all(pixels == pytest.approx(200, rel=0.2) for pixels in told["masks"]["scratch"])
    assert told["masks"]["dent"].count(6) == labels.count("dent")
    # What a model found and a person agreed with is a box, and never a mask.
    assert set(told["masks"]["missing hole"]) == {0}

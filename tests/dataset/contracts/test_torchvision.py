"""torchvision: `ImageFolder` on the images of a split, `CocoDetection` on its annotations."""

from collections import Counter
from pathlib import Path

from tests.dataset.contracts.conftest import VISION, Opened

SCRIPT = """
import json, sys
from torchvision.datasets import CocoDetection, ImageFolder
told = {}
for split in ("train", "validation", "test"):
    folder = f"{sys.argv[1]}/images/{split}"
    images = ImageFolder(folder)
    coco = CocoDetection(folder, f"{sys.argv[1]}/annotations/instances_{split}.json")
    told[split] = {"classes": images.classes, "targets": images.targets, "size": images[0][0].size,
                   "coco": len(coco), "boxes": sum(len(coco[at][1]) for at in range(len(coco)))}
print(json.dumps(told))
"""


def test_image_folder(tree: Path, rows: list[dict[str, str]], opened: Opened) -> None:
    told = opened(VISION, SCRIPT, tree)

    for split in ("train", "validation", "test"):
        expected = Counter(row["label"].replace(" ", "_") for row in rows if row["split"] == split)
        classes = told[split]["classes"]
        assert Counter(classes[target] for target in told[split]["targets"]) == expected
        assert told[split]["size"] == [64, 48]
        assert told[split]["coco"] == expected.total()
        assert told[split]["boxes"] == expected["scratch"] + 2 * expected["dent"] + expected["missing_hole"]

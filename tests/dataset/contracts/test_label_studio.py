"""Label Studio's converter reads the tasks by their own configuration and makes COCO of them."""

from collections import Counter
from pathlib import Path

import pytest

from tests.dataset.contracts.conftest import OPENERS, Opened

SCRIPT = """
import json, sys, tempfile
from pathlib import Path
from label_studio_sdk.converter import Converter
exports = Path(sys.argv[1]) / "exports"
out = tempfile.mkdtemp()
config = (exports / "label_studio_config.xml").read_text()
converter = Converter(config=config, project_dir=None, download_resources=False)
converter.convert_to_coco(str(exports / "label_studio.json"), out, output_image_dir=out + "/images", is_dir=False)
coco = json.loads((Path(out) / "result.json").read_text())
names = {c["id"]: c["name"] for c in coco["categories"]}
tasks = json.loads((exports / "label_studio.json").read_text())
print(json.dumps({"images": len(coco["images"]), "tasks": len(tasks),
    "notes": [[names[a["category_id"]], a["bbox"]] for a in coco["annotations"]]}))
"""


def test_converter(tree: Path, rows: list[dict[str, str]], opened: Opened) -> None:
    told = opened(OPENERS, SCRIPT, tree)

    labels = [row["label"] for row in rows]
    assert told["tasks"] == len(rows)
    # The converter's COCO names only images on which somebody drew.
    assert told["images"] == labels.count("scratch") + labels.count("dent")
    counts = Counter(name for name, _ in told["notes"])
    assert counts == {"scratch": labels.count("scratch"), "dent": 2 * labels.count("dent")}
    for name, box in told["notes"]:
        assert name != "scratch" or box == pytest.approx([5, 6, 20, 10], abs=0.01)

"""pycocotools: annotations, masks, and the model's own predictions scored against them."""

from pathlib import Path

import pytest

from tests.dataset.contracts.conftest import OPENERS, Opened

SCRIPT = """
import contextlib, io, json, sys
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
with contextlib.redirect_stdout(io.StringIO()):
    truth = COCO(f"{sys.argv[1]}/annotations/instances_train.json")
    found = truth.loadRes(f"{sys.argv[1]}/predictions/coco_results_train.json")
    score = COCOeval(truth, found, "bbox"); score.evaluate(); score.accumulate(); score.summarize()
drawn = [a for a in truth.anns.values() if a["segmentation"]]
print(json.dumps({"images": len(truth.imgs), "categories": {c["name"]: c["id"] for c in truth.cats.values()},
    "sources": [a["attributes"]["source"] for a in truth.anns.values()],
    "masks": [[truth.cats[a["category_id"]]["name"], type(a["segmentation"]).__name__,
               int(truth.annToMask(a).sum()), a["area"]] for a in drawn],
    "found": len(found.anns), "ap50": score.stats[1], "extra": next(iter(truth.imgs.values()))["station"]}))
"""


def test_coco_and_its_score(tree: Path, rows: list[dict[str, str]], opened: Opened) -> None:
    told = opened(OPENERS, SCRIPT, tree)

    train = [row for row in rows if row["split"] == "train"]
    labels = [row["label"] for row in train]
    assert told["images"] == len(train)
    assert told["categories"] == {"scratch": 1, "dent": 2, "missing hole": 3}
    assert told["sources"].count("model") == labels.count("missing hole")
    assert told["sources"].count("reviewer") == labels.count("scratch") + 2 * labels.count("dent")
    for name, kind, pixels, area in told["masks"]:
        assert name in ("scratch", "dent")
        # Polygons are drawn by another rule at their edge; run lengths are exact.
        assert pixels == area if kind == "dict" else pixels == pytest.approx(area, rel=0.12)
    assert {area for _, kind, _, area in told["masks"] if kind == "dict"} == {6}
    assert told["found"] == sum(row["verdict"] == "FAIL" for row in train)
    # The model's boxes are those of the annotations where somebody agreed with it, and only there.
    assert 0.3 < told["ap50"] < 0.4
    assert {"consensus", "weight", "sampling_probability", "model_sha256"} <= set(told["extra"])

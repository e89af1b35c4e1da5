"""Anomalib opens the anomaly profile: as MVTec, as folders, and by the table."""

from pathlib import Path

from tests.dataset.contracts.conftest import VISION, Opened, rows_of

SCRIPT = """
import json, sys
from pathlib import Path
from anomalib.data import Folder, MVTecAD, Tabular
import pandas
root = sys.argv[1]
def told(module):
    module.setup()
    return {name: {"count": len(part), "bad": int((part.samples.label_index == 1).sum()),
                   "masks": int((part.samples.mask_path.fillna("") != "").sum()) if "mask_path" in part.samples else 0}
            for name, part in (("train", module.train_data), ("test", module.test_data))}
mvtec = MVTecAD(root=root, category="images", val_split_mode="none")
kinds = sorted(p.name for p in Path(root, "images/ground_truth").iterdir())
folder = Folder(name="station", root=root + "/images", normal_dir="train/good", normal_test_dir="test/good",
                abnormal_dir=["test/" + k for k in kinds], mask_dir=["ground_truth/" + k for k in kinds],
                val_split_mode="none", test_split_mode="from_dir")
table = pandas.read_csv(root + "/samples.csv")
table = table[table.split != "validation"]
table = pandas.DataFrame({"image_path": table.image_path, "split": table.split, "mask_path": table.mask_path.fillna(""),
                          "label_index": (table.label_index > 0).astype(int)})
# Anomalib 2.7 writes paths into these columns, which the text columns of pandas 3 do not take.
table = table.astype({"image_path": object, "mask_path": object})
tabular = Tabular(name="station", root=root, samples=table, val_split_mode="none", test_split_mode="from_dir")
answer = {"mvtec": told(mvtec), "folder": told(folder), "tabular": told(tabular)}
bad = [item for item in (mvtec.test_data[i] for i in range(len(mvtec.test_data))) if int(item.gt_label) == 1]
answer["pixels"] = sorted({int(item.gt_mask.sum()) for item in bad})
print(json.dumps(answer))
"""


def test_three_ways(anomaly_tree: Path, opened: Opened) -> None:
    told = opened(VISION, SCRIPT, anomaly_tree)

    rows = rows_of(anomaly_tree)
    train = [row for row in rows if row["split"] == "train"]
    test = [row for row in rows if row["split"] == "test"]
    bad = sum(row["label"] != "good" for row in test)
    assert {row["label"] for row in train} == {"good"}
    for way in ("mvtec", "folder", "tabular"):
        assert told[way]["train"]["count"] == len(train)
        assert told[way]["test"] == {"count": len(test), "bad": bad, "masks": bad}
    # A box of 20 x 10; a polygon of 21 x 21 with 6 painted pixels; and a defect that nobody drew.
    assert told["pixels"] == [0, 200, 21 * 21 + 6]

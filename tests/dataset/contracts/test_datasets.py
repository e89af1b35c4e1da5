"""`datasets` of Hugging Face opens the folder by its card."""

from collections import Counter
from pathlib import Path

from tests.dataset.contracts.conftest import OPENERS, Opened

SCRIPT = """
import json, sys
from datasets import load_dataset
whole = load_dataset(sys.argv[1])
print(json.dumps({split: {
    "labels": part["label"][:], "path": part["image_path"][:], "probabilities": part["sampling_probability"][:],
    "boxes": [entry["bbox"] for entry in part["objects"]], "sizes": [image.size for image in part["image"]],
    "columns": part.column_names} for split, part in whole.items()}))
"""


def test_load_dataset(tree: Path, rows: list[dict[str, str]], opened: Opened) -> None:
    told = opened(OPENERS, SCRIPT, tree)

    for split in ("train", "validation", "test"):
        expected = {row["image_path"]: row for row in rows if row["split"] == split}
        assert Counter(told[split]["labels"]) == Counter(row["label"] for row in expected.values())
        assert set(told[split]["path"]) == set(expected)
        assert {"image", "objects", "model_sha256", "verdict", "consensus"} <= set(told[split]["columns"])
        assert all(size == [64, 48] for size in told[split]["sizes"])
        for path, boxes, probability in zip(
            told[split]["path"], told[split]["boxes"], told[split]["probabilities"], strict=True
        ):
            row = expected[path]
            assert len(boxes) == {"good": 0, "scratch": 1, "dent": 2, "missing hole": 1}[row["label"]]
            assert row["label"] != "scratch" or boxes == [[5, 6, 20, 10]]
            assert probability == (float(row["sampling_probability"]) if row["sampling_probability"] else None)

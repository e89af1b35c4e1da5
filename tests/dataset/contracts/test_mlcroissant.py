"""mlcroissant checks croissant.json and reads the records that it describes."""

from collections import Counter
from pathlib import Path

from tests.dataset.contracts.conftest import OPENERS, Opened

SCRIPT = """
import json, sys
import mlcroissant as mlc
whole = mlc.Dataset(jsonld=f"{sys.argv[1]}/croissant.json")
read = list(whole.records(record_set="samples"))
text = lambda value: value.decode() if isinstance(value, bytes) else value
print(json.dumps({"labels": [text(row["samples/label"]) for row in read],
                  "indices": [int(row["samples/label_index"]) for row in read],
                  "errors": list(whole.metadata.issues.errors)}))
"""


def test_records(tree: Path, rows: list[dict[str, str]], opened: Opened) -> None:
    told = opened(OPENERS, SCRIPT, tree)

    assert told["errors"] == []
    assert Counter(told["labels"]) == Counter(row["label"] for row in rows)
    assert Counter(told["indices"]) == Counter(int(row["label_index"]) for row in rows)

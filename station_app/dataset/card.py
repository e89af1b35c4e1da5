"""README.md: the dataset's card, which `datasets` reads for where each split lies. Pure."""

from collections import Counter
from collections.abc import Sequence

from station_app.dataset.options import Profile
from station_app.dataset.registry import Registry
from station_app.dataset.sample import Sample
from station_app.dataset.split import Split


def card(samples: Sequence[Sample], registry: Registry, profile: Profile) -> str:
    """Markdown with the settings of `datasets` on top. The tables have a label of their own: folders are none."""
    splits = [split for split in Split if any(sample.split is split for sample in samples)]
    files = "".join(f'  - split: {split}\n    path: "images/{split}/**"\n' for split in splits)
    head = f"---\nconfigs:\n- config_name: default\n  drop_labels: true\n  data_files:\n{files}---\n"
    return f"{head}\n# Inspection records, {profile}\n\n{_table(samples, registry)}\n{_WORDS}"


def _table(samples: Sequence[Sample], registry: Registry) -> str:
    counts = Counter((sample.split, sample.candidate.label.casefold()) for sample in samples)
    rows = [(0, "good", ""), *((label.number, label.name, label.name.casefold()) for label in registry.in_order())]
    lines = [f"| number | label | {' | '.join(Split)} |", "|---|---|---|---|---|"]
    for number, name, key in rows:
        cells = " | ".join(str(counts[split, key]) for split in Split)
        lines.append(f"| {number} | {_plain(name)} | {cells} |")
    return "\n".join(lines) + "\n"


def _plain(name: str) -> str:
    """Without what Markdown would take for its own."""
    return "".join(letter if letter.isalnum() or letter in " -_." else "_" for letter in name)


_WORDS = """
- `samples.csv` (and `metadata.parquet` beside the images): a row for each image, with its label, group, split, weight,
  the probability with which it was drawn, what the station said and who it was judged by.
- `annotations/`: COCO. An annotation with `is_drawn` false is a finding of the model that a person agreed with; it is a
  box and never part of a mask.
  An image whose defect nobody drew has no annotation at all, though it is not good: its `station` key has the label.
- `images/ground_truth/`: a mask for each defect. It is empty where nobody drew (`mask_source` is empty): the pixels are
  then unknown, not good.
- `predictions/`: what the model itself found, as COCO results.
- `dropped.csv`, `report.json`: what was left out and why, and how far people agree.
- No group stands in two splits. Labels keep their numbers in later versions (`labels.json`).
- `MANIFEST.json`: the hash of each file; its own SHA-256 is the version.
"""

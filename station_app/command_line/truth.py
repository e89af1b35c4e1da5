"""What the images of a run really are: a `split.csv` beside them, or the plan of a rendered line. Reads files once."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from station_app.core.errors import ConfigError
from station_app.devices.rendering.plan import RenderSpec, plan_part, source_number

TABLE = "split.csv"
GOOD = "good"
DEFECT = "defect"
_GOOD_WORDS = frozenset({"good", "ok"})


@dataclass(frozen=True, slots=True)
class Truth:
    """`kind` is `good` or the kind of defect; `split` names the share of the data set that the image belongs to."""

    kind: str
    split: str = ""

    @property
    def is_defect(self) -> bool:
        return self.kind != GOOD


TruthOf = Callable[[str], Truth | None]
"""From a frame's source (a path within the folder, or `rendered:N`) to its truth, None where that is not known."""


def nothing_known(_: str) -> Truth | None:
    """For a run without a truth."""
    return None


def rendered_truth(spec: RenderSpec) -> TruthOf:
    """The truth of a rendered line, decided by the frame's number alone."""

    def truth_of(source: str) -> Truth | None:
        number = source_number(source)
        if number is None:
            return None
        kinds = sorted(plan_part(spec, number).labels)
        return Truth("+".join(kinds) if kinds else GOOD)

    return truth_of


def table_truth(path: Path, images: Path) -> TruthOf:
    """The truth by a table with the column `image` and one of `label`, `mask`, `boxes`; `split` where there is one.

    `path` is the table, or the folder of a `split.csv`; its paths count from its own folder, the frames' sources from
    the folder `images`. ConfigError where it cannot be read or says nothing.
    """
    rows = _read(path / TABLE if path.is_dir() else path)

    def truth_of(source: str) -> Truth | None:
        return rows.get((images / source).resolve())

    return truth_of


def _read(table: Path) -> dict[Path, Truth]:
    try:
        with table.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        remedy = "give a CSV with the columns image and label (or mask, or boxes), or its folder"
        raise ConfigError(f"the truth cannot be read: {error}", where=str(table), remedy=remedy) from error
    columns = set(rows[0]) if rows else set()
    if "image" not in columns or not columns & {"label", "mask", "boxes"}:
        remedy = "it needs the columns image and label, or image and mask, or image and boxes"
        raise ConfigError("the table does not say what the images are", where=str(table), remedy=remedy)
    folder = table.parent
    return {(folder / row["image"]).resolve(): Truth(_kind(row, folder), row.get("split") or "") for row in rows}


def _kind(row: dict[str, str], folder: Path) -> str:
    label = (row.get("label") or "").strip()
    if label:
        return GOOD if label.lower() in _GOOD_WORDS else label
    if row.get("boxes"):
        return DEFECT if _has_boxes(folder / row["boxes"]) else GOOD
    return DEFECT if row.get("mask") and _has_marks(folder / row["mask"]) else GOOD


def _has_boxes(path: Path) -> bool:
    try:
        return bool(path.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path) from error


def _has_marks(path: Path) -> bool:
    mask = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if mask is None:
        raise _unreadable(path)
    return bool(np.any(mask))


def _unreadable(path: Path) -> ConfigError:
    remedy = "correct the table or the file"
    return ConfigError("a file that the truth names cannot be read", where=str(path), remedy=remedy)

"""Labelled images from a folder with a `split.csv`. Everything wrong with it is found before any training starts.

Columns: `image`, `mask`, `split` (train, validation, test) or `group`, `label` where it is known, and `weight`. With
labels a mask is binary (above 127 is defect), and an image labelled other than good without a mask counts as a whole.
Without labels a mask holds class numbers. Without groups every image is its own; without a split the groups are divided
by lot.
"""

import csv
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from station_app.core.errors import ConfigError
from station_app.core.inspection import PixelFormat, Pixels
from station_app.devices.image_file import read_image
from station_app.inference.shrink import shrink
from station_app.training.labelled import (
    GOOD,
    UNKNOWN,
    Dataset,
    LabelledImage,
    Split,
    check_groups,
    draw_split,
    shrink_mask,
)

TABLE = "split.csv"
_GOOD_LABELS = frozenset({"", "good", "ok"})
_BINARY_ABOVE = 127
_MAX_CLASS = 64
_SHOWN = 5

Counted = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Row:
    image: str
    mask: str
    label: str | None
    group: str
    split: Split
    weight: float


def read_folder(folder: Path, reduce: int = 1, on_image: Counted | None = None) -> Dataset:
    """The labelled images of a folder. Raises ConfigError that names what is wrong with it."""
    rows = _read_rows(folder / TABLE)
    faults: list[str] = []
    found = []
    for number, row in enumerate(rows, 1):
        found.append(_read_pair(folder, row, faults))
        if on_image:
            on_image(number, len(rows))
    if faults:
        more = f", and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise ConfigError(
            "; ".join(faults[:_SHOWN]) + more, where=str(folder), remedy=f"correct {TABLE} or the files it names"
        )
    pairs = [(row, *pair) for row, pair in zip(rows, found, strict=True) if pair is not None]
    labels, pairs = _name_kinds(pairs)
    images = tuple(_labelled(row, pixels, mask, labels, reduce) for row, pixels, mask in pairs)
    check_groups(images, str(folder / TABLE))
    return Dataset(folder.name, labels, images, 1, reduce)


def _read_rows(table: Path) -> list[_Row]:
    try:
        with table.open(newline="", encoding="utf-8-sig") as file:
            entries = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"the table of labelled images cannot be read, {reason}",
            where=str(table),
            remedy="give a folder with a split.csv of the columns image, mask, split, and label and group if known",
        ) from error
    columns = set(entries[0]) if entries else set()
    missing = [column for column in ("image", "mask") if column not in columns]
    missing += [] if columns & {"split", "group"} else ["split or group"]
    if missing:
        what = f"the column {', '.join(missing)} is missing" if entries else "the table holds no images"
        remedy = "segmentation needs an image and a mask in each row, and a split, or a group to be divided by"
        raise ConfigError(what, where=str(table), remedy=remedy)
    return [_row(entry, number, table) for number, entry in enumerate(entries, 2)]


def _row(entry: dict[str, str], number: int, table: Path) -> _Row:
    where = f"{table}, line {number}"
    image = entry["image"] or ""
    if not image:
        raise ConfigError("a row names no image", where=where, remedy="name one, or remove the line")
    group = entry.get("group") or image
    split = (entry["split"] or "").strip().lower() if "split" in entry else draw_split(group).value
    if split not in set(Split):
        raise ConfigError(f"the split {split!r} is unknown", where=where, remedy="write train, validation or test")
    label = None if "label" not in entry else (entry["label"] or "").strip().lower()
    return _Row(image, entry["mask"] or "", label, group, Split(split), _weight(entry.get("weight") or "1", where))


def _weight(text: str, where: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = math.nan
    if not 0 < weight < math.inf:
        raise ConfigError(f"{text!r} is no weight", where=where, remedy="write a number above 0; 1 is usual")
    return weight


def _read_pair(folder: Path, row: _Row, faults: list[str]) -> tuple[Pixels, Pixels] | None:
    """Grey pixels and the mask as it is stored; without a mask an empty one."""
    pixels = _read_grey(folder, row.image, faults)
    mask = _read_grey(folder, row.mask, faults) if row.mask else None
    if pixels is None or (row.mask and mask is None):
        return None
    if mask is None:
        return pixels, np.zeros_like(pixels)
    if mask.shape != pixels.shape:
        faults.append(f"{row.mask} has another size than {row.image}")
    return pixels, mask


def _read_grey(folder: Path, name: str, faults: list[str]) -> Pixels | None:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        faults.append(f"{name} is not there")
        return None
    pixels = read_image(path, PixelFormat.MONO8)
    if pixels is None:
        faults.append(f"{name} is no whole, readable image")
    return pixels


def _name_kinds(pairs: list[tuple[_Row, Pixels, Pixels]]) -> tuple[tuple[str, ...], list[tuple[_Row, Pixels, Pixels]]]:
    """The labels, and the masks as 0, 1 + label index, or UNKNOWN."""
    if any(row.label is not None for row, _, _ in pairs):
        labels = tuple(sorted({row.label for row, _, _ in pairs if row.label} - _GOOD_LABELS))
        return labels, [(row, pixels, _binary_mask(row, mask, labels)) for row, pixels, mask in pairs]
    highest = max(int(mask.max()) for _, _, mask in pairs)
    if highest > _MAX_CLASS:
        binary = [(row, pixels, (mask > _BINARY_ABOVE).astype(np.uint8)) for row, pixels, mask in pairs]
        return ("defect",), binary
    return tuple(f"class {number}" for number in range(1, highest + 1)), pairs


def _binary_mask(row: _Row, mask: Pixels, labels: tuple[str, ...]) -> Pixels:
    if row.label in _GOOD_LABELS or row.label is None:
        return np.zeros_like(mask)
    hot = mask > _BINARY_ABOVE
    if not hot.any():
        # Somebody saw the defect and drew nothing: the image's label still holds, the pixels stay open.
        return np.full_like(mask, UNKNOWN)
    return np.where(hot, 1 + labels.index(row.label), GOOD).astype(np.uint8)


def _labelled(row: _Row, pixels: Pixels, mask: Pixels, labels: tuple[str, ...], reduce: int) -> LabelledImage:
    kinds = {int(value) - 1 for value in np.unique(mask) if value not in (GOOD, UNKNOWN)}
    if row.label in labels:
        kinds = {labels.index(str(row.label))}
    height, width = -(-pixels.shape[0] // reduce), -(-pixels.shape[1] // reduce)
    return LabelledImage(
        row.image,
        row.group,
        row.split,
        frozenset(kinds),
        shrink(pixels, height, width),
        shrink_mask(mask, reduce),
        row.weight,
    )

"""Parts whose truth is known: what the simulated people see, and what is measured by at the end."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from station_app.core.errors import StorageError
from station_app.core.inspection import Box, Pixels

GOOD = "good"


@dataclass(frozen=True, slots=True, eq=False)
class TruePart:
    """One part and its picture, grey [height, width]. `label` is "" for a good part, else the kind of its defects;
    they lie in `boxes`. `serial` is its own; parts of one `group` come from one panel or housing."""

    serial: str
    group: str
    pixels: Pixels
    label: str = ""
    boxes: tuple[Box, ...] = ()

    @property
    def is_defect(self) -> bool:
        return bool(self.label)


def write_pictures(parts: Sequence[TruePart], folder: Path) -> None:
    """The parts as a folder camera delivers them: in the order given."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, part in enumerate(parts):
        _write(folder / picture_name(number, part), part.pixels)


def picture_name(number: int, part: TruePart) -> str:
    """The file of the part that comes as number `number` of its folder, from 0."""
    return f"{number:06}-{part.serial}.png"


def write_labelled(parts: Iterable[tuple[TruePart, str]], folder: Path) -> Path:
    """A folder with a `split.csv`, as `station-app train` reads it: each part with the split it belongs to."""
    (folder / "images").mkdir(parents=True)
    rows = [_row(part, split, folder) for part, split in parts]
    with (folder / "split.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ("image", "label", "mask", "group", "split"))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def _row(part: TruePart, split: str, folder: Path) -> dict[str, str]:
    image = f"images/{part.serial}.png"
    _write(folder / image, part.pixels)
    mask = ""
    if part.is_defect:
        mask = f"images/{part.serial}-mask.png"
        _write(folder / mask, _mask(part))
    return {"image": image, "label": part.label or GOOD, "mask": mask, "group": part.group, "split": split}


def _mask(part: TruePart) -> Pixels:
    mask = np.zeros(part.pixels.shape, np.uint8)
    for box in part.boxes:
        mask[box.y : box.bottom, box.x : box.right] = 255
    return mask


def _write(path: Path, pixels: Pixels) -> None:
    body = cv2.imencode(".png", pixels)[1].tobytes()
    try:
        path.write_bytes(body)
    except OSError as error:
        what = f"a picture cannot be written, {error.strerror or error}"
        raise StorageError(what, where=str(path), remedy="make room, or name another folder with --work") from error

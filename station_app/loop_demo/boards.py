"""Parts cut from real circuit boards: DeepPCB (S. Tang et al., 2019), each picture divided into squares.

A square is a part of its own. It is left out where a defect lies across its border, so that nobody could say whether it
has one, where it holds defects of two kinds, or where it is nearly all copper or all bare, of which many are the same.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from station_app.core.errors import ConfigError
from station_app.core.inspection import Box, Pixels
from station_app.loop_demo.parts import TruePart

SIDE = 160
KINDS = {1: "open", 2: "short", 3: "mouse bite", 4: "spur", 5: "copper", 6: "pin hole"}
_WITHIN = 0.7
_TOUCHED = 0.02
_PLAIN = 0.06

Defect = tuple[Box, str]


def read_boards(folder: Path) -> dict[str, tuple[TruePart, ...]]:
    """The parts of each board, by the board's name; the group of a part is the picture that it was cut from.

    ConfigError where the folder does not hold the boards.
    """
    boards: dict[str, list[TruePart]] = {}
    try:
        with (folder / "split.csv").open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                boards.setdefault(row["group"], []).extend(_parts_of(folder, row))
    except (OSError, KeyError, ValueError) as error:
        raise ConfigError(
            f"these are not the boards of DeepPCB, {error}",
            where=str(folder),
            remedy="name the folder that holds deeppcb with --data, or leave it out: parts are rendered then",
        ) from error
    return {board: tuple(parts) for board, parts in boards.items()}


def _parts_of(folder: Path, row: dict[str, str]) -> Iterator[TruePart]:
    pixels = cv2.imread(str(folder / row["image"]), cv2.IMREAD_GRAYSCALE)
    if pixels is None:
        raise ValueError(f"{row['image']} is no picture")
    name = Path(row["image"]).stem
    defects = [_defect(line) for line in (folder / row["boxes"]).read_text().splitlines() if line.strip()]
    for top in range(0, pixels.shape[0] - SIDE + 1, SIDE):
        for left in range(0, pixels.shape[1] - SIDE + 1, SIDE):
            found = _defects_in(Box(left, top, SIDE, SIDE), defects)
            square: Pixels = np.array(pixels[top : top + SIDE, left : left + SIDE], np.uint8)
            if found is not None and _PLAIN < float((square > 127).mean()) < 1 - _PLAIN:
                serial = f"{name}-{top // SIDE}{left // SIDE}"
                yield TruePart(serial, name, square, found[0][1] if found else "", tuple(box for box, _ in found))


def _defect(line: str) -> Defect:
    left, top, right, bottom, kind = (int(word) for word in line.split())
    return Box(left, top, right - left, bottom - top), KINDS[kind]


def _defects_in(square: Box, defects: list[Defect]) -> list[Defect] | None:
    """Those of the square, in its own pixels; None where that cannot be said."""
    found = []
    for box, kind in defects:
        left, top = max(box.x, square.x), max(box.y, square.y)
        width, height = min(box.right, square.right) - left, min(box.bottom, square.bottom) - top
        share = max(0, width) * max(0, height) / (box.width * box.height)
        if share >= _WITHIN:
            found.append((Box(left - square.x, top - square.y, width, height), kind))
        elif share > _TOUCHED:
            return None
    return found if len({kind for _, kind in found}) <= 1 else None

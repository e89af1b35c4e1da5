"""Small scenes for the training tests: flat grey parts with one bright line, dark spot or ring, and folders of them."""

import csv
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.training.labelled import LabelledImage, Split

LABELS = ("line", "spot")
KINDS = (*LABELS, "ring")


def draw_scene(kind: int | None, seed: int, side: int = 96) -> tuple[Pixels, Pixels]:
    """Grey pixels and the mask of kinds; `kind` is a label index, None a good part."""
    rng = np.random.default_rng(seed)
    pixels = np.clip(rng.normal(110, 5, (side, side)), 0, 255).astype(np.uint8)
    mask = np.zeros_like(pixels)
    x, y = (int(v) for v in rng.integers(side // 4, 3 * side // 4, 2))
    if kind == 0:
        for picture, value in ((pixels, 235), (mask, 1)):
            cv2.line(picture, (x - 14, y), (x + 14, y + 6), value, 3)
    elif kind == 1:
        for picture, value in ((pixels, 15), (mask, 2)):
            cv2.circle(picture, (x, y), 7, value, -1)
    elif kind == 2:
        for picture, value in ((pixels, 200), (mask, 3)):
            cv2.circle(picture, (x, y), 11, value, 4)
    return pixels, mask


def scene_image(kind: int | None, seed: int, split: Split = Split.TRAIN, side: int = 96) -> LabelledImage:
    pixels, mask = draw_scene(kind, seed, side)
    kinds = frozenset() if kind is None else frozenset({kind})
    return LabelledImage(f"{seed}.png", f"part {seed}", split, kinds, pixels, mask)


def write_table(folder: Path, rows: Sequence[dict[str, str]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "split.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def write_scenes(
    folder: Path,
    per_kind: int = 4,
    side: int = 96,
    kinds: Sequence[int | None] = (None, 0, 1, None),
    prefix: str = "",
) -> Path:
    """A dataset with labels, binary masks, groups and all three splits; `prefix` makes its parts other parts."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, str]] = []
    for index, split in enumerate(Split):
        for kind in kinds:
            for turn in range(per_kind):
                seed = len(rows) + 1000 * index + 100_000 * len(prefix)
                pixels, mask = draw_scene(kind, seed, side)
                cv2.imwrite(str(folder / f"{seed}.png"), pixels)
                if kind is not None:
                    cv2.imwrite(str(folder / f"{seed}-mask.png"), (mask > 0).astype(np.uint8) * 255)
                rows.append(
                    {
                        "image": f"{seed}.png",
                        "label": "good" if kind is None else KINDS[kind].title(),
                        "mask": "" if kind is None else f"{seed}-mask.png",
                        "group": f"{prefix}{split}-{kind}-{turn}",
                        "split": str(split),
                    }
                )
    return write_table(folder, rows)

"""Which images of a folder are meant, and in which order. Nothing is opened but a list of names."""

import csv
from pathlib import Path

from station_app.core.errors import CameraError

SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"))


def list_images(folder: Path, is_recursive: bool = True) -> tuple[str, ...]:
    """The image files as paths relative to the folder, sorted by name. CameraError where there are none."""
    if not folder.is_dir():
        raise CameraError("the image folder does not exist", where=str(folder), remedy="correct the camera's source")
    try:
        found = folder.rglob("*") if is_recursive else folder.iterdir()
        paths = [path for path in found if path.suffix.lower() in SUFFIXES and _is_image_file(path)]
    except OSError as error:
        raise CameraError("the image folder cannot be read", where=str(folder), remedy=str(error)) from error
    if not paths:
        kinds = ", ".join(sorted(SUFFIXES))
        raise CameraError("the folder holds no images", where=str(folder), remedy=f"put files there: {kinds}")
    return tuple(sorted(path.relative_to(folder).as_posix() for path in paths))


def _is_image_file(path: Path) -> bool:
    # A link that leads nowhere is a missing image, which must be told like any other.
    return path.is_file() or (path.is_symlink() and not path.exists())


def listed_images(folder: Path, table: str, split: str = "") -> tuple[str, ...]:
    """The paths in the column `image` of a CSV in the folder, in its order; with `split` only those of that split.

    A listed file that is missing is delivered as an incomplete frame. CameraError where the table names none.
    """
    where = str(folder / table)
    try:
        with (folder / table).open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        what = "the list of images cannot be read"
        raise CameraError(what, where=where, remedy=str(error)) from error
    names = [row["image"] for row in rows if row.get("image") and split in ("", row.get("split"))]
    if not names:
        what = f"the list names no image of the split {split!r}" if split else "the list names no image"
        raise CameraError(what, where=where, remedy="it needs the column image, and split where one is asked for")
    return tuple(names)

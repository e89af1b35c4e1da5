"""Labelled images to judge both models by: the frozen golden set, and what a dataset holds of the line's own parts.

Both are folders with a table. A golden set is a dataset that was materialised once, or any folder whose `split.csv` has
the columns `image`, `label` and `group`, and `part`, `station` and `camera` where they are known. A dataset's
`samples.csv` tells besides how a part was drawn and why it was sent. Only parts of a dataset's test split are taken:
the candidate has learned the others.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.retrain.judged import Picture, Source

GOLDEN_TABLE, SAMPLES_TABLE = "split.csv", "samples.csv"
_GOOD = frozenset({"good", "ok"})
_PASSED, _FLAGGED = frozenset({"PASS"}), frozenset({"FAIL", "REVIEW"})


def golden_table(folder: Path) -> Path:
    """The table of a golden set: its images, and the groups that no training may see."""
    told = folder / SAMPLES_TABLE
    return told if told.is_file() else folder / GOLDEN_TABLE


def golden_pictures(folder: Path, camera: str = "") -> tuple[Picture, ...]:
    """Every image of the golden set, whatever its split; of one camera, where it is named. ConfigError where one says
    no label or no group."""
    table = golden_table(folder)
    found = tuple(_picture(row, Source.GOLDEN) for row in _rows(table) if _is_of(row, camera))
    if not found:
        raise ConfigError("the golden set holds no images", where=str(table), remedy="add good and defective parts")
    return found


def line_pictures(folder: Path, camera: str = "") -> tuple[Picture, ...]:
    """The controls and the disagreements of a dataset's test split; of one camera, where it is named. A part that is
    both is there twice. Nothing where the dataset tells nothing about the line."""
    table = folder / SAMPLES_TABLE
    if not table.is_file():
        return ()
    rows = [row for row in _rows(table) if row.get("split") == "test" and _is_of(row, camera)]
    controls = [_picture(row, Source.CONTROL, _probability(row, table)) for row in rows if _is_drawn(row)]
    return tuple(controls + [_picture(row, Source.DISAGREEMENT) for row in rows if _is_disagreement(row)])


def _picture(row: Mapping[str, str], source: Source, probability: float | None = None) -> Picture:
    return Picture(
        file=row["image"],
        kind=_kind(row),
        group=row["group"],
        part=_part(row),
        source=source,
        station=row.get("station", ""),
        camera=row.get("camera", ""),
        probability=probability,
    )


def _kind(row: Mapping[str, str]) -> str:
    label = row["label"].lower()
    return "" if label in _GOOD else label


def _part(row: Mapping[str, str]) -> str:
    """Parts are numbered by each station, and anew where it is set up anew: the time tells such apart. An image that
    names no part is one of its own."""
    if not row.get("part"):
        return row["image"]
    return "/".join(filter(None, (row.get(name, "") for name in ("plant", "station", "part", "inspected_at"))))


def _rows(table: Path) -> Iterator[dict[str, str]]:
    try:
        with table.open(newline="", encoding="utf-8-sig") as file:
            entries = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        what = f"the table of labelled images cannot be read, {reason}"
        remedy = f"give a folder with a {table.name} of the columns image, label and group"
        raise ConfigError(what, where=str(table), remedy=remedy) from error
    for number, entry in enumerate(entries, 2):
        row = {key: (value or "").strip() for key, value in entry.items() if key is not None}
        row.setdefault("image", row.get("image_path", ""))
        lacking = [column for column in ("image", "label", "group") if not row.get(column)]
        if lacking:
            what = f"{' and '.join(lacking)} of an image to judge by is not told"
            remedy = "tell its file, its label (good or the kind of defect) and its group"
            raise ConfigError(what, where=f"{table}, line {number}", remedy=remedy)
        yield row


def _is_of(row: Mapping[str, str], camera: str) -> bool:
    return not camera or row.get("camera", "") in ("", camera)


def _is_disagreement(row: Mapping[str, str]) -> bool:
    """People came to another answer than the verdict that the line gave."""
    wrong = _PASSED if _kind(row) else _FLAGGED
    return row.get("verdict", "") in wrong


def _is_drawn(row: Mapping[str, str]) -> bool:
    return bool(row.get("sampling_probability"))


def _probability(row: Mapping[str, str], table: Path) -> float:
    text = row["sampling_probability"]
    try:
        probability = float(text)
    except ValueError:
        probability = 0.0
    if not 0 < probability <= 1:
        where = f"{table}, {row['image']}"
        raise ConfigError(f"{text!r} is no probability of being drawn", where=where, remedy="materialise it again")
    return probability

"""The numbers of the labels, kept in a file beside the datasets: a label once numbered keeps number and folder in every
later version, whatever joins it."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import ConfigError, StorageError
from station_app.dataset.fields import FieldError, Fields, fields_of
from station_app.store.image_files import write_durably

GOOD = "good"
_SCHEMA = 1
_NO_FOLDER = frozenset(("", GOOD, "train", "validation", "test", "ground_truth"))
_NUMBERED = re.compile(r"label-\d+", re.IGNORECASE)
_RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))))
"""Names of devices, which Windows takes for no folder."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Label:
    """`number` is the COCO category and the label's index; 0 is good and no label. `folder` is a safe file name."""

    number: int
    name: str
    folder: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Labels by their name without regard to case."""

    labels: Mapping[str, Label]

    def of(self, name: str) -> Label:
        return self.labels[name.casefold()]

    def folder_of(self, name: str) -> str:
        return self.of(name).folder if name else GOOD

    def number_of(self, name: str) -> int:
        return self.of(name).number if name else 0

    def in_order(self) -> list[Label]:
        return sorted(self.labels.values(), key=lambda label: label.number)

    def with_names(self, names: Iterable[str]) -> "Registry":
        """New names are numbered on in the order in which they come."""
        labels = dict(self.labels)
        for name in names:
            if name.casefold() not in labels:
                number = 1 + max((label.number for label in labels.values()), default=0)
                labels[name.casefold()] = Label(number, name, _folder(name, number, labels.values()))
        return Registry(labels)

    def as_text(self) -> str:
        """As it stands in its file."""
        rows = [{"id": label.number, "name": label.name, "folder": label.folder} for label in self.in_order()]
        return json.dumps({"schema": _SCHEMA, "labels": rows}, indent=1, ensure_ascii=False) + "\n"


def read_registry(path: Path) -> Registry:
    """An empty one where there is no file yet. ConfigError where it is none, or contradicts itself."""
    try:
        table = fields_of(json.loads(path.read_text(encoding="utf-8")), "registry")
        if table.whole("schema") != _SCHEMA:
            raise FieldError("it was written by a newer program")
        labels = [_label(row) for row in table.each("labels")]
        _check_once([str(label.number) for label in labels], [label.name.casefold() for label in labels])
        _check_once([label.folder.casefold() for label in labels])
    except FileNotFoundError:
        return Registry({})
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, FieldError) as error:
        remedy = "put a copy of it back: a label that changes its number makes older models wrong"
        raise ConfigError(f"the labels' registry cannot be used: {error}", where=str(path), remedy=remedy) from error
    return Registry({label.name.casefold(): label for label in labels})


def keep_registry(path: Path, registry: Registry) -> None:
    """Write it where it has changed. StorageError where that cannot be."""
    body = registry.as_text().encode()
    try:
        if not path.exists() or path.read_bytes() != body:
            write_durably(path, body)
    except OSError as error:
        what = f"the labels' registry cannot be written: {error.strerror}"
        raise StorageError(what, where=str(path), remedy="give this user the right to write there") from error


def _label(row: Fields) -> Label:
    label = Label(row.whole("id"), row.text("name"), row.text("folder"))
    if label.number < 1 or not label.name or label.folder in _NO_FOLDER or label.folder != _slug(label.folder):
        raise FieldError(f"{row.path} is no label")
    return label


def _check_once(*columns: list[str]) -> None:
    for column in columns:
        if len(set(column)) != len(column):
            raise FieldError("a number, name or folder stands there twice")


def _folder(name: str, number: int, others: Iterable[Label]) -> str:
    """The name itself where that is a safe one that nothing else has, else its number."""
    slug = _slug(name)
    taken = {label.folder.casefold() for label in others} | _NO_FOLDER
    is_free = slug.casefold() not in taken and not _NUMBERED.fullmatch(slug)
    return slug if is_free else f"label-{number}"


def _slug(name: str) -> str:
    """Letters, digits, dots, dashes and underscores of ASCII: a folder's name on every system, and in every URL."""
    slug = re.sub(r"[^A-Za-z0-9._-]+", "_", name)[:_LONGEST].strip("._-")
    return "" if slug.split(".")[0].casefold() in _RESERVED else slug

"""Groups and images that no training may ever see: the frozen set that a new model is judged by."""

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.reports.columns import harmless

GROUP, IMAGE = "group", "image_sha256"


@dataclass(frozen=True, slots=True)
class Golden:
    """`sha256` is that of the list, "" where there is none."""

    groups: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    sha256: str = ""


def read_golden(path: Path | None) -> Golden:
    """A list of groups, one a line (`#` begins a remark), or a table with the column `group`, and `image_sha256` where
    there is one: the samples.csv of a golden dataset will do. ConfigError where it cannot be read, or bars nothing."""
    if path is None:
        return Golden()
    try:
        body = path.read_bytes()
        text = body.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "give a text file with one group a line"
        raise ConfigError("the golden list cannot be read", where=str(path), remedy=remedy) from error
    head = text.split("\n", 1)[0].strip().split(",")
    groups, images = _table(text) if GROUP in head else (_lines(text), frozenset[str]())
    if not groups:
        remedy = "write one group a line, or leave --golden out"
        raise ConfigError("the golden list names no group", where=str(path), remedy=remedy)
    return Golden(groups, images, hashlib.sha256(body).hexdigest())


def _lines(text: str) -> frozenset[str]:
    stripped = (line.strip() for line in text.splitlines())
    return frozenset(line for line in stripped if line and not line.startswith("#"))


def _table(text: str) -> tuple[frozenset[str], frozenset[str]]:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    groups = frozenset(_as_sent((row[GROUP] or "").strip()) for row in rows)
    images = frozenset((row.get(IMAGE) or "").strip() for row in rows)
    return groups - {""}, images - {""}


def _as_sent(text: str) -> str:
    """Without the apostrophe that a table puts before what a spreadsheet would run."""
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text

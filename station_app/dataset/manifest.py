"""MANIFEST.json: the hash of every file of a dataset, and what it was made of. Its own hash is the version."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station_app.core.errors import DatasetError
from station_app.dataset.fields import FieldError, fields_of

MANIFEST = "MANIFEST.json"
_SCHEMA = 1
_BLOCK = 1 << 20
Counted = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FileEntry:
    sha256: str
    size: int


def manifest_text(files: dict[str, FileEntry], about: dict[str, Any]) -> str:
    """The manifest of these files, by their paths below the dataset's folder."""
    table = {path: {"sha256": files[path].sha256, "bytes": files[path].size} for path in sorted(files)}
    return as_json({"schema": _SCHEMA, "kind": "station.dataset.v1", **about, "files": table})


def as_json(value: object) -> str:
    """The same text for the same value everywhere."""
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def version_of(manifest: str | bytes) -> str:
    """The version of the dataset that has this manifest."""
    return hashlib.sha256(manifest if isinstance(manifest, bytes) else manifest.encode()).hexdigest()


def check_dataset(folder: Path, on_file: Counted | None = None) -> str:
    """The version of a dataset whose every file is as its manifest says, with none besides. DatasetError otherwise."""
    body, files = _read(folder)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} - {MANIFEST}
    if there != set(files):
        odd = sorted(there ^ set(files))[0]
        what = "a file is missing" if odd in files else "there is a file that the manifest does not know"
        raise _changed(what, folder / odd)
    for number, (path, entry) in enumerate(sorted(files.items()), 1):
        if entry != _entry_there(folder / path):
            raise _changed("a file was changed", folder / path)
        if on_file:
            on_file(number, len(files))
    return version_of(body)


def _entry_there(path: Path) -> FileEntry:
    try:
        return file_entry(path)
    except OSError as error:
        raise _changed(f"a file cannot be read: {error.strerror}", path) from error


def file_entry(path: Path) -> FileEntry:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return FileEntry(digest.hexdigest(), path.stat().st_size)


def _read(folder: Path) -> tuple[bytes, dict[str, FileEntry]]:
    where = folder / MANIFEST
    try:
        body = where.read_bytes()
        table = fields_of(json.loads(body), "manifest")
        if table.whole("schema") != _SCHEMA:
            raise FieldError("it was written by a newer program")
        files = table.inner("files")
        entries = {path: files.inner(path) for path in files.values}
        return body, {path: FileEntry(entry.sha256("sha256"), entry.whole("bytes")) for path, entry in entries.items()}
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, FieldError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "give a folder that `station-app dataset materialise` has written"
        raise DatasetError(f"this is no dataset: {reason}", where=str(where), remedy=remedy) from error


def _changed(what: str, path: Path) -> DatasetError:
    return DatasetError(what, where=str(path), remedy="a dataset is never changed: make it again from its source")

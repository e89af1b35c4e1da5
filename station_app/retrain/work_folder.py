"""The folder that one retraining works in: what each step leaves there, and the record that it was done.

A record holds the hashes of a step's inputs and outputs. It is written last and in one step, so that a step that was
cut short has none, and is done again from its beginning.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from station_app.core.errors import ConfigError, StorageError

MANIFEST = "MANIFEST.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class StepRecord:
    """`inputs` and `outputs` by name with their hashes; outputs are names in the work folder. `facts` are for people
    and for later steps."""

    step: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """Every path of it. Only its owner writes there, one command at a time."""

    path: Path

    @property
    def dataset(self) -> Path:
        return self.path / "dataset"

    @property
    def candidate(self) -> Path:
        return self.path / "candidate"

    @property
    def evaluation(self) -> Path:
        return self.path / "evaluation.json"

    @property
    def package(self) -> Path:
        return self.path / "package"

    @property
    def card(self) -> Path:
        return self.path / "model_card.md"

    @property
    def statement(self) -> Path:
        return self.path / "package.signed.json"

    def read(self, step: str) -> StepRecord | None:
        """The record of a step, None where it was never finished. StorageError where it cannot be read."""
        path = self._record(step)
        try:
            table = json.loads(path.read_bytes())
            return StepRecord(step, dict(table["inputs"]), dict(table["outputs"]), dict(table["facts"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StorageError("a step's record cannot be read", where=str(path), remedy="remove it") from error

    def done(self, step: str, inputs: Mapping[str, str]) -> StepRecord | None:
        """The record of a step that was finished with these very inputs and whose outputs are still what they were."""
        record = self.read(step)
        if record is None or dict(record.inputs) != dict(inputs):
            return None
        is_whole = all(content_hash(self.path / name) == sha256 for name, sha256 in record.outputs.items())
        return record if is_whole else None

    def write(self, record: StepRecord) -> None:
        """Keep a record; StorageError where the disk takes none."""
        table = {"inputs": record.inputs, "outputs": record.outputs, "facts": record.facts}
        write_text(self._record(record.step), json.dumps(table, indent=1, ensure_ascii=False, allow_nan=False) + "\n")

    def clear(self, step: str, outputs: tuple[str, ...]) -> None:
        """Take away what a step has left, its record first."""
        try:
            self._record(step).unlink(missing_ok=True)
            for name in outputs:
                path = self.path / name
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise _failed(self.path, error) from error

    def _record(self, step: str) -> Path:
        return self.path / f"step-{step}.json"


def write_text(path: Path, text: str) -> None:
    """A file of the work folder, whole or not at all. StorageError where the disk takes none."""
    scratch = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_text(text, encoding="utf-8")
        os.replace(scratch, path)
    except OSError as error:
        raise _failed(path, error) from error


def content_hash(path: Path) -> str:
    """SHA-256 of a file; of a folder that of its `MANIFEST.json`, where there is one, else of the names and hashes of
    all its files. "" where there is nothing."""
    try:
        if path.is_file():
            return _file_hash(path)
        if not path.is_dir():
            return ""
        if (path / MANIFEST).is_file():
            return _file_hash(path / MANIFEST)
        return _tree_hash(path)
    except OSError as error:
        raise _failed(path, error) from error


def need_hash(path: Path, what: str) -> str:
    """Likewise; ConfigError where there is nothing."""
    sha256 = content_hash(path)
    if not sha256:
        raise ConfigError(f"{what} is not there", where=str(path), remedy="correct the plan, or bring it there")
    return sha256


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _tree_hash(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_file_hash(path)} {path.relative_to(folder).as_posix()}\n" for path in files]
    return text_hash("".join(lines))


def _file_hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _failed(path: Path, error: OSError) -> StorageError:
    what = f"the work folder cannot be used, {error.strerror or error}"
    return StorageError(what, where=str(path), remedy="choose a folder on a disk with room that this user may write")

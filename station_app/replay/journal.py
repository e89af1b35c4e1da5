"""The outcomes of one replay in a file: one JSON line a part, after a first line that says what is replayed.

A replay that was interrupted goes on where it stopped; a torn last line is dropped and its part judged again.
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Self

from station_app.core.errors import StorageError
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.replay.outcome import Outcome, Skipped

SCHEMA = 1
_SYNC_EVERY = 64
_KINDS: dict[str, Callable[[str], object]] = {
    "recorded": VerdictKind,
    "replayed": VerdictKind,
    "reason": NoResultReason,
    "skipped": Skipped,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is replayed: parts of `recipe` within a time, judged by a recipe and packages of these hashes."""

    recipe: str
    from_ms: int
    until_ms: int
    recipe_sha256: str
    packages: tuple[str, ...]
    provider: str


class Journal:
    """Appends outcomes. Use as a context. StorageError where the file cannot be written, or is about something else."""

    def __init__(self, path: Path, subject: Subject) -> None:
        self.path = path
        self._first = {"schema": SCHEMA, **asdict(subject), "packages": list(subject.packages)}
        self.done = self._read()
        self._file: IO[bytes] | None = None
        self._unsynced = 0

    def __enter__(self) -> Self:
        try:
            if not self.done:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.write_bytes(_line(self._first))
            self._file = self.path.open("ab")
        except OSError as error:
            raise self._unwritable(error) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._sync(self._file)
            self._file.close()

    def add(self, outcome: Outcome) -> None:
        """Append; on disk after at most 64 further ones, or at the end."""
        if self._file is None:
            raise RuntimeError("the journal is not open")
        try:
            self._file.write(_line(asdict(outcome)))
            self._unsynced += 1
            if self._unsynced >= _SYNC_EVERY:
                self._sync(self._file)
        except OSError as error:
            raise self._unwritable(error) from error

    def _sync(self, file: IO[bytes]) -> None:
        file.flush()
        os.fsync(file.fileno())
        self._unsynced = 0

    def _read(self) -> tuple[Outcome, ...]:
        """What was done before. The file is cut after its last whole line."""
        if not self.path.exists():
            return ()
        body = self.path.read_bytes()
        whole = _whole(body)
        first, *rest = whole.splitlines() or [b""]
        if not first:
            return ()
        if _parsed(first, self.path) != json.loads(json.dumps(self._first)):
            remedy = "give another name, or remove this file"
            raise StorageError("this replay is about something else", where=str(self.path), remedy=remedy)
        if len(whole) < len(body):
            os.truncate(self.path, len(whole))
        return tuple(_outcome(_parsed(line, self.path)) for line in rest)

    def _unwritable(self, error: OSError) -> StorageError:
        remedy = "make room on the disk, or give this user the right to write there"
        return StorageError(f"the replay cannot be written: {error.strerror}", where=str(self.path), remedy=remedy)


def read_journal(path: Path) -> tuple[Subject, tuple[Outcome, ...]]:
    """What a replay is about and its outcomes so far; one that is running is only read. StorageError where the file
    cannot be read, or is no replay."""
    try:
        first, *rest = _whole(path.read_bytes()).splitlines() or [b""]
    except OSError as error:
        remedy = "look whether the file is there and may be read"
        raise StorageError(f"the replay cannot be read: {error.strerror}", where=str(path), remedy=remedy) from error
    try:
        table = {name: value for name, value in _parsed(first, path).items() if name != "schema"}
        subject = Subject(**{**table, "packages": tuple(table["packages"])})  # type: ignore[arg-type]
        return subject, tuple(_outcome(_parsed(line, path)) for line in rest)
    except (TypeError, KeyError, ValueError) as error:
        raise StorageError("the replay's file is damaged", where=str(path), remedy="remove this file") from error


def _whole(body: bytes) -> bytes:
    """Without a torn last line."""
    return body[: body.rfind(b"\n") + 1]


def _line(table: dict[str, object]) -> bytes:
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes, path: Path) -> dict[str, object]:
    try:
        table = json.loads(line)
    except ValueError as error:
        raise StorageError("the replay's file is damaged", where=str(path), remedy="remove this file") from error
    return table if isinstance(table, dict) else {}


def _outcome(table: dict[str, object]) -> Outcome:
    told: dict[str, Any] = dict(table)
    for name, kind in _KINDS.items():
        told[name] = None if told[name] is None else kind(told[name])
    return Outcome(**told)

"""Teaching a line-scan camera's flat field at the station: lines with the cap on, lines of a white target, the file."""

import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from station_app.core.errors import ConfigError, StationError
from station_app.core.inspection import Pixels
from station_app.core.messages import CommandRefused, EngineState
from station_app.core.setup_messages import FlatFieldStep, FlatFieldTaught, TeachFlatField
from station_app.devices.linescan.flat_field_file import flat_field_path, replace_flat_field
from station_app.devices.linescan.line_scan import LineScan
from station_app.devices.linescan.teaching import LEAST_LINES, Taught, dark_refusals, teach_flat_field
from station_app.engine.books import Books
from station_app.engine.chores import Chores
from station_app.engine.live_camera import LiveCamera
from station_app.engine.looks import Looks

LINES = 2 * LEAST_LINES
COLLECT_S = 10.0
"""How long lines are waited for; a web that stands still gives none."""


@dataclass(frozen=True, slots=True, eq=False)
class Teachable:
    """A loaded camera and the way to its thread. The line does not start while `looks` are at work."""

    live: LiveCamera
    chores: Chores
    looks: Looks


class Teaching(Protocol):
    """The engine, as far as teaching reaches."""

    @property
    def state(self) -> EngineState: ...
    def teachable(self, camera_id: str) -> Teachable | None: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Lesson:
    """What was taken so far, of the camera as it is loaded now."""

    scan: LineScan
    dark: Pixels | None = None
    white: Pixels | None = None


class FlatTeaching:
    """One lesson for each camera; it is forgotten when it is saved, discarded, or another recipe is loaded."""

    def __init__(self, engine: Teaching, books: Books, folder: Path) -> None:
        self._engine = engine
        self._books = books
        self._folder = folder
        self._lessons: dict[str, _Lesson] = {}
        self._lock = threading.Lock()

    def obey(self, command: TeachFlatField) -> None:
        """Answered by `FlatFieldTaught`, lines as soon as they are there. ConfigError where it cannot be done."""
        entry = self._teachable(command.camera_id)
        scan = entry.live.scan
        if scan is None:
            raise ConfigError(f"camera {command.camera_id} takes no lines", remedy="choose a line-scan camera")
        if not scan.setup.may_teach:
            remedy = "remove flat= from its source in the station file, or teach that file"
            raise ConfigError(f"the source of camera {command.camera_id} names a flat field of its own", remedy=remedy)
        match command.step:
            case FlatFieldStep.DARK | FlatFieldStep.WHITE:
                entry.chores.ask(partial(self._take, command, scan, entry.looks))
            case FlatFieldStep.SAVE:
                self._save(command, scan)
            case FlatFieldStep.DISCARD:
                self._forget(command.camera_id)
                self._tell(command, 0)

    def _teachable(self, camera_id: str) -> Teachable:
        if self._engine.state is EngineState.RUNNING:
            raise ConfigError("the line is running", remedy="pause the line first")
        entry = self._engine.teachable(camera_id)
        if entry is None:
            remedy = "load a recipe that uses the camera"
            raise ConfigError(f"no camera {camera_id!r} is loaded", remedy=remedy)
        return entry

    def _take(self, command: TeachFlatField, scan: LineScan, looks: Looks) -> None:
        """On the camera's thread."""
        try:
            with looks.at_work():
                lines = scan.collect(LINES, COLLECT_S)
        except StationError as error:
            self._books.publish(CommandRefused(type(command).__name__, error.what, error.remedy))
            return
        self._tell(command, len(lines), self._learn(command, scan, lines))

    def _learn(self, command: TeachFlatField, scan: LineScan, lines: Pixels) -> tuple[str, ...]:
        """Keep the lines; why they are not good enough, none where they are."""
        lesson = self._lesson(command.camera_id, scan)
        if command.step is FlatFieldStep.DARK:
            lesson = replace(lesson, dark=lines)
            refusals = dark_refusals(lines)
        else:
            lesson = replace(lesson, white=lines)
            refusals = self._taught(lesson).refusals
        with self._lock:
            self._lessons[command.camera_id] = lesson
        return refusals

    def _taught(self, lesson: _Lesson) -> Taught:
        if lesson.dark is None or lesson.white is None:
            missing = "dark" if lesson.dark is None else "white"
            return Taught(refusals=(f"No {missing} lines were taken: take them as well.",))
        today = datetime.now(UTC).date().isoformat()
        return teach_flat_field(lesson.dark, lesson.white, lesson.scan.conditions, today)

    def _save(self, command: TeachFlatField, scan: LineScan) -> None:
        """StorageError where the file cannot be written: the lesson stays."""
        taught = self._taught(self._lesson(command.camera_id, scan))
        if taught.flat is None:
            self._tell(command, 0, taught.refusals)
            return
        path = flat_field_path(self._folder, command.camera_id)
        replace_flat_field(path, taught.flat)
        self._books.audit.note(command.operator, "flat_field_taught", f"camera {command.camera_id}", path.name)
        self._forget(command.camera_id)
        self._books.publish(FlatFieldTaught(command.camera_id, command.step, 0, path=str(path)))

    def _lesson(self, camera_id: str, scan: LineScan) -> _Lesson:
        with self._lock:
            known = self._lessons.get(camera_id)
        return known if known is not None and known.scan is scan else _Lesson(scan)

    def _forget(self, camera_id: str) -> None:
        with self._lock:
            self._lessons.pop(camera_id, None)

    def _tell(self, command: TeachFlatField, lines: int, refusals: tuple[str, ...] = ()) -> None:
        self._books.publish(FlatFieldTaught(command.camera_id, command.step, lines, refusals))

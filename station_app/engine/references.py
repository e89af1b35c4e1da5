"""The references of the loaded recipe's cameras, ready to be compared with. References are kept by who made the engine.

Any thread. A reference that is damaged is an alarm and no reference; a new one ends that.
"""

import threading
from typing import Protocol

from station_app.core.errors import StorageError
from station_app.core.fingerprint import differences
from station_app.core.inspection import Frame, Pixels
from station_app.core.recipe import CameraSetup, FingerprintLimits, Recipe
from station_app.core.reference import Placement, Reference, ReferenceNote, SetupSeen
from station_app.core.setup_messages import ReferenceSaved, SetupDifference
from station_app.engine.alarms import AlarmBoard
from station_app.inference.measures import grey_of
from station_app.inference.position import ReferencePicture

REFERENCE = "reference"
"""First word of the alarms about references; the second is the camera's id."""


class References(Protocol):
    """Where references are kept. Both raise StorageError."""

    def save(self, note: ReferenceNote, pixels: Pixels) -> str:
        """Keep it durably; the path of its picture."""
        ...

    def load(self, recipe: str, camera_id: str) -> Reference | None:
        """The one that holds, None where none was saved."""
        ...


class CameraReference:
    """One camera's reference. Comparing costs about 30 ms."""

    def __init__(self, reference: Reference, setup: CameraSetup) -> None:
        self.path = reference.path
        note = reference.note
        self.saved = ReferenceSaved(note.camera_id, self.path, note.saved_at_ms, note.operator)
        self._seen = reference.note.seen
        self._limits = setup.fingerprint or FingerprintLimits()
        self._picture = ReferencePicture(grey_of(reference.pixels))

    def place(self, frame: Frame) -> Placement:
        return self._picture.place(grey_of(frame.pixels))

    def differences(self, now: SetupSeen, placement: Placement) -> tuple[SetupDifference, ...]:
        return differences(now, self._seen, placement, self._limits)


class LoadedReferences:
    """Those of one recipe, and what its cameras' settings read when somebody last asked."""

    def __init__(self, recipe: Recipe, kept: References, alarms: AlarmBoard) -> None:
        self._recipe = recipe
        self._kept = kept
        self._alarms = alarms
        self._lock = threading.Lock()
        self._ready: dict[str, CameraReference] = {}
        self._damaged: set[str] = set()
        self._settings: dict[str, tuple[tuple[str, float], ...]] = {}
        for setup in recipe.cameras:
            self.read(setup.camera_id)

    def read(self, camera_id: str) -> None:
        """Take the reference that is kept now."""
        code = f"{REFERENCE} {camera_id}"
        try:
            found = self._kept.load(self._recipe.name, camera_id)
        except StorageError as error:
            self._alarms.raise_error(code, error)
            with self._lock:
                self._damaged.add(camera_id)
                self._ready.pop(camera_id, None)
            return
        ready = None if found is None else CameraReference(found, self._recipe.camera(camera_id))
        with self._lock:
            self._damaged.discard(camera_id)
            if ready is not None:
                self._ready[camera_id] = ready
        self._alarms.clear(code)

    def save(self, note: ReferenceNote, pixels: Pixels) -> ReferenceSaved:
        """Keep a new one and compare with it from now on. StorageError where the disk does not take it."""
        path = self._kept.save(note, pixels)
        self.read(note.camera_id)
        return ReferenceSaved(note.camera_id, path, note.saved_at_ms, note.operator)

    def of(self, camera_id: str) -> CameraReference | None:
        with self._lock:
            return self._ready.get(camera_id)

    def saved(self, camera_id: str) -> ReferenceSaved | None:
        """What is told of the one that holds."""
        ready = self.of(camera_id)
        return None if ready is None else ready.saved

    def is_damaged(self, camera_id: str) -> bool:
        with self._lock:
            return camera_id in self._damaged

    def note_settings(self, camera_id: str, settings: dict[str, float]) -> None:
        """What this camera's settings read now."""
        with self._lock:
            self._settings[camera_id] = tuple(settings.items())

    def settings_of(self, camera_id: str) -> tuple[tuple[str, float], ...]:
        with self._lock:
            return self._settings.get(camera_id, ())

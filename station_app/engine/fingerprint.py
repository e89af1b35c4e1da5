"""The physical set-up at the start of a shift: the first frames of each camera against its reference."""

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from station_app.core.fingerprint import is_within, typical, typical_placement
from station_app.core.reference import Placement, SetupSeen
from station_app.core.setup_messages import FingerprintChecked, SetupDifference
from station_app.engine.references import LoadedReferences

FRAMES = 5
"""The median of so many is compared: one part that lies badly is no camera that was knocked."""


@dataclass(slots=True)
class _Gathered:
    seen: list[SetupSeen] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)


class Fingerprint:
    """Gathers between `begin` and `end`. `on_checked` is told of each camera once, from the thread that gave the last
    frame, and whether it was the last camera. Any thread."""

    def __init__(self, references: LoadedReferences, on_checked: Callable[[FingerprintChecked, bool], None]) -> None:
        self._references = references
        self._on_checked = on_checked
        self._lock = threading.Lock()
        self._gathering: dict[str, _Gathered] = {}

    def begin(self, camera_ids: Collection[str]) -> None:
        """Compare these cameras; what was gathered before is forgotten."""
        with self._lock:
            self._gathering = {camera_id: _Gathered() for camera_id in camera_ids}

    def end(self) -> None:
        """Compare nothing."""
        self.begin(())

    def wants(self, camera_id: str) -> bool:
        return camera_id in self._gathering

    def take(self, camera_id: str, seen: SetupSeen, placement: Placement) -> None:
        """One more frame of this camera; nothing where none is wanted."""
        with self._lock:
            gathered = self._gathering.get(camera_id)
            if gathered is None:
                return
            gathered.seen.append(seen)
            gathered.placements.append(placement)
            if len(gathered.seen) < FRAMES:
                return
            del self._gathering[camera_id]
            is_last = not self._gathering
        told = self._compared(camera_id, gathered)
        checked = FingerprintChecked(camera_id, is_within(told), told, time.time_ns() // 1_000_000)
        self._on_checked(checked, is_last)

    def _compared(self, camera_id: str, gathered: _Gathered) -> tuple[SetupDifference, ...]:
        reference = self._references.of(camera_id)
        if reference is None:
            return ()
        return reference.differences(typical(gathered.seen), typical_placement(gathered.placements))

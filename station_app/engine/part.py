"""A part on its way through the line, and one camera's share of it. Lives in the engine only.

Two threads may end a part: inspection when its last camera has been examined, the deadline watch when that is too
late. `claim` lets exactly one of them do it.

A stretch of an endless web is a part as well. Its deadline does not count while it waits for lines: see `web_clocks`.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from station_app.core.decision import CameraEvidence
from station_app.core.inspection import Frame, HeatMap, NoResultReason
from station_app.core.lines_record import StretchRecord
from station_app.core.recipe import CameraSetup, Recipe
from station_app.core.serial import UNKNOWN, Identity, lot_of
from station_app.engine.frame_pool import Lease
from station_app.engine.turns import Turn
from station_app.inference.preparing import Prepared

NS_PER_MS = 1_000_000

NEVER = 2**62
"""A deadline that has no time yet."""

JUDGING_MS = 20.0
JUDGING_SHARE = 0.1
"""A frame that arrives later than this before the deadline could not be judged in time: it is not waited for, so that
a part whose frame was lost gets that reason, and by its deadline."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What one camera delivered for a part: a frame in a leased buffer, or the fault instead of it.

    `prepared` is the frame as the model will be shown it; None where that was not possible ahead of time.
    """

    camera_id: str
    acquired_ns: int
    frame: Frame | None = None
    lease: Lease | None = None
    fault: NoResultReason | None = None
    detail: str = ""
    prepared: Prepared | None = None

    def release(self) -> None:
        """Give the buffer back, where there is one."""
        if self.lease is not None:
            self.lease.release()


@dataclass(frozen=True, slots=True)
class Examined:
    """One camera's evidence and the pictures that go with it."""

    shot: Shot
    evidence: CameraEvidence
    started_ns: int
    heat_map: HeatMap | None = None

    @property
    def gravity(self) -> tuple[bool, float]:
        """Sorts the examinations of a part by how much a person wants to see this one."""
        return self.evidence.fault is not None, max((score for _, score in self.evidence.scores), default=0.0)


@dataclass(slots=True, eq=False)
class Part:
    """One part in flight. Times are on the monotonic clock. `given_serial` came with its trigger and proves nothing
    where the recipe is strict; `given_lot` was set then.
    `turn` is its trigger among the others. `examined` and `identity` do not change any more
    once it is claimed."""

    part_id: int
    recipe: Recipe
    recipe_hash: str
    given_serial: str
    triggered_ns: int
    is_stretch: bool = False
    stretch: StretchRecord | None = None
    given_lot: str = ""
    turn: Turn = field(default_factory=Turn)
    examined: list[Examined] = field(default_factory=list)
    identity: Identity = UNKNOWN
    _is_identified: bool = field(init=False)
    _judged_from_ns: int | None = field(init=False)
    _is_claimed: bool = False
    _holders: int = field(init=False)
    _shots: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._holders = len(self.recipe.cameras) + 1
        rules = self.recipe.serial
        self._is_identified = rules.reading is None and not rules.are_strict
        if self._is_identified:
            self.identity = Identity(self.given_serial)
        self._judged_from_ns = None if self.is_stretch else self.triggered_ns

    def name(self, serial: str) -> None:
        """Of a stretch: its roll and metres, by which it is known once it was taken."""
        self.given_serial, self.identity = serial, Identity(serial)

    @property
    def is_identified(self) -> bool:
        """It is known whose part it is, or that nobody can tell."""
        return self._is_identified

    @property
    def serial(self) -> str:
        """The number that holds; while nothing is known, the one that was given."""
        return self.identity.serial if self._is_identified else self.given_serial

    @property
    def lot(self) -> str:
        """The lot that its serial number names, else the one that was set when it came."""
        rules = self.recipe.serial
        return (self._is_identified and lot_of(self.identity.serial, rules)) or self.given_lot

    @property
    def deadline_ns(self) -> int:
        """`NEVER` while it waits for lines of a web."""
        from_ns = self._judged_from_ns
        return NEVER if from_ns is None else from_ns + int(self.recipe.deadline_ms * NS_PER_MS)

    def count_from(self, judged_from_ns: int | None) -> None:
        """Of a stretch: from when on its deadline counts, None while it waits for lines."""
        with self._lock:
            self._judged_from_ns = judged_from_ns

    def judge_by_ns(self, shot: Shot) -> int:
        """Until when the model must have judged this shot."""
        return shot.acquired_ns + int(self.recipe.deadline_ms * NS_PER_MS) if self.is_stretch else self.deadline_ns

    @property
    def frames_due_ns(self) -> int:
        """When every frame must be there, so that the part can still be judged by its deadline."""
        judging_ms = min(JUDGING_MS, JUDGING_SHARE * self.recipe.deadline_ms)
        return self.deadline_ns - int(judging_ms * NS_PER_MS)

    @property
    def is_complete(self) -> bool:
        """Every camera has answered, be it with a fault, and the part is identified."""
        return self._is_identified and len(self.examined) >= len(self.recipe.cameras)

    @property
    def is_claimed(self) -> bool:
        """The verdict has been given, with or without all cameras."""
        return self._is_claimed

    def add(self, examined: Examined) -> bool:
        """Take one camera's evidence. False where the verdict was given without it: its buffer stays the caller's."""
        with self._lock:
            if not self._is_claimed:
                self.examined.append(examined)
            return not self._is_claimed

    def identify(self, identity: Identity) -> bool:
        """Take what is known of whose part it is. False where that was known already, or the verdict was given."""
        with self._lock:
            is_news = not (self._is_claimed or self._is_identified)
            if is_news:
                self.identity, self._is_identified = identity, True
            return is_news

    def revise(self, evidence: CameraEvidence) -> None:
        """Of a stretch: what is known of it has changed since its picture was examined."""
        with self._lock:
            if not self._is_claimed:
                self.examined = [replace(entry, evidence=evidence) for entry in self.examined]

    def claim(self) -> bool:
        """True for the first caller alone: it concludes the part."""
        with self._lock:
            is_first, self._is_claimed = not self._is_claimed, True
            return is_first

    def claim_overdue(self, now_ns: int) -> bool:
        """As `claim`, where the deadline has really come."""
        with self._lock:
            is_due = not self._is_claimed and self.deadline_ns <= now_ns
            self._is_claimed = self._is_claimed or is_due
            return is_due

    def note_shot(self) -> bool:
        """A camera has answered, be it with a fault. True for the last of them."""
        with self._lock:
            self._shots += 1
            return self._shots == len(self.recipe.cameras)

    def let_go(self) -> bool:
        """Called once for each camera that has answered, and once when the pictures are done with. True for the last:
        no frame of this part is on loan any more."""
        with self._lock:
            self._holders -= 1
            return self._holders == 0

    def elapsed_ms(self, now_ns: int) -> float:
        """Since the deadline counts; 0 where it does not yet."""
        from_ns = self._judged_from_ns
        return 0.0 if from_ns is None else (now_ns - from_ns) / NS_PER_MS

    def setup(self, camera_id: str) -> CameraSetup:
        return self.recipe.camera(camera_id)


@dataclass(frozen=True, slots=True)
class RunEnded:
    """Goes the way of the pictures of a web: what comes after it has nothing to do with what came before."""


Handed = tuple[Part, Shot] | RunEnded
"""What a camera hands on to be inspected."""


def most_telling(examined: Sequence[Examined]) -> Examined | None:
    """The examination with a frame that says most about the part: a fault before findings, the worst finding first."""
    seen = [entry for entry in examined if entry.shot.frame is not None]
    return max(seen, key=_gravity, default=None)


def _gravity(examined: Examined) -> tuple[bool, float]:
    return examined.gravity

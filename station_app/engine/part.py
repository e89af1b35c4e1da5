"""A part on its way through the line, and one camera's share of it. Lives in the engine only."""

from dataclasses import dataclass, field

from station_app.core.decision import CameraEvidence
from station_app.core.inspection import Frame, HeatMap, NoResultReason
from station_app.core.recipe import CameraSetup, Recipe
from station_app.engine.frame_pool import Lease

NS_PER_MS = 1_000_000


@dataclass(frozen=True, slots=True)
class Shot:
    """What one camera delivered for a part: a frame in a leased buffer, or the fault instead of it."""

    camera_id: str
    acquired_ns: int
    frame: Frame | None = None
    lease: Lease | None = None
    fault: NoResultReason | None = None
    detail: str = ""


@dataclass(slots=True)
class Examined:
    """One camera's evidence and the pictures that go with it."""

    shot: Shot
    evidence: CameraEvidence
    started_ns: int
    heat_map: HeatMap | None = None


@dataclass(slots=True)
class Part:
    """One part in flight. Times are on the monotonic clock; only the inspect thread touches `examined`."""

    part_id: int
    recipe: Recipe
    serial: str
    triggered_ns: int
    examined: list[Examined] = field(default_factory=list)

    @property
    def deadline_ns(self) -> int:
        return self.triggered_ns + int(self.recipe.deadline_ms * NS_PER_MS)

    @property
    def is_complete(self) -> bool:
        """Every camera has answered, be it with a fault."""
        return len(self.examined) >= len(self.recipe.cameras)

    def elapsed_ms(self, now_ns: int) -> float:
        return (now_ns - self.triggered_ns) / NS_PER_MS

    def setup(self, camera_id: str) -> CameraSetup:
        return self.recipe.camera(camera_id)

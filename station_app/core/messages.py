"""What the two programs say to each other: the GUI sends commands, the engine publishes events.

Every message is a frozen dataclass of plain values, so that `core.wire` can carry it as JSON.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from station_app.core.desk_messages import DeskCommand, DeskEvent
from station_app.core.inspection import Box, Disposition, Finding, NoResultReason, VerdictKind
from station_app.core.serial import NO_SERIALS, CodeInput, SerialRules
from station_app.core.serial_messages import SerialCommand, SerialEvent
from station_app.core.setup_messages import SetupCommand, SetupEvent
from station_app.core.web_messages import WebCommand, WebEvent


class EngineState(StrEnum):
    """OFFLINE: nothing loaded. READY: may start. RUNNING / PAUSED: as said. FAULTED: needs a person."""

    OFFLINE = "offline"
    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FAULTED = "faulted"


@dataclass(frozen=True, slots=True)
class Counters:
    """Parts since the engine's shift counters were last reset. The first equals the sum of all the others."""

    triggers: int = 0
    passed: int = 0
    failed: int = 0
    review: int = 0
    no_result: int = 0
    in_flight: int = 0

    @property
    def is_reconciled(self) -> bool:
        return self.triggers == self.passed + self.failed + self.review + self.no_result + self.in_flight


@dataclass(frozen=True, slots=True)
class Start:
    """Begin inspecting, or go on after a pause."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop taking triggers; parts in flight are finished."""


@dataclass(frozen=True, slots=True)
class TriggerPart:
    """One software trigger; `serial` goes with the part."""

    serial: str = ""


@dataclass(frozen=True, slots=True)
class SelectRecipe:
    """Change to another recipe by name; only while not RUNNING."""

    name: str
    operator: str = ""


@dataclass(frozen=True, slots=True)
class RecordOverride:
    """A person's decision about one recorded part; `camera_id` names the camera whose frame was marked."""

    part_id: int
    disposition: Disposition
    operator: str
    reason: str = ""
    label: str = ""
    marks: tuple[Box, ...] = ()
    viewed_ms: int = 0
    camera_id: str = ""


@dataclass(frozen=True, slots=True)
class UndoOverride:
    """Take back the latest decision about this part that stands, whoever made it, by a new record of the operator's."""

    part_id: int
    operator: str


@dataclass(frozen=True, slots=True)
class SetSerial:
    """The serial number of the next part, scanned or typed; an empty one forgets the one that waits. The engine answers
    with `SerialWaiting` or `CodeRefused`."""

    serial: str
    source: CodeInput = CodeInput.SCANNED


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who stands at the station from now on; an empty name signs out."""

    operator: str


@dataclass(frozen=True, slots=True)
class AcknowledgeAlarm:
    """A person has seen the alarm with this code."""

    code: str
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Shutdown:
    """End the engine in good order."""

    operator: str = ""


Command = (
    Start
    | Pause
    | TriggerPart
    | SelectRecipe
    | RecordOverride
    | UndoOverride
    | SetSerial
    | SignIn
    | AcknowledgeAlarm
    | Shutdown
    | SerialCommand
    | SetupCommand
    | WebCommand
    | DeskCommand
)


@dataclass(frozen=True, slots=True)
class StationDescribed:
    """Sent first to every client, and again when anything in it changes. `recipe_codes` are pairs of a printed text
    and the recipe that it selects; `shifts` are the local times of day, HH:MM, at which a shift begins."""

    station: str
    state: EngineState
    recipe: str
    recipe_revision: int
    recipes: tuple[str, ...]
    model: str
    model_hash: str
    provider: str
    camera_ids: tuple[str, ...]
    labels: tuple[str, ...]
    database: str
    images: str
    preview: str
    operator: str = ""
    pid: int = 0
    serial: SerialRules = NO_SERIALS
    recipe_codes: tuple[tuple[str, str], ...] = ()
    shifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The engine's state; `detail` is one sentence where a person should know why."""

    state: EngineState
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PartInspected:
    """One recorded verdict. `preview_sequence` is the number under which the preview holds its images, 0 for none.

    `alerts` are the cameras that by themselves keep the part from a PASS, each with the verdict that it calls for.
    """

    part_id: int
    inspected_at_ms: int
    verdict: VerdictKind
    reason: NoResultReason | None
    serial: str
    findings: tuple[Finding, ...]
    counters: Counters
    total_ms: float
    recipe: str
    detail: str = ""
    preview_sequence: int = 0
    alerts: tuple[tuple[str, VerdictKind], ...] = ()
    lot: str = ""


@dataclass(frozen=True, slots=True)
class PartExposed:
    """Every camera has answered for this part: it may move."""

    part_id: int


@dataclass(frozen=True, slots=True)
class OverrideRecorded:
    """A decision is on disk; `standing` is what holds for the part now, None after an undo."""

    override_id: int
    part_id: int
    disposition: Disposition
    operator: str
    standing: Disposition | None


class Priority(StrEnum):
    """ISA-18.2: how soon a person must act."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """Something needs a person. `code` chooses the translated text; `what` and `remedy` are the English of it. `count`
    is how often it came since it was last cleared (a chattering alarm is one alarm with a count)."""

    code: str
    priority: Priority
    what: str
    where: str
    remedy: str
    raised_at_ms: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class AlarmCleared:
    """The cause of the alarm is gone."""

    code: str


@dataclass(frozen=True, slots=True)
class CameraChanged:
    """A camera was lost or restored."""

    camera_id: str
    is_live: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class QueueLevel:
    """One bounded queue: how full, how large, and how many were dropped or refused since start."""

    name: str
    length: int
    capacity: int
    dropped: int


@dataclass(frozen=True, slots=True)
class HealthReported:
    """Sent once a second: liveness for the GUI, and what an engineer wants to see."""

    at_ms: int
    counters: Counters
    queues: tuple[QueueLevel, ...] = field(default_factory=tuple)
    free_bytes: int = 0
    inspect_median_ms: float = 0.0
    inspect_p99_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """The engine did not do what was asked, and why, in one sentence."""

    command: str
    what: str
    remedy: str = ""


Event = (
    StationDescribed
    | StateChanged
    | PartExposed
    | PartInspected
    | OverrideRecorded
    | AlarmRaised
    | AlarmCleared
    | CameraChanged
    | HealthReported
    | CommandRefused
    | SerialEvent
    | SetupEvent
    | WebEvent
    | DeskEvent
)

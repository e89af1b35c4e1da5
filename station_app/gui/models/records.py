"""What the records say of a package and of its time in shadow, as the screen shows it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from station_app.core.inspection import VerdictKind
from station_app.core.model_messages import ModelStage, StopRule
from station_app.gui.link import PartArchive

ModelKey = tuple[str, str, str]
"""Package hash, recipe and camera."""


@dataclass(frozen=True, slots=True)
class Step:
    """A package came to a stage; `by` is "" where the station did it by itself."""

    stage: ModelStage
    at_ms: int
    by: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one person signed for."""

    name: str
    at_ms: int
    share: float
    stop_rule: StopRule = StopRule()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """`steps` in order; `terms` of the signatures that still count; `evaluation` is that of the offer, as it was signed
    there."""

    key: ModelKey
    steps: tuple[Step, ...] = ()
    terms: tuple[Terms, ...] = ()
    evaluation: Mapping[str, Any] = field(default_factory=dict)


class Side(StrEnum):
    """Which of the two would have let the part through."""

    CHAMPION_PASSES = "champion_passes"
    CANDIDATE_PASSES = "candidate_passes"


@dataclass(frozen=True, slots=True)
class Agreed:
    """How the two agree with what people said of `parts`: each is right where it says OK of a good part, or does not of
    a bad one."""

    parts: int = 0
    champion: int = 0
    candidate: int = 0
    only_champion: int = 0
    only_candidate: int = 0


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """Parts that both judged, by who said OK; `dropped` came while the candidate had no time. `operators` are parts
    that were decided at the line, `reviewers` those reviewed."""

    key: ModelKey
    both: int = 0
    only_champion: int = 0
    only_candidate: int = 0
    neither: int = 0
    dropped: int = 0
    operators: Agreed = Agreed()
    reviewers: Agreed = Agreed()

    @property
    def compared(self) -> int:
        return self.both + self.only_champion + self.only_candidate + self.neither

    def count(self, side: Side) -> int:
        """Parts that only one of them would have let through."""
        return self.only_champion if side is Side.CHAMPION_PASSES else self.only_candidate


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict on a part, with the highest score and what it is of."""

    verdict: VerdictKind
    label: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class DiscordantPart:
    """A part that only one of the two would have let through."""

    part_id: int
    champion: Judged
    candidate: Judged


@dataclass(frozen=True, slots=True)
class DiscordantPage:
    """The newest parts of one side before the part `before`, None from the newest on."""

    key: ModelKey
    side: Side
    before: int | None
    parts: tuple[DiscordantPart, ...]


class ModelRecords(Protocol):
    """Reads all of it. Runs on a reader's thread, never on the GUI thread. StationError where it cannot be read."""

    def package(self, key: ModelKey, archive: PartArchive) -> PackageRecord: ...

    def shadow(self, key: ModelKey, archive: PartArchive) -> ShadowReport: ...

    def discordant(
        self, key: ModelKey, side: Side, before: int | None, size: int, archive: PartArchive
    ) -> DiscordantPage:
        """At most `size` parts, newest first."""
        ...

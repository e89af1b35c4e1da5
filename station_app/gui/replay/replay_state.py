"""Where a replay is, and what follows from it. Pure; no Qt."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto


class Phase(Enum):
    """NEVER: none since the window was opened."""

    NEVER = auto()
    PREPARING = auto()
    RUNNING = auto()
    ENDING = auto()
    DONE = auto()
    STOPPED = auto()
    FAILED = auto()


BUSY = frozenset({Phase.PREPARING, Phase.RUNNING, Phase.ENDING})


@dataclass(frozen=True, slots=True)
class ReplayState:
    """`done` of `total` parts, of which `flipped` are told something else; `why` it failed."""

    phase: Phase = Phase.NEVER
    name: str = ""
    done: int = 0
    total: int = 0
    flipped: int = 0
    why: str = ""

    @property
    def is_busy(self) -> bool:
        return self.phase in BUSY

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


def asking(name: str) -> ReplayState:
    """It is asked for, and its files are being written."""
    return ReplayState(Phase.PREPARING, name)


def progressing(state: ReplayState, done: int, total: int, flipped: int) -> ReplayState:
    return replace(state, done=done, total=total, flipped=flipped)


def new_name(recipe: str, revision: int, now: datetime) -> str:
    """A name for the file of a replay, plain on every disk."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", recipe).strip("-") or "recipe"
    return f"{plain}-r{revision}-{now:%Y%m%d-%H%M%S}"

"""Where parts come from while no PLC is wired: a timer, a command, or as fast as it goes. One thread, owned here.

The PLC of a later release is one more `TriggerSource`: it calls the same `trigger` and reads the same readiness.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from station_app.core.errors import ConfigError
from station_app.engine.worker import Worker

MAX_PARTS_PER_S = 1000.0


class TriggerKind(StrEnum):
    """TIMER: at a fixed rate, ready or not. SOFTWARE: on command only. FREE: whenever the line is ready."""

    TIMER = "timer"
    SOFTWARE = "software"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class TriggerSetup:
    """The kind of trigger, its rate (TIMER only), and how many parts to trigger at most (0 = no limit)."""

    kind: TriggerKind = TriggerKind.SOFTWARE
    parts_per_s: float = 0.0
    limit: int = 0


def parse_trigger(text: str) -> TriggerSetup:
    """`software`, `free` or `timer:RATE` with the rate in parts per second. ConfigError otherwise."""
    kind, _, rate = text.partition(":")
    if kind in ("software", "free") and not rate:
        return TriggerSetup(TriggerKind(kind))
    try:
        parts_per_s = float(rate)
    except ValueError:
        parts_per_s = 0.0
    if kind != "timer" or not 0 < parts_per_s <= MAX_PARTS_PER_S:
        remedy = f"write software, free, or timer:RATE with a rate up to {MAX_PARTS_PER_S:g} parts per second"
        raise ConfigError(f"unknown trigger {text!r}", where="station.toml, trigger", remedy=remedy)
    return TriggerSetup(TriggerKind.TIMER, parts_per_s)


class Line(Protocol):
    """What a trigger source may do to the engine."""

    def trigger(self, serial: str = "") -> int:
        """One part is in front of the cameras now; returns its part id."""
        ...

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait until a trigger would not be an overrun."""
        ...


class TriggerThread:
    """Triggers the line by its set-up while the line runs; SOFTWARE needs no thread and starts none."""

    def __init__(self, setup: TriggerSetup, line: Line, on_bug: Callable[[str, BaseException], None]) -> None:
        self._setup = setup
        self._line = line
        self._given = 0
        self._due_s = 0.0
        self._stopping = threading.Event()
        step = self._step_timer if setup.kind is TriggerKind.TIMER else self._step_free
        self._worker = Worker("trigger", step, on_bug) if setup.kind is not TriggerKind.SOFTWARE else None

    def start(self) -> None:
        self._due_s = time.monotonic()
        if self._worker:
            self._worker.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._worker:
            self._worker.stop()

    def _step_timer(self) -> None:
        if self._stopping.wait(max(0.0, self._due_s - time.monotonic())) or self._is_spent():
            return
        self._due_s += 1 / self._setup.parts_per_s
        self._give()

    def _step_free(self) -> None:
        if not self._is_spent() and self._line.wait_ready(0.2) and not self._stopping.is_set():
            self._give()

    def _is_spent(self) -> bool:
        is_spent = 0 < self._setup.limit <= self._given
        if is_spent:
            self._stopping.wait(0.2)
        return is_spent

    def _give(self) -> None:
        self._given += 1
        self._line.trigger()

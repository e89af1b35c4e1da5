"""Where parts come from: a timer, a command, as fast as it goes, or a PLC, which triggers by `plc_link`. One thread,
owned here."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from station_app.core.errors import ConfigError
from station_app.engine.worker import Worker

MAX_PARTS_PER_S = 1000.0
READY_WAIT_S = 0.2


class TriggerKind(StrEnum):
    """TIMER: at a fixed rate, ready or not. SOFTWARE: on command only. FREE: whenever the line is ready. PLC: by its
    handshake alone."""

    TIMER = "timer"
    SOFTWARE = "software"
    FREE = "free"
    PLC = "plc"


@dataclass(frozen=True, slots=True)
class TriggerSetup:
    """The kind of trigger, its rate (TIMER only), and how many parts to trigger at most (0 = no limit)."""

    kind: TriggerKind = TriggerKind.SOFTWARE
    parts_per_s: float = 0.0
    limit: int = 0


def parse_trigger(text: str) -> TriggerSetup:
    """`software`, `free`, `plc` or `timer:RATE` with the rate in parts per second. ConfigError otherwise."""
    kind, _, rate = text.partition(":")
    if kind in ("software", "free", "plc") and not rate:
        return TriggerSetup(TriggerKind(kind))
    try:
        parts_per_s = float(rate)
    except ValueError:
        parts_per_s = 0.0
    if kind != "timer" or not 0 < parts_per_s <= MAX_PARTS_PER_S:
        remedy = f"write software, free, plc, or timer:RATE with a rate up to {MAX_PARTS_PER_S:g} parts per second"
        raise ConfigError(f"unknown trigger {text!r}", where="station.toml, trigger", remedy=remedy)
    return TriggerSetup(TriggerKind.TIMER, parts_per_s)


class Line(Protocol):
    """What a trigger source may do to the engine."""

    def trigger(self, serial: str = "") -> int:
        """One part is in front of the cameras now; returns its part id, or 0 where the line is not running."""
        ...

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait until a trigger would not be an overrun."""
        ...

    def triggers_spent(self) -> None:
        """No trigger comes any more: the limit of the set-up is reached."""
        ...


class TriggerSource:
    """Triggers the line by its set-up between `start` and `stop`, as often as they are called; the limit counts over
    all of it. SOFTWARE and PLC need no thread and start none."""

    def __init__(self, setup: TriggerSetup, line: Line, on_bug: Callable[[str, BaseException], None]) -> None:
        self._setup = setup
        self._line = line
        self._on_bug = on_bug
        self._given = 0
        self._due_s = 0.0
        self._stopping = threading.Event()
        self._worker: Worker | None = None

    def start(self, *, is_web: bool = False) -> None:
        """An endless web is taken as it comes, whatever the set-up says of parts; its limit holds."""
        self._stopping.clear()
        self._due_s = time.monotonic()
        kind = TriggerKind.FREE if is_web else self._setup.kind
        step = self._step_timer if kind is TriggerKind.TIMER else self._step_free
        if kind not in (TriggerKind.SOFTWARE, TriggerKind.PLC):
            self._worker = Worker("trigger", step, self._on_bug)
            self._worker.start()

    def stop(self) -> None:
        """No trigger comes after this returns."""
        self._stopping.set()
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def _step_timer(self) -> None:
        """A part that passed while this thread could not run was there as well: its trigger is made up for."""
        if self._stopping.wait(max(0.0, self._due_s - time.monotonic())) or self._is_spent():
            return
        self._due_s += 1 / self._setup.parts_per_s
        self._give()

    def _step_free(self) -> None:
        if not self._is_spent() and self._line.wait_ready(READY_WAIT_S) and not self._stopping.is_set():
            self._give()

    def _is_spent(self) -> bool:
        is_spent = 0 < self._setup.limit <= self._given
        if is_spent:
            self._line.triggers_spent()
            self._stopping.wait()
        return is_spent

    def _give(self) -> None:
        if self._line.trigger():
            self._given += 1

"""A person's decision on its way to the disk: acknowledged only when it is there. Called under the engine's lock."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from station_app.core.errors import StationError
from station_app.core.inspection import Disposition, Override
from station_app.core.messages import CommandRefused, Event, OverrideRecorded, RecordOverride, UndoOverride
from station_app.engine.ledger import Ledger

Outcome = tuple[int, Disposition | None]


class Overriding:
    """Records overrides and undos. `keep_images` is asked to save what is still at hand of the part's images."""

    def __init__(self, ledger: Ledger, publish: Callable[[Event], None], keep_images: Callable[[int], None]) -> None:
        self._ledger = ledger
        self._publish = publish
        self._keep_images = keep_images

    def record(self, command: RecordOverride | UndoOverride) -> None:
        """Append the decision; the answer is an `OverrideRecorded` or a `CommandRefused` event."""
        if not command.operator.strip():
            self._refuse(command, "nobody is signed in", "sign in with your badge or name first")
            return
        override = _override(command)
        self._ledger.override(override).add_done_callback(partial(self._on_done, command, override))

    def _on_done(self, command: RecordOverride | UndoOverride, override: Override, future: "Future[Outcome]") -> None:
        error = future.exception()
        if isinstance(error, StationError):
            self._refuse(command, error.what, error.remedy)
            return
        override_id, standing = future.result()
        self._publish(
            OverrideRecorded(override_id, override.part_id, override.disposition, override.operator, standing)
        )
        if standing is not None:
            self._keep_images(override.part_id)

    def _refuse(self, command: RecordOverride | UndoOverride, what: str, remedy: str) -> None:
        self._publish(CommandRefused(type(command).__name__, what, remedy))


def _override(command: RecordOverride | UndoOverride) -> Override:
    now_ms = time.time_ns() // 1_000_000
    match command:
        case UndoOverride(part_id, operator):
            return Override(part_id, Disposition.UNDO, operator, now_ms)
        case RecordOverride():
            return Override(
                command.part_id,
                command.disposition,
                command.operator,
                now_ms,
                reason=command.reason,
                label=command.label,
                marks=command.marks,
                viewed_ms=command.viewed_ms,
            )

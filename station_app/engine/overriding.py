"""A person's decision on its way to the disk: acknowledged only when it is there. Any thread."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from station_app.core.errors import StationError
from station_app.core.inspection import Disposition, Override
from station_app.core.messages import CommandRefused, Event, OverrideRecorded, RecordOverride, UndoOverride
from station_app.core.people import UNDO_WITHIN_MS, Act, may
from station_app.engine.books import Books

log = logging.getLogger(__name__)

Outcome = tuple[int, Disposition | None]
_LARGEST = 1 << 62
"""Beyond this no part id and no duration is one; the database holds 63 bits."""


class Overriding:
    """Records overrides and undos, and keeps what is still at hand of the images of the part in question."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def record(self, command: RecordOverride | UndoOverride) -> None:
        """Append the decision; the answer is an `OverrideRecorded` or a `CommandRefused` event."""
        if not command.operator.strip():
            self._refuse(command, "nobody is signed in", "sign in with your badge or name first")
            return
        override = _override(command)
        if not (0 < override.part_id < _LARGEST and 0 <= override.viewed_ms < _LARGEST):
            self._refuse(command, "there is no such part", "choose a recorded part")
            return
        future = self._books.ledger.override(override, self._undo_within_ms())
        future.add_done_callback(partial(self._on_done, command, override))

    def _undo_within_ms(self) -> int | None:
        """How old a decision may be that who is signed in takes back; None for any age."""
        session = self._books.crew.session
        is_limited = session.has_people and not may(session.role, Act.UNDO_LATE)
        return UNDO_WITHIN_MS if is_limited else None

    def _on_done(self, command: RecordOverride | UndoOverride, override: Override, future: Future[Outcome]) -> None:
        error = future.exception()
        if isinstance(error, StationError):
            self._refuse(command, error.what, error.remedy)
            return
        if error is not None:
            log.error("part %d: a bug while overriding", override.part_id, exc_info=error)
            self._books.note_bug("override", error)
            self._refuse(command, "a fault in the program", "call support")
            return
        override_id, standing = future.result()
        self._publish(
            OverrideRecorded(override_id, override.part_id, override.disposition, override.operator, standing)
        )
        if standing is not None:
            self._books.keeping.keep_recent(override.part_id)

    def _refuse(self, command: RecordOverride | UndoOverride, what: str, remedy: str) -> None:
        self._publish(CommandRefused(type(command).__name__, what, remedy))

    @property
    def _publish(self) -> Callable[[Event], None]:
        return self._books.publish


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
                camera_id=command.camera_id,
            )

"""Limits of charts that somebody freezes, and notes about their points: told only when they are on disk. Any thread.

Who freezes, or says something, is who is signed in, whatever a message says.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from station_app.core.chart_messages import (
    ChartCommand,
    ChartEvent,
    FreezeLimits,
    LimitsFrozen,
    MarkerNoted,
    NoteMarker,
)
from station_app.core.charts import FrozenLimits, MarkerNote
from station_app.core.errors import StationError
from station_app.core.messages import CommandRefused
from station_app.engine.books import Books

log = logging.getLogger(__name__)

_LATEST_MS = 1 << 53
"""No time of a record is later."""


class Charting:
    """Each command is answered by its event or a `CommandRefused`."""

    def __init__(self, books: Books, person: Callable[[], str]) -> None:
        """`person` names who is signed in, "" where nobody is."""
        self._books = books
        self._person = person

    def obey(self, command: ChartCommand) -> None:
        who = self._person().strip()
        if not who:
            self._refuse(command, "nobody is signed in", "sign in with your badge or name first")
        elif isinstance(command, FreezeLimits):
            self._freeze(command, who)
        else:
            self._note(command, who)

    def _freeze(self, command: FreezeLimits, who: str) -> None:
        if not command.reason.strip():
            self._refuse(command, "limits are frozen for a reason", "say why from this period")
        elif not 0 <= command.from_ms < command.until_ms < _LATEST_MS:
            self._refuse(command, "this is no period", "choose one that ends after it begins")
        else:
            period = (command.from_ms, command.until_ms)
            limits = FrozenLimits(command.chart, command.recipe, *period, command.reason.strip(), who, _now_ms())
            told = LimitsFrozen(limits.chart, limits.recipe, *period, who)
            self._tell_when_done(command, self._books.ledger.freeze_limits(limits), told)

    def _note(self, command: NoteMarker, who: str) -> None:
        if not command.words.strip():
            self._refuse(command, "a note says something", "write what the point is about")
        elif not 0 <= command.at_ms < _LATEST_MS:
            self._refuse(command, "there is no such point", "choose a point of the chart")
        else:
            point = (command.chart, command.recipe, command.at_ms)
            note = MarkerNote(*point, command.words.strip(), who, _now_ms())
            self._tell_when_done(command, self._books.ledger.note_marker(note), MarkerNoted(*point, who))

    def _tell_when_done(self, command: ChartCommand, future: "Future[None]", event: ChartEvent) -> None:
        future.add_done_callback(partial(self._on_done, command, event))

    def _on_done(self, command: ChartCommand, event: ChartEvent, future: "Future[None]") -> None:
        error = future.exception()
        if isinstance(error, StationError):
            self._refuse(command, error.what, error.remedy)
        elif error is not None:
            log.error("a bug in %s", type(command).__name__, exc_info=error)
            self._books.note_bug("charts", error)
            self._refuse(command, "a fault in the program", "call support")
        else:
            self._books.publish(event)

    def _refuse(self, command: ChartCommand, what: str, remedy: str) -> None:
        self._books.publish(CommandRefused(type(command).__name__, what, remedy))


def _now_ms() -> int:
    return time.time_ns() // 1_000_000

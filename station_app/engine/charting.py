"""Limits of charts that somebody freezes: told only when they are on disk. Any thread.

Who freezes is who is signed in, whatever a message says.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from station_app.core.chart_messages import FreezeLimits, LimitsFrozen
from station_app.core.charts import FrozenLimits
from station_app.core.errors import StationError
from station_app.core.messages import CommandRefused
from station_app.engine.books import Books

log = logging.getLogger(__name__)

_LATEST_MS = 1 << 53
"""No time of a record is later."""


class Charting:
    """Each command is answered by `LimitsFrozen` or a `CommandRefused`."""

    def __init__(self, books: Books, person: Callable[[], str]) -> None:
        """`person` names who is signed in, "" where nobody is."""
        self._books = books
        self._person = person

    def obey(self, command: FreezeLimits) -> None:
        who = self._person().strip()
        if not who:
            self._refuse("nobody is signed in", "sign in with your badge or name first")
        elif not command.reason.strip():
            self._refuse("limits are frozen for a reason", "say why from this period")
        elif not 0 <= command.from_ms < command.until_ms < _LATEST_MS:
            self._refuse("this is no period", "choose one that ends after it begins")
        else:
            period = (command.from_ms, command.until_ms)
            now_ms = time.time_ns() // 1_000_000
            limits = FrozenLimits(command.chart, command.recipe, *period, command.reason.strip(), who, now_ms)
            self._books.ledger.freeze_limits(limits).add_done_callback(partial(self._on_done, limits))

    def _on_done(self, limits: FrozenLimits, future: "Future[None]") -> None:
        error = future.exception()
        if isinstance(error, StationError):
            self._refuse(error.what, error.remedy)
        elif error is not None:
            log.error("a bug while freezing limits", exc_info=error)
            self._books.note_bug("charts", error)
            self._refuse("a fault in the program", "call support")
        else:
            told = (limits.chart, limits.recipe, limits.from_ms, limits.until_ms, limits.frozen_by)
            self._books.publish(LimitsFrozen(*told))

    def _refuse(self, what: str, remedy: str) -> None:
        self._books.publish(CommandRefused(FreezeLimits.__name__, what, remedy))

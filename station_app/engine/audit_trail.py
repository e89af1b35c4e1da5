"""Notes in the audit chain that nobody waits for, and that are missed nevertheless where the disk does not take one."""

from concurrent.futures import Future

from station_app.core.audit_view import NO_CHANGE, Change
from station_app.core.errors import StorageError
from station_app.engine.alarms import AlarmBoard
from station_app.engine.ledger import Ledger

STATION = "station"
"""The actor where no person is known to have acted."""


class AuditTrail:
    """Any thread; returns before the note is on disk."""

    def __init__(self, ledger: Ledger, alarms: AlarmBoard) -> None:
        self._ledger = ledger
        self._alarms = alarms
        self._is_refused = False
        self.is_unsigned = False
        """Whether the chain is broken, or its head cannot be signed."""

    @property
    def is_failing(self) -> bool:
        """Whether what is done now might be seen nowhere: the newest note was not taken, or the chain is broken."""
        return self._is_refused or self.is_unsigned

    def note(
        self, actor: str, action: str, subject: str, details: str = "", change: Change = NO_CHANGE
    ) -> Future[None]:
        """Append what `actor` did; an empty actor is the station itself."""
        future = self._ledger.audit(actor or STATION, action, subject, details, change)
        future.add_done_callback(self._on_answered)
        return future

    def _on_answered(self, future: Future[None]) -> None:
        error = future.exception()
        self._is_refused = error is not None
        if isinstance(error, StorageError):
            self._alarms.raise_error("storage", error)
        elif error is not None:
            self._alarms.raise_alarm("bug", f"a fault in the program: {error!r}", remedy="call support")

"""What outlives a recipe: the records, the counters, the alarms, and who is told. Built once by the engine."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from station_app.core.errors import StationError, StorageError
from station_app.core.messages import Event
from station_app.engine.alarms import AlarmBoard
from station_app.engine.audit_trail import STATION, AuditTrail
from station_app.engine.crew import Crew, CrewSetup
from station_app.engine.head_signing import HeadSigning
from station_app.engine.image_keeping import ImageKeeping
from station_app.engine.ledger import Ledger
from station_app.engine.lot_desk import LotDesk
from station_app.engine.serial_desk import SerialDesk
from station_app.engine.sync_desk import Sending, SyncDesk
from station_app.engine.tally import Tally
from station_app.engine.trial_desk import TrialDesk
from station_app.engine.unrecorded import Unrecorded

log = logging.getLogger(__name__)

LAST_WORDS_S = 5.0


@dataclass(frozen=True, slots=True)
class Books:
    """Every member may be used by any thread."""

    ledger: Ledger
    tally: Tally
    alarms: AlarmBoard
    audit: AuditTrail
    keeping: ImageKeeping
    unrecorded: Unrecorded
    serials: SerialDesk
    crew: Crew
    heads: HeadSigning
    lots: LotDesk
    sync: SyncDesk
    trials: TrialDesk
    publish: Callable[[Event], None]

    def issue(self, part_id: int) -> None:
        """A mark that cannot be written matters only if the program dies as well: the part is inspected."""
        try:
            self.ledger.issue(part_id)
        except StorageError as error:
            self.alarms.raise_error("storage", error)

    def close(self, station: str) -> None:
        """Write what waits as long as the database answers, and audit the engine's end."""
        waiting = self.unrecorded.flush(LAST_WORDS_S)
        if waiting:
            log.error("%d parts could not be recorded: the next start records them as parts without result", waiting)
        try:
            self.audit.note(STATION, "engine_stopped", station).exception(LAST_WORDS_S)
        except TimeoutError:
            log.error("the database does not answer: the end of the engine is not in the audit chain")
        self.heads.end()
        self.crew.close()

    def note_bug(self, where: str, error: BaseException) -> None:
        """An alarm for what went wrong in a thread of the line; a failure of the world is told in its own words."""
        if isinstance(error, StationError):
            self.alarms.raise_error(where, error)
            return
        what = f"a fault in the program, its parts have no result: {error!r}"
        self.alarms.raise_alarm("bug", what, where=where, remedy="call support and send the log")


def keep_books(
    ledger: Ledger, crew: CrewSetup, tally: Tally, publish: Callable[[Event], None], on_overflow: Callable[[], None],
    sending: Sending | None = None,
) -> Books:  # fmt: skip
    """The books of one engine. `on_overflow` is told when too many verdicts wait for the database; `sending` sends the
    records, None where they stay."""
    alarms = AlarmBoard(publish)
    serials = SerialDesk(ledger, alarms, publish)
    audit = AuditTrail(ledger, alarms)
    return Books(
        ledger=ledger,
        tally=tally,
        alarms=alarms,
        audit=audit,
        keeping=ImageKeeping(ledger, alarms),
        unrecorded=Unrecorded(ledger, alarms, on_overflow, serials.release),
        serials=serials,
        crew=Crew(crew, audit, publish),
        heads=HeadSigning(ledger, alarms, audit),
        lots=LotDesk(ledger, publish),
        sync=SyncDesk(sending, alarms, audit, publish, crew.utc_ms),
        trials=TrialDesk(),
        publish=publish,
    )

"""Takes the records out of the station: images first, the batch that names them last, each created once and for good.

Whatever breaks in between, the same is tried again: an object that exists already is the one that was to be sent, since
its name carries its content's hash. Nothing is ever sent that is not what was recorded, and nothing that cannot be sent
holds up what can.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from station_app.core.errors import ConfigError, RemoteRefusedError, StationError
from station_app.core.outgoing import Backlog, Batch
from station_app.core.sync_messages import SyncReported, SyncState
from station_app.sync.backoff import Backoff, refused_wait_s
from station_app.sync.blob_notes import BlobNotes
from station_app.sync.checked import SpoiledError, read_checked
from station_app.sync.claim import EVERY_S
from station_app.sync.outbox import OutboxLike
from station_app.sync.remote import ObjectRefusedError, Remote
from station_app.sync.route import Clocks, Route

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
"""How soon a batch that has become ready is noticed."""
COUNT_EVERY_S = 1.0
"""How fresh the figures of a report are while anything is sent."""
QUOTA_EVERY_S = 60.0
"""How soon the beginning of another day is noticed."""
_NOTHING = Backlog(0, 0, None, 0, None, 0)


class Courier:
    """One thread steps; `try_now` and `report` are for any."""

    def __init__(self, open_outbox: Callable[[], OutboxLike], route: Route, clocks: Clocks) -> None:
        """Nothing is opened before the first step."""
        self._open_outbox = open_outbox
        self._opened: OutboxLike | None = None
        self._route = route
        self._clocks = clocks
        self._remote: Remote | None = None
        self._batch: Batch | None = None
        self._notes = BlobNotes(clocks.monotonic_s)
        self._backoff = Backoff()
        self._backlog = _NOTHING
        self._due_s = self._claim_due_s = self._count_due_s = 0.0
        self._hurry = threading.Event()
        self._report = SyncReported(SyncState.IDLE, route.store)

    @property
    def report(self) -> SyncReported:
        """How it stands."""
        return self._report

    @property
    def late_after_ms(self) -> int:
        """How old the oldest record that waits may become before people are told."""
        return self._route.late_after_ms

    def try_now(self) -> None:
        """The next step tries whatever there is, also what was set aside."""
        self._hurry.set()

    def step(self) -> float:
        """Send one thing, where one is due; how many seconds from now the next is. Never raises a StationError."""
        now = self._clocks.monotonic_s()
        is_hurried = self._hurry.is_set()
        if now < self._due_s and not is_hurried:
            self._count_where_due(now)
            return self._due_s - now
        try:
            if is_hurried:
                self._hurry.clear()
                self._tell(SyncState.SENDING)
                self._outbox().release()
            wait_s = self._advance(now)
        except StationError as error:
            wait_s = self._fail(error)
        self._due_s = self._clocks.monotonic_s() + wait_s  # a store that hangs has taken its time by now
        return wait_s

    def _outbox(self) -> OutboxLike:
        if self._opened is None:
            self._opened = self._open_outbox()
        return self._opened

    def _advance(self, now: float) -> float:
        if self._remote is None:
            self._remote = self._route.open()
        if self._batch is not None or now >= self._claim_due_s:
            self._count_where_due(now)
        if now >= self._claim_due_s:
            self._claim(self._remote, now)
            return 0.0
        if self._batch is None:
            return self._take_next()
        self._batch = self._send(self._remote, self._batch)
        self._backoff = Backoff()
        return 0.0

    def _claim(self, remote: Remote, now: float) -> None:
        keeps = self._route.claims.renew(remote)
        if not keeps:
            log.warning("%s does not refuse a second object of one name: copied stations cannot be told", remote.where)
        self._claim_due_s = now + EVERY_S

    def _take_next(self) -> float:
        self._backlog = self._outbox().backlog()
        left = self._bytes_left()
        self._batch = self._outbox().next_batch(left)
        if self._batch is not None:
            self._tell(SyncState.SENDING)
            return 0.0
        self._backoff = Backoff()
        if left == 0 and self._backlog.records:
            self._tell(SyncState.WAITING, what="today's quota of images is used up", remedy="it goes on by itself")
            return QUOTA_EVERY_S
        self._tell(SyncState.IDLE)
        return LOOK_EVERY_S

    def _send(self, remote: Remote, batch: Batch) -> Batch | None:
        """Send the next object of the batch; what is left of it. One that cannot go is set aside."""
        try:
            if batch.blobs:
                blob, *rest = batch.blobs
                remote.create(blob.key, read_checked(blob.path, blob.sha256))
                self._notes.add(blob, self._outbox())
                return replace(batch, blobs=tuple(rest))
            self._notes.write(self._outbox())
            put = remote.create(batch.key, read_checked(batch.body_path, batch.sha256))
            self._outbox().batch_sent(batch.number, str(put))
        except (SpoiledError, ObjectRefusedError) as error:
            log.error("batch %d is set aside: %s", batch.number, error)
            self._outbox().quarantine(batch.number, str(error))
        return None

    def _fail(self, error: StationError) -> float:
        """How long to wait after this. The store is opened anew, and the outbox asked anew what goes next."""
        self._remote = self._batch = None
        self._note_what_was_sent()
        draw = self._clocks.draw()
        if isinstance(error, RemoteRefusedError | ConfigError):
            state, wait_s = SyncState.REFUSED, refused_wait_s(draw)
        else:
            self._backoff, wait_s = self._backoff.failed(draw)
            state = SyncState.WAITING
        level = logging.WARNING if self._report.what != error.what else logging.DEBUG
        log.log(level, "%s; next try in %.0f s", error, wait_s)
        self._count()
        next_try_ms = self._clocks.utc_ms() + round(wait_s * 1000)
        self._tell(state, error.what, error.remedy, next_try_ms)
        return wait_s

    def _note_what_was_sent(self) -> None:
        """So that it is not sent again; where that cannot be written now, it is with what is sent next."""
        with suppress(StationError):
            self._notes.write(self._outbox())

    def _count_where_due(self, now: float) -> None:
        if now >= self._count_due_s:
            self._count_due_s = now + COUNT_EVERY_S
            self._count()
            told = self._report
            self._tell(told.state, told.what, told.remedy, told.next_try_ms)

    def _count(self) -> None:
        """Where nobody can count, the figures stay as they were."""
        try:
            self._backlog = self._outbox().backlog()
        except StationError as error:
            log.debug("what waits cannot be counted: %s", error)

    def _bytes_left(self) -> int | None:
        if self._route.bytes_per_day is None:
            return None
        return max(0, self._route.bytes_per_day - self._backlog.sent_today_bytes)

    def _tell(self, state: SyncState, what: str = "", remedy: str = "", next_try_ms: int | None = None) -> None:
        waits = self._backlog
        self._report = SyncReported(
            state=state,
            store=self._route.store,
            waiting_records=waits.records,
            waiting_bytes=waits.bytes,
            oldest_ms=waits.oldest_ms,
            bytes_left=self._bytes_left(),
            last_receipt_ms=waits.last_receipt_ms,
            quarantined=waits.quarantined,
            next_try_ms=next_try_ms,
            what=what,
            remedy=remedy,
        )

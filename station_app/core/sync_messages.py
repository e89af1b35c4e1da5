"""What the engine says about the records on their way to the plant's store, and what it can be asked."""

from dataclasses import dataclass
from enum import StrEnum


class SyncState(StrEnum):
    """OFF: no store is set up. IDLE: all is sent. SENDING: as said. WAITING: the store cannot be reached, or the day's
    quota is used up: it goes on by itself. REFUSED: a person must act."""

    OFF = "off"
    IDLE = "idle"
    SENDING = "sending"
    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SyncReported:
    """How sync stands; sent when it changes, at most once a second. Times are UTC milliseconds.

    `oldest_ms` is when the oldest record that waits was written, None where none waits. `bytes_left` may still be sent
    today, None without a quota. `store` names the store without any secret. `what` and `remedy` say what is wrong.
    """

    state: SyncState
    store: str = ""
    waiting_records: int = 0
    waiting_bytes: int = 0
    oldest_ms: int | None = None
    bytes_left: int | None = None
    last_receipt_ms: int | None = None
    quarantined: int = 0
    next_try_ms: int | None = None
    what: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class SyncNow:
    """Try the store now, whatever the back-off says."""

    operator: str = ""


SyncCommand = SyncNow
SyncEvent = SyncReported

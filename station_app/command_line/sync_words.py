"""How the records on their way out stand, in lines for a terminal."""

import sys
import time
from collections.abc import Iterable, Iterator

from station_app.core.sync_messages import SyncReported, SyncState

_STATES = {
    SyncState.OFF: "nothing leaves the station",
    SyncState.IDLE: "all that is ready was sent",
    SyncState.SENDING: "sending",
    SyncState.WAITING: "waiting, it goes on by itself",
    SyncState.REFUSED: "REFUSED, a person must act",
}


def report_lines(told: SyncReported) -> Iterator[str]:
    """What a courier reports."""
    yield f"state: {_STATES[told.state]}"
    if told.what:
        remedy = f": {told.remedy}" if told.remedy else ""
        yield f"  {told.what}{remedy}"
    if told.next_try_ms is not None:
        yield f"  next try: {at(told.next_try_ms)}"
    if told.bytes_left is not None:
        yield f"  left of today's quota: {megabytes(told.bytes_left)}"


def backlog_lines(records: int, size: int, oldest_ms: int | None, last_receipt_ms: int | None) -> Iterator[str]:
    """What waits, and when the store took something last."""
    since = "" if oldest_ms is None else f", the oldest since {at(oldest_ms)}"
    yield f"waiting: {records} records, {megabytes(size)}{since}"
    yield "last receipt: " + ("none yet" if last_receipt_ms is None else at(last_receipt_ms))


def at(utc_ms: int) -> str:
    """On the clock of this computer."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(utc_ms / 1000))


def megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def print_lines(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def status_of(told: SyncReported) -> int:
    """The exit status: whether it goes its way."""
    return 0 if told.state in (SyncState.IDLE, SyncState.SENDING) else 1

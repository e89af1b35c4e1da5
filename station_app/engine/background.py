"""What the engine does beside the line, each on a thread of its own that gives way to the line's."""

from collections.abc import Callable
from datetime import datetime

from station_app.engine import drift_watch, head_signing
from station_app.engine.books import Books
from station_app.engine.drift_watch import DriftWatch
from station_app.engine.head_signing import NICENESS
from station_app.engine.worker import Worker

RETRY_S = 0.5


def background(books: Books, recipe: Callable[[], str], local_now: Callable[[], datetime]) -> tuple[Worker, ...]:
    """The workers, not yet started. `recipe` names the one that is loaded, "" where none is."""
    watch = DriftWatch(books.ledger, books.alarms, books.audit, recipe, local_now)
    return (
        Worker("unrecorded", books.unrecorded.step, books.note_bug, RETRY_S),
        Worker("audit-head", books.heads.step, books.note_bug, head_signing.LOOK_EVERY_S, NICENESS),
        Worker("drift-watch", watch.step, books.note_bug, drift_watch.LOOK_EVERY_S, NICENESS),
        *books.sync.workers(books.note_bug),
    )
